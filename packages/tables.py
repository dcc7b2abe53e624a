"""All tables of a package: one for each type of entry, one for each list that it has, and those of
the record itself. Which they are follows from the declarations.

A list that several types have in one way (citations, identifiers) is one table of all of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.utils.translation import override
from rest_framework import serializers

from desk.documents import OwnPart, PartReference, Reference, References
from packages.columns import columns_of, is_list
from packages.describing import Described, entry_of, own_words
from packages.record_tables import record_tables
from packages.shapes import ENTRIES, Column, ForeignKey, Table, Within
from record.differences import declared
from record.types import Document, EntryType, entry_types

ROW, ID, POSITION = map(attrgetter, ("row", "id", "position"))  # of ``Within``, two million times
ENTRY = "entry"  # the column of a table that several types share


@cache
def all_tables() -> Sequence[Table]:
    """In the order in which they stand in a package: what is referred to comes first."""
    return [*record_tables(before=True), *entry_tables(), *record_tables(before=False)]


@cache
def entry_tables() -> Sequence[Table]:
    found: dict[str, Table] = {}
    for entry_type in entry_types():
        for table in _of_type(entry_type):
            found.setdefault(table.name, table)
    return list(found.values())


@cache
def tables_of_type(type_name: str) -> Sequence[Table]:
    """Those that rows of such an entry's document stand in."""
    by_name = {table.name: table for table in entry_tables()}
    [entry_type] = [each for each in entry_types() if each.name == type_name]
    return [by_name[table.name] for table in _of_type(entry_type)]


def _of_type(entry_type: EntryType) -> Iterator[Table]:
    schema: Any = declared(entry_type.declaration)
    described = entry_of(entry_type.name)
    yield Table(
        name=entry_type.plural,
        description=own_words(entry_type.declaration)
        or f"The {entry_type.plural} of the edition, with all that each has once.",
        columns=columns_of(schema, described, ROW),
        primary_key=("id",),
        foreign_keys=[
            ForeignKey(("id",), ENTRIES, ("id",)),
            *_references(schema),
        ],
        rows=lambda document: [Within(document["id"], document, 0, document)],
    )
    yield from _lists(entry_type, schema, described)


def _lists(entry_type: EntryType, schema: Any, described: Described) -> Iterator[Table]:
    for name, field in schema.fields.items():
        if not is_list(field):
            continue
        shared = name in _shared()
        owner = ENTRY if shared else entry_type.name
        yield from _list(
            name if shared else f"{entry_type.name}_{name}",
            field,
            described.of(schema, name),
            owner=owner,
            owners=ENTRIES if shared else entry_type.plural,
            title=name.replace("_", " ") + ("" if shared else f" of {entry_type.plural}"),
            source=name,
        )


def _list(
    table: str,
    field: Any,
    described: Described,
    *,
    owner: str,
    owners: str,
    title: str,
    source: str,
) -> Iterator[Table]:
    """The table of a list in a document, and those of the lists in its rows."""

    def rows(document: Document) -> Iterator[Within]:
        for position, row in enumerate(document[source], start=1):
            yield Within(document["id"], document, position, row)

    key = ForeignKey((owner,), owners, ("id",))
    first = _first(owner)
    if not isinstance(field, serializers.ListSerializer):
        value = _value(field, described)
        yield Table(
            name=table,
            description=f"The {title}, a row for each.",
            columns=[*first, value],
            primary_key=(owner, value.name),
            foreign_keys=[key, ForeignKey((value.name,), ENTRIES, ("id",))],
            rows=rows,
        )
        return
    child: Any = field.child
    identity = tuple(child.identity)
    yield Table(
        name=table,
        description=own_words(type(child)) or f"The {title}, a row for each.",
        columns=[*first, *columns_of(child, described, ROW)],
        primary_key=(owner, *identity),
        foreign_keys=[key, *_references(child)],
        rows=rows,
    )
    with override(settings.LANGUAGE_CODE):  # names of columns, for programs
        one = str(getattr(child, "one", table)).replace(" ", "_")
    prefix = one if owner == ENTRY else f"{owner}_{one}"
    inner_key = ForeignKey((owner, one), table, (owner, *identity))
    yield from _inner_lists(child, (), described, rows, first[0], one, prefix, inner_key)


