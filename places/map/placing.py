"""Where the marks of a map stand, which of them are one, and which have their names beside them.

Pure arithmetic, in ems from the left and from the top. No mark and no name is over another: those
that matter most are placed first, others join what is in their way or go without their name. Drawn
wider than it was reckoned, everything only moves apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from django.utils.translation import ngettext

from chronicle import localised
from places.map.window import ASPECT, Window
from record.timeline.measuring import cut, width_of
from record.timeline.placing import CELL, count_width

# Ems that a mark's name keeps clear of: of a mark alone, and between the two.
GLYPH, BESIDE = 1.1, 0.2
LINE = 1.35  # ems: a name is so high
MOST_NAMED = 18.0  # ems of one name
SHORT = 9.0  # ems: as much of a name is worth having where there is no room for more

# How far around the middle of what has no spot a circle is drawn: degrees, and at least so many ems
# that it is no dot. A drawing convention, which the page says.
EXTENTS = {"area": (0.3, 1.3), "country": (1.5, 2.0)}

Side = Literal["right", "left", "below", "above", "middle"]


@dataclass(frozen=True)
class Spot:
    """A place with coordinates. ``number``: what there is at it; ``said``: its name, with the
    number where that is of something else."""

    id: str
    latitude: float
    longitude: float
    precision: str
    number: int
    label: str
    said: str

    @property
    def point(self) -> tuple[float, float]:
        return self.latitude, self.longitude


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass
class Mark:
    """One spot, or several that stand too close together; then where the first of them stands, or
    as near to it as their number can be read.

    ``radius`` is of its circle, for what has no spot.
    """

    spots: list[Spot]
    x: float
    y: float
    radius: float = 0
    label: str = ""
    side: Side = "right"

    @property
    def number(self) -> int:
        return sum(spot.number for spot in self.spots)

    @property
    def alone(self) -> bool:
        return len(self.spots) == 1

    @property
    def wide(self) -> float:
        """Ems that nothing else is drawn in: as wide as what is touched, or as its number."""
        return CELL if self.alone else count_width(self.number)

    def stay_within(self, width: float, height: float) -> None:
        """So that no figure of its number is cut off. A spot stands where it is."""
        if not self.alone:
            self.x = min(max(self.x, self.wide / 2), width - self.wide / 2)
            self.y = min(max(self.y, CELL / 2), height - CELL / 2)

    @property
    def box(self) -> Box:
        return _around(self.x, self.y, self.wide, CELL)

    @property
    def drawn(self) -> Box:
        """What a name keeps clear of."""
        return _around(self.x, self.y, GLYPH, GLYPH) if self.alone else self.box


@dataclass
class Shelves:
    """Boxes by the rows that they stand in, so that few have to be compared."""

    rows: dict[int, list[tuple[Box, Mark]]] = field(default_factory=lambda: defaultdict(list))

    def put(self, box: Box, mark: Mark) -> None:
        for row in _rows(box):
            self.rows[row].append((box, mark))

    def met_by(self, box: Box) -> Iterator[Mark]:
        for row in _rows(box):
            for other, mark in self.rows.get(row, ()):
                if box.meets(other):
                    yield mark


def placed(spots: Iterable[Spot], window: Window, width: float) -> list[Mark]:
    """Marks of all spots in the window, in a picture so many ems wide. Those that matter most come
    first."""
    marks, height = gathered(spots, window, width), width / ASPECT
    for mark in marks:
        if mark.alone and mark.spots[0].precision in EXTENTS:
            degrees, least = EXTENTS[mark.spots[0].precision]
            mark.radius = max(degrees * height / window.height, least)
    _name(marks, width, height)
    return marks


def gathered(spots: Iterable[Spot], window: Window, width: float) -> list[Mark]:
    """The same marks without circles and names: how many there are."""
    height = width / ASPECT
    marks = []
    for spot in spots:
        share = window.share(*spot.point)
        if share is not None:
            marks.append(Mark([spot], share[0] * width, share[1] * height))
    before = len(marks) + 1
    while len(marks) < before:  # what has joined is wider, and may be in the way of others
        before = len(marks)
        marks = _joined(marks)
        for mark in marks:
            mark.stay_within(width, height)
    return marks


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    """Whatever is in the way of one before it is one with that."""
    shelves, found = Shelves(), []
    for mark in marks:
        other = next(shelves.met_by(mark.box), None)
        if other is not None:
            other.spots += mark.spots
        else:
            shelves.put(mark.box, mark)
            found.append(mark)
    return found


def _name(marks: Sequence[Mark], width: float, height: float) -> None:
    """Write names where there is room, those of the first marks first."""
    shelves = Shelves()
    picture = Box(0, 0, width, height)
    for mark in marks:
        shelves.put(mark.drawn, mark)
    for mark in marks:
        words = label_of_mark(mark)
        for most in (MOST_NAMED, SHORT):
            # Of several places it is their number that must not be cut off.
            label = cut(words, most) if mark.alone or width_of(words) <= most else ""
            side = _side_for(mark, width_of(label), picture, shelves) if label else None
            if side is not None:
                mark.label, mark.side = label, side
                shelves.put(_label_box(mark, side, width_of(label)), mark)
                break


def label_of_mark(mark: Mark) -> str:
    if mark.alone:
        return mark.spots[0].said
    return several_in_words(mark)


def several_in_words(mark: Mark) -> str:
    """The first of the places that a mark stands for, and how many more there are."""
    first, more = mark.spots[0].label, len(mark.spots) - 1
    # Translators: a mark of a map that stands for several places: “Baku and 3 more places”.
    message = ngettext(
        "%(place)s and %(count)s more place", "%(place)s and %(count)s more places", more
    )
    return message % {"place": first, "count": localised.number(more)}


def _side_for(mark: Mark, wide: float, picture: Box, shelves: Shelves) -> Side | None:
    sides: Sequence[Side] = ("right", "left", "below", "above")
    if mark.radius:
        sides = ("middle", *sides)
    for side in sides:
        box = _label_box(mark, side, wide)
        inside = box.left >= 0 and box.right <= picture.right
        inside = inside and box.top >= 0 and box.bottom <= picture.bottom
        if inside and all(other is mark for other in shelves.met_by(box)):
            return side
    return None


def _label_box(mark: Mark, side: Side, wide: float) -> Box:
    x, y = label_at(mark, side)
    left = {"right": x, "left": x - wide}.get(side, x - wide / 2)
    return Box(left, y - LINE / 2, left + wide, y + LINE / 2)


def label_at(mark: Mark, side: Side) -> tuple[float, float]:
    """Where words begin, end or have their middle, and the middle of their height."""
    own = mark.drawn
    beside = (own.right - own.left) / 2 + BESIDE
    below = (own.bottom - own.top) / 2 + LINE / 2
    away = {
        "right": (beside, 0.0),
        "left": (-beside, 0.0),
        "below": (0.0, below),
        "above": (0.0, -below),
        "middle": (0.0, 0.0),
    }
    x, y = away[side]
    return mark.x + x, mark.y + y


def _around(x: float, y: float, wide: float, high: float) -> Box:
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _rows(box: Box) -> range:
    return range(int(box.top // CELL), int(box.bottom // CELL) + 1)
