"""Mappings: what the columns of a file are at the desk. Read and checked before any row is.

Whatever is wrong is told with its place in the mapping and with what is allowed there.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.refusals import Refused
from desk.types import desk_type, desk_types
from exchange.cells import Cell, DateCell, EntryCell, GroupCell
from exchange.datasets.entries import IDENTIFIER, NAME, DatasetMapping, Entry, Rows, linked_by
from exchange.datasets.items import Items, pattern_of
from exchange.datasets.mapping_values import Reader, list_of
from exchange.datasets.values import Value, constants
from exchange.problems import NotTaken, nearest, offer, quoted
from exchange.tables import Table, tables_of

OWN = ("type", "scheme", "value")
OF_LINKS = (*OWN, "find", "make", "each")
OF_ROWS = ("each", "if")
OF_ITEMS = ("column", "separator", "quote", "pattern", "otherwise")


def read_mapping(path: Path, columns: Sequence[str]) -> DatasetMapping:
    """``columns``: those of the file. ``Refused`` with everything that is wrong."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused(f"{quoted(str(path))} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused(f"{quoted(path.name)} is no TOML: {error}.") from error
    reader = _MappingReader(told, columns)
    mapping = reader.mapping()
    if reader.problems:
        raise Refused([f"{path.name}, {problem}" for problem in reader.problems])
    return mapping


