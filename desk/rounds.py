"""Entries that refer to one another are written in rounds: each at first without what refers to
what is not there yet.
"""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from desk.documents import Reference, References, schema_of
from desk.types import DeskType
from record.types import Document


def keyed(document: Document) -> Iterable[Document]:
    """Its rows that have a key: parts and citations."""
    for rows in document.values():
        if isinstance(rows, list):
            yield from (row for row in rows if isinstance(row, dict) and "key" in row)


def made_by(document: Document) -> set[str]:
    """What of the document can be referred to: the entry, and its parts as ``A7/p4``."""
    if not document:
        return set()
    return {document["id"], *(f"{document['id']}/{row['key']}" for row in keyed(document))}


def without(kind: DeskType, document: Document, missing: set[str]) -> Document:
    """The document without what refers to one of ``missing``."""
    named = kind.targets(document)
    if not any(_is_of(target.id, target.part, missing) for target in named):
        return document
    return _bare(schema_of(kind.declaration), document, missing)


def _is_of(public_id: str, part: str, missing: set[str]) -> bool:
    return public_id in missing or f"{public_id}/{part}" in missing


def _bare(schema: Any, document: Document, missing: set[str]) -> Document:
    bare = dict(document)
    for name, field in schema.fields.items():
        value = document[name]
        if value is None:
            continue
        if isinstance(field, References):
            bare[name] = [each for each in value if each not in missing]
        elif isinstance(field, Reference):
            if value in missing or value.partition("/")[0] in missing:
                bare[name] = None
        elif isinstance(field, serializers.ListSerializer):
            rows = [(row, _bare(field.child, row, missing)) for row in value]
            # A row that says nothing without it waits.
            bare[name] = [row for row, less in rows if row == less]
    return bare
