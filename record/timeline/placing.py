"""Where the marks of one lane of a timeline stand, and what is written beside them.

Pure arithmetic, in ems from the left and in rows. Nothing overlaps: not by measuring what has been
drawn, but because each row is filled from the left and words have the room up to the next mark.
Drawn wider than it was reckoned, everything only moves apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from chronicle import localised
from chronicle.dates import OPEN_END, OPEN_START
from record.timeline.measuring import cut, width_of
from record.timeline.scale import PAD, Scale
from record.timeline.window import Window

CELL = 1.9  # ems: at the size of small text a bit more than 24 px, which a target needs
GAP = 0.3  # ems between what stands in one row
BESIDE = 0.3  # ems between a mark and its words
DOT, THINNEST = 0.72, 0.6  # ems: how wide a day is, and a span at least
DIGIT = 0.62  # ems

Shape = Literal["day", "span", "from", "until", "count"]


@dataclass(frozen=True)
class Item:
    """One entry, or ``number`` of them that lie within these days. ``OPEN_START`` and ``OPEN_END``
    where a date has no beginning or no end."""

    first: int
    last: int
    number: int = 1
    id: str = ""
    label: str = ""

    def joined(self, other: "Item") -> "Item":
        return Item(
            min(self.first, other.first),
            max(self.last, other.last),
            self.number + other.number,
        )


@dataclass
class Mark:
    """An item in its place: from ``left`` to ``right`` in its row nothing else is drawn.

    What is ``fixed`` is as wide as its box needs, however wide the line is drawn. A dot stands in
    the middle of its box, and so does a span that is narrower. Words stand ``after`` the mark,
    ``before`` it or ``inside``.
    """

    item: Item
    shape: Shape
    left: float
    right: float
    fixed: bool = True
    drawn: float = 0  # ems of what is drawn, where that is narrower than the box
    row: int = 0
    label: str = ""
    label_at: Literal["after", "before", "inside"] = "after"

    @property
    def free(self) -> float:
        """What the box leaves on each side of what is drawn in its middle."""
        return (self.right - self.left - self.drawn) / 2 if self.drawn else 0

    @property
    def after(self) -> float:
        """Where words to the right of it begin."""
        return self.right - self.free + BESIDE

    @property
    def before(self) -> float:
        """Where words to the left of it end."""
        return self.left + self.free - BESIDE

    @property
    def inside(self) -> float:
        """Room for words within it."""
        return self.right - self.left - 2 * BESIDE if self.shape == "span" and not self.fixed else 0

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where it and its words go."""
        width = width_of(self.label)
        if not self.label or self.label_at == "inside":
            return self.left, self.right
        if self.label_at == "before":
            return min(self.left, self.before - width), self.right
        return self.left, max(self.right, self.after + width)

    @property
    def wanted(self) -> float:
        """Where its words would end if there were room for all of them."""
        if not self.item.label or self.item.number > 1:
            return self.right
        width = width_of(self.item.label)
        return self.right if width <= self.inside else self.after + width


def placed(items: Iterable[Item], scale: Scale, *, rows: int, alike: int) -> list[Mark]:
    """Marks of all items, in the order of time; in at most ``rows`` rows.

    Of more than ``alike`` in one cell there is one mark. Where no row has room, an item joins the
    mark in whose way it is.
    """
    marks = [_mark(item, scale) for item in _gathered(items, scale, alike)]
    marks.sort(key=lambda mark: (mark.left, mark.right, mark.item.first, mark.item.id))
    filled: list[list[Mark]] = []
    for mark in marks:
        row = _row_for(mark, filled, rows)
        if row is None:
            row = min(range(len(filled)), key=lambda at: filled[at][-1].right)
            _join(filled[row], mark, scale.width)
        elif row == len(filled):
            filled.append([mark])
        else:
            filled[row].append(mark)
    for at, row_marks in enumerate(filled):
        _write(row_marks, scale.width)
        for mark in row_marks:
            mark.row = at
    return sorted((mark for row in filled for mark in row), key=lambda mark: (mark.left, mark.row))


