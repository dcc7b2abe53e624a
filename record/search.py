"""Full-text search: SQLite's FTS5 and PostgreSQL's tsvector behind one module.

Each version is indexed once, by its own folded words, under a row id that sorts by date
(``day << 32 | version id``): its names and titles in one column, or of one weight, all else in
another. Whether it stands at an edition is asked of the version.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from chronicle.dates import OPEN_END
from record.folding import fold
from record.models import State, Version
from record.query import Query, Term, parse_strictly
from record.reading import Record
from record.statements import STANDS, ask, of_these
from record.types import Facts

CLEAR = {
    "sqlite": "INSERT INTO record_search(record_search) VALUES ('delete-all')",
    "postgresql": "TRUNCATE record_search",
}
INSERT = {
    "sqlite": "INSERT INTO record_search(rowid, names, words) VALUES (%s, %s, %s)",
    "postgresql": (
        "INSERT INTO record_search VALUES (%s, setweight(to_tsvector('simple', %s), 'A')"
        " || setweight(to_tsvector('simple', %s), 'D'))"
    ),
}
FORGET = {
    "sqlite": (
        "INSERT INTO record_search(record_search, rowid, names, words)"
        " VALUES ('delete', %s, %s, %s)"
    ),
    "postgresql": "DELETE FROM record_search WHERE rowid = %s",
}
MERGE = "INSERT INTO record_search(record_search) VALUES ('optimize')"
# To be used as `... WHERE {MATCH}`, with an expression of the engine as its only parameter.
MATCH = {
    "sqlite": "record_search MATCH %s",
    "postgresql": "record_search.words @@ to_tsquery('simple', %s)",
}
# The index first, whatever it finds: SQLite takes the tables of a CROSS JOIN in this order.
FOUND = (
    "SELECT record_search.rowid & 4294967295 FROM record_search WHERE {match} UNION"
    " SELECT link.version_id FROM record_search CROSS JOIN record_version version"
    " CROSS JOIN record_link link WHERE {match}"
    " AND version.id = record_search.rowid & 4294967295 AND {stands}"
    " AND link.target = version.public_id AND link.edition_id <= %s"
    " AND (link.superseded_in_id IS NULL OR link.superseded_in_id > %s)"
)
# Row ids: the first ones from a day on; of those before it, some; and of those called so.
NEAR = (
    "SELECT * FROM (SELECT 'near' AS part, rowid FROM record_search WHERE {match}"
    " AND rowid >= %s ORDER BY rowid LIMIT %s) AS near UNION ALL"
    " SELECT * FROM (SELECT 'before' AS part, rowid FROM record_search WHERE {match}"
    " AND rowid < %s LIMIT %s) AS before UNION ALL"
    " SELECT * FROM (SELECT 'named' AS part, rowid FROM record_search WHERE {match}"
    " LIMIT %s) AS named"
)
LINKED = (
    "SELECT id, public_id FROM record_version version WHERE {stands}"
    " AND public_id IN (SELECT DISTINCT target FROM record_link)"
)
LINKING = (
    "SELECT DISTINCT version_id FROM record_link WHERE target IN ({marks}) AND sort_key < %s"
    " AND edition_id <= %s AND (superseded_in_id IS NULL OR superseded_in_id > %s) LIMIT %s"
)
MOST_NEAR = 1000  # versions that are found in some days
MOST_NAMED = 10_000  # versions called so, of which few are linked to
VERSION = 0xFFFFFFFF  # the bits of a row id that are the version's

# What the index holds is compared with what a fresh one would hold, by the engine's own words.
FRESH = {
    "sqlite": [
        *(f"DROP TABLE IF EXISTS temp.{name}" for name in ("held_words", "fresh_words", "fresh")),
        "CREATE VIRTUAL TABLE temp.fresh USING fts5(names, words, content='')",
        "CREATE VIRTUAL TABLE temp.fresh_words USING fts5vocab('temp', 'fresh', 'instance')",
        "CREATE VIRTUAL TABLE temp.held_words USING fts5vocab('main', 'record_search', 'instance')",
    ],
    "postgresql": [
        "DROP TABLE IF EXISTS pg_temp.fresh",
        "CREATE TEMPORARY TABLE fresh (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    ],
}
INSERT_FRESH = {
    vendor: statement.replace("record_search", "fresh") for vendor, statement in INSERT.items()
}
DIFFERING = {
    "sqlite": (
        "SELECT doc FROM (SELECT doc, term, col, offset FROM temp.held_words"
        " EXCEPT SELECT doc, term, col, offset FROM temp.fresh_words)"
        " UNION SELECT doc FROM (SELECT doc, term, col, offset FROM temp.fresh_words"
        " EXCEPT SELECT doc, term, col, offset FROM temp.held_words)"
    ),
    "postgresql": (
        "SELECT rowid FROM record_search FULL JOIN fresh USING (rowid)"
        " WHERE record_search.words IS DISTINCT FROM fresh.words"
    ),
}


def text_of(facts: Facts) -> str:
    """What a version is found by, as it is kept: its names, folded, in one line; all else below."""
    return f"{fold(' '.join(facts.names))}\n{fold(' '.join(facts.words))}"


def index(versions: Iterable[Version]) -> None:
    """Add versions just written. One statement a version, prepared once."""
    if rows := list(map(_row, versions)):
        with connection.cursor() as cursor:
            cursor.executemany(INSERT[connection.vendor], rows)


def forget(versions: Iterable[Version]) -> None:
    """Take versions out of the index, as long as they still say what they were indexed by.

    SQLite keeps words of what was deleted until its index is merged, which is done here, in one
    statement that reads and writes all of it: some 10 s for 100,000 versions on a busy machine.
    """
    rows = list(map(_row, versions))
    if connection.vendor == "postgresql":
        rows = [(rowid,) for rowid, _, _ in rows]  # type: ignore[misc]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(FORGET[connection.vendor], rows)
            if connection.vendor == "sqlite":
                cursor.execute(MERGE)


def rebuild() -> None:
    """Index every version again, from nothing.

    In one transaction, so that a search meanwhile finds what it found before, or waits.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(CLEAR[connection.vendor])
        index(readable().iterator())


