"""What an entry is, in schema.org's words, for programs that read pages (JSON-LD 1.1).

Each room says in a file of this name what its own entries are. Nothing is said more precisely, or
more certainly, than the record says it: a claim that a source disputes is left out, and so is a
date that is uncertain, approximate or inferred, of which the page's coverage tells in words.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from chronicle.dates import display
from chronicle.languages import without_language
from record.reading import Reference
from record.types import Document, type_named

Data = dict[str, Any]
CONTEXT = {"@vocab": "https://schema.org/"}
PLAIN = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?"
SINGLE = re.compile(PLAIN)
SPAN = re.compile(rf"({PLAIN}|\.\.|)/({PLAIN}|\.\.|)")
IDS = ("@id", "url")  # members that hold addresses


class Undisputed:
    """What a document says, without what a source disputes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.disputed = {
            claim
            for citation in document.get("citations", ())
            if citation["stance"] == "disputes"
            for claim in citation["claims"]
        }

    def get(self, claim: str) -> Any:
        """The value of a field; ``None`` where it is empty or disputed."""
        return None if claim in self.disputed else self.document[claim] or None

    def rows(self, name: str) -> list[Document]:
        """Parts, without those of which anything is disputed."""
        keys = {claim.partition(".")[0] for claim in self.disputed}
        return [row for row in self.document[name] if row["key"] not in keys]


def filled(data: Mapping[str, Any]) -> Data:
    """Without what is empty."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def named(reference: Reference | None, kind: str) -> Data | None:
    """Another entry, by the name and the permanent id of what it is of."""
    if reference is None:
        return None
    thing = thing_id(reference.type, reference.id)
    return {"@type": kind, "@id": thing, "name": reference.name, "url": reference.url}


def thing_id(type_name: str, public_id: str) -> str:
    """Of what an entry is of, which is not the entry: by id, since slugs change."""
    return f"{type_named(type_name).url(public_id)}#entry"


def exact_day(date: Document | None) -> str | None:
    """A plain year, month or day as it is; ``None`` of any other date."""
    if date is None or date["inferred"] or not SINGLE.fullmatch(date["edtf"]):
        return None
    return str(date["edtf"])


def exact_span(date: Document | None) -> tuple[str | None, str | None]:
    """Beginning and end of a from–to, as far as they are plain and known."""
    if date is None or date["inferred"] or not (span := SPAN.fullmatch(date["edtf"])):
        return None, None
    first, last = (end if end not in ("", "..") else None for end in span.groups())
    return first, last


def dates_of(date: Document | None, start: str, end: str) -> Data:
    """A date as two members of those names, as far as it is plain."""
    first, last = exact_span(date)
    return {start: exact_day(date) or first, end: last}


def coverage(date: Document | None) -> str | None:
    """A date in words, with whatever is not certain of it."""
    if date is None:
        return None
    return f"{display(date['edtf'])}{' (inferred)' if date['inferred'] else ''}"


def others(names: Iterable[str], but: str) -> list[str]:
    """Names besides the one that is used."""
    return [name for name in dict.fromkeys(names) if name != but]


def absolute(value: Any, origin: str) -> Any:
    """The same with whole addresses, which name things in whatever language a page is."""
    if isinstance(value, list):
        return [absolute(each, origin) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: f"{origin}{without_language(each)}"
        if name in IDS and isinstance(each, str) and each.startswith("/")
        else absolute(each, origin)
        for name, each in value.items()
    }
