"""The tables of a mirror, and rows on their way into them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chronicle_client.entries import Data, Entry
from chronicle_client.errors import ChronicleError, Damaged, InUse
from chronicle_client.reading import parsed, reading

APPLICATION = 0x43485243  # "CHRC", so that no other file is taken for a mirror
HEADER = b"SQLite format 3\0"
APPLICATION_AT = 68  # of the file: https://sqlite.org/fileformat2.html#application_id
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
REDACTED = "redacted"

TABLES = """
CREATE TABLE IF NOT EXISTS mirror (
    name TEXT PRIMARY KEY,      -- site, cursor; began: all versions after this edition are here;
    value TEXT NOT NULL         -- edition: the last of which all is here
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS editions (
    number INTEGER PRIMARY KEY,
    published_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,           -- a role, as approved_by
    approved_by TEXT NOT NULL,
    four_eyes INTEGER NOT NULL,
    previous TEXT,              -- checksum of the edition before
    checksum TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS versions (
    id TEXT NOT NULL,
    edition INTEGER NOT NULL,
    type TEXT NOT NULL,
    change TEXT NOT NULL,
    state TEXT NOT NULL,        -- published, withdrawn, merged, redacted
    schema INTEGER NOT NULL,
    salt TEXT,
    checksum TEXT NOT NULL,     -- SHA-256 of salt and document
    redacted_in INTEGER,        -- then salt and document are gone
    document TEXT,              -- canonical JSON
    PRIMARY KEY (id, edition)
);
CREATE INDEX IF NOT EXISTS versions_by_edition ON versions (edition);
-- What stands in the last edition of which all is here.
CREATE VIEW IF NOT EXISTS entries AS
SELECT * FROM (
    SELECT id, max(edition) AS edition, type, change, state, schema, salt, checksum, redacted_in,
        document
    FROM versions
    WHERE edition <= (SELECT CAST(value AS INTEGER) FROM mirror WHERE name = 'edition')
    GROUP BY id
)
WHERE state = 'published';
INSERT OR IGNORE INTO mirror VALUES ('site', ''), ('cursor', '0'), ('began', '0'), ('edition', '0');
"""
EDITION = (
    "INSERT OR REPLACE INTO editions VALUES (:number, :published_at, :reason, :by, :approved_by,"
    " :four_eyes, :previous, :checksum)"
)
# What no redaction of that edition took.
NOT_REDACTED = (
    "SELECT id, edition, redacted_in FROM versions AS gone WHERE document IS NULL AND NOT EXISTS ("
    "SELECT 1 FROM versions WHERE id = gone.id AND edition = gone.redacted_in"
    " AND edition > gone.edition AND change = 'redaction') AND redacted_in <= ? ORDER BY 2, 1"
)
VERSION = (
    "INSERT OR REPLACE INTO versions VALUES (:id, :edition, :type, :change, :state, :schema, :salt,"
    " :checksum, :redacted_in, :document)"
)


def opened(path: Path) -> sqlite3.Connection:
    """The mirror in this file, which is made where there is none.

    ``Damaged`` for another file, which is not touched; ``InUse``. What is deleted is overwritten,
    and nothing is kept in a file beside it: a redaction reaches all of it.
    """
    if path.exists() and path.stat().st_size:
        _require_ours(path)
    with saying_where(path):
        database = sqlite3.connect(path, isolation_level=None)
    database.row_factory = sqlite3.Row
    try:
        with saying_where(path):
            database.execute("PRAGMA secure_delete = ON")
            database.execute("PRAGMA journal_mode = DELETE")
            ((tables,),) = database.execute("SELECT count(*) FROM sqlite_schema")
            if not tables:  # or another process makes them now, which is as good
                database.executescript(
                    f"BEGIN IMMEDIATE; {TABLES} PRAGMA application_id = {APPLICATION}; COMMIT;"
                )
    except ChronicleError:
        database.close()
        raise
    return database


def _require_ours(path: Path) -> None:
    """From its first bytes, since to ask SQLite may write to a foreign database."""
    with path.open("rb") as data:
        begins = data.read(APPLICATION_AT + 4)
    if not begins.startswith(HEADER):
        raise Damaged(f"{path} is no mirror of a Chronicle: it is no database.")
    if begins[APPLICATION_AT:] != APPLICATION.to_bytes(4, "big"):
        raise Damaged(f"{path} is a database, but no mirror of a Chronicle.")


@contextmanager
def saying_where(path: Path) -> Iterator[None]:
    """``InUse``; ``Damaged`` for a broken file; ``ChronicleError`` for what else the disk refuses.

    What is wrong with a value (``IntegrityError`` …) is left to whoever gave it.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0)  # none where Python itself raised it
        if code & 0xFF in BUSY:  # further bits say more of the same
            raise InUse(f"{path} is in use by another process. Try again later.") from error
        if isinstance(error, sqlite3.OperationalError):
            raise ChronicleError(f"{path} cannot be used: {error}.") from error
        if type(error) is sqlite3.DatabaseError:
            raise Damaged(f"{path} is damaged: {error}.") from error
        raise


@contextmanager
def writing(database: sqlite3.Connection, path: Path) -> Iterator[None]:
    """A transaction: all that is written in it, or nothing. ``InUse``."""
    with saying_where(path):
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
            database.execute("COMMIT")
        except BaseException:
            database.rollback()
            raise


def row_of(entry: Entry) -> Data:
    """A result as a row. ``Damaged`` where it does not fit its checksum."""
    version = entry.version
    where = f"{entry.id} in edition {version.edition}"
    if not entry.fits_checksum():
        raise Damaged(f"{where} does not fit its checksum.")
    if entry.is_redacted != (version.redacted_in is not None):
        raise Damaged(f"{where} says in part that it was redacted.")
    return {
        "id": entry.id,
        "edition": version.edition,
        "type": entry.type,
        "change": version.change,
        "state": entry.state,
        "schema": version.schema,
        "salt": version.salt,
        "checksum": version.sha256,
        "redacted_in": version.redacted_in,
        "document": None if entry.is_redacted else entry.text,
    }


def row_of_stored(line: Data, document: str | None) -> Data:
    """A version as packages and the API have it stored, as a row."""
    names = ("id", "edition", "type", "change", "state", "schema", "salt", "checksum")
    return {name: line[name] for name in names} | {
        "redacted_in": line["redacted_in"],
        "document": document,
    }


def document_in(row: sqlite3.Row) -> Data | None:
    """``Damaged`` where it is none any more."""
    if not row["document"]:
        return None
    with reading(f"{row['id']} in edition {row['edition']}", Damaged):
        return dict(parsed(row["document"]))
