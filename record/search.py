"""Full-text search: SQLite's FTS5 and PostgreSQL's tsvector behind one module.

Each version is indexed once, by its own folded words, under a row id that sorts by date
(``day << 32 | version id``). Whether it stands at an edition is asked of the version.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from chronicle.dates import OPEN_END
from record.models import State, Version
from record.reading import Record

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 20  # of a query; more are refused
LONGEST_WORD = 500  # letters; PostgreSQL refuses to look for words of more than 2,046 bytes
# Letters that Unicode does not decompose, as people without them on the keyboard type them.
FOLDED = str.maketrans({"ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae"})
CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE record_search USING fts5(words, content='', tokenize='unicode61')"
    ],
    "postgresql": [
        "CREATE TABLE record_search (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX record_search_words ON record_search USING gin (words)",
    ],
}
CLEAR = {
    "sqlite": "INSERT INTO record_search(record_search) VALUES ('delete-all')",
    "postgresql": "TRUNCATE record_search",
}
INSERT = {
    "sqlite": "INSERT INTO record_search(rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO record_search VALUES (%s, to_tsvector('simple', %s))",
}
MATCH = {
    "sqlite": "SELECT rowid & 4294967295 FROM record_search WHERE record_search MATCH %s",
    "postgresql": (
        "SELECT rowid & 4294967295 FROM record_search WHERE words @@ to_tsquery('simple', %s)"
    ),
}

# What the index holds is compared with what a fresh one would hold, by the engine's own words.
FRESH = {
    "sqlite": [
        *(f"DROP TABLE IF EXISTS temp.{name}" for name in ("held_words", "fresh_words", "fresh")),
        "CREATE VIRTUAL TABLE temp.fresh USING fts5(words, content='', tokenize='unicode61')",
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
        "SELECT doc FROM (SELECT doc, term, offset FROM temp.held_words"
        " EXCEPT SELECT doc, term, offset FROM temp.fresh_words)"
        " UNION SELECT doc FROM (SELECT doc, term, offset FROM temp.fresh_words"
        " EXCEPT SELECT doc, term, offset FROM temp.held_words)"
    ),
    "postgresql": (
        "SELECT rowid FROM record_search FULL JOIN fresh USING (rowid)"
        " WHERE record_search.words IS DISTINCT FROM fresh.words"
    ),
}


class TooManyWords(ValueError):
    """A query of more than ``MOST_WORDS`` words. All are promised, so none is left out."""


def fold(text: str) -> str:
    """``text`` without case and accents, as words separated by spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(WORD.findall(bare.casefold().translate(FOLDED)))


def index(versions: Iterable[Version]) -> None:
    """Add versions just written. One statement a version, prepared once."""
    if rows := list(map(_row, versions)):
        with connection.cursor() as cursor:
            cursor.executemany(INSERT[connection.vendor], rows)


def rebuild() -> None:
    """Index every version again, from nothing: nothing of a redacted text stays behind.

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


def _row(version: Version) -> tuple[int, str]:
    day = OPEN_END if version.earliest is None else version.earliest
    return day << 32 | version.pk, version.search_text


def words_of(query: str) -> list[str]:
    """The words that ``query`` looks for, folded. Raises ``TooManyWords``."""
    words = fold(query).split()
    if len(words) > MOST_WORDS:
        raise TooManyWords(
            f"These are {len(words)} words: at most {MOST_WORDS} can be looked for at once."
        )
    return words


def matching(
    versions: QuerySet[Version, Version], query: str, *, record: Record
) -> QuerySet[Version, Version]:
    """Those of ``versions`` that hold every word of ``query`` themselves, or name one that does.

    The last word may be unfinished. ``versions`` are of ``record``, where names are looked up.
    Raises ``TooManyWords``.
    """
    words = words_of(query)
    if not words or any(len(word) > LONGEST_WORD for word in words):
        return versions.none()
    hits = RawSQL(MATCH[connection.vendor], [_expression(words)])  # noqa: S611 (no user text)
    named = record.versions().filter(pk__in=hits).order_by().values("public_id")
    naming = record.links().filter(target__in=named).values("version")
    return versions.filter(Q(pk__in=hits) | Q(pk__in=naming))


def _expression(words: list[str]) -> str:
    """The words as one expression of the engine. They hold letters and digits only."""
    if connection.vendor == "sqlite":
        return " ".join(f'"{word}"' for word in words) + "*"
    return " & ".join(words) + ":*"
