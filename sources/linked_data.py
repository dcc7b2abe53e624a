"""Sources in schema.org's words: works of the kinds that it has."""

from urllib.parse import urlsplit

from record.linked_data import Data, exact_day, filled, thing_id
from record.referred import Referred
from record.types import Document
from sources.bibliography.items import first_identifiers
from sources.reference import person_name

KINDS = {
    "article": "Article",
    "book": "Book",
    "chapter": "Chapter",
    "report": "Report",
    "dataset": "Dataset",
    "web page": "WebPage",
    "video": "VideoObject",
    "archive item": "ArchiveComponent",
}
ROLES = ("author", "editor", "translator")
WEB = ("http", "https")


def thing(document: Document, referred: Referred) -> Data:
    found = first_identifiers(document)
    return {
        "@type": KINDS.get(document["kind"], "CreativeWork"),
        "@id": thing_id("source", document["id"]),
        "name": document["title"],
        **{role: _people(document, role) for role in ROLES},
        "publisher": _named("Organization", document["publisher"]),
        "isPartOf": _named("CreativeWork", document["container"]),
        "datePublished": exact_day(document["published"]),
        "inLanguage": document["language"],
        "isbn": found.get("isbn"),
        "url": document["url"] if urlsplit(document["url"] or "").scheme in WEB else None,
    }


def _people(document: Document, role: str) -> list[Data]:
    return [
        {"@type": "Organization" if row["literal"] else "Person", "name": person_name(row)}
        for row in document["authors"]
        if row["role"] == role
    ]


def _named(kind: str, name: str | None) -> Data | None:
    return filled({"@type": kind, "name": name}) if name else None
