"""Entries that somebody may mean while still typing: a few, by the beginnings of their names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from django.db import connection
from django.db.models.expressions import RawSQL

from record.called import called
from record.folding import fold
from record.models import Version
from record.query import MOST_WORDS, Query, parse
from record.reading import Record, document_of
from record.search import MATCH, expression
from record.statements import STANDS
from record.types import type_named

MOST = 8
MOST_COMPARED = 60  # of the entries whose names fit: the undated ones, and then the latest
SHORTEST = 2  # letters
LONGEST = 100  # letters that are looked at
FOUND = (
    "SELECT version.id FROM record_search CROSS JOIN record_version AS version WHERE {match}"
    " AND version.id = record_search.rowid & 4294967295 AND {stands}"
    " ORDER BY record_search.rowid DESC LIMIT %s"
)
COLUMNS = ("type", "slug", "label", "schema", "state", "document")


@dataclass(frozen=True)
class Suggestion:
    """An entry. ``also``: the name that fits, where it is not the one it goes by."""

    type: str
    name: str
    also: str
    url: str


def suggestions(record: Record, text: str) -> list[Suggestion]:
    """At most ``MOST`` entries, one of whose names holds all words; the last is unfinished.

    Names that begin so come first, and every type has its turn. One query, which reads no more
    than ``MOST_COMPARED`` rows however many fit.
    """
    query = parse(text[:LONGEST]).up_to(MOST_WORDS).unfinished()
    wanted = " ".join(query.words)
    if len(wanted) < SHORTEST or not query.findable:
        return []
    at = [record.number, record.number]
    names = [expression(query, names_only=True), *at, MOST_COMPARED]
    found = RawSQL(FOUND.format(match=MATCH[connection.vendor], stands=STANDS), names)  # noqa: S611
    fitting = record.versions().filter(pk__in=found).order_by()
    by_type = defaultdict(list)
    for version in fitting.select_related(None).only(*COLUMNS):
        by_type[version.type].append(version)
    nearest = (
        sorted(versions, key=lambda version: _distance(version.label, wanted))
        for _, versions in sorted(by_type.items())
    )
    return [_suggestion(record, version, query) for version in islice(_in_turn(nearest), MOST)]


def _distance(label: str, wanted: str) -> tuple[bool, int, str]:
    folded = fold(label)
    return not folded.startswith(wanted), len(folded), folded


def _in_turn(lists: Iterable[list[Version]]) -> Iterable[Version]:
    turns = chain.from_iterable(zip_longest(*lists))
    return (version for version in turns if version is not None)


def _suggestion(record: Record, version: Version, query: Query) -> Suggestion:
    entry_type = type_named(version.type)
    document = document_of(version)
    title = called(document).name
    names = [title, *entry_type.facts(document).names]
    fitting = next((name for name in names if query.held_by(name)), title)
    also = "" if fitting == title else fitting
    url = record.page(entry_type.url(version.slug))
    return Suggestion(version.type, title, also, url)
