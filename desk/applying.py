"""From a document back to the working entry: restore, import and conflict resolution."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import orjson
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.db.models import ProtectedError
from rest_framework import serializers

from desk.bases import Entry
from desk.documents import OwnPart, References
from desk.keys import NUMBERED
from desk.refusals import Refused
from desk.retirement import KEPT_FOR_OTHERS, kept_uses
from desk.rows import delete_rows, save_rows
from desk.types import DeskType, desk_type_for, desk_type_of
from record.canonical import NotCanonical, canonical
from record.models import State, Version
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
    desk_type = desk_type_of(entry)
    _refuse_hostile(document)
    document = _merged_since(desk_type, document)
    if entry.public_id and entry.public_id != document.get("id"):
        raise Refused(f"This is a document of {document.get('id')}, not of {entry.public_id}.")
    serializer = desk_type.declaration(
        data=document, context={"desk": _Lookup(desk_type, document)}
    )
    if not serializer.is_valid():
        raise Refused(list(_sentences(serializer.errors)))
    _refuse_keys_twice(serializer)
    with transaction.atomic():
        try:
            _write(serializer, entry, delete=_release if releasing else _delete)
        except ProtectedError as error:
            users = ", ".join(sorted(str(user) for user in error.protected_objects))
            raise Refused(f"A part that would be removed is used by {users}.") from error
        built = desk_type.build(entry)
        if built != document:
            raise Refused(
                f"{entry.public_id}: this document would not come back as it is; it differs at "
                + ", ".join(_differences(document, built))
                + "."
            )


def _refuse_hostile(document: Any) -> None:
    """Whatever no document can be: then all that follows meets nothing but plain JSON."""
    if not isinstance(document, dict):
        raise Refused("A document is an object.")
    try:
        canonical(document)
    except NotCanonical as error:
        raise Refused(str(error)) from error


def _refuse_keys_twice(serializer: Any) -> None:
    """One counter gives all keys of an entry, so no two rows of it have the same."""
    keys = [
        row["key"]
        for field in serializer.fields.values()
        if isinstance(field, serializers.ListSerializer)
        for row in serializer.validated_data[field.source]
        if "key" in row
    ]
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


def _write(serializer: Any, entry: Any, *, delete: Callable[[Any], None]) -> None:
    data: Row = serializer.validated_data
    lists: list[Any] = []
    many: list[Any] = []
    for field in serializer.fields.values():
        if isinstance(field, serializers.ListSerializer):
            lists.append(field)
        elif isinstance(field, References):
            many.append(field)
    apart = {field.source for field in [*lists, *many]}
    if _assign(entry, {name: data[name] for name in data if name not in apart}):
        save_rows([entry])
    for field in many:
        getattr(entry, field.source).set(data[field.source])
    still_used = [_write_rows(field, entry, data[field.source]) for field in lists]
    for rows in reversed(still_used):
        for row in rows:
            delete(row)


def _write_rows(field: Any, entry: Any, wanted: list[Row]) -> list[Any]:
    """Make, change and delete the rows of one list; returns those to delete that are in use."""
    manager = getattr(entry, field.source)
    identity: tuple[str, ...] = field.child.identity
    own_parts = {
        str(inner.source): inner.part
        for inner in field.child.fields.values()
        if isinstance(inner, OwnPart)
    }
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
    for field in row._meta.concrete_fields:
        allowed = field.get_limit_choices_to() if field.is_relation else None
        value = changed.get(field.name)
        if allowed and value and any(getattr(value, name) != allowed[name] for name in allowed):
            problems[field.name] = [f"{value.public_id} is not one of the choices."]
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})
        row.clean()
    except DjangoValidationError as error:
        problems |= error.message_dict
    if problems:
        name = getattr(row, "key", "") or row._meta.verbose_name
        raise Refused(
            [f"{name}: {field}: {message}" for field, all_ in problems.items() for message in all_]
        )


class _Lookup:
    """Finds at the desk what a document refers to, with a bounded number of queries."""

    def __init__(self, desk_type: DeskType, document: Document) -> None:
        self.public_id = str(document.get("id"))
        wanted = defaultdict(set)
        for public_id in _named(desk_type, document):
            wanted[public_id[0]].add(public_id)
        ids = {public_id for group in wanted.values() for public_id in group}
        self.gone = dict(
            Version.objects.filter(public_id__in=ids, superseded_in=None)
            .exclude(state=State.PUBLISHED)
            .values_list("public_id", "state")
        )
        self.entries: dict[str, Any] = {}
        for group in wanted.values():
            try:
                model: Any = desk_type_for(next(iter(group))).model
            except KeyError:
                continue
            found = model.named(model.objects.filter(public_id__in=group))
            self.entries |= {entry.public_id: entry for entry in found}

    @cached_property
    def _kept(self) -> set[str]:
        return kept_uses(self.public_id)

    def entry(self, public_id: Any, letter: str) -> Any:
        if not isinstance(public_id, str) or public_id[:1] != letter:
            raise serializers.ValidationError(
                f"{public_id!r} is not the id of such an entry; those start with {letter}."
            )
        if public_id in self.gone:
            raise serializers.ValidationError(f"{public_id} has been {self.gone[public_id]}.")
        if public_id not in self.entries:
            raise serializers.ValidationError(f"{public_id} is not at the desk.")
        found = self.entries[public_id]
        if getattr(found, "retired", False) and public_id not in self._kept:
            raise serializers.ValidationError(
                f"{found} ({public_id}) {KEPT_FOR_OTHERS} Choose another."
            )
        return found

    def part(self, reference: Any, letter: str, part: str) -> Any:
        public_id, _, key = str(reference).partition("/")
        if self.gone.get(public_id) == State.MERGED:
            raise serializers.ValidationError(
                f"{public_id} has been merged into another, which has not taken {key} over."
            )
        row = getattr(self.entry(public_id, letter), part).filter(key=key).first()
        if row is None:
            raise serializers.ValidationError(f"{public_id} has no {key} among its {part}.")
        return row


def _merged_since(desk_type: DeskType, document: Document) -> Document:
    """The document with ids (and parts) of entries that were merged since followed."""
    mapping = merges_among(_named(desk_type, document))
    return desk_type.replace_references(document, mapping) if mapping else document


def _named(desk_type: DeskType, document: Document) -> set[str]:
    """The ids that a document refers to; what is no id is complained of where it stands."""
    try:
        ids = [target.id for target in desk_type.targets(document)]
    except (AttributeError, TypeError, KeyError) as error:
        raise Refused("This is not a document of this type.") from error
    return {name for name in ids if isinstance(name, str) and NUMBERED.fullmatch(name)}


def merges_among(ids: set[str]) -> dict[str, str]:
    """Where merged entries and their parts went: ``{"A7": "A9", "A7/p4": "A9/p11"}``."""
    mapping: dict[str, str] = {}
    pending = ids
    while pending:
        tombstones = Version.objects.filter(
            public_id__in=pending, superseded_in=None, state=State.MERGED
        ).values_list("public_id", "document")
        step: dict[str, str] = {}
        for public_id, text in tombstones:
            document = orjson.loads(text)
            step |= {public_id: document["merged_into"]} | document["keys"]
        mapping = {old: step.get(new, new) for old, new in mapping.items()} | step
        pending = {step[public_id] for public_id in pending if public_id in step}
    return mapping


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
