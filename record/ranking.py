"""Hits of a search, the best first, over all types of entries.

Entries whose names or titles hold all that is looked for come first, then those that hold it
anywhere, each by the engine's own measure, in which names weigh more; then those that refer to an
entry called so. A word that half of the record holds is not ranked whole: see ``MOST_RANKED``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from record.paging import BadCursor, Page
from record.query import Query
from record.reading import Record
from record.search import MATCH, expression
from record.statements import STANDS

MOST_RANKED = 1000  # entries that are compared; of more, the undated ones and then the latest
MOST_NAMED = 200  # entries called so, those that refer to which are looked for
LONGEST_CURSOR = 4
RANK = {
    "sqlite": "bm25(record_search, 8.0, 1.0)",
    "postgresql": "-ts_rank('{0.1, 0.1, 0.1, 0.8}', words, to_tsquery('simple', %s), 1)",
}
# The index alone decides what is compared; only then are the versions themselves looked at.
CANDIDATES = (
    "SELECT record_search.rowid & 4294967295 AS id, {tier} AS tier, {rank} AS rank"
    " FROM record_search WHERE {match} ORDER BY record_search.rowid DESC LIMIT %s"
)
RANKED = (
    "SELECT version.id, version.public_id, version.type, found.tier"
    " FROM (SELECT * FROM ({named}) AS named UNION ALL SELECT * FROM ({whole}) AS whole) AS found"
    " CROSS JOIN record_version AS version WHERE version.id = found.id AND {stands}"
    " ORDER BY found.tier, found.rank, version.sort_key, version.public_id"
)


@dataclass
class Hit:
    """A version that was found. ``through``: ids of the entries that it names, if by these."""

    version: int
    type: str
    through: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ranked:
    """Hits, the best first. Not ``whole``: there are more, which were not compared."""

    hits: Sequence[Hit]
    whole: bool = True


def ranked(record: Record, query: Query) -> Ranked:
    """Two queries, or none where there is nothing to look for. The same order within an edition."""
    if not query.findable:
        return Ranked([])
    own, called_so, whole = _own(record, query)
    naming, all_naming = _naming(record, called_so) if called_so else ({}, True)
    hits = own | {pk: hit for pk, hit in naming.items() if pk not in own}
    return Ranked(list(hits.values()), whole=whole and all_naming)


def ranked_page(hits: Sequence[Hit], *, cursor: str | None, limit: int) -> Page:
    """The hits from the rank that the cursor names. ``BadCursor`` where it names none."""
    start = _rank(cursor) if cursor else 0
    if start % limit or start >= max(len(hits), 1):
        raise BadCursor("This is not a cursor of these hits.")
    following, before = start + limit, start - limit
    return Page(
        list(hits[start:following]),
        next=str(following) if following < len(hits) else None,
        previous=str(before) if before >= 0 else None,
    )


def _rank(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= LONGEST_CURSOR):
        raise BadCursor("This is not a cursor of these hits.")
    return int(cursor)


def _own(record: Record, query: Query) -> tuple[dict[int, Hit], list[str], bool]:
    """Hits by their own words; ids of those that are called so; and whether these are all."""
    rank, match = RANK[connection.vendor], MATCH[connection.vendor]
    named = CANDIDATES.format(tier=0, rank=rank, match=match)
    whole = CANDIDATES.format(tier=1, rank=rank, match=match)
    values = []
    for text in (expression(query, names_only=True), expression(query)):
        values += [text] * (2 if "%s" in rank else 1) + [MOST_RANKED]
    with connection.cursor() as cursor:
        cursor.execute(
            RANKED.format(named=named, whole=whole, stands=STANDS),
            [*values, record.number, record.number],
        )
        rows = cursor.fetchall()
    hits: dict[int, Hit] = {}
    called_so = []
    for pk, public_id, type_name, tier in rows:
        hits.setdefault(pk, Hit(pk, type_name))
        if tier == 0:
            called_so.append(public_id)
    most = max(len(called_so), len(rows) - len(called_so))
    return hits, called_so[:MOST_NAMED], most < MOST_RANKED


def _naming(record: Record, called_so: list[str]) -> tuple[dict[int, Hit], bool]:
    """Hits that refer to one of these entries, by date; and whether these are all."""
    links = record.links().filter(target__in=called_so).order_by()
    rows = list(
        links.values_list("sort_key", "public_id", "version", "type", "target")[: MOST_RANKED + 1]
    )
    hits: dict[int, Hit] = {}
    for _, _, pk, type_name, target in sorted(rows[:MOST_RANKED]):
        hit = hits.setdefault(pk, Hit(pk, type_name))
        if target not in hit.through:
            hit.through.append(target)
    return hits, len(rows) <= MOST_RANKED
