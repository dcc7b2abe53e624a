"""Entries as JSON-LD 1.1: in schema.org's words what pages tell, and the whole document in ours.

In schema.org's words stands what no source disputes and no doubt is on (``record.linked_data``).
``document`` holds everything, as the record has it: each claim beside the citations that support
and dispute it, dates as EDTF. Its words are those of the API; each is an address of the context,
which is served at ``/api/v1/context.jsonld``. Other entries stand there as what they are of
(``/actors/A7/#entry``), parts under their keys (``/events/E14/#p1``).
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson
from django.urls import reverse
from rest_framework import serializers

from record.differences import declared
from record.entry_page import entry_told
from record.linked_data import CONTEXT, Data, absolute, filled, thing_id
from record.metadata import dataset, entry_data
from record.negotiation import Form, Given
from record.pages import linked_parts, pages_of
from record.reading import Record
from record.referred import Referred
from record.served import Served
from record.serving import about, document_of
from record.types import Document, entry_types, type_of

MEDIA_TYPE = "application/ld+json"
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
DAYS = ("earliest", "latest")  # of a date in a document


def linked_entries(given: Given) -> bytes:
    """Two to six queries. Whole addresses."""
    record = given.record
    documents = [document_of(version) for version in given.versions]
    referred = Referred(record, documents)
    titles = record.references(version.public_id for version in given.versions)
    found = [
        _linked(version, document, titles[version.public_id].name, referred)
        for version, document in zip(given.versions, documents, strict=True)
    ]
    if given.is_list:
        said = {
            "@type": "CollectionPage",
            "@id": given.address,
            "name": str(pages_of(given.entry_type.name).title),
            "isPartOf": dataset(record.edition),
            "hasPart": found,
        }
    else:
        (said,) = found
    whole = {"@context": f"{given.origin}{context_address()}"} | absolute(said, given.origin)
    return orjson.dumps(whole)


JSON_LD = Form(
    name="jsonld",
    media_type=MEDIA_TYPE,
    what="JSON-LD",
    write=linked_entries,
    schema={"type": "object", "description": "JSON-LD 1.1: schema.org, and “document” whole."},
)


def context_address() -> str:
    return reverse("api:context")


def context(origin: str) -> Data:
    """Words of ``document`` are our own, below the context's address; all others schema.org's."""
    own = f"{origin}{context_address()}#"

    def typed(name: str, kind: str) -> Data:
        return {name: {"@id": f"{own}{name}", "@type": kind}}

    inside: Data = {"@vocab": own} | typed("edtf", EDTF) | typed("published_at", f"{XSD}dateTime")
    for name in (*DAYS, *_names_of_days()):
        inside |= typed(name, f"{XSD}date")
    document = {"@id": f"{own}document", "@context": inside}
    return {"@context": {"@version": 1.1, **CONTEXT, "document": document}}


def _linked(version: Served, document: Document, title: str, referred: Referred) -> Data:
    """No query, unless editions are not kept."""
    record: Record = referred.record
    pages = pages_of(version.type)
    numbers = (record.number, version.edition_id)
    editions = record.editions(numbers)
    edition = editions[version.edition_id]
    told = entry_told(document, title, referred, version.edition_id, edition)
    parts = linked_parts(pages, document, referred)
    said = entry_data(told, document, editions[record.number], *parts, pages.dated_by)
    address = reverse("api:version_detail", args=[version.public_id, version.edition_id])
    inside = _said(declared(pages.entry_type.declaration), document, said["@id"])
    added = {"version": filled(about(version, edition))}
    return said | {"document": {"@id": address} | inside | added}


def _said(serializer: Any, document: Document, entry: str) -> Data:
    """The members of a document, or of a row of it, with addresses for ids and keys.

    ``entry``: the address of the entry whose parts they are.
    """
    own = {"@id": f"{entry}#{document['key']}"} if "key" in document else {}
    members = {
        name: _value(field, document.get(name), entry) for name, field in serializer.fields.items()
    }
    return filled(own | members)


def _value(field: Any, value: Any, entry: str) -> Any:
    if value is None:
        return None
    inner = getattr(field, "child", field)
    if hasattr(field, "targets"):
        return [_one(each) for each in value] if isinstance(value, list) else _one(value)
    if hasattr(field, "part"):
        return {"@id": f"{entry}#{value}"}
    if isinstance(field, serializers.JSONField):
        return {"@type": "@json", "@value": value}
    if hasattr(inner, "fields"):
        if isinstance(value, list):
            return [_said(inner, each, entry) for each in value]
        return _said(inner, value, entry)
    return filled(value) if isinstance(value, dict) else value


def _one(reference: str) -> Data:
    """What an id, or ``A7/p4``, leads to."""
    public_id, _, key = reference.partition("/")
    entry_type = type_of(public_id)
    if key:
        return {"@id": f"{entry_type.url(public_id)}#{key}"}
    return {"@id": thing_id(entry_type.name, public_id)}


@cache
def _names_of_days() -> tuple[str, ...]:
    """What single days are called, in documents of any type."""
    found = {name for each in entry_types() for name in _days_in(declared(each.declaration))}
    return tuple(sorted(found))


def _days_in(serializer: Any) -> Iterator[str]:
    for name, field in serializer.fields.items():
        inner = getattr(field, "child", field)
        if isinstance(field, serializers.DateField):
            yield name
        elif hasattr(inner, "fields"):
            yield from _days_in(inner)
