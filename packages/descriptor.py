"""What a package says of itself for programs: Frictionless Data Package 1, and for Datasette."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson

from packages.shapes import Column, ForeignKey, Table

TABLE = "tables/{}.csv"
LINES = {
    "editions": "All editions as they are stored, a line for each.",
    "versions": "All versions as they are stored, a line for each with its document.",
    "checks": "The log of checks, in its order, a line for each.",
}
RECORD = "record/{}.jsonl"
DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True}


def name_of(number: int) -> str:
    return f"chronicle-edition-{number}"


def descriptor(
    edition: Mapping[str, Any],
    tables: Sequence[Table],
    sizes: Mapping[str, tuple[int, str]],
    dangling: Collection[tuple[str, str]],
) -> bytes:
    """``datapackage.json``. ``sizes``: bytes and SHA-256 of each file that it describes."""
    number = edition["number"]
    value = {
        "name": name_of(number),
        "id": edition["checksum"],
        "version": str(number),
        "profile": "data-package",
        "title": _title(number),
        "description": "The public record up to this edition, its history included. See README.md.",
        "created": edition["published_at"],
        "resources": [
            *(_table(table, sizes, dangling) for table in tables),
            *(_lines(name, words, sizes) for name, words in LINES.items()),
        ],
    }
    return _json(value)


def datasette(number: int, tables: Sequence[Table]) -> bytes:
    """``datasette-metadata.json``, for the SQLite file of the same edition."""
    described = {
        table.name: {
            "description": table.description,
            "columns": {column.name: column.description for column in table.columns},
            **({"label_column": "label"} if "label" in table.header else {}),
        }
        for table in tables
    }
    databases = {name_of(number): {"tables": described}}
    return _json({"title": _title(number), "databases": databases})


def _title(number: int) -> str:
    """Without the name of the site: a package is the same bytes wherever it is made."""
    return f"The public record, edition {number}"


def keys_of(table: Table, dangling: Collection[tuple[str, str]]) -> list[ForeignKey]:
    """The foreign keys that hold: what refers to a part that was redacted since finds none."""
    return [key for key in table.foreign_keys if (table.name, key.columns[0]) not in dangling]


def _table(
    table: Table, sizes: Mapping[str, tuple[int, str]], dangling: Collection[tuple[str, str]]
) -> dict[str, Any]:
    keys = [_foreign_key(table, key) for key in keys_of(table, dangling)]
    return {
        "name": table.name,
        "profile": "tabular-data-resource",
        "description": table.description,
        **_file(TABLE.format(table.name), "csv", "text/csv", sizes),
        "dialect": DIALECT,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.primary_key),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _foreign_key(table: Table, key: ForeignKey) -> dict[str, Any]:
    """To the table itself, the standard has no name."""
    resource = "" if key.table == table.name else key.table
    return {
        "fields": list(key.columns),
        "reference": {"resource": resource, "fields": list(key.others)},
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    return {
        "name": column.name,
        "type": column.type,
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }


def _lines(name: str, words: str, sizes: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    return {
        "name": f"record-{name}",
        "profile": "data-resource",
        "description": words,
        **_file(RECORD.format(name), "jsonl", "application/x-ndjson", sizes),
    }


def _file(
    path: str, form: str, mediatype: str, sizes: Mapping[str, tuple[int, str]]
) -> dict[str, Any]:
    size, sha256 = sizes[path]
    return {
        "path": path,
        "format": form,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sha256}",
    }


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n"
