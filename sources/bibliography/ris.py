"""RIS, as Zotero, EndNote and library catalogues have it; read by rispy."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import rispy
from rispy.parser import ParseError

from record.types import Document
from sources.bibliography.dates import date_of, parts_of_date
from sources.bibliography.items import (
    Item,
    NotRead,
    first_identifiers,
    identifiers_of,
    item_of,
    language_of,
    line,
    lines,
    packed,
    remainder_of,
    unpacked,
    whole,
)
from sources.bibliography.kinds import RIS, kind_of
from sources.bibliography.people import given_and_suffix, inverted

OURS = "custom8"
BEGINS = re.compile(r"(?m)^TY  - ")
DAMAGED = "This RIS file is damaged: each entry goes from TY to ER."
ROLES = {"author": "AU", "editor": "A2", "translator": "A4"}
READ = {
    "type_of_reference", "id", "authors", "first_authors", "secondary_authors",
    "subsidiary_authors", "title", "primary_title", "secondary_title", "journal_name",
    "alternate_title3", "alternate_title2", "publisher", "year", "publication_year", "date", "urls",
    "doi", "issn", "language", "notes", "end_of_reference", OURS,
}  # fmt: skip
ISBN = re.compile(r"(97[89][- ]?)?([0-9][- ]?){9}[0-9Xx]")
BREAKS = re.compile(r"[\s\x1c-\x1e\x85\u2028\u2029]+")


class _Parser(rispy.RisParser):
    """Addresses are not parted at semicolons, which stand in them."""

    DEFAULT_DELIMITER_MAPPING: ClassVar[dict[str, str]] = {}


def read_ris(text: str) -> list[Item]:
    """Raises `NotRead`."""
    try:
        rows = rispy.loads(text, implementation=_Parser)
    except (ParseError, OSError, KeyError, ValueError, IndexError) as error:
        raise NotRead(DAMAGED) from error
    if len(rows) != len(BEGINS.findall(text)):
        raise NotRead(DAMAGED)  # or an entry without its end would go with the next
    return [_item(row) for row in rows]


def write_ris(items: Iterable[Item]) -> str:
    return "\r\n".join(each for item in items for each in _lines(item)) + "\r\n"


def _item(row: dict[str, Any]) -> Item:
    left = [
        f"{name.replace('_', ' ')}: {line(value)}"
        for name, value in row.items()
        if name not in READ and value
    ]
    when = row.get("date") or row.get("year") or row.get("publication_year")
    published = date_of(re.sub(r"[/\s]+$", "", str(when or "")))
    if when and published is None:
        left.append(f"date: {line(when)}")
    number = line(row.get("issn"))
    scheme = "isbn" if ISBN.match(number) else "issn"
    authors = [
        *((name, "author") for name in [*row.get("authors", ()), *row.get("first_authors", ())]),
        *((name, "editor") for name in row.get("secondary_authors", ())),
        *((name, "translator") for name in row.get("subsidiary_authors", ())),
    ]
    said = {
        "kind": kind_of(str(row.get("type_of_reference", ""))),
        "title": line(row.get("title") or row.get("primary_title")),
        "authors": [inverted(name, role=role) for name, role in authors if line(name)],
        "publisher": line(row.get("publisher")),
        "container": line(
            row.get("secondary_title")
            or row.get("journal_name")
            or row.get("alternate_title3")
            or row.get("alternate_title2")
        ),
        "published": published,
        "url": line(next(iter(row.get("urls", ())), "")),
        "language": language_of(str(row.get("language") or "")),
        "identifiers": identifiers_of({"doi": row.get("doi"), scheme: number}),
        "editor_note": "\n".join(map(lines, row.get("notes", ()))),
    }
    left += [f"address: {line(url)}" for url in row.get("urls", ())[1:]]
    return item_of(line(row.get("id")), said | unpacked(row.get(OURS)), left)


def _lines(item: Item) -> Iterator[str]:
    said = whole(item)
    told = list(_tags(item, said))
    text = "\n".join([*told, "ER  - "])
    yield from told
    if left := remainder_of(said, lambda: read_ris(text)[0]):
        yield f"C8  - {packed(left)}"
    yield from ("ER  - ", "")


def _tags(item: Item, said: Document) -> Iterator[str]:
    yield f"TY  - {RIS[said['kind']]}"
    found = first_identifiers(said)
    date = said["published"]
    parts = parts_of_date(date["edtf"]) if date else None
    pairs = [
        ("ID", item.label),
        ("TI", said["title"]),
        *((ROLES[row["role"]], _name(row)) for row in said["authors"]),
        ("T2", said["container"]),
        ("PB", said["publisher"]),
        ("ET", item.version),
        ("AN", item.number),
        ("PY", str(parts[0][0]).zfill(4) if parts else ""),
        ("DA", _day(parts[0]) if parts and len(parts) == 1 else date["edtf"] if date else ""),
        ("UR", said["url"]),
        ("DO", found.get("doi")),
        ("SN", found.get("isbn") or found.get("issn")),
        ("LA", said["language"]),
        ("N1", said["editor_note"]),
    ]
    for tag, value in pairs:
        if value:
            yield f"{tag}  - {BREAKS.sub(' ', value)}"


def _day(parts: list[int]) -> str:
    year, month, day = [*parts, 0, 0][:3]
    return "/".join([f"{year:04d}", f"{month:02d}" if month else "", f"{day:02d}" if day else ""])


def _name(row: Document) -> str:
    if row["literal"]:
        return str(row["literal"])
    return ", ".join(filter(None, [row["family"], *given_and_suffix(row)]))
