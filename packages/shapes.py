"""What a table of a package is: columns with types, keys, and what each row is read from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

Row = Mapping[str, Any]
ENTRIES = "entries"  # the table that every reference leads to


@dataclass(frozen=True, kw_only=True)
class Column:
    """``type``: of Frictionless's Table Schema. ``read``: its value, from a row of a document.

    ``choices``: what may stand in it, with what it is called. ``is_free``: whether it is text of
    any words, which one would search.
    """

    name: str
    type: str
    read: Callable[[Any], Any]
    description: str
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    is_free: bool = False


class ForeignKey(NamedTuple):
    """``columns`` of this table stand in ``others`` of ``table``, or are all empty."""

    columns: tuple[str, ...]
    table: str
    others: tuple[str, ...]


class Within(NamedTuple):
    """A row of a list, with what it stands in: ``owner`` is the document or the row around it."""

    id: str
    owner: Row
    position: int
    row: Any


@dataclass(frozen=True, kw_only=True)
class Table:
    """``rows``: from a document, what ``columns`` read; none for tables of the record itself."""

    name: str
    description: str
    columns: Sequence[Column]
    primary_key: tuple[str, ...]
    foreign_keys: Sequence[ForeignKey] = ()
    rows: Callable[[Any], Iterable[Any]] = lambda document: ()

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) < len(names):
            raise ValueError(f"Two columns of {self.name} have one name: {names}.")

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    def cells(self, row: Any) -> list[str]:
        """One row as text: nothing is an empty cell, as no text of a document is empty."""
        values = [read(row) for read in self._reads]
        return [value if isinstance(value, str) else _text(value) for value in values]

    @cached_property
    def _reads(self) -> list[Callable[[Any], Any]]:
        return [column.read for column in self.columns]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    return str(value)
