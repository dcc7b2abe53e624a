"""Where days stand on a line of so many ems, and the years, months or days to be marked on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from chronicle.dates import display
from chronicle.languages import of_now
from record.timeline.measuring import width_of
from record.timeline.window import LAST_DAY, Window

PAD = 1.0  # ems on both sides, for what stands on the first day and the last
APART = 1.2  # ems between the names of two ticks

Unit = Literal["day", "month", "year"]
STEPS: Sequence[tuple[Unit, int]] = (
    *(("day", step) for step in (1, 2, 7)),
    *(("month", step) for step in (1, 3, 6)),
    *(("year", step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)),
)


class Tick(NamedTuple):
    """The first day of a year, month or day, and those up to the next tick."""

    day: int
    label: str
    until: Window


@dataclass(frozen=True)
class Scale:
    window: Window
    width: float

    def x(self, day: float) -> float:
        """Ems from the left of the beginning of a day."""
        share = (day - self.window.first) / self.window.days
        return PAD + share * (self.width - 2 * PAD)

    def percent(self, ems: float) -> str:
        """As SVG takes it: so the line is as wide as there is room, and words as high as ever."""
        return f"{100 * ems / self.width:.2f}%"

    def ticks(self) -> list[Tick]:
        """As fine as their names have room; at least one, though it be of no first of anything."""
        for unit, step in STEPS:
            most = int((self.width - PAD) / (widest(unit, of_now()) + APART))
            if self.window.days / (_DAYS[unit] * step) <= most:
                break
        days = list(_days(unit, step, self.window))
        if not days:
            unit, days = "day", [self.window.first]
        ends = [*(day - 1 for day in days[1:]), self.window.last]
        return [
            Tick(day, _label(unit, day), Window(day, end))
            for day, end in zip(days, ends, strict=True)
        ]


@cache
def widest(unit: Unit, language: str) -> float:
    """Ems of the longest name that one can have in the reader's language."""
    days = [date(1999, month, 29).toordinal() for month in range(1, 13) if month != 2]
    return max(width_of(_label(unit, day)) for day in days)


_DAYS = {"day": 1, "month": 30.4, "year": 365.24}


def _days(unit: Unit, step: int, window: Window) -> Iterator[int]:
    """First days of units within the window, those at whole steps."""
    if unit == "day":
        yield from range(window.first + (1 - window.first) % step, window.last + 1, step)
        return
    first = date.fromordinal(window.first)
    at = first.year * 12 + (first.month - 1 if unit == "month" else 0)
    by = step if unit == "month" else 12 * step
    at -= at % by
    while True:
        year, month = divmod(at, 12)
        at += by
        if year > date.max.year:
            return
        day = date(max(year, 1), month + 1 if year else 1, 1).toordinal()
        if day > window.last or day > LAST_DAY:
            return
        if day >= window.first:
            yield day


def _label(unit: Unit, day: int) -> str:
    text = date.fromordinal(day).isoformat()
    return display({"day": text, "month": text[:7], "year": text[:4]}[unit])
