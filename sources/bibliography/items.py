"""One entry of a bibliography, in the members of a source's document."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from chronicle.dates import PartialDate
from chronicle.texts import CONTROL, normalised
from record.types import Document
from sources.choices import SourceKind, TextShown

OURS = "chronicle"  # what the field is called that holds the remainder, where it has a name
# Members of a source's document that a bibliography says something of.
MEMBERS = (
    "kind", "title", "authors", "publisher", "container", "published", "url", "archived_url",
    "archived_on", "rights", "text_shown", "text_sha256", "point_of_view", "language",
    "identifiers", "subjects", "editor_note",
)  # fmt: skip
IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN"}  # scheme → as formats call it
DOI = re.compile(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9.]+/\S+)$")
TAG = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
LANGUAGES = {
    "english": "en", "american": "en", "british": "en", "french": "fr", "german": "de",
    "ngerman": "de", "russian": "ru", "azerbaijani": "az", "armenian": "hy", "turkish": "tr",
    "italian": "it", "spanish": "es",
}  # fmt: skip


class NotRead(Exception):
    """The file is no bibliography of the kind: one sentence."""


@dataclass
class Item:
    """``said``: members of a document, as far as the file says something; authors without keys.
    ``left``: what it says besides, which a source has no place for. ``number`` and ``version`` are
    of what is cited of the record, its id and edition: written, never read."""

    label: str
    said: Document = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    number: str = ""
    version: str = ""


def item_of(label: str, said: Mapping[str, Any], left: Iterable[str] = ()) -> Item:
    """Without what is empty; texts as the desk keeps them."""
    return Item(
        normalised(label),
        {name: value for name, value in said.items() if value not in (None, "", [])},
        list(left),
    )


def line(value: Any) -> str:
    """A value as a text of one line, without what nobody can see."""
    return normalised(" ".join(CONTROL.sub(" ", str(value or "")).split()))


def lines(value: Any) -> str:
    """The same, and its ends of lines stay."""
    return normalised(CONTROL.sub(" ", str(value or "").replace("\r\n", "\n").replace("\r", "\n")))


def language_of(text: str) -> str:
    """A BCP 47 tag; empty where the words are none that we know."""
    text = line(text)
    named = LANGUAGES.get(text.lower())
    if named:
        return named
    primary, dash, rest = text.partition("-")
    tag = f"{primary.lower()}{dash}{rest}"
    return tag if TAG.fullmatch(tag) and len(tag) <= 12 else ""


def identifiers_of(found: Mapping[str, Any]) -> list[Document]:
    """``found``: values by scheme; of ISBNs there may be several in one."""
    rows = []
    for scheme, value in found.items():
        text = line(value)
        match = DOI.match(text) if scheme == "doi" else None
        pieces = [match[1]] if match else re.split(r"[,;]?\s+", text) if scheme != "doi" else [text]
        rows += [{"scheme": scheme, "value": each} for each in pieces if each]
    return sorted_identifiers(rows)


def sorted_identifiers(rows: Iterable[Document]) -> list[Document]:
    """Each once, in the order of documents."""
    pairs = {(row["scheme"], row["value"]) for row in rows}
    return [{"scheme": scheme, "value": value} for scheme, value in sorted(pairs)]


def first_identifiers(document: Document) -> dict[str, str]:
    """What formats have a field for: one value a scheme; ISBNs together."""
    found: dict[str, list[str]] = {}
    for row in document["identifiers"]:
        if row["scheme"].lower() in IDENTIFIERS:
            found.setdefault(row["scheme"].lower(), []).append(row["value"])
    return {scheme: " ".join(values) for scheme, values in found.items()}


def item_from(document: Document, slugs: Mapping[str, str]) -> Item:
    """All that the document of a source says. ``slugs``: of its subjects, by id."""
    authors = [
        {name: row[name] for name in ("role", "family", "given", "literal")}
        for row in document["authors"]
    ]
    subjects = [slugs.get(public_id, public_id) for public_id in document["subjects"]]
    said = {name: document[name] for name in MEMBERS}
    return Item(document["slug"], said | {"authors": authors, "subjects": subjects})


def whole(item: Item) -> Document:
    """Every member, of those too that the item says nothing of: what writers write from."""
    nothing: Document = dict.fromkeys(MEMBERS)
    nothing |= {"kind": SourceKind.OTHER.value, "authors": [], "identifiers": []}
    return nothing | {"subjects": []} | item.said


def remainder_of(told: Document, read: Callable[[], Item]) -> Document:
    """What of an item does not come back by the fields of a format: ``read`` reads them."""
    came = read().said
    return {name: value for name, value in told.items() if came.get(name, _nothing(value)) != value}


def _nothing(value: Any) -> Any:
    return [] if isinstance(value, list) else False if isinstance(value, bool) else None


def packed(remainder: Document) -> str:
    """As text of one line, in ASCII, in which braces are balanced."""
    text = json.dumps(remainder, sort_keys=True)
    return re.sub(
        r'"(?:[^"\\]|\\.)*"',
        lambda found: found[0].replace("{", "\\u007b").replace("}", "\\u007d"),
        text,
    )


def unpacked(text: Any) -> Document:
    """The remainder as it was packed; nothing where somebody has changed it into something else."""
    try:
        found = json.loads(text) if isinstance(text, str) else text
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    sound = {name: found[name] for name in MEMBERS if name in found and _sound(name, found[name])}
    if "identifiers" in sound:
        # Not each once: that one stands there twice is told to whoever brings it.
        sound["identifiers"].sort(key=lambda row: (row["scheme"], row["value"]))
    return sound


def _sound(name: str, value: Any) -> bool:
    """Whether the value has the shape of that member; whether it fits is seen when it is saved."""
    match name:
        case "text_shown":
            return value in TextShown.values
        case "published":
            try:
                PartialDate.from_document(value)
            except ValidationError:
                return value is None
            return True
        case "subjects":
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        case "authors":
            return _are_rows(value, ("role", "family", "given", "literal"))
        case "identifiers":
            return _are_rows(value, ("scheme", "value")) and all(
                row["scheme"] and row["value"] for row in value
            )
    return value is None or isinstance(value, str)


def _are_rows(value: Any, members: tuple[str, ...]) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, dict)
        and set(row) == set(members)
        and all(each is None or isinstance(each, str) for each in row.values())
        for row in value
    )
