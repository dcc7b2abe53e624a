"""Bibliographies as forms of the API's answers: of sources, and of entries with what they cite."""

from collections.abc import Iterator
from functools import partial

from record.negotiation import Form, Given
from record.referred import Referred
from record.serving import document_of
from sources.bibliography.formats import FORMATS, write_bibliography
from sources.bibliography.items import Item
from sources.citing import slugs_of, source_items
from sources.citing_entries import cited_document

SCHEMAS = {
    "csl": {"type": "array", "items": {"type": "object", "description": "An item of CSL-JSON."}},
}
TEXT = {"type": "string", "description": "Sources; or entries, and then the sources they cite."}


def bibliography(kind: str, given: Given) -> bytes:
    """Sources as they are; other entries as an edition is cited, and then what they cite, each
    once. Two to six queries."""
    return write_bibliography(_items(given), kind).encode()


def _items(given: Given) -> Iterator[Item]:
    edition = given.record.edition
    if edition is None:
        return
    documents = [document_of(version) for version in given.versions]
    referred = Referred(given.record, documents)
    if given.entry_type.name == "source":
        yield from source_items(documents, slugs_of(referred))
        return
    titles = given.record.references(document["id"] for document in documents)
    beside: dict[str, Item] = {}
    for document in documents:
        title = titles[document["id"]].name
        own, *cited = cited_document(document, title, edition, referred, origin=given.origin).items
        yield own
        beside |= {item.label: item for item in cited}
    yield from beside.values()


BIBLIOGRAPHIES = [
    Form(
        name=kind,
        media_type=content_type.partition(";")[0],
        what=name,
        write=partial(bibliography, kind),
        ending=ending,
        schema=SCHEMAS.get(kind, TEXT),
    )
    for kind, (name, ending, content_type, _) in FORMATS.items()
]
