"""What EDTF text is made of, and the days that each piece can mean.

Follows the Extended Date/Time Format of the Library of Congress (2019), levels 0 to 2,
which is a profile of ISO 8601-2:2019. Days are proleptic Gregorian ordinals, as
`date.toordinal()` counts them. Nothing but ValidationError is raised.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Message

OPEN_START = 0
OPEN_END = 3_652_060
MAX_LENGTH = 100

# Months from and to, and years after the one written. Where custom differs (by hemisphere,
# by calendar month or solstice, by the year a winter belongs to) the widest reading holds.
GROUPINGS: dict[int, tuple[int, int, int]] = {
    **{21: (3, 12, 0), 22: (1, 3, 1), 23: (3, 12, 0), 24: (1, 3, 1)},
    **{25: (3, 6, 0), 26: (6, 9, 0), 27: (9, 12, 0), 28: (1, 3, 1)},
    **{29: (9, 12, 0), 30: (1, 3, 1), 31: (3, 6, 0), 32: (6, 9, 0)},
    **{33: (1, 3, 0), 34: (4, 6, 0), 35: (7, 9, 0), 36: (10, 12, 0)},
    **{37: (1, 4, 0), 38: (5, 8, 0), 39: (9, 12, 0), 40: (1, 6, 0), 41: (7, 12, 0)},
}

UNREADABLE = _(
    "“%(text)s” cannot be read as a date. Write it in EDTF: 1997-07-20, 1997-07 or 1997 for a day, "
    "month or year, 1984? if uncertain, 1984~ for about, 199X for a decade, 1993/2003 for from–to, "
    "2020/.. if still open."
)
RANGE = _(
    "“%(text)s” reaches outside the years 1 to 9999. "
    "Years must lie between 0001 and 9999, for example 0985 or 1997."
)


def iso_day(day: int | None) -> str:
    """A day as ISO 8601 has it; empty for none and for an open end."""
    return date.fromordinal(day).isoformat() if day not in (None, OPEN_START, OPEN_END) else ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """First and last day that a date can mean: ordinals, or OPEN_START and OPEN_END."""

    first_day: int
    last_day: int

    @property
    def earliest(self) -> date | None:
        """The first day, or None where the start is open or unknown."""
        return None if self.first_day == OPEN_START else date.fromordinal(self.first_day)

    @property
    def latest(self) -> date | None:
        """The last day, or None where the end is open or unknown."""
        return None if self.last_day == OPEN_END else date.fromordinal(self.last_day)


@dataclass(frozen=True, slots=True)
class SingleDate:
    """One date as written, digits or X; marks are those that hold for each component."""

    text: str
    year: str
    month: str | None = None
    day: str | None = None
    digits: int | None = None
    time: str = ""
    zone: str = ""
    marks: tuple[str, ...] = ("",)

    @property
    def grouping(self) -> int | None:
        """The code of a season, quarter, third or half of a year (21 to 41)."""
        return (
            int(self.month)
            if self.month and "X" not in self.month and int(self.month) > 12
            else None
        )

    @property
    def is_exact(self) -> bool:
        """Whether it is nothing but digits for a year, month or day."""
        return not (
            any(self.marks) or "X" in self.text or self.time or self.digits or self.grouping
        )

    def years(self) -> tuple[int, ...]:
        return matching(self.year)

    def months(self) -> list[int]:
        return [month for month in matching(self.month or "XX") if 1 <= month <= 12]

    def days(self) -> list[int]:
        """Days of the month that can be meant, in any of the months and years that can be."""
        longest = max((month_length(self.years(), month) for month in self.months()), default=0)
        return [day for day in matching(self.day or "XX") if 1 <= day <= longest]

    def bounds(self) -> Bounds:
        if self.year.replace("X", "0") == "0000":
            refuse(RANGE, "edtf_range", self.text)
        if self.grouping is not None:
            return self._grouping_bounds(self.grouping)
        first, last = next(self._days_in_order(), None), next(self._days_in_order(-1), None)
        if first is None or last is None:
            refuse(_("“%(text)s” names a day that no calendar has."), "edtf_no_such_day", self.text)
        return Bounds(first, last)

    def _grouping_bounds(self, code: int) -> Bounds:
        first_month, last_month, later = GROUPINGS[code]
        first_year, last_year = int(self.year), int(self.year) + later
        if last_year > 9999:
            refuse(RANGE, "edtf_range", self.text)
        last_day = calendar.monthrange(last_year, last_month)[1]
        return Bounds(
            date(first_year, first_month, 1).toordinal(),
            date(last_year, last_month, last_day).toordinal(),
        )

    def _days_in_order(self, step: Literal[1, -1] = 1) -> Iterator[int]:
        """Ordinals of the days that fit, rising (1) or falling (-1)."""
        days = self.days()
        if not days:
            return
        for year, month in product(self.years()[::step], self.months()[::step]):
            for day in days[::step]:
                if day <= calendar.monthrange(year, month)[1]:
                    yield date(year, month, day).toordinal()


@dataclass(frozen=True, slots=True)
class Interval:
    """From–to. An end is a date, or “..” (open), or nothing (unknown)."""

    start: SingleDate | Literal["..", ""]
    end: SingleDate | Literal["..", ""]

    def bounds(self) -> Bounds:
        first = self.start.bounds().first_day if isinstance(self.start, SingleDate) else OPEN_START
        last = self.end.bounds().last_day if isinstance(self.end, SingleDate) else OPEN_END
        return Bounds(first, last)

    def certainly_lasts(self) -> Bounds | None:
        """The days that lie within it whichever its ends are; None where there may be none."""
        if "" in (self.start, self.end):
            return None  # an end that is not known can be any day
        first = self.start.bounds().last_day if isinstance(self.start, SingleDate) else OPEN_START
        last = self.end.bounds().first_day if isinstance(self.end, SingleDate) else OPEN_END
        return Bounds(first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class DateSet:
    """One of (“[”) or all of (“{”) its members; an Interval here is a run of dates, `a..b`."""

    bracket: Literal["[", "{"]
    members: tuple[SingleDate | Interval, ...]

    def bounds(self) -> Bounds:
        each = [member.bounds() for member in self.members]
        return Bounds(min(b.first_day for b in each), max(b.last_day for b in each))


Reading = SingleDate | Interval | DateSet


def singles_of(reading: Reading | str) -> list[SingleDate]:
    """Every single date in it; none for an end that is open or unknown, which is text."""
    if isinstance(reading, DateSet):
        return [single for member in reading.members for single in singles_of(member)]
    if isinstance(reading, Interval):
        return [*singles_of(reading.start), *singles_of(reading.end)]
    return [reading] if isinstance(reading, SingleDate) else []


@lru_cache(maxsize=512)
def matching(pattern: str) -> tuple[int, ...]:
    """The numbers that fit digits and X, rising."""
    digits = [("0123456789" if character == "X" else character) for character in pattern]
    return tuple(int("".join(number)) for number in product(*digits))


def month_length(years: tuple[int, ...], month: int) -> int:
    """Days of the month in the longest of these years."""
    return (
        29 if month == 2 and any(map(calendar.isleap, years)) else calendar.monthrange(1, month)[1]
    )


def refuse(message: "Message", code: str, text: str) -> NoReturn:
    shown = text[:MAX_LENGTH].encode("utf-8", "replace").decode()
    raise ValidationError(message, code=code, params={"text": shown})
