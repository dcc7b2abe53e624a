"""What an entry would say twice once the entry that it refers to is another that it refers to."""

from collections.abc import Iterator, Sequence
from typing import Any

from desk.documents import schema_of
from desk.types import desk_type
from record.types import Document


def doubled(before: Document, after: Document) -> tuple[list[str], list[str]]:
    """What an entry would say twice after a merger: what the desk refuses, and what it does not."""
    refused, noted = [], []
    public_id = after["id"]
    for name, field in schema_of(desk_type(after["type"]).declaration).fields.items():
        child: Any = getattr(field, "child", None)
        if child is None or "key" not in getattr(child, "fields", {}):
            continue
        unique = getattr(child, "unique", ())
        for first, second in _pairs(after[name], unique):
            refused.append(
                f"{public_id} would have the same {' and '.join(unique)} twice, in {first} and "
                f"{second}. Take one of them out of it and publish that first."
            )
        if unique:
            continue
        known = set(_pairs(before.get(name, []), _told(child)))
        noted += [
            f"{public_id} would say the same twice, in {first} and {second}."
            for first, second in _pairs(after[name], _told(child))
            if (first, second) not in known
        ]
    return refused, noted


def _told(child: Any) -> tuple[str, ...]:
    """The members that two rows are compared by: of citations, all but what they speak to."""
    return tuple(name for name in child.fields if name not in ("key", "claims"))


def _pairs(rows: Sequence[Document], members: Sequence[str]) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for row in rows if members else ():
        told = repr([row[member] for member in members])
        if told in seen:
            yield seen[told], row["key"]
        seen.setdefault(told, row["key"])
