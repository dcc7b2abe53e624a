"""From a document back to the working entry: restore, import and conflict resolution."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from functools import cache
from typing import Any, cast

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.db.models import ProtectedError
from rest_framework import serializers

from desk.bases import Entry
from desk.documents import OwnPart, References
from desk.making import Made, make_all, make_each
from desk.referred import Desk, followed
from desk.refusals import Refused
from desk.rows import delete_rows, save_rows
from desk.slugs import slug_problems
from desk.types import DeskType, desk_type_of
from record.types import Document

Row = dict[str, Any]


def apply(document: Document, entry: Entry, *, releasing: bool = False) -> None:
    """Make the working ``entry`` (saved or new) say what ``document`` says, and save it.

    Parts and citations are matched by key, made, changed or removed; rows that stay the same
    leave no history. Creates no other entry. ``Refused`` with named problems, and nothing
    changed in the database, where a reference is missing or withdrawn, where it is to what is
    retired and the entry does not use that already, or where a value does not fit;
    ids merged since are followed. ``releasing``: rows of other entries that refer to a part which
    goes are deleted with it; for whoever undoes all of it afterwards.

    Two queries for the references, one a type and one a part referred to, one a table; two where
    something retired is referred to.
    """
    with transaction.atomic():
        (said,) = apply_each([(document, entry)], releasing=releasing)
        if isinstance(said, Refused):
            raise said


def apply_each(
    pairs: Sequence[tuple[Document, Any]], *, releasing: bool = False
) -> list[Document | Refused]:
    """`apply` for entries of one type; in that order what each says now, or is refused for.

    Called in a transaction, which is undone where anything is refused. What the documents refer
    to and what the entries say afterwards is read together, and new entries are made together;
    rows of an entry that has been read with them (``desk.loading.with_rows``) are not read again,
    so it is not used afterwards.
    """
    desk_type = desk_type_of(pairs[0][1])
    documents, named = followed(desk_type, [document for document, _ in pairs])
    reader = _Reader(desk_type, named)
    _look_up_slugs(desk_type, documents, [entry for _, entry in pairs])
    # Of several, each is undone by itself, so that it is known what is wrong with the others.
    apart = transaction.atomic if len(pairs) > 1 else nullcontext
    refusals: dict[int, Refused] = {}
    new: dict[int, Made] = {}
    for number, (document, (_, entry)) in enumerate(zip(documents, pairs, strict=True)):
        try:
            data = reader.read(document, entry)
            if entry._state.adding:
                new[number] = _made(reader, data, entry)
            else:
                with apart():
                    _write(reader.fields, data, entry, delete=_release if releasing else _delete)
        except Refused as refused:
            refusals[number] = refused
    together = set(new) if len(pairs) > 1 else set()
    refusals |= make_all(new) if together else make_each(new, apart=nullcontext)
    written = [number for number in range(len(pairs)) if number not in refusals]
    built = desk_type.build_all([pairs[each][1].pk for each in written if each not in together])
    built |= desk_type.build_made([new[each].written for each in written if each in together])
    for number in written:
        entry = pairs[number][1]
        if differences := _differences(cast(Document, documents[number]), built[entry.pk]):
            refusals[number] = Refused(
                f"{entry.public_id}: this document would not come back as it is; it differs at "
                + ", ".join(differences)
                + "."
            )
    return [
        refusals[number] if number in refusals else built[entry.pk]
        for number, (_, entry) in enumerate(pairs)
    ]


class _Reader:
    """Reads documents of one type as values of models. One serializer for all: making one takes
    longer than reading a document with it.

    ``several``: what refers to several entries; ``lists``: the lists of its rows, by their sources,
    and what in them names a part of the same entry.
    """

    def __init__(self, desk_type: DeskType, named: Iterable[str]) -> None:
        self.desk = Desk(named)
        self.context: dict[str, Any] = {}
        self.serializer = desk_type.declaration(context=self.context)
        self.fields: list[Any] = list(self.serializer.fields.values())
        self.several = [str(each.source) for each in self.fields if isinstance(each, References)]
        self.lists = {
            str(each.source): _own_parts(each)
            for each in self.fields
            if isinstance(each, serializers.ListSerializer)
        }

    def read(self, document: Document | Refused, entry: Any) -> Row:
        if isinstance(document, Refused):
            raise document
        if entry.public_id and entry.public_id != document.get("id"):
            raise Refused(f"This is a document of {document.get('id')}, not of {entry.public_id}.")
        self.context["desk"] = self.desk.seen_from(document)
        try:
            data: Row = self.serializer.run_validation(document)
        except serializers.ValidationError as error:
            raise Refused(list(_sentences(error.detail))) from error
        _refuse_keys_twice(_keys(self.fields, data))
        return data


def _look_up_slugs(
    desk_type: DeskType, documents: Sequence[Document | Refused], entries: Sequence[Any]
) -> None:
    """Of several new entries together: their own ``clean`` would ask once each."""
    new = [
        (entry, str(document["slug"]))
        for document, entry in zip(documents, entries, strict=True)
        if not isinstance(document, Refused)
        and entry._state.adding
        and entry.public_id
        and isinstance(document.get("slug"), str)
    ]
    if len(new) > 1:
        found = slug_problems({(desk_type.name, slug): entry.public_id for entry, slug in new})
        for entry, slug in new:
            entry.slug_looked_up = slug, found.get(entry.public_id, "")


def _keys(fields: Sequence[Any], data: Row) -> list[str]:
    return [
        row["key"]
        for field in fields
        if isinstance(field, serializers.ListSerializer)
        for row in data[str(field.source)]
        if "key" in row
    ]


def _refuse_keys_twice(keys: Sequence[str]) -> None:
    """One counter gives all keys of an entry, so no two rows of it have the same."""
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise Refused([f"There is more than one {key}." for key in twice])


def _delete(row: Any) -> None:
    row.delete()


def _release(row: Any) -> None:
    """Delete the row, and first whatever refers to it."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        for user in error.protected_objects:
            _release(user)
        row.delete()


