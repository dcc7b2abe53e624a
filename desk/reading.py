"""What documents say, as values of models: checked, and not saved."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers

from desk.documents import OwnPart, References
from desk.making import Made
from desk.referred import Desk
from desk.refusals import Refused
from desk.types import DeskType
from record.types import Document

Row = dict[str, Any]


class Reader:
    """Reads documents of one type as values of models. One serializer for all: making one takes
    longer than reading a document with it.

    By their sources: ``several``, what refers to several entries; ``lists``, the lists of its rows,
    each with what in them names a part of the same entry; ``keyed``, those whose rows have keys.
    """

    def __init__(self, desk_type: DeskType, named: Iterable[str]) -> None:
        self.desk_type = desk_type
        self.desk = Desk(named)
        self.context: dict[str, Any] = {}
        self.serializer = desk_type.declaration(context=self.context)
        self.fields: list[Any] = list(self.serializer.fields.values())
        self.several = [str(each.source) for each in self.fields if isinstance(each, References)]
        self.lists = {
            str(each.source): own_parts(each)
            for each in self.fields
            if isinstance(each, serializers.ListSerializer)
        }
        self.keyed = [
            str(each.source)
            for each in self.fields
            if "key" in getattr(getattr(each, "child", None), "fields", ())
        ]

    def read(self, document: Document | Refused, entry: Any) -> Row:
        """The values of its columns and lists. ``Refused`` where they are none."""
        if isinstance(document, Refused):
            raise document
        if entry.public_id and entry.public_id != document.get("id"):
            raise Refused(f"This is a document of {document.get('id')}, not of {entry.public_id}.")
        self.context["desk"] = self.desk.seen_from(document)
        try:
            data: Row = self.serializer.run_validation(document)
        except serializers.ValidationError as error:
            raise Refused(list(_sentences(error.detail))) from error
        _refuse_keys_twice(self.keys(data))
        return data

    def keys(self, data: Row) -> list[str]:
        """Of all its rows."""
        return [row["key"] for source in self.keyed for row in data[source]]

    def own_values(self, data: Row) -> Row:
        """The values of the entry's own columns."""
        return {
            name: value
            for name, value in data.items()
            if name not in self.lists and name not in self.several
        }


def made_of(reader: Reader, document: Document | Refused, entry: Any) -> Made:
    """What a new entry and its rows would be. ``Refused`` where it does not fit."""
    data = reader.read(document, entry)
    made = Made(entry, reader.keys(data))
    assign(entry, reader.own_values(data))
    for source in reader.several:
        made.many[source] = list(dict.fromkeys(data[source]))  # as the database keeps them
    for source, own_parts in reader.lists.items():
        model = getattr(type(entry), source).rel.related_model
        rows = made.rows[source] = []
        is_in_order = hasattr(model, "position")
        for position, values in enumerate(data[source]):
            for name, part in own_parts.items():
                values[name] = made.part(part, values[name])
            if is_in_order:
                values["position"] = position
            row = model(entry=entry, **values)
            _check(row, values)
            rows.append(row)
    return made


def own_parts(field: Any) -> dict[str, str]:
    """Columns of a list that name a part of the same entry, and the list that each is in."""
    inner = field.child.fields.values()
    return {str(each.source): each.part for each in inner if isinstance(each, OwnPart)}


def _refuse_keys_twice(keys: Sequence[str]) -> None:
    """One counter gives all keys of an entry, so no two rows of it have the same."""
    if len(keys) > len(set(keys)):
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise Refused([f"There is more than one {key}." for key in twice])


def assign(row: Any, values: Mapping[str, Any]) -> bool:
    """Set what differs; whether the row has to be saved. ``Refused`` where a value does not fit."""
    changed = {
        name: value
        for name, value in values.items()
        if row._state.adding or _value(row, name) != (getattr(value, "pk", value))
    }
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        _check(row, changed)
    return bool(changed)


def _value(row: Any, name: str) -> Any:
    """The value as it is stored: of a foreign key without asking for the row it leads to."""
    return getattr(row, row._meta.get_field(name).attname)


def _check(row: Any, changed: Mapping[str, Any]) -> None:
    """What the admin's form would check, without a query a foreign key."""
    problems = {}
    relations = _relations(row._meta.model)
    for name, allowed in relations.items():
        value = changed.get(name) if allowed else None
        if value and any(getattr(value, each) != allowed[each] for each in allowed):
            problems[name] = [f"{value.public_id} is not one of the choices."]
    try:
        # ``desk.values.Key`` takes fewer keys than the column.
        row.clean_fields(exclude={*relations, "key"})
        row.clean()
    except DjangoValidationError as error:
        problems |= error.message_dict
    if problems:
        name = getattr(row, "key", "") or row._meta.verbose_name
        raise Refused(
            [f"{name}: {field}: {message}" for field, all_ in problems.items() for message in all_]
        )


@cache
def _relations(model: Any) -> Mapping[str, Any]:
    """Its foreign keys, and what each may lead to."""
    relations = [field for field in model._meta.concrete_fields if field.is_relation]
    return {field.name: field.get_limit_choices_to() for field in relations}


def _sentences(errors: Any, path: str = "") -> Any:
    if isinstance(errors, Mapping):
        for name, inner in errors.items():
            # What is wrong with a list stands by the numbers of its rows.
            step = f"[{name}]" if isinstance(name, int) else f".{name}"
            yield from _sentences(inner, f"{path}{step}".removeprefix("."))
    elif isinstance(errors, list) and any(isinstance(item, Mapping | list) for item in errors):
        for index, inner in enumerate(errors):
            yield from _sentences(inner, f"{path}[{index}]")
    else:
        for message in errors if isinstance(errors, list) else [errors]:
            yield f"{path}: {message}"