def _inner_lists(
    serializer: Any,
    path: tuple[str, ...],
    described: Described,
    rows: Any,
    owner: Column,
    one: str,
    prefix: str,
    key: ForeignKey,
) -> Iterator[Table]:
    """Lists of plain values in the rows of a list, at any depth."""
    for name, field in serializer.fields.items():
        here = (*path, name)
        if isinstance(field, serializers.ListField):
            of = described.of(serializer, name)

            def inner(document: Document, here: tuple[str, ...] = here) -> Iterator[Within]:
                for around in rows(document):
                    values = around.row
                    for step in here:
                        values = values[step]
                    for position, value in enumerate(values, start=1):
                        yield Within(around.id, around.row, position, value)

            kind = "integer" if isinstance(field.child, serializers.IntegerField) else "string"
            yield Table(
                name=f"{prefix}_{'_'.join(here)}",
                description=f"The {name} of each {one}, a row for each.",
                columns=[
                    owner,
                    Column(
                        name=one,
                        type="string",
                        read=lambda within: within.owner["key"],
                        description=f"Key of the {one}.",
                        required=True,
                    ),
                    _position(),
                    Column(
                        name="value",
                        type=kind,
                        read=ROW,
                        description=of.sentence,
                        required=True,
                    ),
                ],
                primary_key=(owner.name, one, "position"),
                foreign_keys=[key],
                rows=inner,
            )
        elif isinstance(field, serializers.Serializer):
            of = described.of(serializer, name)
            yield from _inner_lists(field, here, of, rows, owner, one, prefix, key)


def _first(owner: str) -> list[Column]:
    return [
        Column(
            name=owner,
            type="string",
            read=ID,
            description="Id of the entry that it belongs to.",
            required=True,
        ),
        _position(),
    ]


def _position() -> Column:
    return Column(
        name="position",
        type="integer",
        read=POSITION,
        description="Its place in the list, from 1.",
        required=True,
    )


def _value(field: Reference, described: Described) -> Column:
    return Column(
        name=field.predicate.replace(" ", "_"),
        type="string",
        read=ROW,
        description=described.sentence,
        required=True,
    )


def _references(serializer: Any, before: str = "") -> Iterator[ForeignKey]:
    """What the columns of its fields refer to."""
    for name, field in serializer.fields.items():
        column = before + name
        if isinstance(field, PartReference | OwnPart):
            table, owner = _table_of_parts(serializer, field)
            yield ForeignKey((f"{column}_of", column), table, (owner, "key"))
        elif isinstance(field, References):
            continue
        elif isinstance(field, Reference):
            yield ForeignKey((column,), ENTRIES, ("id",))
        elif isinstance(field, serializers.Serializer):
            yield from _references(field, f"{column}_")


def _table_of_parts(serializer: Any, field: Any) -> tuple[str, str]:
    """The table in which the parts stand that the field is of, and its column of their entry."""
    letter = getattr(field, "to", None)
    [entry_type] = [
        each
        for each in entry_types()
        if (each.letter == letter if letter else _has(each, type(serializer)))
    ]
    if field.part in _shared():
        return field.part, ENTRY
    return f"{entry_type.name}_{field.part}", entry_type.name


def _has(entry_type: EntryType, child: type) -> bool:
    fields = declared(entry_type.declaration).fields.values()
    return any(
        isinstance(field, serializers.ListSerializer) and type(field.child) is child
        for field in fields
    )


@cache
def _shared() -> frozenset[str]:
    """Names of the lists that more than one type has, each in the same way."""
    ways: dict[str, list[Any]] = defaultdict(list)
    for entry_type in entry_types():
        for name, field in declared(entry_type.declaration).fields.items():
            if isinstance(field, serializers.ListSerializer):
                ways[str(name)].append(type(field.child))
            elif isinstance(field, References):
                ways[str(name)].append((field.to, field.predicate))
    return frozenset(
        name for name, ways_ in ways.items() if len(ways_) > 1 and len(set(ways_)) == 1
    )
