"""Entries that refer to one another are written in rounds: each at first without what refers to
what is not there yet.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F
from rest_framework import serializers

from desk.applying import apply_each
from desk.documents import Reference, References, schema_of
from desk.loading import with_rows
from desk.refusals import Refused
from desk.types import DeskType
from record.statements import Among
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


def named_by(kind: DeskType, document: Document) -> set[str]:
    """What the document refers to: entries, and parts as ``A7/p4``."""
    named = kind.targets(document)
    return {each.id for each in named} | {f"{each.id}/{each.part}" for each in named if each.part}


def without(kind: DeskType, document: Document, missing: set[str]) -> Document:
    """The document without what refers to one of ``missing``."""
    if not missing or not named_by(kind, document) & missing:
        return document
    return _bare(schema_of(kind.declaration), document, missing)


def steps_of(kind: DeskType, documents: Sequence[Document]) -> list[list[int]]:
    """Places of the documents that are made together, step after step.

    None names what is made in its own step, as that is not there yet; what comes later in
    ``documents`` is not named at all.
    """
    steps: list[list[int]] = []
    step_of: dict[str, int] = {}  # what is made in which step
    for place, document in enumerate(documents):
        own = made_by(document)
        named = named_by(kind, document) - own
        step = max((step_of[each] + 1 for each in named if each in step_of), default=0)
        step_of |= dict.fromkeys(own, step)
        steps += [[] for _ in range(step + 1 - len(steps))]
        steps[step].append(place)
    return steps


def apply_documents(kind: DeskType, documents: Sequence[Document]) -> list[Document | Refused]:
    """`apply_each` for entries of one type, of which some may be there already."""
    model: Any = kind.model
    ids = [document["id"] for document in documents]
    read = with_rows(kind.model, kind.declaration).filter(Among(F("public_id"), ids))
    found = {entry.public_id: entry for entry in read}
    return apply_each(
        [
            (document, found.get(document["id"]) or model(public_id=document["id"]))
            for document in documents
        ]
    )


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
