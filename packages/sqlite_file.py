"""A package as one SQLite file, ready for Datasette: tables with types and keys, indexes of what
refers to others, full-text search of free text, and the codebook.

Made of a package that this release has made, row by row.
"""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from packages.tables import all_tables

BATCH = 5000  # rows
AFFINITY = {"integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC"}
BOOLEANS = {"true": 1, "false": 0}


def write_sqlite(package: Path, target: Path) -> None:
    """Write the tables of ``package`` to the new file ``target``. Booleans are 1 and 0."""
    database = sqlite3.connect(target)
    try:
        database.execute("PRAGMA journal_mode = OFF")  # what is not finished is thrown away
        with zipfile.ZipFile(package) as archive:
            described = json.loads(archive.read("datapackage.json"))
            resources = [one for one in described["resources"] if "schema" in one]
            for resource in resources:
                database.execute(_create(resource))
                _fill(database, archive, resource)
        for resource in resources:
            for statement in [*_indexes(resource), *_search(resource)]:
                database.execute(statement)
        _describe(database, described, resources)
        database.commit()
        database.execute("ANALYZE")
        database.commit()
    finally:
        database.close()


def _fill(database: sqlite3.Connection, archive: zipfile.ZipFile, resource: Any) -> None:
    fields = resource["schema"]["fields"]
    marks = ", ".join("?" for _ in fields)
    insert = f"INSERT INTO {_quoted(resource['name'])} VALUES ({marks})"
    with archive.open(resource["path"]) as data:
        rows = csv.reader(io.TextIOWrapper(data, encoding="utf-8", newline=""))
        next(rows)
        kinds = [field["type"] for field in fields]
        values = ([_value(*pair) for pair in zip(row, kinds, strict=True)] for row in rows)
        while batch := list(islice(values, BATCH)):
            database.executemany(insert, batch)


def _value(text: str, kind: str) -> Any:
    if not text:
        return None
    return BOOLEANS[text] if kind == "boolean" else text


def _create(resource: Any) -> str:
    schema = resource["schema"]
    lines = [
        f"{_quoted(field['name'])} {AFFINITY.get(field['type'], 'TEXT')}"
        + (" NOT NULL" if field.get("constraints", {}).get("required") else "")
        for field in schema["fields"]
    ]
    lines.append(f"PRIMARY KEY ({_list(schema['primaryKey'])})")
    for key in schema.get("foreignKeys", ()):
        table = key["reference"]["resource"] or resource["name"]
        others = _list(key["reference"]["fields"])
        lines.append(f"FOREIGN KEY ({_list(key['fields'])}) REFERENCES {_quoted(table)} ({others})")
    return f"CREATE TABLE {_quoted(resource['name'])} ({', '.join(lines)})"


def _indexes(resource: Any) -> Iterator[str]:
    """Of what refers to others, unless the primary key begins with it."""
    name, schema = resource["name"], resource["schema"]
    for key in schema.get("foreignKeys", ()):
        fields = key["fields"]
        if fields != schema["primaryKey"][: len(fields)]:
            index = _quoted("_".join([name, *fields]))
            yield f"CREATE INDEX {index} ON {_quoted(name)} ({_list(fields)})"


def _search(resource: Any) -> Iterator[str]:
    """A table of FTS5 beside it, by the name and in the way that Datasette finds it by."""
    name = resource["name"]
    table = next(each for each in all_tables() if each.name == name)
    free = [column.name for column in table.columns if column.is_free]
    if free:
        search = _quoted(f"{name}_fts")
        columns = _list(free)
        yield (
            f"CREATE VIRTUAL TABLE {search} USING fts5({columns}, content={_quoted(name)}, "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        filled = f"SELECT rowid, {columns} FROM {_quoted(name)}"
        yield f"INSERT INTO {search} (rowid, {columns}) {filled}"


def _describe(database: sqlite3.Connection, described: Any, resources: list[Any]) -> None:
    database.execute("CREATE TABLE package (name TEXT PRIMARY KEY, value TEXT)")
    about = {name: described[name] for name in ("title", "version", "created", "description")}
    about["edition_checksum"] = described["id"]
    database.executemany("INSERT INTO package VALUES (?, ?)", about.items())
    database.execute(
        "CREATE TABLE codebook (table_name TEXT, column_name TEXT, type TEXT, description TEXT,"
        " PRIMARY KEY (table_name, column_name))"
    )
    database.executemany(
        "INSERT INTO codebook VALUES (?, ?, ?, ?)",
        (
            (resource["name"], field["name"], field["type"], field["description"])
            for resource in resources
            for field in resource["schema"]["fields"]
        ),
    )


def _list(names: list[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
