"""Which sources of the desk an item of a bibliography may be: by DOI, address or title."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from desk.likeness import Name, alike
from record.folding import fold
from record.types import Document
from sources.bibliography.items import DOI, Item, sorted_identifiers

TRACKING = ("utm_", "fbclid", "gclid")
# Members that two sources of the same title may well differ in.
MERGED = (
    "title", "kind", "authors", "publisher", "container", "published", "url", "archived_url",
    "archived_on", "rights", "point_of_view", "editor_note",
)  # fmt: skip


class Likeness(NamedTuple):
    """``public_id``: of the desk's source; empty where it is an item above, of that number."""

    public_id: str
    item: int
    why: str

    @property
    def is_certain(self) -> bool:
        return self.why != "title"


def likenesses(items: Sequence[Item], documents: Iterable[Document]) -> list[list[Likeness]]:
    """For each item what it may be, the surest first. ``documents``: the desk's sources."""
    keys: dict[tuple[str, str], tuple[str, int]] = {}
    names = []
    for document in documents:
        names.append(Name(document["id"], document["title"]))
        for key in _keys(document):
            keys.setdefault(key, (document["id"], 0))
    named = [Name(f"#{n}", item.said.get("title", "")) for n, item in enumerate(items, start=1)]
    similar: dict[str, list[str]] = {}
    for first, second in alike([*names, *named], of={name.entry for name in named}):
        similar.setdefault(first.entry, []).append(second.entry)
        similar.setdefault(second.entry, []).append(first.entry)
    found = []
    for number, item in enumerate(items, start=1):
        like: dict[tuple[str, int], str] = {}
        for why, value in _keys(item.said):
            other = keys.setdefault((why, value), ("", number))
            if other != ("", number):
                like.setdefault(other, why)
        for entry in similar.get(f"#{number}", ()):
            place = ("", int(entry[1:])) if entry.startswith("#") else (entry, 0)
            if place[1] < number:
                like.setdefault(place, "title")
        found.append([Likeness(*place, why) for place, why in like.items()])
    return found


def merged(document: Document, item: Item, *, last_key: int = 0) -> Document:
    """The source with its empty fields filled from the item; what it says already stays.

    ``last_key``: the number of the last key that was given to one of its parts.
    """
    filled = {
        name: item.said[name]
        for name in MERGED
        if name in item.said and document[name] in (None, "", [])
    }
    if "authors" in filled:
        filled["authors"] = with_keys(filled["authors"], last_key)
    rows = [*document["identifiers"], *item.said.get("identifiers", ())]
    held = {(row["scheme"].lower(), row["value"].lower()) for row in document["identifiers"]}
    new = [row for row in rows if (row["scheme"].lower(), row["value"].lower()) not in held]
    filled["identifiers"] = sorted_identifiers([*document["identifiers"], *new])
    return document | filled


def differences(document: Document, item: Item) -> list[str]:
    """Members in which the item says otherwise than the source, which keeps its own."""
    return [
        name
        for name in MERGED
        if name in item.said
        and document[name] not in (None, "", [])
        and _plain(name, item.said[name]) != _plain(name, document[name])
    ]


def with_keys(authors: Sequence[Document], last_key: int = 0) -> list[Document]:
    """Rows of authors as parts of a source."""
    return [{"key": f"p{number}", **row} for number, row in enumerate(authors, last_key + 1)]


def address_of(url: str) -> str:
    """An address as it is compared: without scheme, ``www.``, fragment and what tracks readers."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    query = [pair for pair in parse_qsl(parts.query) if not pair[0].startswith(TRACKING)]
    return f"{host}{parts.path.rstrip('/')}" + (f"?{urlencode(sorted(query))}" if query else "")


def _keys(said: Document) -> Iterable[tuple[str, str]]:
    """What tells a source from all others, each with its kind."""
    for row in said.get("identifiers") or ():
        scheme, value = row["scheme"].lower(), row["value"].lower()
        if scheme == "doi" and (match := DOI.match(value)):
            value = match[1]
        if scheme in ("doi", "isbn"):
            yield scheme.upper(), value.replace("-", "") if scheme == "isbn" else value
    if url := said.get("url"):
        match = DOI.match(url)
        yield ("DOI", match[1].lower()) if match else ("address", address_of(url))


def _plain(name: str, value: object) -> object:
    if name == "authors" and isinstance(value, list):
        return [
            tuple(fold(str(row[part] or "")) for part in ("family", "given", "literal"))
            for row in value
        ]
    if name == "published" and isinstance(value, dict):
        return value["edtf"]
    if name == "url" and isinstance(value, str):
        return address_of(value)
    return value
