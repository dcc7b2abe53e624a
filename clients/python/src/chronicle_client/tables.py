"""The tables of a mirror, and rows on their way into them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chronicle_client.entries import Data, Entry
from chronicle_client.errors import Damaged

APPLICATION = 0x43485243  # "CHRC", so that no other file is taken for a mirror
REDACTED = "redacted"

TABLES = """
CREATE TABLE mirror (
    name TEXT PRIMARY KEY,      -- site, cursor; began: all versions after this edition are here;
    value TEXT NOT NULL         -- edition: the last of which all is here
) WITHOUT ROWID;
CREATE TABLE editions (
    number INTEGER PRIMARY KEY,
    published_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,           -- a role, as approved_by
    approved_by TEXT NOT NULL,
    four_eyes INTEGER NOT NULL,
    previous TEXT,              -- checksum of the edition before
    checksum TEXT NOT NULL
);
CREATE TABLE versions (
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
-- What stands in the last edition of which all is here.
CREATE VIEW entries AS
SELECT * FROM (
    SELECT id, max(edition) AS edition, type, change, state, schema, salt, checksum, redacted_in,
        document
    FROM versions
    WHERE edition <= (SELECT CAST(value AS INTEGER) FROM mirror WHERE name = 'edition')
    GROUP BY id
)
WHERE state = 'published';
INSERT INTO mirror VALUES ('site', ''), ('cursor', '0'), ('began', '0'), ('edition', '0');
"""
EDITION = (
    "INSERT OR REPLACE INTO editions VALUES (:number, :published_at, :reason, :by, :approved_by,"
    " :four_eyes, :previous, :checksum)"
)
VERSION = (
    "INSERT OR REPLACE INTO versions VALUES (:id, :edition, :type, :change, :state, :schema, :salt,"
    " :checksum, :redacted_in, :document)"
)


def opened(path: Path) -> sqlite3.Connection:
    """The mirror in this file, which is made where there is none. ``Damaged`` for another file.

    What is deleted is overwritten, and nothing is kept in a file beside it: a redaction reaches
    all of it.
    """
    database = sqlite3.connect(path, isolation_level=None)
    database.row_factory = sqlite3.Row
    try:
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA journal_mode = DELETE")
        ((application,),) = database.execute("PRAGMA application_id")
        ((tables,),) = database.execute("SELECT count(*) FROM sqlite_schema")
        if not tables:
            database.executescript(
                f"BEGIN; {TABLES} PRAGMA application_id = {APPLICATION}; COMMIT;"
            )
        elif application != APPLICATION:
            raise Damaged(f"{path} is a database, but no mirror of a Chronicle.")
    except sqlite3.DatabaseError as error:
        database.close()
        raise Damaged(f"{path} is no mirror of a Chronicle: {error}.") from error
    except Damaged:
        database.close()
        raise
    return database


@contextmanager
def writing(database: sqlite3.Connection) -> Iterator[None]:
    """A transaction: all that is written in it, or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def row_of(entry: Entry) -> Data:
    """A result as a row. ``Damaged`` where it does not fit its checksum."""
    version = entry.version
    if not entry.fits_checksum():
        raise Damaged(f"{entry.id} in edition {version.edition} does not fit its checksum.")
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
    found: Data | None = json.loads(row["document"]) if row["document"] else None
    return found
