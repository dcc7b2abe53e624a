"""When the entries of each kind were: a row of bars for each, on one axis and one scale.

Each bar's number is what its link finds: entries of that kind that possibly lie in its years.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count
from django.utils.translation import ngettext

from chronicle import localised
from record.addresses import query_with
from record.filter_fields import NONE
from record.filters import DatedFilter
from record.histogram import Axis, Span, axis_of, counted_in, share_of, years_in_words
from record.pages import EntryPages
from record.questions import Question, question
from record.ranked import ranked

MOST_KINDS = 8  # those with most entries; the others are one more
MOST_SLOTS = 12  # so that each bar can be pressed on the smallest phone


@dataclass(frozen=True)
class KindBar:
    """``height``: per cent of the highest bar of all kinds; ``href`` is empty where there is
    nothing."""

    years: str
    number: int
    height: float
    href: str

    @property
    def top(self) -> float:
        return round(100 - self.height, 1)


@dataclass(frozen=True)
class KindRow:
    """``href``: the list of that kind; empty for the others together, which no filter finds."""

    name: str
    href: str
    number: int
    bars: Sequence[KindBar]
    language: str = ""  # of the name, where it is not the page's


@dataclass(frozen=True)
class KindsOverTime:
    """``years`` of each bar; the picture ends with the ``first`` and ``last`` of them."""

    rows: Sequence[KindRow]
    years: Sequence[str]
    first: str
    last: str
    highest: int
    undated: int
    undated_url: str


@dataclass(frozen=True)
class _Counted:
    """``slots``: entries by kind in each slot of the axis; ``totals`` those with and without date,
    the most frequent kind first."""

    axis: Axis
    slots: dict[str, Sequence[int]]
    totals: dict[str, int]
    undated: int


def kinds_over_time(pages: EntryPages, filters: DatedFilter) -> KindsOverTime | None:
    """``None`` where nothing has a date. ``filters``: of no more than an edition.

    Queries: one the first time in an edition, and one more unless names are known.
    """
    asked = question(filters, without=filters.filters)
    counted = _counted(asked) if asked else None
    if counted is None:
        return None
    record, axis = filters.record, counted.axis
    names = record.references(kind for kind in counted.totals if kind)
    shown = [kind for kind in counted.totals if kind in names][:MOST_KINDS]
    others = [kind for kind in counted.totals if kind not in shown]
    shown = ranked({kind: counted.totals[kind] for kind in shown}, names)
    highest = max(
        [max(counted.slots[kind]) for kind in shown] + [max(_together(counted, others), default=0)]
    )

    def bars(numbers: Sequence[int], slug: str) -> list[KindBar]:
        return [
            KindBar(
                years_in_words(*axis.years(slot)),
                number,
                share_of(number, highest),
                _address(pages, filters, axis, slot, slug) if number and slug else "",
            )
            for slot, number in enumerate(numbers)
        ]

    rows = [
        KindRow(
            names[kind].name,
            _listing(pages, filters, kind=names[kind].slug),
            counted.totals[kind],
            bars(counted.slots[kind], names[kind].slug),
            names[kind].language,
        )
        for kind in shown
    ]
    if others:
        number = sum(counted.totals[kind] for kind in others)
        name = ngettext("%(count)s other kind", "%(count)s other kinds", len(others))
        name %= {"count": localised.number(len(others))}
        rows.append(KindRow(name, "", number, bars(_together(counted, others), "")))
    years = [years_in_words(*axis.years(slot)) for slot in range(axis.slots)]
    return KindsOverTime(
        rows,
        years,
        _first_year(axis),
        f"{axis.years(axis.slots - 1)[1]}",
        highest,
        counted.undated,
        _listing(pages, filters, date=NONE),
    )


@lru_cache(maxsize=64)
def _counted(nothing_asked: Question) -> _Counted | None:
    versions = nothing_asked.filters().qs.order_by()
    rows = versions.values_list("kind", "earliest", "latest").annotate(number=Count("pk"))
    by_kind: defaultdict[str, list[Span]] = defaultdict(list)
    for kind, *span in rows:
        by_kind[kind].append(Span(*span))
    axis = axis_of([span for spans in by_kind.values() for span in spans], most=MOST_SLOTS)
    if axis is None:
        return None
    numbers = {kind: counted_in(axis, spans) for kind, spans in by_kind.items()}
    totals = {kind: sum(span.number for span in spans) for kind, spans in by_kind.items()}
    return _Counted(
        axis,
        {kind: found.possible for kind, found in numbers.items()},
        dict(sorted(totals.items(), key=lambda item: (-item[1], item[0]))),
        sum(found.undated for found in numbers.values()),
    )


def _together(counted: _Counted, kinds: Sequence[str]) -> list[int]:
    return [sum(each) for each in zip(*(counted.slots[kind] for kind in kinds), strict=True)]


def _first_year(axis: Axis) -> str:
    first, last = axis.years(0)
    return years_in_words(None, last) if first is None else f"{first}"


def _address(pages: EntryPages, filters: DatedFilter, axis: Axis, slot: int, slug: str) -> str:
    first, last = axis.years(slot)
    years = {"to": f"{last:04d}"} | ({} if first is None else {"from": f"{first:04d}"})
    return _listing(pages, filters, kind=slug, **years)


def _listing(pages: EntryPages, filters: DatedFilter, **values: str) -> str:
    query = query_with({}, {name: [value] for name, value in values.items()})
    return filters.record.page(f"{pages.list_url}?{query}")
