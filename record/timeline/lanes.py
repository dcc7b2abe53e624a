"""What a timeline can be parted by: lanes by what its entries refer to, or by what refers to them.

Entries are counted by lane first. The lanes with most of them are drawn, those filtered by before
others; all others are one, and so are entries of none.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import ngettext_lazy, pgettext_lazy

from record.filter_fields import NONE
from record.filter_kinds import LinkFilter, Versions
from record.filters import RecordFilter
from record.models import Link
from record.ranked import ranked
from record.tallies import ColumnTally, LinkTally, count

MOST_LANES = 10


@dataclass(frozen=True, kw_only=True)
class LanesBy:
    """``name`` is that of the filter by the same, or a word of its own where ``referring`` says
    that entries of that type refer to these, by one of ``predicates``. ``others`` says how many
    share the last lane (as ``EntryPages.counted``), ``none`` what the lane of entries without is
    called; all words are to be translated."""

    name: str
    label: Any
    others: Any
    none: Any
    referring: str = ""
    predicates: tuple[str, ...] = ()


BY_KIND = LanesBy(
    name="kind",
    label=pgettext_lazy("lanes of a timeline", "By kind"),
    others=ngettext_lazy("%(count)s other kind", "%(count)s other kinds", "number"),
    none=pgettext_lazy("lane of a timeline", "No kind"),
)


@dataclass(frozen=True)
class Lane:
    """``ids`` of what it is of: one. The lane of all others has those that it is without, the lane
    of what has none has none."""

    ids: tuple[str, ...]
    others: int = 0

    @property
    def is_one(self) -> bool:
        return len(self.ids) == 1 and not self.others


def lanes_of(filters: RecordFilter, versions: Versions, by: LanesBy) -> list[Lane]:
    """The lanes that these entries stand in. One query, and one unless their names are known."""
    totals = _totals(filters, versions, by)
    without = totals.pop(NONE, 0)
    chosen = _chosen(filters, by)
    ids = sorted(totals, key=lambda value: (value not in chosen, -totals[value], value))
    # One more than there is room for is no more than the lane of the others would be.
    most = MOST_LANES if len(ids) > MOST_LANES + 1 else MOST_LANES + 1
    shown, rest = ids[:most], ids[most:]
    names = filters.record.references(shown)
    in_order = ranked({value: totals[value] for value in shown}, names)
    found = [Lane((value,)) for value in sorted(in_order, key=lambda value: value not in chosen)]
    if rest:
        found.append(Lane(tuple(shown), len(rest)))
    if without:
        found.append(Lane(()))
    return found


def in_lane(filters: RecordFilter, versions: Versions, by: LanesBy, lane: Lane) -> Versions:
    """Those of ``versions`` that stand in it. No query."""
    tally = filters.tallies().get(by.name)
    if isinstance(tally, ColumnTally):
        values = versions.alias(_lane=tally.by)
        if lane.others:
            return values.exclude(_lane__in=[*lane.ids, ""])
        return values.filter(_lane=lane.ids[0] if lane.ids else "")
    if by.referring:
        own, value, links = "public_id", "public_id", _referring(filters, by)
        links = links.annotate(_own=F("target"))
    else:
        if not isinstance(tally, LinkTally):
            raise TypeError(f"There can be no lanes by {by.name}.")
        own, value = "pk", "target"
        links = filters.record.links().filter(tally.condition, type=filters.type_name)
        links = links.annotate(_own=F("version"))
    if not lane.ids:
        return versions.filter(~Exists(links.filter(_own=OuterRef(own))))
    # Led by the links, of which an index has those of one target together.
    named = Q(**{f"{value}__in": lane.ids})
    found = links.filter(~named if lane.others else named).order_by().values("_own")
    return versions.filter(**{f"{own}__in": found})


def _totals(filters: RecordFilter, versions: Versions, by: LanesBy) -> dict[str, int]:
    """Entries by what the lane is of; ``NONE`` among them."""
    if by.referring:
        return _totals_referring(filters, versions, by)
    tally = filters.tallies()[by.name]
    values = count(versions, {by.name: tally}).values[by.name]
    return {value or NONE: number for value, number in values.items() if number}


def _totals_referring(filters: RecordFilter, versions: Versions, by: LanesBy) -> dict[str, int]:
    links = _referring(filters, by).filter(target__in=versions.order_by().values("public_id"))
    rows = links.order_by().values_list("public_id").annotate(number=Count("target", distinct=True))
    none = versions.order_by().filter(
        ~Exists(_referring(filters, by).filter(target=OuterRef("public_id")))
    )
    without = none.annotate(_of=Value(NONE)).values_list("_of").annotate(number=Count("pk"))
    return {value: number for value, number in rows.union(without, all=True) if number}


def _referring(filters: RecordFilter, by: LanesBy) -> QuerySet[Link, Link]:
    return filters.record.links().filter(type=by.referring, predicate__in=by.predicates)


def _chosen(filters: RecordFilter, by: LanesBy) -> Collection[str]:
    if isinstance(filters.filters.get(by.name), LinkFilter):
        return {entry.id for entry in filters.asked.get(by.name, ())}
    return ()
