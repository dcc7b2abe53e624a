"""Who stands together in the entries of a filtered list: those named most, and pairs of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, F, QuerySet

from record.filters import RecordFilter
from record.models import Link, Version
from record.tallies import LinkTally

MOST = 16  # of those named; more lines could not be told from one another
MOST_PAIRS = 60


class Pair(NamedTuple):
    """``number`` entries name both."""

    first: str
    second: str
    number: int


@dataclass(frozen=True)
class Named:
    """``totals``: entries by whom they name, those named most first; ``others`` more are named."""

    totals: dict[str, int]
    others: int


def named_in(filters: RecordFilter, by: str) -> Named:
    """Whom the entries that are left name, by the filter of that name. Two queries."""
    links = _links(filters, by)
    rows = (
        links.values_list("target")
        .annotate(number=Count("version", distinct=True))
        .order_by("-number", "target")
    )
    totals = dict(rows[:MOST])
    everybody = links.aggregate(number=Count("target", distinct=True))["number"]
    return Named(totals, everybody - len(totals))


def pairs_of(filters: RecordFilter, by: str, ids: Collection[str]) -> list[Pair]:
    """Those of ``ids`` that stand in one entry, the most frequent first. One query."""
    links = _links(filters, by).filter(target__in=ids)
    beside = links.filter(
        version__links__predicate__in=_tally(filters, by).predicates,
        version__links__target__in=ids,
        version__links__target__gt=F("target"),
    )
    rows = (
        beside.values_list("target", "version__links__target")
        .annotate(number=Count("version", distinct=True))
        .order_by("-number", "target", "version__links__target")
    )
    return [Pair(*row) for row in rows[:MOST_PAIRS]]


def with_both(filters: RecordFilter, by: str, ids: Sequence[str]) -> QuerySet[Version, Version]:
    """The entries that name all of ``ids``, in their order. No query."""
    found = filters.qs
    for public_id in ids:
        links = _links(filters, by).filter(target=public_id)
        found = found.filter(pk__in=links.values("version"))
    return found


def _links(filters: RecordFilter, by: str) -> QuerySet[Link, Any]:
    versions = filters.qs.order_by().values("pk")
    condition = _tally(filters, by).condition
    return filters.record.links().filter(condition, version__in=versions).order_by()


def _tally(filters: RecordFilter, by: str) -> LinkTally:
    tally = filters.tallies()[by]
    if not isinstance(tally, LinkTally):
        raise TypeError(f"Nobody is named by {by}.")
    return tally
