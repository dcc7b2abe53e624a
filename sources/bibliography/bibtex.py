"""BibTeX and biblatex; read by bibtexparser, LaTeX by pylatexenc."""

import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from pylatexenc.latex2text import LatexNodes2Text

from record.types import Document
from sources.bibliography.dates import DIGITS, MONTHS, date_of, parts_of_date
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
    packed,
    remainder_of,
    unpacked,
    whole,
)
from sources.bibliography.kinds import BIBTEX, kind_of
from sources.bibliography.people import body, by_role, given_and_suffix, person

ROLES = ("author", "editor", "translator")
CONTAINERS = ("journal", "journaltitle", "booktitle", "maintitle", "series")
PUBLISHERS = ("publisher", "institution", "school", "organization", "howpublished")
READ = {
    *ROLES, *CONTAINERS, *PUBLISHERS, *IDENTIFIERS, "title", "subtitle", "date", "year", "month",
    "day", "url", "langid", "language", "note", OURS,
}  # fmt: skip
MARKUP = re.compile(r"[\\{}$~]|--|``|''")
ESCAPED = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{mark: f"\\{mark}" for mark in "&%$#_"},
}  # fmt: skip
DEEPEST = 40  # braces within braces
LONGEST = 40_000  # characters of a field; LaTeX takes some time, and the desk keeps half as many
MOST_MARKUP = 200_000  # characters with LaTeX among them that a file may hold, for the same reason
SHOWN = 300  # characters of what is left out
TO_TEXT = LatexNodes2Text(math_mode="verbatim", keep_comments=False)

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what failed is told to whoever asks
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)


def read_bibtex(text: str) -> list[Item]:
    """Raises `NotRead`."""
    if _depth(text) > DEEPEST:
        raise NotRead(f"In this BibTeX file braces stand more than {DEEPEST} deep.")
    library = parse_string(text)
    if library.failed_blocks:
        block = library.failed_blocks[0]
        start = (block.start_line or 0) + 1
        raise NotRead(
            f"The BibTeX entry that begins in line {start} cannot be read: a brace, a comma or a "
            "key is missing or stands twice."
        )
    entries = [
        (entry.key, entry.entry_type, {field.key.lower(): field.value for field in entry.fields})
        for entry in library.entries
    ]
    markup = sum(
        len(str(value))
        for _, _, fields in entries
        for name, value in fields.items()
        if name in READ and MARKUP.search(str(value))
    )
    if markup > MOST_MARKUP:
        raise NotRead(
            f"This BibTeX file has fields with LaTeX in them of {markup:,} characters together; at "
            f"most {MOST_MARKUP:,} are read. Import it in several parts."
        )
    return [_item(*entry) for entry in entries]


def write_bibtex(items: Iterable[Item]) -> str:
    return "\n".join(map(_entry, items))


def _item(key: str, kind: str, fields: dict[str, Any]) -> Item:
    fields = {name: str(value) for name, value in fields.items()}
    left = [f"{name}: {plain(text[:SHOWN])}" for name, text in fields.items() if name not in READ]
    if long := next((name for name in READ if len(fields.get(name, "")) > LONGEST), ""):
        raise NotRead(f"The {long} of “{line(key)[:60]}” has more than {LONGEST:,} characters.")
    when = fields.get("date") or _when(fields)
    published = date_of(when)
    if when and published is None:
        left.append(f"date: {line(when)}")
    title = ": ".join(filter(None, (plain(fields.get(each, "")) for each in ("title", "subtitle"))))
    containers = [plain(fields[name]) for name in CONTAINERS if fields.get(name)]
    publishers = [plain(fields[name]) for name in PUBLISHERS if fields.get(name)]
    left += [f"besides: {each}" for each in [*containers[1:], *publishers[1:]]]
    said = {
        "kind": kind_of(kind),
        "title": title,
        "authors": [name for role in ROLES for name in _names(fields.get(role, ""), role)],
        "publisher": next(iter(publishers), ""),
        "container": next(iter(containers), ""),
        "published": published,
        "url": line(re.sub(r"\\([&%$#_{}~])", r"\1", fields.get("url", ""))),
        "language": language_of(plain(fields.get("langid") or fields.get("language") or "")),
        "identifiers": identifiers_of(
            {scheme: re.sub(r"\\([_&%#])", r"\1", fields.get(scheme, "")) for scheme in IDENTIFIERS}
        ),
        "editor_note": plain(fields.get("note", "")),
    }
    return item_of(key, said | unpacked(fields.get(OURS)), left)


