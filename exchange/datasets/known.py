"""Which entries of the desk a dataset means: found by identifier, name, or columns that are equal.

Each way is read once, whatever the number of rows, and kept as digests, for there can be many.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import orjson

from desk.bases import normalised
from desk.documents import parts_of
from desk.keys import NUMBERED
from desk.models import WorkingCopy
from desk.types import DeskType, desk_type
from exchange.cells import Cell, TextCell
from exchange.datasets.entries import IDENTIFIER, NAME, Entry, Way
from exchange.names import Names, compared
from exchange.problems import NotTaken
from exchange.tables import Table
from record.types import Document, type_named

Key = bytes
Lists = Iterable[tuple[str, Mapping[str, str]]]  # the list and one of its rows
BATCH = 2000


class Known:
    """``entries``: those of the mapping; what one of them makes can be meant by any other."""

    def __init__(self, names: Names, entries: Iterable[Entry]) -> None:
        self.names = names
        self._ways: dict[str, dict[tuple[str, ...], tuple[Entry, Way]]] = defaultdict(dict)
        # Whatever has an identifier is not meant by another one of that scheme, however it is
        # called. Kept where one can be found in several ways.
        self._identified: dict[tuple[str, ...], set[str]] = {}
        for entry in entries:
            if IDENTIFIER in entry.find and len(entry.find) > 1:
                self._identified[_way(entry, IDENTIFIER)] = set()
            ways = {_way(entry, way): (entry, way) for way in entry.find}
            self._ways[entry.desk_type.name] |= ways
        self._ids: dict[Key, str] = {}  # where several are meant, with spaces between them
        self._read: set[Sequence[str]] = set()
        self.begin()

    def begin(self) -> None:
        """A batch. ``coming``: what it makes, by the keys that it will be known by."""
        self.coming: dict[Key, list[str]] = defaultdict(list)
        self._keys_of: dict[str, list[Key]] = defaultdict(list)

    def keys(self, entry: Entry, cells: Mapping[str, str], identifier: str, name: str) -> list[Key]:
        """What one is known by, by each way of ``entry``; without those that say nothing.

        Raises ``NotTaken`` where a cell cannot be read.
        """
        return [
            key for way in entry.find for key in self._by(entry, way, cells, [identifier], [name])
        ]

    def add_made(self, entry: Entry, cells: Mapping[str, str], lists: Lists, label: str) -> None:
        """``entry`` comes, and is known by whatever else it would be found by once it is at the
        desk, by ways of the mapping.

        ``cells`` and ``lists`` without what leads to other entries. Raises ``NotTaken`` where a
        cell cannot be read.
        """
        rows: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        for member, row in lists:
            rows[member].append(row)
        names = _names_of(entry, cells, rows)
        linked = entry.values.keys() - cells.keys()
        found = []
        own = {_way(entry, way) for way in entry.find if way != NAME}  # which can be several
        for name, (of, way) in self._ways[entry.desk_type.name].items():
            if name not in own and (isinstance(way, str) or linked.isdisjoint(way)):
                told = [row["value"] for row in rows["identifiers"] if row["scheme"] == of.scheme]
                found += self._by(of, way, cells, told, names)
        self.add(found, label)
        for row in rows["identifiers"]:
            self._identify((entry.desk_type.name, IDENTIFIER, row["scheme"]), label)

    def _by(
        self,
        entry: Entry,
        way: Way,
        cells: Mapping[str, str],
        identifiers: Iterable[str],
        names: Iterable[str],
    ) -> list[Key]:
        if way == IDENTIFIER:
            said: list[Sequence[str]] = [[each] for each in identifiers]
        elif way == NAME:
            group = entry.desk_type.declaration.never_merged_across
            said = [[*self._plain(entry, group, cells), compared(name)] for name in names if name]
        else:
            said = [self._plain(entry, way, cells)]
        return [_key(_way(entry, way), each) for each in said if any(each)]

    def find(self, entry: Entry, keys: Iterable[Key], identifier: str = "") -> str:
        """The entry meant: its id, or what the batch calls it; empty where there is none.

        ``identifier``: its own, where that is one of the ways. Raises ``NotTaken`` where several
        are meant.
        """
        for way in entry.find:
            self._look(entry, way)
        scheme = _way(entry, IDENTIFIER)
        others = self._identified.get(scheme, ()) if identifier else ()
        own = _key(scheme, [identifier])
        for key in keys:
            found = dict.fromkeys([*self._ids.get(key, "").split(), *self.coming.get(key, ())])
            if key != own:
                found = {each: None for each in found if each not in others}
            if len(found) > 1:
                plural = type_named(entry.desk_type.name).plural
                ids = dict.fromkeys(
                    each if NUMBERED.fullmatch(each) else "one that this file makes"
                    for each in found
                )
                raise NotTaken(f"Several of the {plural} can be meant: {', '.join(ids)}.")
            if found:
                one = found.popitem()[0]
                if identifier and key != own:  # from here on it is this one's
                    self.add([own], one)
                    self._identify(scheme, one)
                return one
        return ""

    def add(self, keys: Iterable[Key], label: str) -> None:
        """It comes, and is known by these too."""
        for key in keys:
            if label not in self.coming[key]:
                self.coming[key].append(label)
                self._keys_of[label].append(key)

    def forget(self, label: str) -> None:
        """It does not come after all."""
        for key in self._keys_of.pop(label, ()):
            self.coming[key].remove(label)

    def settle(self, ids: Mapping[str, str]) -> None:
        """What came is there: ``ids`` by what the batch called them."""
        for key, labels in self.coming.items():
            for label in labels:
                self._add(key, ids.get(label, label))
        for having in self._identified.values():
            having |= {public_id for label, public_id in ids.items() if label in having}
        self.begin()

    def _look(self, entry: Entry, way: Way) -> None:
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
                public_id = self.names.merged.get(public_id, public_id)
                self._keep(name, [value], public_id)
                self._identify(name, public_id)
            return
        for document in _documents(entry.desk_type):
            for said in self._said(entry, way, document):
                self._keep(name, said, document["id"])

    def _keep(self, way: Sequence[str], said: Sequence[str], public_id: str) -> None:
        self._add(_key(way, said), public_id)

    def _identify(self, way: tuple[str, ...], public_id: str) -> None:
        if way in self._identified:
            self._identified[way].add(public_id)

    def _add(self, key: Key, public_id: str) -> None:
        known = self._ids.get(key, "")
        if public_id not in known.split():
            self._ids[key] = f"{known} {public_id}".strip()

    def _said(self, entry: Entry, way: Way, document: Document) -> Iterable[Sequence[str]]:
        if way == NAME:
            group = entry.desk_type.declaration.never_merged_across
            stands = written_cells(entry.table, document, self.names, only=group)
            for name in _names_in(document):
                yield [*(stands[column] for column in group), compared(name)]
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


def _names_of(
    entry: Entry, cells: Mapping[str, str], rows: Mapping[str, Sequence[Mapping[str, str]]]
) -> list[str]:
    """As `_names_in`, of what is not yet a document."""
    declaration = entry.desk_type.declaration
    names = [cells.get(member, "") for member in declaration.must_have]
    for member in {*declaration.must_have} & rows.keys():
        by = parts_of(declaration)[member].known_by[0]
        names += [row.get(by, "") for row in rows[member]]
    return names


def _names_in(document: Document) -> Sequence[str]:
    required = desk_type(document["type"]).declaration.must_have
    if not all(document.get(member) for member in required):
        return ()
    return type_named(document["type"]).facts(document).names


def _way(entry: Entry, way: Way) -> tuple[str, ...]:
    if way == IDENTIFIER:
        return entry.desk_type.name, IDENTIFIER, entry.scheme
    return entry.desk_type.name, *((way,) if isinstance(way, str) else way)


def _key(way: Sequence[str], said: Sequence[str]) -> Key:
    return blake2b(orjson.dumps([*way, *said]), digest_size=16).digest()