@dataclass
class _MappingReader:
    told: Mapping[str, Any]
    columns: Sequence[str]
    problems: list[str] = field(default_factory=list)

    def mapping(self) -> DatasetMapping:
        self._known("", self.told, ("row", "links", "items"))
        items = {
            name: self._items(name, self._table(f"items.{name}", each))
            for name, each in self._table("items", self.told.get("items", {})).items()
        }
        self.items = items
        links = self._table("links", self.told.get("links", {}))
        types = {each.name: each for each in desk_types()}
        self.leads_to = {
            name: (types[each["type"]].model.letter, str(each.get("each", "")))
            for name, each in links.items()
            if isinstance(each, dict) and each.get("type") in [*types]
        }
        read = {
            name: self._entry(f"links.{name}", self._table(f"links.{name}", each), OF_LINKS)
            for name, each in links.items()
        }
        row = self._entry("row", self._table("row", self.told.get("row", {})), OWN)
        self._refuse_circles(read)
        return DatasetMapping(row, read, items)  # type: ignore[arg-type]

    def _entry(self, place: str, told: Mapping[str, Any], own: Sequence[str]) -> Entry | None:
        names = [each.name for each in desk_types()]
        if told.get("type") not in names:
            self._say(f"{place}.type", f"Say what it is: {', '.join(names)}.")
            return None
        kind = desk_type(told["type"])
        table, *others = tables_of(kind)
        lists = {each.rows: each for each in others if each.rows != "waivers"}
        self._known(place, told, (*own, *table.columns[1:], *lists))
        scope = self._each(place, told)
        values = self._values(place, told, table, scope=scope)
        rows = [
            found
            for name, each in lists.items()
            for number, row in enumerate(list_of(told.get(name, [])), start=1)
            if (found := self._rows(f"{place}.{name}[{number}]", row, each, scope=scope))
        ]
        scheme, value = told.get("scheme", ""), None
        if bool(scheme) != bool(told.get("value")) or not isinstance(scheme, str):
            self._say(f"{place}.scheme", "An identifier has a scheme and a value, both as text.")
        elif scheme:
            value = self._reader(scope).text(f"{place}.value", told["value"])
        elif place == "row":
            self._say(place, "Say by which identifier its rows are known again: scheme and value.")
        for name in dict.fromkeys(map(str, kind.declaration.must_have)):
            if told.get("make", True) is True and name not in told:
                self._say(place, f"No {kind.name} is made without {name}.")
        find = self._find(place, told, table) if "find" in own else (IDENTIFIER,)
        if not isinstance(told.get("make", True), bool):
            self._say(f"{place}.make", "This is true or false.")
        entry = Entry(table, values, rows, scheme, value, find, told.get("make", True))
        if NAME in find and not entry.names:
            needed = " or ".join(map(str, kind.declaration.must_have))
            self._say(f"{place}.find", f"Without {needed} it has no name to be found by.")
        return entry

    def _find(
        self, place: str, told: Mapping[str, Any], table: Table
    ) -> Sequence[str | tuple[str, ...]]:
        ways = told.get("find", [IDENTIFIER] if told.get("scheme") else [])
        if not isinstance(ways, list) or not ways:
            self._say(
                f"{place}.find",
                "Say how one that is there is found: a list of “identifier”, “name”, or lists of "
                f"columns that are the same ({', '.join(table.columns[1:])}).",
            )
            return ()
        found: list[str | tuple[str, ...]] = []
        for way in ways:
            if way == IDENTIFIER and not told.get("scheme"):
                self._say(f"{place}.find", "Without scheme and value it has no identifier.")
            elif way in (IDENTIFIER, NAME):
                found.append(way)
            elif isinstance(way, list) and way and all(_is_text(told, name) for name in way):
                self._known(f"{place}.find", way, table.columns[1:])
                found.append(tuple(way))
            else:
                self._say(
                    f"{place}.find",
                    f"{quoted(str(way))} is none of the ways: “identifier”, “name”, or a list of "
                    "columns of this link that are no links themselves.",
                )
        return found

    def _rows(self, place: str, told: Any, table: Table, *, scope: str) -> Rows | None:
        if not isinstance(told, dict):
            self._say(place, "This is a table of columns and what stands in them.")
            return None
        self._known(place, told, (*OF_ROWS, *table.columns[len(table.first) :]))
        each = self._each(place, told)
        where = self._where(f"{place}.if", told["if"], each or scope) if "if" in told else None
        return Rows(table, self._values(place, told, table, scope=each or scope), each, where)

    def _where(self, place: str, told: Any, scope: str) -> Value | None:
        """What has to be there: a column by its name, or what a cell is made of."""
        names = self._names(scope)
        if isinstance(told, str) and "{" not in told:
            if told not in names:
                self._say(place, self._none_of(told, names, "columns"))
                return None
            told = f"{{{told}}}"
        return self._reader(scope).value(place, told, dated=False, to="")

    def _each(self, place: str, told: Mapping[str, Any]) -> str:
        each = told.get("each", "")
        if each and each not in [*self.items]:
            self._say(f"{place}.each", self._none_of(str(each), self.items, "items"))
            return ""
        return str(each)

    def _values(
        self, place: str, told: Mapping[str, Any], table: Table, *, scope: str
    ) -> dict[str, Value]:
        reader, values = self._reader(scope), {}
        for cell in table.cells.values():
            for column in cell.columns:
                if column not in told:
                    continue
                # Those of several entries, and of parts of one, are cells of entries too.
                to = cell.letter if type(cell) is EntryCell else ""
                value = reader.value(
                    f"{place}.{column}",
                    told[column],
                    dated=isinstance(cell, DateCell) and column == cell.name,
                    to=to,
                )
                if value is not None:
                    values[column] = value
        self._no_row_could(place, told, table, values)
        return values

    def _no_row_could(
        self, place: str, told: Mapping[str, Any], table: Table, values: Mapping[str, Value]
    ) -> None:
        """Tell what would be refused in every row: what is missing, and what cannot stand there."""
        # A slug is made of the name, and what makes the name is asked for by itself.
        others = () if table.rows else ("slug", *table.desk_type.declaration.must_have)
        for cell in _cells(table, told):
            missing = cell.required and cell.empty in (None, "") and cell.name not in told
            if missing and cell.name not in others and told.get("make", True):
                self._say(place, f"Say {cell.name} as well; it takes {cell.says}.")
            if isinstance(cell, EntryCell):
                continue  # only the desk knows
            for text in filter(None, constants(values.get(cell.name))):
                try:
                    cell.read({cell.name: text}, ..., None)  # type: ignore[arg-type]
                except NotTaken as error:
                    self._say(f"{place}.{cell.name}", error.message)

    def _reader(self, scope: str) -> Reader:
        return Reader(self._names(scope), self.leads_to, scope, self._say)

    def _names(self, scope: str) -> list[str]:
        """What can stand in braces; within an item, its parts as well."""
        names = list(self.columns)
        if scope in self.items:
            names += self.items[scope].names
        return names

    def _items(self, name: str, told: Mapping[str, Any]) -> Items:
        place = f"items.{name}"
        self._known(place, told, OF_ITEMS)
        for key in told:
            if key in OF_ITEMS and not isinstance(told[key], str):
                self._say(f"{place}.{key}", "This is text.")
        said = {key: told[key] if isinstance(told.get(key), str) else "" for key in OF_ITEMS}
        if said["column"] not in self.columns:
            self._say(f"{place}.column", self._none_of(said["column"], self.columns, "columns"))
        pattern, parts = None, tuple[str, ...]()
        try:
            if said["pattern"]:
                pattern, parts = pattern_of(said["pattern"])
        except NotTaken as error:
            self._say(f"{place}.pattern", error.message)
        if said["otherwise"] and said["otherwise"] not in parts:
            self._say(f"{place}.otherwise", self._none_of(said["otherwise"], parts, "parts"))
        return Items(
            name,
            said["column"],
            said["separator"] or ";",
            said["quote"],
            pattern,
            parts,
            said["otherwise"],
        )

    def _refuse_circles(self, links: Mapping[str, Entry | None]) -> None:
        for name in links:
            on_the_way: set[str] = set()
            following = [name]
            while following:
                entry = links.get(following.pop())
                next_ones = {*linked_by(entry)} if entry else set()
                if name in next_ones:
                    self._say(f"links.{name}", "This link leads back to itself.")
                    break
                following += next_ones - on_the_way
                on_the_way |= next_ones

    def _table(self, place: str, told: Any) -> Mapping[str, Any]:
        if isinstance(told, dict):
            return told
        self._say(place, f"This is a table: [{place}].")
        return {}

    def _known(self, place: str, told: Iterable[str], known: Sequence[str]) -> None:
        for name in told:
            if name not in known:
                where = f"{place}.{name}".removeprefix(".")
                self._say(where, self._none_of(name, known, "keys"))

    def _none_of(self, name: str, known: Iterable[str], what: str) -> str:
        known = list(known)
        one_of = ", ".join(known) or "none"
        return (
            f"{quoted(name)} is none of the {what} here.{offer(nearest(name, known))} There are: "
            f"{one_of}."
        )

    def _say(self, place: str, message: str) -> None:
        self.problems.append(f"{place or 'at the top'}: {message}")


def _is_text(told: Mapping[str, Any], name: Any) -> bool:
    value = told.get(name) if isinstance(name, str) else None
    return bool(value) and not (isinstance(value, dict) and "link" in value)


def _cells(table: Table, told: Mapping[str, Any]) -> Iterator[Cell]:
    """Each by itself; those that make one value only where one of them is said."""
    for cell in table.cells.values():
        if not isinstance(cell, GroupCell):
            yield cell
        elif not told.keys().isdisjoint(cell.columns):
            yield from cell.cells.values()
