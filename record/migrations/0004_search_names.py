"""The full-text index tells names and titles from all else, and has its words to choose from.

What versions are found by is derived from their documents anew, and the index rebuilt.
"""

from typing import Any

import orjson
from django.db import migrations

from chronicle.dates import OPEN_END
from record.folding import fold
from record.types import type_named

BATCH = 500
CREATE = [
    "CREATE VIRTUAL TABLE record_search USING fts5(names, words, content='', tokenize='unicode61', prefix='2 3')",
    "CREATE VIRTUAL TABLE record_search_terms USING fts5vocab('record_search', 'row')",
]
INSERT = {
    "sqlite": "INSERT INTO record_search(rowid, names, words) VALUES (%s, %s, %s)",
    "postgresql": "INSERT INTO record_search VALUES (%s, setweight(to_tsvector('simple', %s), 'A')"
    " || setweight(to_tsvector('simple', %s), 'D'))",
}
CREATE_BEFORE = (
    "CREATE VIRTUAL TABLE record_search USING fts5(words, content='', tokenize='unicode61')"
)
INSERT_BEFORE = {
    "sqlite": "INSERT INTO record_search(rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO record_search VALUES (%s, to_tsvector('simple', %s))",
}


class Unguarded:
    """The columns of versions can change here: this one is derived, and under no checksum."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.trigger = ""

    def __enter__(self) -> Any:
        self.cursor = self.connection.cursor()
        if self.connection.vendor == "sqlite":
            self.cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'record_version_fixed'")
            (self.trigger,) = self.cursor.fetchone()
            self.cursor.execute("DROP TRIGGER record_version_fixed")
        else:
            self.cursor.execute("ALTER TABLE record_version DISABLE TRIGGER record_version_fixed")
        return self.cursor

    def __exit__(self, *error: Any) -> None:
        if self.trigger:
            self.cursor.execute(self.trigger)
        else:
            self.cursor.execute("ALTER TABLE record_version ENABLE TRIGGER record_version_fixed")
        self.cursor.close()


def forwards(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    with Unguarded(connection) as cursor:
        _empty(connection, cursor, CREATE)
        for version in _readable(apps):
            entry_type = type_named(version.type)
            facts = entry_type.facts(
                entry_type.upcast(orjson.loads(version.document), version.schema)
            )
            names, words = fold(" ".join(facts.names)), fold(" ".join(facts.words))
            _write(cursor, version, f"{names}\n{words}")
            cursor.execute(INSERT[connection.vendor], [_rowid(version), names, words])


def backwards(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    with Unguarded(connection) as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TABLE record_search_terms")
        _empty(connection, cursor, [CREATE_BEFORE])
        for version in _readable(apps):
            text = " ".join(version.search_text.split())
            _write(cursor, version, text)
            cursor.execute(INSERT_BEFORE[connection.vendor], [_rowid(version), text])


def _readable(apps: Any) -> Any:
    versions = apps.get_model("record", "Version").objects
    return versions.filter(state="published", redacted_in=None).iterator(chunk_size=BATCH)


def _rowid(version: Any) -> int:
    day = OPEN_END if version.earliest is None else version.earliest
    return day << 32 | version.pk


def _write(cursor: Any, version: Any, text: str) -> None:
    cursor.execute("UPDATE record_version SET search_text = %s WHERE id = %s", [text, version.pk])


def _empty(connection: Any, cursor: Any, create: list[str]) -> None:
    """FTS5's columns are those that it was made with; PostgreSQL's vector holds any weights."""
    if connection.vendor == "postgresql":
        cursor.execute("TRUNCATE record_search")
        return
    cursor.execute("DROP TABLE record_search")
    for statement in create:
        cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("record", "0003_single_source")]

    operations = [migrations.RunPython(forwards, backwards)]
