"""A date as far as its own words tell it, before what stands elsewhere is asked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Grain(IntEnum):
    """How much time a date names."""

    DAY = 1
    WEEK = 2
    MONTH = 3
    SEASON = 4
    YEAR = 5
    DECADE = 6
    CENTURY = 7


class Part(NamedTuple):
    """A part of a month, year, decade or century: thirds “early” to “late”, or the n-th of so many.

    Thirds have no sharp bounds in words, so that they become approximate dates.
    """

    kind: str  # "third", "half", "quarter", "week", "decade"; or "days" to "years": one by one
    first: int  # from 1; negative from the end
    last: int  # differs where a wording spans parts: “mid to late”


class Shift(NamedTuple):
    """So many units after (before: negative) a date that the text told before."""

    by: int
    unit: Grain
    exact: bool = False  # to the day: “exactly one year later”


@dataclass
class Mention:
    """A date in words, at ``start`` to ``end`` of a block.

    ``year`` is the first of a decade or century. What is None beside the grain's own parts is told
    elsewhere: the year of “in June”, the month of “on the 3rd”.
    """

    start: int
    end: int
    grain: Grain
    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    part: Part | None = None
    mark: str = ""  # "", "~", "?" or "%", as in EDTF
    shift: Shift | None = None
    nearest: int = 0  # 1: the next month, season or weekday of that name, -1: the last one
    weekday: int | None = None  # a day by its name alone; Monday is 0
    deictic: bool = False  # counted from the day of writing: “yesterday”, “last month”
    dateline: bool = False  # says when a report was written
    written: bool = False  # says when the text was written: “Posted 3 July 2014”
    short_year: bool = False  # the century is told elsewhere: “the ’90s”
    swapped: bool = False  # day and month may be the other way round: 03/07/1994
    aside: bool = False  # names a year in passing: “the 1975 Act”
    bracket: bool = False  # “Resolution 822 (1993)”
    past: bool = False  # beside a verb in the past
    top_line: bool = False  # ends a short line, which may say when the text was written
    opens: bool = False  # its sentence: what follows is of that time
    background: bool = False  # in a clause or after a verb that tells what was before
    clause_end: int = 0  # where that clause ends
    to_come: bool = False  # after a verb that tells what will be
    will: bool = False  # after a verb that tells what will be from today: “will open in May”
    had: bool = False  # “had been agreed in June”
    ended: bool = False  # “the year ended 31 March”
    turn: bool = False  # “the turn of the century”
    same_period: bool = False  # the last date told, in another year
    alone: bool = False  # is the whole of its block: a heading
    until: "Mention | None" = None  # the end of a range, which then begins with this
    own_end: int = 0  # of a range: where the words of its beginning end
    open_end: bool = False


# A pattern, and what reads its match: no mentions where it is no date after all.
Form = tuple[re.Pattern[str], Callable[[str, re.Match[str]], list[Mention]]]


def marked(one: str, other: str) -> str:
    """Both marks together: approximate and uncertain is “%”."""
    if not one or not other or one == other:
        return one or other
    return "%"
