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
from record.statements import STANDS, ask
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
    "SELECT record_search.rowid & 4294967295 FROM record_search WHERE {match}{before} UNION"
    " SELECT link.version_id FROM record_search CROSS JOIN record_version version"
    " CROSS JOIN record_link link WHERE {match}"
    " AND version.id = record_search.rowid & 4294967295 AND {stands}"
    " AND link.target = version.public_id{linking_before} AND link.edition_id <= %s"
    " AND (link.superseded_in_id IS NULL OR link.superseded_in_id > %s)"
)
NEAR = (
    "SELECT record_search.rowid >> 32 FROM record_search WHERE {match}"
    " AND record_search.rowid >= %s ORDER BY record_search.rowid LIMIT 1 OFFSET %s"
)
NEAR_ENOUGH = 200  # versions, some of which are superseded, or left out by other filters

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
    versions: QuerySet[Version, Version], query: str, *, record: Record, before: int | None = None
) -> QuerySet[Version, Version]:
    """Those of ``versions`` that hold all of ``query`` themselves, or name an entry called so.

    ``versions`` are of ``record``, where names are looked up. Raises ``TooManyWords``. With
    ``before``, a day, of a type that is sorted by date, only those that stand before it there.
    """
    wanted = parse_strictly(query)
    if not wanted.findable:
        return versions.none()
    own, names = expression(wanted), expression(wanted, names_only=True)
    rows: list[Any] = []
    keys: list[Any] = []
    if before is not None:
        # What begins at no known day is indexed before all others, and listed by its last day.
        rows, keys = [before << 32], [f"{before:07d}"]
        versions = versions.filter(sort_key__lt=keys[0])
    found = FOUND.format(
        match=MATCH[connection.vendor],
        stands=STANDS,
        before=" AND record_search.rowid < %s" * len(rows),
        linking_before=" AND link.sort_key < %s" * len(keys),
    )
    at = [record.number] * 2
    values = [own, *rows, names, *at, *keys, *at]
    return versions.filter(pk__in=RawSQL(found, values))  # noqa: S611 (no user text)


def near(query: str, day: int) -> int | None:
    """A day not long after ``day``: between them there are ``NEAR_ENOUGH`` that hold the query.

    ``None`` where there are not so many. One query of the index alone, which ends there. What is
    undated comes after all days.
    """
    wanted = parse_strictly(query)
    if not wanted.findable:
        return None
    statement = NEAR.format(match=MATCH[connection.vendor])
    rows = ask(statement, [expression(wanted), day << 32, NEAR_ENOUGH])
    return rows[0][0] if rows else None


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
