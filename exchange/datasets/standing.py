"""Which row of a list that an entry has is the one that a dataset says anew."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q, UniqueConstraint

from desk.documents import parts_of
from exchange.datasets.entries import Entry
from exchange.datasets.known import plain_cells, written_cells
from exchange.names import Names
from exchange.tables import Table
from record.types import Document

# A citation is the same that it was where it is of the same source and row.
CITED_BY = ("source", "record")


def told_by(table: Table) -> Iterable[str]:
    """The columns by which rows of the list are the same."""
    part = parts_of(table.desk_type.declaration).get(table.rows)
    return (part.unique or part.known_by) if part else CITED_BY


def standing_row(
    entry: Entry, table: Table, cells: Mapping[str, str], rows: Iterable[Document], names: Names
) -> str:
    """Its key among ``rows``; empty for none. Raises ``NotTaken`` where a cell cannot be read."""
    rows = list(rows)
    # Rather than one that is called the same: beside this one the row could not stand.
    for fields, condition in _only_ones(table):
        read = {name: table.cells[name].read(cells, ..., names) for name in (*fields, *condition)}
        if condition.items() <= read.items():
            for row in rows:
                if all(row[name] == value for name, value in read.items()):
                    return str(row["key"])
    own = told_by(table)
    wanted = plain_cells(entry, table, cells, names, only=[*own])
    for row in rows:
        stands = written_cells(table, row, names, only=[*own])
        if all(stands[name] == wanted[name] for name in own):
            return str(row["key"])
    return ""


def _only_ones(table: Table) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """What no two rows of an entry agree in, of those that say something: one preferred name a
    language."""
    model = getattr(table.desk_type.model, table.rows).rel.related_model
    for each in model._meta.constraints:
        if isinstance(each, UniqueConstraint) and isinstance(each.condition, Q):
            condition: Any = each.condition.children
            yield [name for name in each.fields if name != "entry"], dict(condition)
