"""Names of authors: persons with particles and suffixes, and bodies."""

import re
from collections.abc import Mapping
from typing import Any

from record.types import Document
from sources.bibliography.items import line

SUFFIX = re.compile(r"^(.*), ((?:Jr|Sr)\.?|[IVX]+)$")
LONGEST = {"family": 120, "given": 120, "literal": 200}


def person(family: Any, given: Any = "", *, suffix: Any = "", role: str = "author") -> Document:
    """A row of authors. Without a family name it is a body, or somebody of one name."""
    family, given, suffix = line(family), line(given), line(suffix)
    if not family:
        return body(given, role=role)
    if suffix:
        given = f"{given}, {suffix}" if given else suffix
    return {"role": role, "family": family, "given": given or None, "literal": None}


def body(name: Any, *, role: str = "author") -> Document:
    return {"role": role, "family": None, "given": None, "literal": line(name)}


def inverted(text: str, *, role: str = "author") -> Document:
    """``Family, Given, Suffix`` as RIS has it; without a comma a body."""
    family, *others = [piece.strip() for piece in line(text).split(",")]
    if not any(others):
        return body(family, role=role)
    return person(family, others[0], suffix=", ".join(others[1:]), role=role)


def given_and_suffix(row: Document) -> tuple[str, str]:
    match = SUFFIX.match(row["given"] or "")
    return (match[1], match[2]) if match else (row["given"] or "", "")


def by_role(rows: list[Document]) -> Mapping[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for row in rows:
        found.setdefault(str(row["role"]), []).append(row)
    return found


def too_long(row: Document) -> bool:
    """Whether a name is longer than a source has place for."""
    return any(len(row[name] or "") > most for name, most in LONGEST.items())