def plain(text: str) -> str:
    """Text without LaTeX: accents, braces, dashes."""
    if not MARKUP.search(text):
        return line(text)
    try:
        return line(TO_TEXT.latex_to_text(text))
    except Exception:  # noqa: BLE001 - it raises errors of its own, and of Python's, for what is no LaTeX
        return line(re.sub(r"[{}\\]", "", text))


def _depth(text: str) -> int:
    deepest = depth = 0
    for mark in re.findall(r"(?<!\\)[{}]", text):
        depth = depth + 1 if mark == "{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _when(fields: dict[str, str]) -> str:
    """BibTeX's own year and month, which may hold a day too, or words."""
    year, month = plain(fields.get("year", "")), plain(fields.get("month", "")).lower()
    if not month or not re.fullmatch(r"[0-9]{4}", year):
        return year
    words = re.findall(r"[a-z]{3,}", month)
    number = next(
        (n for n, name in enumerate(MONTHS, 1) for word in words if name[:3] == word[:3]), 0
    )
    if DIGITS.fullmatch(month):
        number = int(month)
    if not number:
        return f"{month} {year}"
    day = fields.get("day") or next(iter(re.findall(r"[0-9]+", month)), "") * (
        not DIGITS.fullmatch(month)
    )
    return "-".join(filter(None, [year, f"{number:02d}", day.zfill(2) if day else ""]))


def _names(text: str, role: str) -> Iterator[Document]:
    for name in split_multiple_persons_names(text):
        name = name.strip()
        if not name or name.lower() == "others":
            continue
        if _in_braces(name):
            yield body(plain(name[1:-1]), role=role)
            continue
        try:
            parts = parse_single_name_into_parts(name, strict=False)
        except ValueError:
            yield body(plain(name), role=role)
            continue
        family = " ".join(map(plain, [*parts.von, *parts.last]))
        given, suffix = " ".join(map(plain, parts.first)), " ".join(map(plain, parts.jr))
        yield person(family, given, suffix=suffix, role=role)


def _in_braces(name: str) -> bool:
    """Whether one pair of braces holds all of it: then it is no person's name."""
    depth = 0
    for place, mark in enumerate(name):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if not depth:
            return place == len(name) - 1 and name.startswith("{")
    return False


# Writing ------------------------------------------------------------------------------------


def _entry(item: Item) -> str:
    said = whole(item)
    fields = dict(_fields(said))
    fields |= {name: _escaped(value) for name, value in _of_the_record(item) if value}
    kind, key = BIBTEX[said["kind"]], item.label
    text = _text(kind, key, fields)
    if left := remainder_of(said, lambda: read_bibtex(text)[0]):
        text = _text(kind, key, fields | {OURS: packed(left)})
    return text


def _text(kind: str, key: str, fields: dict[str, str]) -> str:
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{told}}}\n"


def _fields(said: Document) -> Iterator[tuple[str, str]]:
    kind = said["kind"]
    yield "title", _escaped(said["title"])
    for role, rows in by_role(said["authors"]).items():
        yield role, " and ".join(map(_name, rows))
    container = {"article": "journal"}.get(kind, "booktitle" if kind == "chapter" else "series")
    publisher = "institution" if kind == "report" else "publisher"
    date = said["published"]
    parts = parts_of_date(date["edtf"]) if date else None
    found = first_identifiers(said)
    pairs = [
        (container, _escaped(said["container"])),
        (publisher, _escaped(said["publisher"])),
        ("date", date["edtf"] if date else ""),
        ("year", str(parts[0][0]).zfill(4) if parts else ""),
        ("url", re.sub(r"[{}\\\s]", lambda found: quote(found[0]), said["url"] or "")),
        *found.items(),
        ("langid", said["language"]),
        ("note", _escaped(said["editor_note"])),
    ]
    yield from ((name, value) for name, value in pairs if value)


def _of_the_record(item: Item) -> Iterator[tuple[str, str]]:
    yield "number", item.number
    yield "version", item.version


def _name(row: Document) -> str:
    if row["literal"]:
        return f"{{{_escaped(row['literal'])}}}"
    given, suffix = given_and_suffix(row)
    return ", ".join(_escaped(piece) for piece in (row["family"], suffix, given) if piece)


def _escaped(text: str | None) -> str:
    return "".join(ESCAPED.get(letter, letter) for letter in line(text))
