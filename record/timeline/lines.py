"""A picture of what a page has read already: lines of dated things, one above another.

It is as a timeline is, but whole: it shows all of the time, and leads to places on the page.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chronicle import localised
from chronicle.dates import OPEN_END, OPEN_START, PartialDate, bounds_of_stored, display
from record.pages import counted_words
from record.timeline.drawing import Told
from record.timeline.picture import (
    ALIKE,
    MOST_ROWS,
    WIDTHS,
    Drawing,
    ShownLane,
    axis_of,
    picture_of,
    several_in_words,
)
from record.timeline.placing import Item, placed
from record.timeline.scale import Scale
from record.timeline.window import FEWEST, YEARS, Window, days_in_words


@dataclass(frozen=True)
class Dated:
    """One thing on a line; ``date`` as in a document, ``href`` where it is told."""

    label: str
    date: Mapping[str, Any]
    href: str
    language: str = ""


@dataclass(frozen=True)
class Line:
    """``href``: where all that is on it is told; ``counted`` says how many (as that of
    ``EntryPages``); ``language``: of the name, where it is not the page's."""

    name: str
    counted: Any
    href: str
    dated: Sequence[Dated]
    language: str = ""


def drawing_of(lines: Sequence[Line]) -> Drawing | None:
    """Those lines that have anything; ``None`` where none has. No query."""
    lines = [line for line in lines if line.dated]
    days = [day for line in lines for each in line.dated for day in _days(each) if _is_day(day)]
    if not days:
        return None
    window = _open_to(lines, Window(min(days), max(days))).at_least(FEWEST).whole()
    scales = {size: Scale(window, width) for size, width in WIDTHS.items()}
    axes = [axis_of(size, scale, lambda _: "") for size, scale in scales.items()]
    return Drawing(axes, [_lane(line, scales) for line in lines])


def _lane(line: Line, scales: Mapping[str, Scale]) -> ShownLane:
    items = [Item(*_days(each), id=str(at), label=each.label) for at, each in enumerate(line.dated)]
    pictures = [
        picture_of(size, scale, placed(items, scale, rows=MOST_ROWS, alike=ALIKE), _teller(line))
        for size, scale in scales.items()
    ]
    number = localised.number(len(items))
    return ShownLane(line.name, line.href, number, "", pictures, line.language)


def _teller(line: Line) -> Callable[[Item], Told]:
    def tell(item: Item) -> Told:
        if item.number > 1:
            number = counted_words(line.counted, item.number)
            when = days_in_words(item.first, item.last)
            return Told(several_in_words(number, item), line.href, number, when)
        one = line.dated[int(item.id)]
        edtf = one.date["edtf"]
        when = display(edtf)
        lasting = PartialDate(edtf).lasting
        words = f"{one.label}, {when}"
        return Told(words, one.href, one.label, when, one.language, lasting=lasting)

    return tell


def _open_to(lines: Sequence[Line], window: Window) -> Window:
    """With years on a side where nothing has an end: an open end alone would leave no time for it
    to be open to."""
    dated = [_days(each) for line in lines for each in line.dated]
    before = YEARS if all(first == OPEN_START for first, _ in dated) else 0
    after = YEARS if all(last == OPEN_END for _, last in dated) else 0
    return Window(window.first - before, window.last + after)


def _days(each: Dated) -> tuple[int, int]:
    bounds = bounds_of_stored(each.date["edtf"])
    return bounds.first_day, bounds.last_day


def _is_day(day: int) -> bool:
    return day not in (OPEN_START, OPEN_END)
