"""From a document back to the working entry: restore, import and conflict resolution."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import orjson
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.db.models import ProtectedError
from rest_framework import serializers

from desk.bases import Entry
from desk.documents import OwnPart, References
from desk.refusals import Refused
from desk.types import DeskType, desk_type_for, desk_type_of
from record.models import State, Version
from record.types import Document

Row = dict[str, Any]


def apply(document: Document, entry: Entry) -> None:
    """Make the working ``entry`` (saved or new) say what ``document`` says, and save it.

    Parts and citations are matched by key, made, changed or removed; rows that stay the same
    leave no history. Creates no other entry. ``Refused`` with named problems, and nothing
    changed, where a reference is missing or withdrawn or a value does not fit; ids merged
    since are followed. Two queries for the references, one a type referred to, one a table.
    """
    desk_type = desk_type_of(entry)
    document = _merged_since(desk_type, document)
    if entry.public_id and entry.public_id != document.get("id"):
        raise Refused(f"This is a document of {document.get('id')}, not of {entry.public_id}.")
    serializer = desk_type.declaration(
        data=document, context={"desk": _Lookup(desk_type, document)}
    )
    if not serializer.is_valid():
        raise Refused(list(_sentences(serializer.errors)))
    with transaction.atomic():
        try:
            _write(serializer, entry)
        except ProtectedError as error:
            users = ", ".join(sorted(str(user) for user in error.protected_objects))
            raise Refused(f"A part that would be removed is used by {users}.") from error
        except DjangoValidationError as error:
            raise Refused(error.messages) from error
        built = desk_type.build(type(entry).objects.get(pk=entry.pk))
        if built != document:
            raise Refused(
                f"{entry.public_id}: this document would not come back as it is; it differs at "
                + ", ".join(_differences(document, built))
                + "."
            )


def _write(serializer: Any, entry: Any) -> None:
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
        entry.save()
    for field in many:
        getattr(entry, field.source).set(data[field.source])
    leftovers = [_write_rows(field, entry, data[field.source]) for field in lists]
    for rows in reversed(leftovers):
        for row in rows:
            row.delete()


def _write_rows(field: Any, entry: Any, wanted: list[Row]) -> list[Any]:
    """Make and change the rows of one list; returns those that are wanted no longer."""
    manager = getattr(entry, field.source)
    identity: tuple[str, ...] = field.child.identity
    own_parts = {
        str(inner.source): inner.part
        for inner in field.child.fields.values()
        if isinstance(inner, OwnPart)
    }
    existing = {tuple(getattr(row, name) for name in identity): row for row in manager.all()}
    for position, values in enumerate(wanted):
        row = existing.pop(tuple(values[name] for name in identity), None) or manager.model(
            entry=entry
        )
        for source, part in own_parts.items():
            values[source] = _own_part(entry, part, values[source])
        if hasattr(row, "position"):
            values["position"] = position
        if _assign(row, values):
            row.save()
    return list(existing.values())


def _own_part(entry: Any, part: str, key: str | None) -> Any:
    if key is None:
        return None
    row = getattr(entry, part).filter(key=key).first()
    if row is None:
        raise Refused(f"{entry.public_id} has no {key} among its {part}.")
    return row


def _assign(row: Any, values: Mapping[str, Any]) -> bool:
    """Set what differs; whether the row has to be saved."""
    changed = row._state.adding
    for name, value in values.items():
        if row._state.adding or getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


class _Lookup:
    """Finds at the desk what a document refers to, with a bounded number of queries."""

    def __init__(self, desk_type: DeskType, document: Document) -> None:
        wanted = defaultdict(set)
        for target in desk_type.targets(document):
            if isinstance(target.id, str) and target.id:
                wanted[target.id[0]].add(target.id)
        ids = {public_id for group in wanted.values() for public_id in group}
        self.withdrawn = set(
            Version.objects.filter(public_id__in=ids, superseded_in=None)
            .exclude(state=State.PUBLISHED)
            .values_list("public_id", flat=True)
        )
        self.entries: dict[str, Any] = {}
        for group in wanted.values():
            try:
                model: Any = desk_type_for(next(iter(group))).model
            except KeyError:
                continue
            found = model.objects.filter(public_id__in=group)
            self.entries |= {entry.public_id: entry for entry in found}

    def entry(self, public_id: Any, letter: str) -> Any:
        if not isinstance(public_id, str) or public_id[:1] != letter:
            raise serializers.ValidationError(
                f"{public_id!r} is not the id of such an entry; those start with {letter}."
            )
        if public_id in self.withdrawn:
            raise serializers.ValidationError(f"{public_id} has been withdrawn.")
        if public_id not in self.entries:
            raise serializers.ValidationError(f"{public_id} is not at the desk.")
        return self.entries[public_id]

    def part(self, reference: Any, letter: str, part: str) -> Any:
        public_id, _, key = str(reference).partition("/")
        row = getattr(self.entry(public_id, letter), part).filter(key=key).first()
        if row is None:
            raise serializers.ValidationError(f"{public_id} has no {key} among its {part}.")
        return row


def _merged_since(desk_type: DeskType, document: Document) -> Document:
    """The document with ids (and parts) of entries that were merged since followed."""
    try:
        mapping = merges_among({target.id for target in desk_type.targets(document)})
    except (AttributeError, TypeError, KeyError) as error:
        raise Refused("This is not a document of this type.") from error
    return desk_type.replace_references(document, mapping) if mapping else document


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
            yield from _sentences(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(errors, list) and any(isinstance(item, Mapping | list) for item in errors):
        for index, inner in enumerate(errors):
            yield from _sentences(inner, f"{path}[{index}]")
    else:
        for message in errors if isinstance(errors, list) else [errors]:
            yield f"{path}: {message}"


def _differences(wanted: Document, built: Document) -> list[str]:
    names = sorted(set(wanted) | set(built))
    return [name for name in names if wanted.get(name, ...) != built.get(name, ...)]