def _gathered(items: Iterable[Item], scale: Scale, alike: int) -> list[Item]:
    cells: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in items:
        cells[_cell(item.first, scale), _cell(item.last, scale)].append(item)
    found = []
    for same in cells.values():
        if len(same) > alike or (len(same) > 1 and _throughout(same[0], scale.window)):
            together = same[0]
            for item in same[1:]:
                together = together.joined(item)
            found.append(together)
        else:
            found += same
    return found


def _cell(day: int, scale: Scale) -> int:
    """Before and after the window, each is one; so are open ends."""
    if day in (OPEN_START, OPEN_END):
        return -2 if day == OPEN_START else 1_000_000
    if day < scale.window.first:
        return -1
    if day > scale.window.last:
        return 999_999
    return int((scale.x(day + 0.5) - PAD) / CELL)


def _throughout(item: Item, window: Window) -> bool:
    return item.first < window.first and item.last > window.last


def _mark(item: Item, scale: Scale) -> Mark:
    begins, ends = item.first >= scale.window.first, item.last <= scale.window.last
    least = count_width(item.number)
    start = scale.x(item.first) if begins else 0.0
    end = scale.x(item.last + 1) if ends else scale.width
    middle = (start + end) / 2
    shape: Shape = "span"
    narrow = 0.0
    if item.last == OPEN_END and begins:
        shape, end = "from", start + least + (CELL if item.number > 1 else 0)
    elif item.first == OPEN_START and ends:
        shape, start = "until", end - least - (CELL if item.number > 1 else 0)
    elif item.number > 1 and end - start <= least:
        shape, start, end = "count", middle - least / 2, middle + least / 2
    elif item.number == 1 and (end - start < least or item.first == item.last):
        shape = "day" if item.first == item.last else "span"
        narrow = DOT if shape == "day" else max(end - start, THINNEST)
        start, end = middle - least / 2, middle + least / 2
    fixed = shape != "span" or narrow > 0 or end - start <= least
    end = min(max(end, start + least), scale.width)
    start = max(min(start, end - least), 0.0)
    return Mark(item, shape, start, max(end, start + least), fixed, narrow)


def count_width(number: int) -> float:
    """Of the mark that holds a number; of one entry's, the least there is."""
    return max(CELL, DIGIT * len(localised.number(number)) + 0.8) if number > 1 else CELL


def _row_for(mark: Mark, filled: Sequence[Sequence[Mark]], rows: int) -> int | None:
    """The first row where no word is in the way; else where least of a word is lost."""
    free = [at for at, row in enumerate(filled) if row[-1].right + GAP <= mark.left]
    for at in free:
        if filled[at][-1].wanted + GAP <= mark.left:
            return at
    if len(filled) < rows:
        return len(filled)
    return min(free, key=lambda at: filled[at][-1].wanted) if free else None


def _join(row: list[Mark], mark: Mark, width: float) -> None:
    """Put it into the last mark of a row: nothing there begins later, so that one may grow.

    At the right edge it grows to the left, and takes in what it meets there.
    """
    last = row.pop()
    item = last.item.joined(mark.item)
    least = count_width(item.number)
    right = min(max(last.right, mark.right, last.left + least), width)
    left = min(last.left, right - least)
    fixed = right - left <= least
    together = Mark(item, "count" if fixed else "span", left, right, fixed)
    if row and row[-1].right + GAP > left:
        _join(row, together, width)
    else:
        row.append(together)


def _write(row: Sequence[Mark], width: float) -> None:
    """Give words the room there is: within a span, to the right of a mark, else to its left."""
    taken = 0.0
    for mark, following in zip(row, [*row[1:], None], strict=True):
        if mark.item.number == 1 and mark.item.label:
            end = following.left - GAP if following else width
            _label(mark, after=end - mark.after, before=mark.before - GAP - taken)
        taken = mark.reach[1]


def _label(mark: Mark, *, after: float, before: float) -> None:
    """The first that has room for all of the words, else the one that has most."""
    text = mark.item.label
    choices: list[tuple[Literal["inside", "after", "before"], float]] = [
        ("inside", mark.inside),
        ("after", after),
        ("before", before),
    ]
    cuts = [(cut(text, room), place) for place, room in choices]
    mark.label, mark.label_at = max(cuts, key=lambda choice: len(choice[0]))
