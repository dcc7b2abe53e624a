"""What differs between two documents of an entry: field by field, part by part.

Documents in, differences out: of working copies, revisions and versions alike. A declaration is
known by its fields alone; lists of rows are matched by the ``identity`` that their rows have.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from rest_framework import serializers

from record.models import State
from record.types import Document

Kind = Literal["added", "removed", "changed", "reordered"]
EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Difference:
    """``path`` leads to it: ``("date",)``, ``("participants", "p2")``, ``(…, "p2", "role")``."""

    path: tuple[str, ...]
    change: Kind
    before: Any
    after: Any


def in_place(path: tuple[str, ...]) -> str:
    """Without the document's words: ``date``, ``participants p2, role``."""
    first, *rest = (step.replace("_", " ") for step in path)
    if not rest:
        return first
    return ", ".join([f"{first} {rest[0]}", *rest[1:]])


@cache
def declared(declaration: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """One instance of a declaration, to walk documents by; never given data."""
    return declaration()


@cache
def fields_of(serializer: Any) -> Mapping[str, Any]:
    """The fields of a declaration, as a plain mapping: the library's own asks Python for each."""
    return dict(getattr(serializer, "fields", {}))


@cache
def lists_of(serializer: Any) -> Mapping[str, Any]:
    """Those of its fields that are lists of rows, each as what one row is."""
    return {
        name: field.child
        for name, field in fields_of(serializer).items()
        if isinstance(field, serializers.ListSerializer)
    }


def differences(
    declaration: type[serializers.Serializer[Any]],
    before: Document | None,
    after: Document | None,
) -> list[Difference]:
    """What has to change in ``before`` to have ``after``, in the order of the schema.

    ``None`` is an entry that is not there. A tombstone differs in its state alone.
    """
    states = [_state(document) for document in (before, after)]
    if any(state not in ("", State.PUBLISHED) for state in states):
        if before == after:
            return []
        return [Difference(("state",), "changed", *states)]
    return list(_members(declared(declaration), before or {}, after or {}, ()))


def _state(document: Document | None) -> str:
    return "" if document is None else str(document.get("state", State.PUBLISHED))


def _members(
    serializer: Any, before: Document, after: Document, path: tuple[str, ...]
) -> Iterator[Difference]:
    own = getattr(serializer, "identity", ()) if path else ("id", "type")
    for name, field in serializer.fields.items():
        if name in own:
            continue
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        here = (*path, name)
        if isinstance(field, serializers.ListSerializer):
            yield from _rows(field.child, old or [], new or [], here)
        else:
            yield from _value(here, old, new)


def _value(path: tuple[str, ...], old: Any, new: Any) -> Iterator[Difference]:
    if old in EMPTY and new in EMPTY:
        return
    if old in EMPTY:
        yield Difference(path, "added", None, new)
    elif new in EMPTY:
        yield Difference(path, "removed", old, None)
    else:
        yield Difference(path, "changed", old, new)


def _rows(
    child: Any, before: list[Document], after: list[Document], path: tuple[str, ...]
) -> Iterator[Difference]:
    old, new = by_identity(child, before), by_identity(child, after)
    for name, row in old.items():
        if name not in new:
            yield Difference((*path, name), "removed", row, None)
    for name, row in new.items():
        if name not in old:
            yield Difference((*path, name), "added", None, row)
        else:
            yield from _members(child, old[name], row, (*path, name))
    kept = [name for name in old if name in new]
    order = [name for name in new if name in old]
    if kept != order:
        yield Difference(path, "reordered", kept, order)


def by_identity(child: Any, rows: list[Document]) -> Mapping[str, Document]:
    """Rows of a list by what identifies them: ``p2``, or ``wikidata Q1``."""
    if child.identity == ("key",):  # as nearly all have
        return {str(row["key"]): row for row in rows}
    return {" ".join(str(row[name]) for name in child.identity): row for row in rows}