def _made(reader: _Reader, data: Row, entry: Any) -> Made:
    """What a new entry and its rows would be, checked and not saved."""
    made = Made(entry, _keys(reader.fields, data))
    _assign(entry, _own_values(reader.fields, data))
    for source in reader.several:
        made.many[source] = list(dict.fromkeys(data[source]))  # as the database keeps them
    for source, own_parts in reader.lists.items():
        model = getattr(type(entry), source).rel.related_model
        rows = made.rows[source] = []
        for position, values in enumerate(data[source]):
            row = model(entry=entry)
            for name, part in own_parts.items():
                values[name] = made.part(part, values[name])
            if hasattr(row, "position"):
                values["position"] = position
            _assign(row, values)
            rows.append(row)
    return made


def _own_values(fields: Sequence[Any], data: Row) -> Row:
    """The values of the entry's own columns."""
    apart = {
        field.source
        for field in fields
        if isinstance(field, serializers.ListSerializer | References)
    }
    return {name: data[name] for name in data if name not in apart}


def _own_parts(field: Any) -> dict[str, str]:
    """Columns of a list that name a part of the same entry, and the list that each is in."""
    inner = field.child.fields.values()
    return {str(each.source): each.part for each in inner if isinstance(each, OwnPart)}


def _write(fields: Sequence[Any], data: Row, entry: Any, *, delete: Callable[[Any], None]) -> None:
    try:
        if _assign(entry, _own_values(fields, data)):
            save_rows([entry])
        for field in fields:
            if isinstance(field, References):
                held, wanted = getattr(entry, str(field.source)), data[str(field.source)]
                if {each.pk for each in wanted} != {each.pk for each in held.all()}:
                    held.set(wanted)
        lists = [field for field in fields if isinstance(field, serializers.ListSerializer)]
        still_used = [_write_rows(field, entry, data[str(field.source)]) for field in lists]
        for rows in reversed(still_used):
            for row in rows:
                delete(row)
    except ProtectedError as error:
        users = ", ".join(sorted(str(user) for user in error.protected_objects))
        raise Refused(f"A part that would be removed is used by {users}.") from error


def _write_rows(field: Any, entry: Any, wanted: list[Row]) -> list[Any]:
    """Make, change and delete the rows of one list; returns those to delete that are in use."""
    manager = getattr(entry, field.source)
    identity: tuple[str, ...] = field.child.identity
    own_parts = _own_parts(field)
    existing = {tuple(getattr(row, name) for name in identity): row for row in manager.all()}
    kept = [existing.pop(tuple(values[name] for name in identity), None) for values in wanted]
    still_used = delete_rows(existing.values())
    changed = []
    for position, (values, own) in enumerate(zip(wanted, kept, strict=True)):
        row = own or manager.model(entry=entry)
        for source, part in own_parts.items():
            values[source] = _own_part(entry, part, values[source])
        if hasattr(row, "position"):
            values["position"] = position
        if _assign(row, values):
            changed.append(row)
    save_rows(changed)
    return still_used


def _own_part(entry: Any, part: str, key: str | None) -> Any:
    if key is None:
        return None
    row = getattr(entry, part).filter(key=key).first()
    if row is None:
        raise Refused(f"{entry.public_id} has no {key} among its {part}.")
    return row


def _assign(row: Any, values: Mapping[str, Any]) -> bool:
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
        row.clean_fields(exclude=relations.keys())
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


def _differences(wanted: Document, built: Document) -> list[str]:
    names = sorted(set(wanted) | set(built))
    return [name for name in names if wanted.get(name, ...) != built.get(name, ...)]
