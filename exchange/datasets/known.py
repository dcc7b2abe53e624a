"""Which entries of the desk a dataset means: found by identifier, name, or columns that are equal.

Each way is read once, whatever the number of rows, and kept as digests, for there can be many.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import orjson

from desk.bases import normalised
from desk.models import WorkingCopy
from desk.types import DeskType, desk_type
from exchange.cells import Cell, TextCell
from exchange.datasets.entries import IDENTIFIER, NAME, Entry
from exchange.names import Names
from exchange.problems import NotTaken
from exchange.tables import Table
from record.folding import fold
from record.types import Document, type_named

Key = bytes
BATCH = 2000


class Known:
    """``coming``: what the batch makes, by the keys that it will be known by."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.coming: dict[Key, str] = {}
        self._ids: dict[Key, str] = {}  # where several are meant, with spaces between them
        self._read: set[Sequence[str]] = set()

    def keys(self, entry: Entry, cells: Mapping[str, str], identifier: str, name: str) -> list[Key]:
        """What one is known by, by each way of ``entry``; without those that say nothing.

        Raises ``NotTaken`` where a cell cannot be read.
        """
        found = []
        for way in entry.find:
            if way == IDENTIFIER:
                said: Sequence[str] = [identifier] if identifier else []
            elif way == NAME:
                group = entry.desk_type.declaration.never_merged_across
                said = [*self._plain(entry, group, cells), fold(name)] if name else []
            else:
                said = self._plain(entry, way, cells)
            if any(said):
                found.append(_key(_way(entry, way), said))
        return found

    def find(self, entry: Entry, keys: Iterable[Key]) -> str:
        """The entry meant: its id, or what the batch calls it; empty where there is none.

        Raises ``NotTaken`` where several are meant.
        """
        for way in entry.find:
            self._look(entry, way)
        for key in keys:
            found = self.coming.get(key) or self._ids.get(key, "")
            if " " in found:
                plural = type_named(entry.desk_type.name).plural
                ids = ", ".join(found.split())
                raise NotTaken(f"Several of the {plural} can be meant: {ids}.")
            if found:
                return found
        return ""

    def add(self, keys: Iterable[Key], label: str) -> None:
        for key in keys:
            self.coming.setdefault(key, label)

    def forget(self, keys: Iterable[Key]) -> None:
        """It does not come after all."""
        for key in keys:
            self.coming.pop(key, None)

    def settle(self, ids: Mapping[str, str]) -> None:
        """What came is there: ``ids`` by what the batch called them."""
        for key, label in self.coming.items():
            self._ids.setdefault(key, ids[label])
        self.coming = {}

    def _look(self, entry: Entry, way: str | tuple[str, ...]) -> None:
        """One query, of all entries of the type, the first time."""
        name = _way(entry, way)
        if name in self._read:
            return
        self._read.add(name)
        if way == IDENTIFIER:
            model: Any = entry.desk_type.model
            rows = model.identifiers.rel.related_model.objects.filter(scheme=entry.scheme)
            found = rows.order_by("pk").values_list("value", "entry__public_id")
            for value, public_id in found.iterator(chunk_size=BATCH):
                self._keep(name, [value], self.names.merged.get(public_id, public_id))
            return
        for document in _documents(entry.desk_type):
            for said in self._said(entry, way, document):
                self._keep(name, said, document["id"])

    def _keep(self, way: Sequence[str], said: Sequence[str], public_id: str) -> None:
        key = _key(way, said)
        known = self._ids.get(key, "")
        if public_id not in known.split():
            self._ids[key] = f"{known} {public_id}".strip()

    def _said(
        self, entry: Entry, way: str | tuple[str, ...], document: Document
    ) -> Iterable[Sequence[str]]:
        if way == NAME:
            group = entry.desk_type.declaration.never_merged_across
            stands = written_cells(entry.table, document, self.names, only=group)
            for name in _names_in(document):
                yield [*(stands[column] for column in group), fold(name)]
        else:
            stands = written_cells(entry.table, document, self.names, only=way)
            said = [stands[column] for column in way]
            if any(said):
                yield said

    def _plain(
        self, entry: Entry, columns: Sequence[str], cells: Mapping[str, str]
    ) -> Sequence[str]:
        plain = plain_cells(entry, entry.table, cells, self.names, only=columns)
        return [plain[column] for column in columns]


def plain_cells(
    entry: Entry, table: Table, cells: Mapping[str, str], names: Names, *, only: Sequence[str]
) -> dict[str, str]:
    """Those columns of a table of ``entry`` as `written_cells` of what these cells make.

    Raises ``NotTaken``, with the columns of the file.
    """
    plain: dict[str, str] = {}
    try:
        for _, cell in _with_columns(table, only):
            if type(cell) is TextCell:
                plain[cell.name] = normalised(cells.get(cell.name, ""))
            elif any(cells.get(column) for column in cell.columns):
                plain |= cell.write(cell.read(cells, ..., names), names)
            else:
                plain |= dict.fromkeys(cell.columns, "")
    except NotTaken as error:
        columns = ", ".join(entry.columns_of(table.name, error.column))
        raise NotTaken(error.message, columns) from error
    return plain


def written_cells(
    table: Table, document: Document, names: Names, *, only: Sequence[str]
) -> dict[str, str]:
    """Those columns of an entry or of a row of its lists, as they are exported."""
    written: dict[str, str] = {}
    for member, cell in _with_columns(table, only):
        written |= cell.write(document[member], names)
    return written


def _with_columns(table: Table, only: Sequence[str]) -> Iterator[tuple[str, Cell]]:
    wanted = set(only)
    return (each for each in table.cells.items() if not wanted.isdisjoint(each[1].columns))


def _documents(of: DeskType) -> Iterable[Document]:
    """Of all entries that stand at the desk, one after another."""
    copies = WorkingCopy.objects.filter(type=of.name, merged_into="").order_by()
    rows = copies.values_list("revision__document", "revision__schema")
    for text, schema in rows.iterator(chunk_size=BATCH):
        document = orjson.loads(text)
        if "state" not in document:
            yield type_named(of.name).upcast(document, schema)


def _names_in(document: Document) -> Sequence[str]:
    required = desk_type(document["type"]).declaration.must_have
    if not all(document.get(member) for member in required):
        return ()
    return type_named(document["type"]).facts(document).names


def _way(entry: Entry, way: str | tuple[str, ...]) -> tuple[str, ...]:
    if way == IDENTIFIER:
        return entry.desk_type.name, IDENTIFIER, entry.scheme
    return entry.desk_type.name, *((way,) if isinstance(way, str) else way)


def _key(way: Sequence[str], said: Sequence[str]) -> Key:
    return blake2b(orjson.dumps([*way, *said]), digest_size=16).digest()
