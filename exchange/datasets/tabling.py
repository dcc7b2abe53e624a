"""Rows of a dataset as rows of the exchange's tables, read from there on like those of any file."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from desk.bases import normalised
from desk.documents import parts_of
from exchange.datasets.entries import IDENTIFIER, NAME, DatasetMapping, Entry, Rows
from exchange.datasets.known import Key, Known
from exchange.datasets.reading import Line
from exchange.datasets.standing import standing_row, told_by
from exchange.datasets.values import Linked, Scope, Value
from exchange.problems import NotTaken
from exchange.sheets import Row, Sheet, Sheets
from exchange.tables import Table, tables
from record.canonical import digest
from record.types import Document

Cells = dict[str, str]
CITATIONS = "citations"


class Later(Exception):
    """The batch makes already what this row is about: it has to wait for the next one."""


@dataclass(frozen=True)
class Said:
    """What a mapping makes of a row before anything is looked up: cells, or whom they lead to."""

    cells: dict[str, "str | LedTo"]
    lists: Sequence[tuple[Table, dict[str, "str | LedTo"]]]
    identifier: str
    digest: str


@dataclass(frozen=True)
class LedTo:
    """An entry that a cell leads to. ``keys``: what it is known by; none where nothing is said.

    ``identifier``: where it is known by that as well.
    """

    entry: Entry
    scope: Scope
    name: str
    keys: tuple[Key, ...]
    identifier: str


@dataclass
class Making:
    """What one row adds to its batch: rows of tables, and linked entries by what they are called.

    ``standing``: what the desk has of the row's entry; ``taken``: keys of its rows said anew.
    """

    number: int
    standing: Document | None = None
    taken: set[str] = field(default_factory=set)
    rows: list[tuple[Table, Row]] = field(default_factory=list)
    linked: dict[str, LedTo] = field(default_factory=dict)


class Tabler:
    """``said`` and then ``add`` for each row. Both raise ``NotTaken``, and then add nothing.

    ``refused``: linked entries that cannot be made, by all their keys, and why.
    """

    def __init__(self, mapping: DatasetMapping, known: Known) -> None:
        self.mapping, self.known = mapping, known
        self.refused: dict[tuple[Key, ...], str] = {}
        self._labels = (
            f"new-{secrets.token_hex(4)}-"  # which no cell of the file can have by chance
        )
        self._count = 0
        self.begin()

    def begin(self) -> None:
        """A batch, or the same once more."""
        self.rows: dict[str, list[Row]] = {}
        # What is made for rows, by the numbers that its own rows have in the tables: below zero.
        self.linked: dict[int, tuple[int, LedTo]] = {}
        self.labels: dict[str, str] = {}  # what is made: the name of its type
        self.known.begin()

    @property
    def sheets(self) -> Sheets:
        in_order = [name for name in tables() if name in self.rows]
        return Sheets([Sheet(tables()[name], self.rows[name]) for name in in_order], [])

    def add(self, line: Line, said: Said, public_id: str, standing: Document | None) -> str:
        """What the row makes of ``public_id``, empty for a new one; what it is called here."""
        entry, making = self.mapping.row, Making(line.number, standing)
        keys = self.known.keys(entry, {}, said.identifier, "")
        if not public_id and any(self.known.coming.get(key) for key in keys):
            raise Later
        label = public_id or self._label()
        # Before its links are looked up: one of them can mean the row itself.
        self.known.add(keys, label)
        try:
            self._make(entry, said, label, making, line.number)
        except NotTaken:
            for each in [label, *making.linked]:
                self.known.forget(each)
            raise
        if not public_id:
            self.labels[label] = entry.desk_type.name
        for table, row in making.rows:
            self.rows.setdefault(table.name, []).append(row)
        self.labels |= {each: link.entry.desk_type.name for each, link in making.linked.items()}
        return label

    # What a row says

    def said(self, line: Line) -> Said:
        if line.fault:
            raise NotTaken(line.fault)
        said = self._said(self.mapping.row, line.cells)
        if not said.identifier:
            raise NotTaken(
                "This row has no identifier, so that it could not be known again.",
                ", ".join(self.mapping.row.value.columns if self.mapping.row.value else ()),
            )
        return said

    def _said(self, entry: Entry, scope: Scope) -> Said:
        cells = self._cells(entry.values, scope)
        lists: list[tuple[Table, dict[str, str | LedTo]]] = [
            (rows.table, self._cells(rows.values, inner))
            for rows in entry.lists
            for inner in self._scopes(rows, scope)
        ]
        identifier = _identifier(entry, scope)
        if identifier:
            table = tables()[f"{entry.desk_type.name}.identifiers"]
            lists.append((table, {"scheme": entry.scheme, "value": identifier}))
        told = [_told(cells), [[table.rows, _told(row)] for table, row in lists]]
        return Said(cells, lists, identifier, digest(orjson.dumps(told).decode()))

    def _scopes(self, rows: Rows, scope: Scope) -> Iterator[Scope]:
        inner = self.mapping.items[rows.each].scopes(scope) if rows.each else iter([scope])
        return (each for each in inner if rows.where is None or _text(rows.where, each))

    def _cells(self, values: Mapping[str, Value], scope: Scope) -> dict[str, str | LedTo]:
        return {
            column: self._link(self.mapping.links[value.link], scope)
            if isinstance(value, Linked)
            else _text(value, scope)
            for column, value in values.items()
        }

    def _link(self, entry: Entry, scope: Scope) -> LedTo:
        cells = {column: _text(value, scope) for column, value in entry.told_by}
        names = (_text(each, scope) for each in entry.names) if NAME in entry.find else ()
        name = next(filter(None, names), "")
        identifier = _identifier(entry, scope) if IDENTIFIER in entry.find else ""
        keys = self.known.keys(entry, cells, identifier, name)
        return LedTo(entry, scope, name, tuple(keys), identifier)

    # What it makes

    def _make(self, entry: Entry, said: Said, label: str, making: Making, number: int) -> None:
        """``number``: of its rows in the tables."""
        is_new = label.startswith(self._labels)
        cells = self._resolved(said.cells, making)
        for column, cell in said.cells.items():
            if isinstance(cell, LedTo) and cells[column] == label:
                raise NotTaken(f"Its {column} would be the entry itself.")
        if not is_new:
            cells.pop("slug", None)  # the address of what is there stays
        claims = _Claims(entry, cells)
        making.rows.append((entry.table, Row(number, cells | {"id": label})))
        told = set()
        # Citations last, as they speak to what the others say.
        for table, row in sorted(said.lists, key=lambda each: each[0].rows == CITATIONS):
            read = self._resolved(row, making) | {"entry": label}
            this = table.name, frozenset(read.items())
            if this in told:
                continue  # two items of the file are one and the same
            told.add(this)
            if table.identity == ("key",):
                read["key"] = "" if is_new else self._key(entry, table, read, making)
                read["key"] = read["key"] or self._label()
            if table.rows == CITATIONS:
                read.setdefault("claims", claims.text)
            else:
                claims.add(table, read)
            making.rows.append((table, Row(number, read)))
        lists = [(table.rows, _plain(row)) for table, row in said.lists]
        self.known.add_made(entry, _plain(said.cells), lists, label)

    def _resolved(self, cells: Mapping[str, str | LedTo], making: Making) -> Cells:
        return {
            column: self._found(cell, making) if isinstance(cell, LedTo) else cell
            for column, cell in cells.items()
        }

    def _found(self, link: LedTo, making: Making) -> str:
        """Whom it means: an id, what the batch calls it, or nothing where nothing is said."""
        if not link.keys:
            return ""
        if found := self.known.find(link.entry, link.keys, link.identifier):
            return found
        by = ", ".join(dict.fromkeys(link.entry.found_by))
        if link.keys in self.refused:
            raise NotTaken(f"What it names cannot be made: {self.refused[link.keys]}", by)
        said = self._said(link.entry, link.scope)
        if not link.entry.make:
            raise NotTaken(f"What it names is not at the desk: {link.name or said.identifier}.", by)
        # What it names is made first, and can be what is meant: a country called like its capital.
        self._resolved(said.cells, making)
        if found := self.known.find(link.entry, link.keys, link.identifier):
            return found
        label, number = self._label(), -1 - len(self.linked)
        self.linked[number] = making.number, link
        self._make(link.entry, said, label, making, number)
        self.known.add(link.keys, label)
        making.linked[label] = link
        return label

    def _key(self, entry: Entry, table: Table, cells: Cells, making: Making) -> str:
        """The key of the row that the entry has and this one says anew; empty for none."""
        if any(cells.get(name, "").startswith(self._labels) for name in told_by(table)):
            return ""  # it leads to what is not there yet
        rows = (making.standing or {}).get(table.rows, ())
        left = [row for row in rows if row["key"] not in making.taken]
        key = standing_row(entry, table, cells, left, self.known.names)
        making.taken.add(key)
        return key

    def _label(self) -> str:
        self._count += 1
        return f"{self._labels}{self._count}"


class _Claims:
    """The claims that a row makes: what its citations speak to."""

    def __init__(self, entry: Entry, cells: Cells) -> None:
        declaration = entry.desk_type.declaration
        self.parts = parts_of(declaration)
        self.names = ["entry"]
        for member, cell in entry.table.cells.items():
            if member in declaration.needs_evidence and any(map(cells.get, cell.columns)):
                self.names.append(member)

    def add(self, table: Table, cells: Cells) -> None:
        part = self.parts.get(table.rows)
        if part is not None and part.needs_evidence:
            self.names.append(cells["key"])

    @property
    def text(self) -> str:
        return ", ".join(self.names)


def _identifier(entry: Entry, scope: Scope) -> str:
    return normalised(_text(entry.value, scope)) if entry.value else ""


def _text(value: Any, scope: Scope) -> str:
    try:
        text: str = value.text(scope)
    except NotTaken as error:
        raise NotTaken(error.message, error.column or ", ".join(value.columns)) from error
    return text


def _plain(cells: Mapping[str, str | LedTo]) -> Cells:
    return {column: cell for column, cell in cells.items() if isinstance(cell, str)}


def _told(cells: Mapping[str, str | LedTo]) -> list[Iterable[str]]:
    return [
        [column, *(key.hex() for key in cell.keys)] if isinstance(cell, LedTo) else [column, cell]
        for column, cell in cells.items()
    ]
