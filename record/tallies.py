"""How many entries there are under each value of a facet, counted in the database: one statement
for many facets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from record.filter_fields import NONE
from record.models import Link, Version

Versions = QuerySet[Version, Version]
DISTINCT = Count("version", distinct=True)
ANY = ""  # in rows: the value under which entries with any value at all are counted


@dataclass(frozen=True)
class ColumnTally:
    """Entries counted by an expression over their own columns; empty text is not counted."""

    by: Combinable


@dataclass(frozen=True)
class LinkTally:
    """Entries counted by their links of some ``predicates``: by target, or by predicate.

    ``beginning`` takes all predicates that begin so instead, and values are what follows it.
    ``targets`` are the only ones that count; ``also``: there must be a link of one of these to the
    same target. Where these are not all links that there can be, entries without any ``of`` those
    have none.
    """

    predicates: tuple[str, ...] = ()
    by: str = "target"
    beginning: str = ""
    targets: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it takes every link of its predicates, so that what is left has none."""
        return not (self.beginning or self.targets or self.also or self.of)

    @property
    def condition(self) -> Q:
        found = Q(predicate__in=self.predicates)
        if self.beginning:
            found = Q(predicate__startswith=self.beginning)
        if self.targets:
            found &= Q(target__in=self.targets)
        if self.also:
            found &= Q(version__links__target=F("target"), version__links__predicate__in=self.also)
        return found


Tally = ColumnTally | LinkTally


@dataclass(frozen=True)
class Counted:
    """``values``: entries by facet and value; where links were counted, ``NONE`` is one."""

    total: int
    values: Mapping[str, Mapping[str, int]]


def count(versions: Versions, tallies: Mapping[str, Tally]) -> Counted:
    """The entries of ``versions`` under each value of each facet, and in all. One query.

    Of links, the index by version is walked once for all facets whose predicates differ.
    """
    parts = _of_columns(versions, tallies)
    for group in _apart(_links(tallies)):
        parts += _of_links(versions, group)
    return _counted(parts, tallies)


def _links(tallies: Mapping[str, Tally]) -> dict[str, LinkTally]:
    return {name: tally for name, tally in tallies.items() if isinstance(tally, LinkTally)}


def _of_columns(versions: Versions, tallies: Mapping[str, Tally]) -> list[QuerySet[Any, Any]]:
    """What is counted in the versions alone; where that is nothing, the number of them."""
    versions = versions.order_by()
    return [
        _rows(versions, Value(name), tally.by, Count("pk"))
        for name, tally in tallies.items()
        if isinstance(tally, ColumnTally)
    ] or [_rows(versions, Value(""), Value(ANY), Count("pk"))]


def _counted(parts: Sequence[QuerySet[Any, Any]], tallies: Mapping[str, Tally]) -> Counted:
    found: dict[str, dict[str, int]] = {"": {}, **{name: {} for name in tallies}}
    for name, value, number in parts[0].union(*parts[1:], all=True):
        found[name][value] = number
    # Each entry has one value of each column.
    columns = (found[name] for name, tally in tallies.items() if isinstance(tally, ColumnTally))
    total = sum(next(columns, found.pop("")).values())
    return Counted(
        total, {name: _values(tallies[name], rows, total) for name, rows in found.items()}
    )


def _values(tally: Tally, rows: dict[str, int], total: int) -> dict[str, int]:
    any_value = rows.pop(ANY, 0)
    if not isinstance(tally, LinkTally):
        return rows
    values = {value.removeprefix(tally.beginning): number for value, number in rows.items()}
    return values | {NONE: total - any_value} if tally.plain or tally.of else values


def _apart(tallies: Mapping[str, LinkTally]) -> Iterator[dict[str, LinkTally]]:
    """Groups within which every link is of one facet at most."""
    left = dict(tallies)
    while left:
        group: dict[str, LinkTally] = {}
        taken: set[str] = set()
        for name, tally in left.items():
            if tally.plain and not taken & set(tally.predicates):
                group[name] = tally
                taken |= set(tally.predicates)
        if not group:
            name, tally = next(iter(left.items()))
            group = {name: tally}
        yield group
        for name in group:
            del left[name]


def _of_links(versions: Versions, group: Mapping[str, LinkTally]) -> list[QuerySet[Any, Any]]:
    facet = Case(*(When(tally.condition, then=Value(name)) for name, tally in group.items()))
    value = Case(*(When(tally.condition, then=F(tally.by)) for tally in group.values()))
    links = _links_in(versions, facet)
    rows = [_rows(links, facet, value, DISTINCT)]
    if all(tally.plain for tally in group.values()):
        rows.append(_rows(links, facet, Value(ANY), DISTINCT))
    for name, tally in group.items():
        if tally.of:
            every = Case(When(predicate__in=tally.of, then=Value(name)))
            rows.append(_rows(_links_in(versions, every), every, Value(ANY), DISTINCT))
    return rows


def _links_in(versions: Versions, facet: Case) -> QuerySet[Link, Link]:
    """The links of versions that are of a facet.

    Told apart by an expression alone: by their predicates, SQLite would take links from the index
    that has all of them, and not those of the versions from the index that covers this.
    """
    links = Link.objects.filter(version__in=versions.values("pk")).order_by()
    return links.alias(of=facet).filter(of__isnull=False)


def _rows(
    rows: QuerySet[Any, Any], facet: Combinable, value: Combinable, number: Count
) -> QuerySet[Any, Any]:
    return (
        rows.annotate(_facet=facet, _value=value)
        .values_list("_facet", "_value")
        .annotate(_number=number)
    )
