"""The tables that entries are written in and read from, made of their declarations.

A table for the entries of a type (``events``), and one for each of their lists
(``event.participants``). Its columns are the members of the document, in its order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import NOT_PROVIDED
from rest_framework import serializers

from desk.documents import OwnPart, PartReference, Reference, References, schema_of
from desk.types import DeskType, desk_types
from desk.values import DecimalText, PartialDateValue, Text
from exchange.cells import (
    BlocksCell,
    Cell,
    ChoiceCell,
    ClaimsCell,
    DateCell,
    DayCell,
    EntriesCell,
    EntryCell,
    FlagCell,
    GroupCell,
    JsonCell,
    KeyCell,
    NumberCell,
    PartCell,
    TextCell,
    WholeCell,
)
from exchange.problems import Problem
from record.types import type_named

OF_ENTRY = "entry"  # the column of a list's table that says whose the row is


@dataclass(frozen=True)
class Table:
    """``rows``: the name of the list in the document, empty for the entries' own table.

    ``identity``: the members that tell a row from the others; ``first``: the columns before those
    of the cells.
    """

    name: str
    desk_type: DeskType
    rows: str
    cells: dict[str, Cell]
    identity: tuple[str, ...]

    @property
    def first(self) -> list[str]:
        if not self.rows:
            return ["id"]
        return [OF_ENTRY, "key"] if self.identity == ("key",) else [OF_ENTRY]

    @property
    def columns(self) -> list[str]:
        return [*self.first, *(name for cell in self.cells.values() for name in cell.columns)]


@cache
def tables() -> dict[str, Table]:
    """Every table by name, in the order in which the rooms stand."""
    return {table.name: table for desk_type in desk_types() for table in _tables(desk_type)}


@cache
def tables_of(desk_type: DeskType) -> Sequence[Table]:
    """The entries' own table first."""
    return tuple(table for table in tables().values() if table.desk_type.name == desk_type.name)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each once, in the order of the tables and their rows; those of no table first."""
    order = {name: place for place, name in enumerate(tables())}
    return sorted(dict.fromkeys(problems), key=lambda each: (order.get(each.table, -1), each.row))


def _tables(desk_type: DeskType) -> Iterator[Table]:
    model: Any = desk_type.model
    fields = schema_of(desk_type.declaration).fields
    lists = {
        str(name): field
        for name, field in fields.items()
        if isinstance(field, serializers.ListSerializer)
    }
    own = {
        str(name): _cell(str(name), field, model)
        for name, field in fields.items()
        if name not in ("id", "type", *lists)
    }
    yield Table(type_named(desk_type.name).plural, desk_type, "", own, ("id",))
    for name, field in lists.items():
        child: Any = field.child
        row_model = getattr(model, str(field.source)).rel.related_model
        cells = {
            str(member): _cell(str(member), inner, row_model)
            for member, inner in child.fields.items()
            if member != "key"
        }
        yield Table(f"{desk_type.name}.{name}", desk_type, name, cells, tuple(child.identity))


def _cell(name: str, field: Any, model: Any) -> Cell:
    """The cell of a field; a new kind of field has to be given one here."""
    source = str(field.source or name)
    required = not getattr(field, "allow_null", True) or getattr(field, "required_text", False)
    options = {"empty": _default(model, source), "required": required}
    match field:
        case PartialDateValue():
            return DateCell(name)
        case PartReference():
            return PartCell(name, letter=field.to, limit={}, **options)
        case References():
            return EntriesCell(name, letter=field.to, limit={}, empty=[])
        case Reference():
            limit = model._meta.get_field(source).get_limit_choices_to()
            return EntryCell(name, letter=field.to, limit=limit, **options)
        case OwnPart():
            return KeyCell(name)
        case DecimalText():
            return NumberCell(name)
        case serializers.ListField() if isinstance(field.child, serializers.IntegerField):
            return BlocksCell(name, empty=[])
        case serializers.ListField():
            return ClaimsCell(name)
        case serializers.JSONField():
            return JsonCell(name)
        case serializers.DateField():
            return DayCell(name)
        case serializers.ChoiceField():
            choices = {str(value): str(label) for value, label in field.choices.items()}
            return ChoiceCell(name, choices=choices, **options)
        case serializers.BooleanField():
            return FlagCell(name, empty=bool(options["empty"]))
        case serializers.IntegerField():
            return WholeCell(name, empty=options["empty"] or 0)
        case Text():
            return TextCell(name, longest=field.max_length, **options)
        case serializers.Serializer():
            members = {
                str(each): _cell(str(each), one, model) for each, one in field.fields.items()
            }
            return GroupCell(name, cells=members, nullable=bool(field.allow_null))
    raise TypeError(f"There is no cell for {name}, a {type(field).__name__}.")


def _default(model: Any, source: str) -> Any:
    """What the model's field is where nothing is said; ``None`` where that is nothing."""
    try:
        default = model._meta.get_field(source).default
    except FieldDoesNotExist:
        return None
    return None if default is NOT_PROVIDED or callable(default) or default == "" else default