def readable() -> QuerySet[Version, Version]:
    """The versions that are indexed: those that say something."""
    return Version.objects.filter(state=State.PUBLISHED, redacted_in=None)


def differing() -> set[int]:
    """Ids of versions whose words the index lacks, and of those that it should not hold.

    Indexes the whole record anew, in tables that only this connection sees.
    """
    vendor = connection.vendor
    with connection.cursor() as cursor:
        for statement in FRESH[vendor]:
            cursor.execute(statement)
        rows = list(map(_row, readable().iterator()))
        if rows:
            cursor.executemany(INSERT_FRESH[vendor], rows)
        cursor.execute(DIFFERING[vendor])
        return {rowid & 0xFFFFFFFF for (rowid,) in cursor.fetchall()}


def _row(version: Version) -> tuple[int, str, str]:
    day = OPEN_END if version.earliest is None else version.earliest
    names, _, words = version.search_text.partition("\n")
    return day << 32 | version.pk, names, words


def matching(
    versions: QuerySet[Version, Version], query: str, *, record: Record
) -> QuerySet[Version, Version]:
    """Those of ``versions`` that hold all of ``query`` themselves, or name an entry called so.

    ``versions`` are of ``record``, where names are looked up. Raises ``TooManyWords``.
    """
    wanted = parse_strictly(query)
    if not wanted.findable:
        return versions.none()
    found, values = _found(wanted, record)
    return versions.filter(pk__in=RawSQL(found, values))  # noqa: S611 (no user text)


def near(
    versions: QuerySet[Version, Version], query: str, *, record: Record, day: int, enough: int
) -> QuerySet[Version, Version] | None:
    """The same, as far as they stand before some later day, in the order of their dates.

    Between ``day`` and that one, ``enough`` versions hold the query, superseded ones among them.
    ``versions`` are of a type that is sorted by date. ``None`` where there are too few for that, or
    too many that name an entry called so. One query, and one where any are called so, however many
    there are beyond; and one, or none, as for ``Record.references``.
    """
    wanted = parse_strictly(query)
    if not wanted.findable:
        return None
    own, names = expression(wanted), expression(wanted, names_only=True)
    # What begins at no known day is indexed before all others, and listed by its last day: so it
    # is looked at in any case. What is undated comes after all days.
    undated = min(day, 1) << 32
    values = [own, day << 32, enough + 1, own, undated, MOST_NEAR, names, MOST_NAMED]
    rows: dict[str, list[int]] = {"near": [], "before": [], "named": []}
    for part, rowid in ask(NEAR.format(match=MATCH[connection.vendor]), values):
        rows[part].append(rowid)
    if len(rows["near"]) <= enough or len(rows["named"]) == MOST_NAMED:
        return None
    before = max(rows["near"]) >> 32
    found = {row & VERSION for row in (*rows["near"], *rows["before"]) if row >> 32 < before}
    found |= _linking((row & VERSION for row in rows["named"]), record, before)
    if not 0 < len(found) < MOST_NEAR:
        return None
    # As numbers, since the ORM looks at each value that it is given.
    some = RawSQL(", ".join(map(str, found)), [])  # noqa: S611 (no user text)
    return versions.filter(sort_key__lt=f"{before:07d}", pk__in=some)


def _linking(named: Iterable[int], record: Record, before: int) -> set[int]:
    """Some versions, up to a day, that refer to entries of these versions. One query, or none."""
    linked = record.kept.linked
    if not linked:
        linked |= ask(of_these(LINKED), [record.number] * 2)
    if targets := [target for version in named if (target := linked.get(version))]:
        values = [*targets, f"{before:07d}", record.number, record.number, MOST_NEAR]
        return {version for (version,) in ask(of_these(LINKING, targets), values)}
    return set()


def _found(query: Query, record: Record) -> tuple[str, list[Any]]:
    """The statement of what is found, and its values."""
    own, names = expression(query), expression(query, names_only=True)
    statement = FOUND.format(match=MATCH[connection.vendor], stands=STANDS)
    return statement, [own, names, *[record.number] * 4]


def expression(query: Query, *, names_only: bool = False) -> str:
    """The query as the engine has it. Terms hold letters and digits only."""
    if connection.vendor == "sqlite":
        whole = " AND ".join(map(_fts5, query.terms))
        return f"names : ({whole})" if names_only else whole
    return " & ".join(_tsquery(term, "A" * names_only) for term in query.terms)


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" * term.prefix}'


def _tsquery(term: Term, weight: str) -> str:
    """With ``weight`` "A", only where names hold it."""
    *words, last = term.words
    marks = "*" * term.prefix + weight
    labelled = [f"{word}:{weight}" if weight else word for word in words]
    return f"({' <-> '.join([*labelled, f'{last}:{marks}' if marks else last])})"
