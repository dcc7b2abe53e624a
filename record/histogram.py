"""When the entries of a list were, as bars that are themselves the filter by date.

A bar's numbers are those that its link finds: entries that possibly lie in its years, and those
that certainly do. Like a facet, it is counted under all filters but those by date.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate

from django.db.models import Count
from django.utils.translation import gettext

from chronicle.dates import OPEN_END, OPEN_START
from chronicle.localised import number
from record.addresses import query_with
from record.filter_fields import NONE
from record.filter_kinds import Versions
from record.filters import DATES, DatedFilter, RecordFilter
from record.questions import Question, question

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # years one bar may stand for
MOST_BARS = 40  # so that each can be pressed
LABELLED = 5  # every how manieth bar has its year beneath it; all, where there are fewer
LEAST = 2.0  # per cent of the highest bar that one is high which has anything
FEW = 0.02  # of all entries: so many early ones may share a bar for the others to have finer ones


@dataclass(frozen=True)
class Span:
    """How many entries have this first and last day; none of both where they are undated."""

    earliest: int | None
    latest: int | None
    number: int


@dataclass(frozen=True)
class Bar:
    """The years from ``first`` (or any before) to ``last``. Heights are per cent.

    ``query`` filters by these years. Numbers are made text here: templates take longer for it.
    """

    first: int | None
    last: int
    possible: int
    certain: int
    height: float
    height_certain: float
    labelled: bool
    chosen: bool
    query: str

    @property
    def years(self) -> str:
        return years_in_words(self.first, self.last)

    @property
    def beneath(self) -> str:
        """The same in short."""
        return f"<\N{NO-BREAK SPACE}{self.last + 1}" if self.first is None else f"{self.first}"

    @property
    def possibly(self) -> str:
        return number(self.possible)

    @property
    def certainly(self) -> str:
        return number(self.certain)

    @property
    def top(self) -> float:
        return round(100 - self.height, 1)

    @property
    def top_certain(self) -> float:
        return round(100 - self.height_certain, 1)


@dataclass(frozen=True)
class Histogram:
    """``highest``: entries at the highest bar. ``undated_query`` filters by having no date."""

    bars: Sequence[Bar]
    step: int
    highest: int
    undated: int
    undated_query: str
    all_query: str
    chosen: bool

    @property
    def filled(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.possible]


@dataclass(frozen=True)
class Axis:
    """Years from ``start`` in ``slots`` steps: the same whatever is filtered by.

    With ``earlier``, the first slot is one more, for all that is before them.
    """

    start: int
    step: int
    slots: int
    earlier: bool = False

    def slot(self, day: int) -> int:
        """The slot that a day lies in; outside, the ones before and after all."""
        if day == OPEN_END:
            return self.slots
        lowest = 0 if self.earlier else -1
        if day == OPEN_START:
            return lowest
        slot = (_year(day) - self.start) // self.step + self.earlier
        return min(max(slot, lowest), self.slots)

    def years(self, slot: int) -> tuple[int | None, int]:
        first = self.start + (slot - self.earlier) * self.step
        last = first + self.step - 1
        if self.earlier and slot == 0:
            return None, last
        return max(first, 1), last  # no calendar of ours has a year 0


def years_in_words(first: int | None, last: int) -> str:
    """Of a bar; without a first year, all up to the last."""
    if first is None:
        # Translators: all years before one: “before 1990”.
        return gettext("before %(year)s") % {"year": last + 1}
    return f"{first}" if first == last else f"{first}–{last}"


@dataclass(frozen=True)
class Numbers:
    """Entries that possibly, and that certainly, lie in each slot; and those without a date."""

    possible: Sequence[int]
    certain: Sequence[int]
    undated: int


def histogram(filters: RecordFilter) -> Histogram | None:
    """``None`` for entries without dates.

    Queries: one for the edition, and one more the first time that this is asked of it, with one for
    all entries that filters name. Each gives as many rows as there are different dates.
    """
    asked = question(filters, without=filters.filters)
    if asked is None or not isinstance(filters, DatedFilter):
        return None
    axis, everything = _everything(asked)
    if axis is None or everything is None:
        return None
    if filters.narrowing - set(DATES):
        return _drawn(axis, _numbers(question(filters, without=DATES), axis), filters)
    return _drawn(axis, everything, filters)


@lru_cache(maxsize=64)
def _everything(nothing_asked: Question) -> tuple[Axis | None, Numbers | None]:
    found = spans(nothing_asked.filters().qs)
    axis = axis_of(found)
    return axis, counted_in(axis, found) if axis else None


@lru_cache(maxsize=1024)
def _numbers(asked: Question, axis: Axis) -> Numbers:
    return counted_in(axis, spans(asked.filters().qs))


def spans(versions: Versions) -> Sequence[Span]:
    """One query."""
    rows = versions.order_by().values_list("earliest", "latest").annotate(number=Count("pk"))
    return [Span(*row) for row in rows]


def axis_of(everything: Iterable[Span], *, most: int = MOST_BARS) -> Axis | None:
    """From the first year in which an entry can begin to the last; open ends need no room."""
    years = Counter[int]()
    for span in everything:
        day = span.latest if span.earliest == OPEN_START else span.earliest
        if day is not None and day != OPEN_END:
            years[_year(day)] += span.number
    if not years:
        return None
    whole = _fitted(min(years), max(years), most)
    later = _fitted(_first_of_most(years), max(years), most, earlier=True)
    return later if later.step < whole.step else whole


def _fitted(first: int, last: int, most: int, *, earlier: bool = False) -> Axis:
    step = next((step for step in STEPS if (last - first) // step + 2 < most), STEPS[-1])
    start = first - first % step
    return Axis(start, step, (last - start) // step + 1 + earlier, earlier)


def _first_of_most(years: Mapping[int, int]) -> int:
    """The first year, but for few entries of earlier ones."""
    left = FEW * sum(years.values())
    for year in sorted(years):
        left -= years[year]
        if left < 0:
            return year
    return max(years)


def _drawn(axis: Axis, numbers: Numbers, filters: RecordFilter) -> Histogram:
    possible, certain, undated = numbers.possible, numbers.certain, numbers.undated
    highest = max(possible)
    chosen = _chosen(axis, filters)
    bars = []
    for slot in range(axis.slots):
        first, last = axis.years(slot)
        start = [] if first is None else [f"{first:04d}"]
        years = {"from": start, "to": [f"{last:04d}"], "date": []}
        bars.append(
            Bar(
                first=first,
                last=last,
                possible=possible[slot],
                certain=certain[slot],
                height=share_of(possible[slot], highest),
                height_certain=share_of(certain[slot], highest),
                labelled=first is None
                or axis.slots < LABELLED
                or first // axis.step % LABELLED == 0,
                chosen=slot in chosen,
                query=query_with(filters.data, years),
            )
        )
    without: dict[str, list[str]] = {name: [] for name in DATES}
    return Histogram(
        bars,
        axis.step,
        highest,
        undated,
        undated_query=query_with(filters.data, without | {"date": [NONE]}),
        all_query=query_with(filters.data, without),
        chosen=bool(filters.narrowing & set(DATES)),
    )


def counted_in(axis: Axis, found: Iterable[Span]) -> Numbers:
    begin, certain, undated = [0] * (axis.slots + 1), [0] * axis.slots, 0
    for span in found:
        if span.earliest is None or span.latest is None:
            undated += span.number
            continue
        first, last = axis.slot(span.earliest), axis.slot(span.latest)
        begin[min(max(first, 0), axis.slots)] += span.number
        begin[min(last + 1, axis.slots)] -= span.number
        if first == last and 0 <= first < axis.slots:
            certain[first] += span.number
    return Numbers(list(accumulate(begin[:-1])), certain, undated)


def _chosen(axis: Axis, filters: RecordFilter) -> range:
    start, end = filters.asked.get("from"), filters.asked.get("to")
    if not (start or end):
        return range(0)
    first = axis.slot(start.bounds.first_day) if start else 0
    last = axis.slot(end.bounds.last_day) if end else axis.slots
    return range(first, last + 1)


def share_of(number: int, highest: int) -> float:
    """Per cent of the highest bar, and never so few that what is there cannot be seen."""
    return max(round(100 * number / highest, 1), LEAST) if number else 0


def _year(day: int) -> int:
    return date.fromordinal(min(max(day, 1), date.max.toordinal())).year
