"""What a term is used for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy

from record.models import Version
from record.name_keys import key_of_now
from record.pages import list_address, pages_of, rows_of
from record.reading import Record
from record.rows import EntryRow

MOST = 10  # rows of each type on a term's page
# Translators: what a term is used as, in entries of one type.
USED_AS = {
    "kind": gettext_lazy("as kind"),
    "relation": gettext_lazy("as relation"),
    "role": gettext_lazy("as role"),
    "subject": gettext_lazy("as subject"),
    "topic": gettext_lazy("as topic"),
    "does not address": gettext_lazy("as topic that is not addressed"),
}
# Predicates of links to terms that lists can be filtered by, as parameters of the same name.
PARAMETERS = ("kind", "relation", "role", "subject", "topic")


@dataclass(frozen=True)
class Use:
    """How many entries of a type use the term as one thing; ``url`` lists them, or is empty."""

    title: str
    words: str
    total: int
    url: str


@dataclass(frozen=True)
class UsedBy:
    """The first rows of one type, of ``total``; ``uses`` lead to all where that is more."""

    title: str
    rows: Sequence[EntryRow]
    total: int
    uses: Sequence[Use]

    @property
    def cut(self) -> bool:
        return self.total > len(self.rows)


@dataclass(frozen=True)
class Uses:
    counts: Sequence[Use]
    types: Sequence[UsedBy]


def uses(record: Record, version: Version) -> Uses:
    """Two queries, and those of the rows."""
    links = record.links().filter(target=version.public_id)
    counts = (
        links.order_by("type", "predicate")
        .values_list("type", "predicate")
        .annotate(total=Count("version", distinct=True))
    )
    place = Window(RowNumber(), partition_by=F("type"), order_by=["read_key", "public_id"])
    shown = list(
        record.versions()
        .filter(pk__in=links.values("version"))
        .annotate(read_key=key_of_now())
        .annotate(place=place, total=Window(Count("pk"), partition_by=F("type")))
        .filter(place__lte=MOST)
        .order_by("type", "read_key", "public_id")
    )
    by_type: dict[str, list[Use]] = {}
    for type_name, predicate, total in counts:
        by_type.setdefault(type_name, []).append(
            _use(record, type_name, predicate, total, version.slug)
        )
    rows: dict[str, list[EntryRow]] = {}
    for row in rows_of(shown, record):
        rows.setdefault(row.type, []).append(row)
    totals = {row.type: row.total for row in shown}
    return Uses(
        [use for of_type in by_type.values() for use in of_type],
        [
            UsedBy(str(pages_of(name).title), of_type, totals[name], by_type[name])
            for name, of_type in rows.items()
        ],
    )


def _use(record: Record, type_name: str, predicate: str, total: int, slug: str) -> Use:
    filters = pages_of(type_name).filterset.base_filters
    known = predicate in PARAMETERS and predicate in filters
    return Use(
        title=str(pages_of(type_name).title),
        words=str(USED_AS.get(predicate, predicate)),
        total=total,
        url=list_address(record, type_name, **{predicate: slug}) if known else "",
    )
