"""What the record holds at a glance: how many entries of each type, and when they happened."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from chronicle.dates import OPEN_START
from record.reading import Record
from record.types import entry_types

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # years one bar may stand for
MOST_BARS = 60
MOST_OUTSIDE = 0.05  # share of the entries that may be told of in words instead of drawn
MOST_LABELS = 5  # as many as stand side by side on a phone


@dataclass(frozen=True)
class Bar:
    """The entries that begin in the years from ``first`` to ``last``.

    ``within`` of them end there for certain; the others reach, or may reach, into later ones.
    Lengths are per cent of the picture.
    """

    first: int
    last: int
    total: int
    within: int
    left: float
    width: float
    height: float
    height_within: float

    @property
    def top(self) -> float:
        return round(100 - self.height, 3)

    @property
    def top_within(self) -> float:
        return round(100 - self.height_within, 3)


@dataclass(frozen=True)
class Outside:
    """Entries that begin before or after what is drawn, in the years from ``first`` to ``last``."""

    first: int
    last: int
    total: int


@dataclass(frozen=True)
class Label:
    """A year at its place on the axis; ``anchor`` as in SVG's text-anchor."""

    year: int
    left: float
    anchor: str


@dataclass(frozen=True)
class Picture:
    """A histogram by first possible day. ``unplaced`` entries have no date, or no beginning.

    ``earlier`` and ``later`` tell of the few that would have pressed all others to one edge.
    """

    bars: list[Bar]
    labels: list[Label]
    step: int
    highest: int
    unplaced: int
    earlier: Outside | None
    later: Outside | None

    @property
    def first(self) -> int:
        return self.bars[0].first

    @property
    def last(self) -> int:
        return self.bars[-1].last

    @property
    def filled(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.total]

    @property
    def told(self) -> list[Bar | Outside]:
        """All of it in numbers, in the order of time."""
        before, after = ([row] if row else [] for row in (self.earlier, self.later))
        return [*before, *self.filled, *after]


def numbers(record: Record) -> dict[str, int]:
    """How many entries there are of each type, by its name. One query."""
    rows = record.versions().order_by().values_list("type").annotate(number=Count("pk"))
    return {entry_type.name: 0 for entry_type in entry_types()} | dict(rows)


def picture(record: Record, type_name: str) -> Picture | None:
    """When entries of one type happened; ``None`` if none of them has a beginning.

    One query, of as many rows as there are different dates.
    """
    spans = (
        record.versions(type_name)
        .order_by()
        .values_list("earliest", "latest")
        .annotate(number=Count("pk"))
    )
    placed: list[tuple[int, int, int]] = []
    unplaced = 0
    for earliest, latest, number in spans:
        if earliest is None or earliest == OPEN_START:
            unplaced += number
        else:
            placed.append((_year(earliest), _year(latest), number))
    if not placed:
        return None
    return _drawn(placed, unplaced)


def _year(day: int) -> int:
    return date.fromordinal(min(max(day, 1), date.max.toordinal())).year


def _window(placed: list[tuple[int, int, int]]) -> tuple[int, int]:
    """First and last year to draw: of all entries, unless leaving ``MOST_OUTSIDE`` out makes it
    at most half as long."""
    begins = Counter[int]()
    for first, _, number in placed:
        begins[first] += number
    years = sorted(begins)
    left_over = int(begins.total() * MOST_OUTSIDE)
    windows = []
    inside, end = 0, 0
    for start, first in enumerate(years):
        while end < len(years) and inside < begins.total() - left_over:
            inside += begins[years[end]]
            end += 1
        if inside >= begins.total() - left_over:
            windows.append((years[end - 1] - first, first, years[end - 1]))
        inside -= begins[years[start]]
    length, first, last = min(windows)
    return (first, last) if 2 * length <= years[-1] - years[0] else (years[0], years[-1])


def _outside(placed: list[tuple[int, int, int]]) -> Outside | None:
    years = [first for first, _, _ in placed]
    total = sum(number for _, _, number in placed)
    return Outside(min(years), max(years), total) if years else None


def _drawn(everything: list[tuple[int, int, int]], unplaced: int) -> Picture:
    first, last = _window(everything)
    step = next((step for step in STEPS if (last - first) // step < MOST_BARS), STEPS[-1])
    start = first - first % step
    slots = (last - start) // step + 1
    end = start + slots * step
    placed = [row for row in everything if start <= row[0] < end]
    totals, within = Counter[int](), Counter[int]()
    for begins, ends, number in placed:
        slot = (begins - start) // step
        totals[slot] += number
        if (ends - start) // step == slot:
            within[slot] += number
    highest = max(totals.values())
    bars = [
        Bar(
            first=max(start + slot * step, 1),  # no calendar of ours has a year 0
            last=start + slot * step + step - 1,
            total=totals[slot],
            within=within[slot],
            left=round(100 * slot / slots, 3),
            width=round(100 / slots, 3),
            height=round(100 * totals[slot] / highest, 3),
            height_within=round(100 * within[slot] / highest, 3),
        )
        for slot in range(slots)
    ]
    return Picture(
        bars,
        _labels(bars),
        step,
        highest,
        unplaced,
        earlier=_outside([row for row in everything if row[0] < start]),
        later=_outside([row for row in everything if row[0] >= end]),
    )


def _labels(bars: list[Bar]) -> list[Label]:
    """Years at even distances; the first one starts at the edge, to stay inside it."""
    shown = bars[:: -(-len(bars) // MOST_LABELS)]
    first = Label(shown[0].first, shown[0].left, "start")
    return [
        first,
        *(Label(bar.first, round(bar.left + bar.width / 2, 3), "middle") for bar in shown[1:]),
    ]
