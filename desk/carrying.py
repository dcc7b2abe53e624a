"""Carrying changes onto a document that others have changed meanwhile: a three-way merge.

Claim by claim: a field, a row (part or citation by its key, identifier, waiver), a field of a
row, the order of rows. What is one value in public, such as a date, coordinates or a selector,
is one claim here: half of it from one person and half from another would be nobody's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rest_framework import serializers

from desk.documents import Declaration, InOrder, schema_of
from record.differences import by_identity, in_place
from record.types import Document

Path = tuple[str, ...]


@dataclass(frozen=True)
class Divergence:
    """A claim that ``mine`` and ``theirs`` do not agree on; paths as in `record.differences`.

    A row that is not there is ``None``. What differs in order has the names of the rows.
    """

    path: Path
    base: Any
    mine: Any
    theirs: Any

    @property
    def where(self) -> str:
        return in_place(self.path)


@dataclass(frozen=True)
class Carried:
    """``document``: every change of either; in ``conflicts``, where both changed a claim, theirs.

    ``kept`` are the claims that mine alone changed, ``taken`` those that theirs alone did.
    """

    document: Document
    conflicts: list[Divergence]
    kept: list[Divergence]
    taken: list[Divergence]


def carry(declaration: Declaration, base: Document, mine: Document, theirs: Document) -> Carried:
    """Both what ``mine`` and what ``theirs`` made of ``base``. Whether the outcome is valid, as
    far as claims depend on one another, only applying it tells."""
    merge = _Merge()
    document = merge.members(schema_of(declaration), base, mine, theirs, ())
    return Carried(document, merge.conflicts, merge.kept, merge.taken)


def put(declaration: Declaration, document: Document, path: Path, value: Any) -> Document:
    """The document with one claim as given: a `Divergence`'s path and one of its values.

    A field of a row that is gone stays gone with it.
    """
    name, *rest = path
    inner = schema_of(declaration).fields[name]
    if not isinstance(inner, serializers.ListSerializer):
        return document | {name: value}
    rows = dict(by_identity(inner.child, document.get(name) or []))
    if not rest:
        return document | {name: [rows[each] for each in _ordered(value, rows)]}
    key, *member = rest
    if not member:
        rows |= {key: value}
    elif key in rows and rows[key] is not None:
        rows[key] = rows[key] | {member[0]: value}
    left = [row for row in rows.values() if row is not None]
    return document | {name: _arranged(inner, left)}


def value_at(declaration: Declaration, document: Document, path: Path) -> Any:
    """What the document says at the path of a `Divergence`; ``None`` where there is no such row."""
    name, *rest = path
    inner = schema_of(declaration).fields[name]
    if not isinstance(inner, serializers.ListSerializer):
        return document.get(name)
    rows = by_identity(inner.child, document.get(name) or [])
    if not rest:
        return list(rows)
    key, *member = rest
    row = rows.get(key)
    return row.get(member[0]) if row is not None and member else row


@dataclass
class _Merge:
    conflicts: list[Divergence] = field(default_factory=list)
    kept: list[Divergence] = field(default_factory=list)
    taken: list[Divergence] = field(default_factory=list)

    def members(
        self, serializer: Any, base: Document, mine: Document, theirs: Document, path: Path
    ) -> Document:
        merged = {}
        for name, inner in serializer.fields.items():
            here = (*path, name)
            old, ours, others = base.get(name), mine.get(name), theirs.get(name)
            if isinstance(inner, serializers.ListSerializer):
                merged[name] = self.rows(inner, old or [], ours or [], others or [], here)
            else:
                merged[name] = self.value(here, old, ours, others)
        return merged

    def value(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        if mine == theirs:
            return mine
        divergence = Divergence(path, base, mine, theirs)
        if mine == base:
            self.taken.append(divergence)
        elif theirs == base:
            self.kept.append(divergence)
            return mine
        else:
            self.conflicts.append(divergence)
        return theirs

    def rows(
        self,
        listed: Any,
        base: list[Document],
        mine: list[Document],
        theirs: list[Document],
        path: Path,
    ) -> list[Document]:
        olds, ours, others = (by_identity(listed.child, rows) for rows in (base, mine, theirs))
        merged = {}
        for name in {**olds, **ours, **others}:
            row = self.row(
                listed.child, olds.get(name), ours.get(name), others.get(name), (*path, name)
            )
            if row is not None:
                merged[name] = row
        if isinstance(listed, InOrder):
            return _arranged(listed, list(merged.values()))
        order = self.order(list(olds), list(ours), list(others), path)
        return [merged[name] for name in order if name in merged]

    def row(
        self,
        child: Any,
        base: Document | None,
        mine: Document | None,
        theirs: Document | None,
        path: Path,
    ) -> Document | None:
        """Field by field where both have the row; as a whole where one of them has it no more."""
        if mine is None or theirs is None:
            row: Document | None = self.value(path, base, mine, theirs)
            return row
        return self.members(child, base or {}, mine, theirs, path)

    def order(
        self, base: list[str], mine: list[str], theirs: list[str], path: Path
    ) -> Sequence[str]:
        """The order of whoever moved rows; what the other one added stands after its neighbour."""
        i_moved = _among(base, mine) != _among(mine, base)
        they_moved = _among(base, theirs) != _among(theirs, base)
        differs = _among(mine, theirs) != _among(theirs, mine)
        divergence = Divergence(path, base, mine, theirs)
        if i_moved and they_moved and differs:
            self.conflicts.append(divergence)
        elif i_moved and differs:
            self.kept.append(divergence)
        elif they_moved and differs:
            self.taken.append(divergence)
        return _woven(theirs, mine) if they_moved else _woven(mine, theirs)


def _among(names: Iterable[str], others: Iterable[str]) -> list[str]:
    there = set(others)
    return [name for name in names if name in there]


def _woven(lead: list[str], other: list[str]) -> list[str]:
    """All names: in the order of ``lead``, each further one after the one it follows."""
    woven = list(lead)
    for place, name in enumerate(other):
        if name not in woven:
            woven.insert(woven.index(other[place - 1]) + 1 if place else 0, name)
    return woven


def _ordered(names: Iterable[str], rows: Iterable[str]) -> list[str]:
    """The rows as far as they are named, in that order, then the others."""
    wanted = _among(names, rows)
    return [*wanted, *(name for name in rows if name not in wanted)]


def _arranged(listed: Any, rows: list[Document]) -> list[Document]:
    if not isinstance(listed, InOrder):
        return rows
    child: Any = listed.child
    identity = child.identity
    return sorted(rows, key=lambda row: [row[name] for name in identity])
