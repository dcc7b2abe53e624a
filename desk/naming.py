"""What the desk calls entries, and the values of their documents, in words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from chronicle.dates import display
from desk.models import Revision, WorkingCopy
from desk.types import desk_type
from record.types import Document, type_named

REFERENCE = re.compile(r"([A-Z][1-9][0-9]*)(/p[1-9][0-9]*)?")


def document_of(revision: Revision) -> Document:
    """The revision's document, brought to the schema of today; a tombstone as it is."""
    document: Document = orjson.loads(revision.document)
    if "state" in document:
        return document
    return type_named(revision.type).upcast(document, revision.schema)


def name_in(document: Document) -> str:
    """What lists call the entry; its id while it lacks what an entry of its type must say."""
    required = desk_type(document["type"]).declaration.must_have
    if not all(document.get(field) for field in required):
        return str(document["id"])
    return type_named(document["type"]).facts(document).label


def names_of(public_ids: Iterable[str]) -> dict[str, str]:
    """What entries are called in their working copies, by public id. One query."""
    copies = WorkingCopy.objects.filter(public_id__in=set(public_ids)).select_related("revision")
    return {copy.public_id: name_in(document_of(copy.revision)) for copy in copies}


def names_in(*documents: Document | None) -> dict[str, str]:
    """Names of the entries that documents refer to. One query."""
    return names_of(
        target.id
        for document in documents
        if document is not None and "state" not in document
        for target in desk_type(document["type"]).targets(document)
    )


def in_words(value: Any, names: Mapping[str, str]) -> str:
    """A value of a document as text; empty for none. ``names`` by public id."""
    match value:
        case None | "" | []:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(in_words(item, names) for item in value)
        case {"edtf": edtf}:
            return date_in_words(edtf, value.get("as_given") or "", value.get("inferred", False))
        case dict():
            members = ((name, in_words(member, names)) for name, member in value.items())
            return "; ".join(f"{name.replace('_', ' ')}: {text}" for name, text in members if text)
        case str():
            match = REFERENCE.fullmatch(value)
            return f"{names[match[1]]} ({value})" if match and match[1] in names else value
    return str(value)


def date_in_words(edtf: str, as_given: str, inferred: bool) -> str:
    words = display(edtf)
    if as_given:
        words += f" (“{as_given}”)"
    return f"{words}, inferred" if inferred else words
