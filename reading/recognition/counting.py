"""Dates worked out from another: so much later, the next month or weekday of that name."""

from calendar import monthrange
from datetime import date, timedelta

from reading.recognition.context import Told
from reading.recognition.mentions import Grain, Mention, Shift
from reading.recognition.wordings import MONTHS_OF_SEASON


class Unresolved(Exception):
    """Nothing that stands before tells what the words leave out."""


def move(done: Mention, told: Told, shift: Shift) -> None:
    """Make ``done`` what lies ``shift`` from ``told``, no finer than words and origin are.

    Of “three years later” month and day are not kept; of “exactly one year later” they are.
    """
    grain = min(told.grain, done.grain) if shift.exact else done.grain
    done.shift = None
    done.year, done.month, done.day = _moved(told, shift)
    if shift.unit < Grain.DECADE:
        done.grain = max(grain, told.grain)
    if done.grain is Grain.DECADE:
        done.year -= done.year % 10
    elif done.grain is Grain.CENTURY:
        done.year -= done.year % 100
    done.month = done.month if done.grain <= Grain.MONTH else None
    done.day = done.day if done.grain <= Grain.WEEK else None


def _moved(told: Told, shift: Shift) -> tuple[int, int | None, int | None]:
    year, month, day = told.year, told.month, told.day
    match shift.unit:
        case Grain.DAY | Grain.WEEK if month and day:
            days = shift.by * (7 if shift.unit is Grain.WEEK else 1)
            try:
                moved = date(year, month, day) + timedelta(days=days)
            except (OverflowError, ValueError):
                raise Unresolved from None
            return moved.year, moved.month, moved.day
        case Grain.MONTH if month:
            year, month = divmod(12 * year + month - 1 + shift.by, 12)
            month += 1
        case Grain.YEAR:
            year += shift.by
        case Grain.DECADE:
            year += 10 * shift.by
        case Grain.CENTURY:
            year += 100 * shift.by
    if not 1 <= year <= 9999:
        raise Unresolved
    if day is not None and month is not None:
        day = min(day, monthrange(year, month)[1])
    return year, month, day


def to_nearest(done: Mention, told: Told) -> None:
    """The month or season of that name that follows, or went before, what was told."""
    first, last = MONTHS_OF_SEASON[done.season] if done.season else (done.month, done.month)
    done.year, month = told.year, told.month
    if done.nearest > 0 and (month is None or (first or 0) <= month):
        done.year += 1
    elif done.nearest < 0 and (month is None or (last or 0) >= month):
        done.year -= 1
    done.nearest = 0


def to_weekday(done: Mention, told: Told) -> None:
    """That day of the week: the next, the last, or, at 0, ``told`` itself or else the last."""
    if told.month is None or told.day is None or done.weekday is None:
        raise Unresolved
    try:
        day = date(told.year, told.month, told.day)
        ahead = (done.weekday - day.weekday()) % 7
        if done.nearest > 0:
            day += timedelta(days=ahead or 7)
        else:
            behind = (7 - ahead) % 7
            day -= timedelta(days=behind if behind or not done.nearest else 7)
    except (OverflowError, ValueError):
        raise Unresolved from None
    done.year, done.month, done.day = day.year, day.month, day.day
    done.weekday, done.nearest = None, 0
