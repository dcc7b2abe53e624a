"""The time that a timeline shows: from one day to another, both in it, and the ones beside it.

Days are ordinals as in ``chronicle.dates``, of the years 1 to 9999.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Q

from chronicle.dates import OPEN_END, OPEN_START, display, possibly_within

FIRST_DAY, LAST_DAY = 1, date.max.toordinal()
FEWEST = 7  # days
YEARS, MONTHS = 4 * 365, 120  # days from which on windows are whole years, or whole months
STEP = 0.4  # of the window, to one side: no half of any unit, so both ends are rounded alike

Unit = Callable[[int], int]  # a day to the first one of a unit


@dataclass(frozen=True)
class Window:
    first: int
    last: int

    @classmethod
    def of_days(cls, first: int, last: int, *, within: "Window") -> Self:
        """These days; where an end is open, up to that of ``within``."""
        first = within.first if first == OPEN_START else first
        last = within.last if last == OPEN_END else last
        return cls(min(first, last), max(first, last))

    @property
    def possibly(self) -> Q:
        """Rows that can lie in it, if only in part."""
        return possibly_within(self.first, self.last)

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    @property
    def edtf(self) -> str:
        """As it stands in addresses, whole years and months as such."""
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        whole_months = first.day == 1 and last.day == _length(last)
        if whole_months and first.month == 1 and last.month == 12:
            ends = f"{first.year:04}", f"{last.year:04}"
        elif whole_months:
            ends = first.isoformat()[:7], last.isoformat()[:7]
        else:
            ends = first.isoformat(), last.isoformat()
        return ends[0] if ends[0] == ends[1] else "/".join(ends)

    @property
    def words(self) -> str:
        return display(self.edtf)

    def at_least(self, days: int) -> Self:
        """With as many days on both sides as it lacks."""
        lacking = max(days - self.days, 0)
        return self._between(self.first - lacking // 2, self.last + (lacking + 1) // 2)

    def clipped(self, to: "Window") -> Self:
        """What it has in common with another; where that is nothing, all of the other."""
        first, last = max(self.first, to.first), min(self.last, to.last)
        return type(self)(first, last) if first <= last else type(self)(to.first, to.last)

    def holds(self, other: "Window") -> bool:
        return self.first <= other.first and other.last <= self.last

    def rounded(self) -> Self:
        """To the nearest years where it has many, else to the nearest months or days."""
        if self.days >= YEARS:
            first, last = _nearest_year(self.first), _nearest_year(self.last + 1) - 1
        elif self.days >= MONTHS:
            first, last = _nearest_month(self.first), _nearest_month(self.last + 1) - 1
        else:
            first, last = self.first, self.last
        return self._between(first, last)

    def whole(self) -> Self:
        """With all of the years, months or days that it has some of."""
        if self.days >= YEARS:
            first, last = _year(self.first), _after_year(self.last) - 1
        elif self.days >= MONTHS:
            first, last = _month(self.first), _after_month(self.last) - 1
        else:
            first, last = self.first, self.last
        return self._between(first, last)

    def inner(self) -> Self:
        """The middle half of it."""
        quarter = self.days // 4
        return type(self)(self.first + quarter, self.last - quarter).at_least(FEWEST).rounded()

    def outer(self) -> Self:
        """Twice as much."""
        half = self.days // 2
        return self._between(self.first - half, self.last + half).rounded()

    def moved(self, direction: int) -> Self:
        """The days before (-1) or after (1): some of them the same, to find one's way."""
        days = direction * max(int(self.days * STEP), 1)
        days = max(min(days, LAST_DAY - self.last), FIRST_DAY - self.first)
        return type(self)(self.first + days, self.last + days).rounded()

    def back_to(self, day: int) -> Self:
        """From that day on, where it is earlier."""
        return type(self)(min(self.first, day), self.last).whole()

    def up_to(self, day: int) -> Self:
        """To that day, where it is later."""
        return type(self)(self.first, max(self.last, day)).whole()

    def _between(self, first: int, last: int) -> Self:
        return type(self)(max(first, FIRST_DAY), min(last, LAST_DAY))


def days_in_words(first: int, last: int) -> str:
    """From one day to another, either of which may be an open end."""
    if first != OPEN_START and last != OPEN_END:
        return Window(first, last).words
    if first == last:
        return ""
    ends = [
        ".." if day in (OPEN_START, OPEN_END) else date.fromordinal(day).isoformat()
        for day in (first, last)
    ]
    return display("/".join(ends))


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _year(day: int) -> int:
    return date(date.fromordinal(day).year, 1, 1).toordinal()


def _after_year(day: int) -> int:
    year = date.fromordinal(day).year
    return LAST_DAY + 1 if year == date.max.year else date(year + 1, 1, 1).toordinal()


def _month(day: int) -> int:
    return date.fromordinal(day).replace(day=1).toordinal()


def _after_month(day: int) -> int:
    return _month(day) + _length(date.fromordinal(day))


def _nearest_year(day: int) -> int:
    return _nearest(day, _year, _after_year)


def _nearest_month(day: int) -> int:
    return _nearest(day, _month, _after_month)


def _nearest(day: int, before: Unit, after: Unit) -> int:
    if day > LAST_DAY:
        return day
    return before(day) if day - before(day) <= after(day) - day else after(day)
