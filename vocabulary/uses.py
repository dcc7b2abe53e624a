"""What a term is used for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from record.models import Version
from record.pages import list_address, pages_of, rows_of
from record.reading import Record
from record.rows import EntryRow

MOST = 10  # rows of each type on a term's page
# Predicates of links to terms, and the parameter of the lists that filters by it.
PARAMETERS = {"kind": "kind", "role": "role", "subject": "subject", "topic": "topic"}


@dataclass(frozen=True)
class Use:
    """How many entries of a type use the term as one thing; ``url`` lists them, or is empty."""

    title: str
    words: str
    total: int
    url: str


@dataclass(frozen=True)
class Uses:
    counts: Sequence[Use]
    rows: Sequence[tuple[str, Sequence[EntryRow]]]


def uses(record: Record, version: Version) -> Uses:
    """Two queries, and those of the rows."""
    links = record.links().filter(target=version.public_id)
    counts = (
        links.order_by("type", "predicate")
        .values_list("type", "predicate")
        .annotate(total=Count("version", distinct=True))
    )
    place = Window(
        RowNumber(), partition_by=F("type"), order_by=[F("sort_key").asc(), F("public_id").asc()]
    )
    shown = list(
        record.versions()
        .filter(pk__in=links.values("version"))
        .annotate(place=place)
        .filter(place__lte=MOST)
        .order_by("type", "sort_key", "public_id")
    )
    rows: dict[str, list[EntryRow]] = {}
    for row in rows_of(shown, record):
        rows.setdefault(pages_of(row.type).title, []).append(row)
    return Uses(
        [_use(type_name, predicate, total, version.slug) for type_name, predicate, total in counts],
        list(rows.items()),
    )


def _use(type_name: str, predicate: str, total: int, slug: str) -> Use:
    parameter = PARAMETERS.get(predicate)
    filters = pages_of(type_name).filterset.base_filters
    known = parameter if parameter in filters else None
    return Use(
        title=pages_of(type_name).title,
        words=f"as {predicate}",
        total=total,
        url=list_address(type_name, **{known: slug}) if known else "",
    )
