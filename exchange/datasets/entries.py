"""What a mapping makes of a file: entries, of rows and linked ones, and the rows of their lists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from desk.documents import parts_of
from desk.types import DeskType
from exchange.datasets.items import Items
from exchange.datasets.values import Linked, Text, Value
from exchange.tables import Table

IDENTIFIER, NAME = "identifier", "name"
Way = str | tuple[str, ...]  # one of these, or columns


@dataclass(frozen=True)
class Rows:
    """Rows of one list of an entry: one, or one for ``each`` item; only ``where`` that is not
    empty."""

    table: Table
    values: Mapping[str, Value]
    each: str = ""
    where: Value | None = None


@dataclass(frozen=True)
class Entry:
    """An entry that a row makes, or one of its items. ``scheme`` and ``value``: its identifier.

    ``find``: the ways in which one that is there is known: by ``identifier``, by ``name``, or by
    columns of its own table that are the same.
    """

    table: Table
    values: Mapping[str, Value]
    lists: Sequence[Rows]
    scheme: str = ""
    value: Text | None = None
    find: Sequence[Way] = ()
    make: bool = True

    @property
    def desk_type(self) -> DeskType:
        return self.table.desk_type

    @cached_property
    def names(self) -> Sequence[Value]:
        """What says how it is called: its own field, or its lists of names."""
        declaration = self.desk_type.declaration
        found = [self.values.get(member) for member in declaration.must_have]
        for rows in self.lists:
            if rows.table.rows in declaration.must_have:
                found.append(rows.values.get(parts_of(declaration)[rows.table.rows].known_by[0]))
        return [value for value in found if value]

    @cached_property
    def told_by(self) -> Sequence[tuple[str, Value]]:
        """Its own columns by which it may be known, and what is in each."""
        columns = {column for way in self.find if isinstance(way, tuple) for column in way}
        if NAME in self.find:
            columns |= {*self.desk_type.declaration.never_merged_across}
        return [
            (column, value)
            for column, value in self.values.items()
            if column in columns and not isinstance(value, Linked)
        ]

    def columns_of(self, table: str, column: str) -> list[str]:
        """The columns of the file that a cell of the table is made of; of all, where not said."""
        found = (value.columns for value in self.values_of(table, column))
        return list(dict.fromkeys(name for columns in found for name in columns))

    def values_of(self, table: str, column: str) -> Iterator[Value]:
        """Those of a cell of the table; of all, where not said."""
        named = [(self.table, self.values), *((rows.table, rows.values) for rows in self.lists)]
        for each, values in named:
            if table in ("", each.name):
                yield from (values[name] for name in values if column in ("", name))
        if self.value and (table, column) == (f"{self.desk_type.name}.identifiers", "value"):
            yield self.value

    @property
    def found_by(self) -> Iterator[str]:
        """The columns of the file by which one that is linked is known."""
        names = self.names if NAME in self.find else ()
        for value in (self.value, *names, *(value for _, value in self.told_by)):
            yield from value.columns if value else ()


@dataclass(frozen=True)
class DatasetMapping:
    row: Entry
    links: Mapping[str, Entry]
    items: Mapping[str, Items]

    @property
    def entries(self) -> list[Entry]:
        return [self.row, *self.links.values()]

    def columns_of(self, entry: Entry, table: str, column: str) -> list[str]:
        """As `Entry.columns_of`, with those that its links are found by."""
        found: dict[str, None] = {}
        for value in entry.values_of(table, column):
            link = self.links[value.link] if isinstance(value, Linked) else None
            found |= dict.fromkeys(link.found_by if link else value.columns)
        return list(found)


def linked_by(entry: Entry) -> Iterable[str]:
    """Names of the links that an entry has."""
    for values in (entry.values, *(rows.values for rows in entry.lists)):
        yield from (value.link for value in values.values() if isinstance(value, Linked))
