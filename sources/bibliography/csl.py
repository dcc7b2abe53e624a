"""CSL-JSON 1.0.2, as Zotero, Pandoc and citation processors have it."""

import json
import re
from collections.abc import Iterable
from typing import Any

from record.types import Document
from sources.bibliography.dates import date_of, date_of_parts, parts_of_date
from sources.bibliography.items import (
    IDENTIFIERS,
    OURS,
    Item,
    NotRead,
    first_identifiers,
    identifiers_of,
    item_of,
    language_of,
    line,
    lines,
    remainder_of,
    unpacked,
    whole,
)
from sources.bibliography.kinds import CSL, kind_of
from sources.bibliography.people import body, given_and_suffix, person

ROLES = ("author", "editor", "translator")
READ = {
    *ROLES, "id", "type", "title", "publisher", "container-title", "issued", "URL", "language",
    "note", "custom", *IDENTIFIERS.values(),
}  # fmt: skip


SEASON = re.compile(r"([0-9]{4})-2([1-4])")


def read_csl(text: str) -> list[Item]:
    """Raises `NotRead`."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotRead("This is not JSON.") from error
    if isinstance(rows, dict):
        rows = rows.get("items", [rows])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotRead("CSL-JSON is a list of items.")
    return [_item(row) for row in rows]


def write_csl(items: Iterable[Item]) -> str:
    return json.dumps([_row(item) for item in items], ensure_ascii=False, indent=1)


def _item(row: Document) -> Item:
    left = [f"{name}: {line(_shown(row[name]))}" for name in row if name not in READ]
    issued = _date(row.get("issued"))
    if row.get("issued") and issued is None:
        left.append(f"issued: {line(_shown(row['issued']))}")
    said = {
        "kind": kind_of(str(row.get("type", ""))),
        "title": line(row.get("title")),
        "authors": [name for role in ROLES for name in _names(row.get(role), role)],
        "publisher": line(row.get("publisher")),
        "container": line(row.get("container-title")),
        "published": issued,
        "url": line(row.get("URL")),
        "language": language_of(str(row.get("language") or "")),
        "identifiers": identifiers_of(
            {scheme: row.get(name) for scheme, name in IDENTIFIERS.items()}
        ),
        "editor_note": lines(row.get("note")),
    }
    custom = row.get("custom")
    ours = unpacked(custom.get(OURS)) if isinstance(custom, dict) else {}
    return item_of(line(row.get("id")), said | ours, left)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _date(value: Any) -> Document | None:
    if isinstance(value, str):
        return date_of(value)
    if not isinstance(value, dict):
        return None
    return (
        (date_of(value["edtf"]) if value.get("edtf") else None)
        or date_of_parts(value.get("date-parts"), value.get("season"), value.get("circa"))
        or date_of(value.get("raw") or value.get("literal"))
    )


def _names(rows: Any, role: str) -> list[Document]:
    found = []
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict):
            continue
        if row.get("literal"):
            found.append(body(row["literal"], role=role))
            continue
        family = [row.get("non-dropping-particle"), row.get("family")]
        given = [row.get("given"), row.get("dropping-particle")]
        name = person(
            " ".join(map(line, filter(None, family))),
            " ".join(map(line, filter(None, given))),
            suffix=row.get("suffix"),
            role=role,
        )
        if name["family"] or name["literal"]:
            found.append(name)
    return found


def _row(item: Item) -> Document:
    said = whole(item)
    row: Document = {"id": item.label, "type": CSL[said["kind"]]}
    row["title"] = said["title"]
    for role in ROLES:
        if names := [_name(each) for each in said["authors"] if each["role"] == role]:
            row[role] = names
    row |= {
        "publisher": said["publisher"],
        "container-title": said["container"],
        "URL": said["url"],
        "language": said["language"],
        "note": said["editor_note"],
        "number": item.number,
        "version": item.version,
    }
    if date := said["published"]:
        row["issued"] = _issued(date["edtf"])
    row |= {IDENTIFIERS[scheme]: value for scheme, value in first_identifiers(said).items()}
    row = {name: value for name, value in row.items() if value}
    if left := remainder_of(said, lambda: _item(row)):
        row["custom"] = {OURS: left}
    return row


def _issued(edtf: str) -> Document:
    """In the members that CSL-JSON 1.0.2 has: it knows no EDTF yet."""
    if season := SEASON.fullmatch(edtf):
        return {"date-parts": [[int(season[1])]], "season": int(season[2])}
    if parts := parts_of_date(edtf):
        return {"date-parts": parts} | ({"circa": True} if "~" in edtf else {})
    return {"literal": edtf}


def _name(author: Document) -> Document:
    if author["literal"]:
        return {"literal": author["literal"]}
    given, suffix = given_and_suffix(author)
    name = {"family": author["family"], "given": given, "suffix": suffix}
    return {part: text for part, text in name.items() if text}
