"""Columns from the fields of a declaration: one kind of field, one way to stand in a table."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
from rest_framework import serializers

from desk.documents import OwnPart, PartReference, Reference, References
from desk.values import DecimalText, PartialDateValue, Text
from packages.describing import Described
from packages.shapes import Column
from record.types import entry_types

Read = Callable[[Any], Any]
# What a partial date has beside its EDTF, which stands in the column of its own name.
DATE = {
    "earliest": ("date", "the first day that it can mean; empty where it is open"),
    "latest": ("date", "the last day that it can mean; empty where it is open"),
    "as_given": ("string", "in the words of the source"),
    "inferred": ("boolean", "whether it was inferred rather than said"),
}
PLAIN: list[tuple[type[Any], str]] = [
    (serializers.BooleanField, "boolean"),
    (serializers.IntegerField, "integer"),
    (serializers.DateTimeField, "datetime"),
    (serializers.DateField, "date"),
    (DecimalText, "number"),
    (serializers.CharField, "string"),
]


def columns_of(
    serializer: Any, described: Described, of: Read, *, before: str = "", may_lack: bool = False
) -> list[Column]:
    """Of all its fields that are no lists. ``of`` leads to the row; ``before`` begins each name.

    ``may_lack``: whether there may be no row at all.
    """
    found: list[Column] = []
    for name, field in serializer.fields.items():
        if not is_list(field) and name != "type":
            inner = described.of(serializer, name)
            lacks = may_lack or field.allow_null
            found += _column(before + name, field, inner, reader(of, name), lacks)
    return found


def is_list(field: Any) -> bool:
    """Whether it has a table of its own, or holds something that has."""
    return isinstance(field, serializers.ListSerializer | serializers.ListField | References)


def reader(of: Read, name: str) -> Read:
    def read(row: Any) -> Any:
        inner = of(row)
        return None if inner is None else inner[name]

    return read


def _column(
    name: str, field: Any, described: Described, read: Read, may_lack: bool
) -> Iterator[Column]:
    said, required = described.sentence, not may_lack
    match field:
        case PartialDateValue():
            yield Column(name=name, type="string", read=read, description=f"{said} As EDTF.")
            for member, (kind, words) in DATE.items():
                yield Column(
                    name=f"{name}_{member}",
                    type=kind,
                    read=reader(read, member),
                    description=f"{described.label}: {words}.",
                )
        case PartReference() | OwnPart():
            yield from _part(name, field, described, read)
        case Reference():
            yield Column(
                name=name,
                type="string",
                read=read,
                required=required,
                description=f"{said} Id of {_a_type(field.to)}.",
            )
        case serializers.JSONField():
            yield Column(name=name, type="string", read=_json(read), description=f"{said} As JSON.")
        case serializers.ChoiceField():
            yield Column(
                name=name,
                type="string",
                read=read,
                required=required,
                description=said,
                choices={str(value): str(label) for value, label in field.choices.items()},
            )
        case serializers.Serializer():
            yield from columns_of(field, described, read, before=f"{name}_", may_lack=may_lack)
        case _:
            yield Column(
                name=name,
                type=next(kind for known, kind in PLAIN if isinstance(field, known)),
                read=read,
                required=required,
                description=said,
                is_free=isinstance(field, Text) and (field.max_length or 200) >= 200,
            )


def _part(name: str, field: Any, described: Described, read: Read) -> Iterator[Column]:
    """A part, as two columns: of which entry, and its key. Both are empty where there is none."""

    def entry(row: Any) -> Any:
        value = read(row)
        if isinstance(field, OwnPart):
            return value and row.id
        return value and value.partition("/")[0]

    def key(row: Any) -> Any:
        value = read(row)
        return value and value.rpartition("/")[2]

    yield Column(
        name=f"{name}_of",
        type="string",
        read=entry,
        description=f"{described.label}: the entry that it is a part of.",
    )
    yield Column(
        name=name,
        type="string",
        read=key,
        description=f"{described.sentence} Its key, among the {field.part} of that entry.",
    )


def _json(read: Read) -> Read:
    def text(row: Any) -> Any:
        value = read(row)
        if value is None:
            return None
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()

    return text


def _a_type(letter: str) -> str:
    name = next(each.name for each in entry_types() if each.letter == letter)
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
