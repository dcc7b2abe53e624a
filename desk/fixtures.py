"""Content as files: Django's serialisation format with natural keys, one file a room.

Each entry is followed by its parts, identifiers, waivers and citations; what is at its default
is left out. So a file is written in one way only, and a reader can follow a diff.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    FieldDoesNotExist,
    ObjectDoesNotExist,
    ValidationError,
)
from django.core.serializers.base import DeserializationError, M2MDeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from desk.bases import Entry, Part
from desk.documents import by_number
from desk.findings import find_everything
from desk.history import attributed
from desk.integrity import integrity_checks
from desk.models import WorkingCopy
from desk.refusals import Refused
from desk.revisions import save_revisions
from desk.types import DeskType, desk_types
from record.models import Check, Version
from record.reading import Record

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]
CHECKS = "checks.json"
BATCH = 100  # entries whose revisions are saved together
NEVER_WRITTEN = {"desk_note", "known_from"}  # these files are public, and of no edition


class _NotYet(Exception):
    """The row names another that is not there (yet)."""


def load_content(
    folder: Path, *, by: Any, reason: str, progress: Progress | None = None
) -> dict[str, int]:
    """Fill an empty desk with the files of ``folder``; entries loaded by type.

    Each row is cleaned and saved as an editor's would be, with history and revisions. ``Refused``
    with every problem named, and nothing loaded, where the desk is not empty or a row does not
    fit. ``progress`` is told ``(file, done, of)``.
    """
    if not desk_is_empty():
        raise Refused("The desk is not empty; content is loaded into an empty one only.")
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}.")
    counts = {}
    with transaction.atomic(), attributed(by=by, reason=reason):
        for desk_type in desk_types():
            name = file_of(desk_type)
            _load(name, _rows(folder / name, _models(desk_type)), progress)
        for desk_type in desk_types():
            entries = sorted(_entries(desk_type), key=lambda entry: by_number(entry.public_id))
            for done in range(0, len(entries), BATCH):
                batch = entries[done : done + BATCH]
                save_revisions(batch, by=by, reason=reason, look_over=False)
                if progress:
                    progress(f"{desk_type.name} revisions", done + len(batch), len(entries))
            counts[desk_type.name] = len(entries)
        _load(CHECKS, _rows(folder / CHECKS, [Check]), progress)
        for check in integrity_checks():
            find_everything(check)
    return counts


def desk_is_empty() -> bool:
    """Whether neither the desk nor the record holds anything. One query a type, and one more."""
    return not Version.objects.exists() and not any(
        _entries(desk_type).exists() for desk_type in desk_types()
    )


def content_files() -> dict[str, str]:
    """What the desk holds now, as files by name: what ``load_content`` would load.

    Desk notes are left out. Checks are the newest of each selector that stands at the desk.
    """
    files = {}
    merged = set(WorkingCopy.objects.exclude(merged_into="").values_list("public_id", flat=True))
    for desk_type in desk_types():
        # A merged entry stands in the one that it was merged into.
        living = [entry for entry in _entries(desk_type) if entry.public_id not in merged]
        entries = sorted(living, key=lambda entry: by_number(entry.public_id))
        own = _own_rows(desk_type, entries)
        files[file_of(desk_type)] = _text(
            [_row(obj) for entry in entries for obj in (entry, *own[entry.pk])]
        )
    revisions = WorkingCopy.objects.values_list("revision__document", flat=True)
    checks = Record(0).checks(map(json.loads, revisions))
    newest = sorted(
        checks.values(), key=lambda check: (by_number(check.public_id), by_number(check.citation))
    )
    return files | {CHECKS: _text([_row(check) for check in newest])}


def file_of(desk_type: DeskType) -> str:
    """Name of the file of the type's room."""
    return f"{desk_type.model._meta.app_label}.json"


def _entries(desk_type: DeskType) -> Any:
    model: Any = desk_type.model
    return model.objects.all()


def _models(desk_type: DeskType) -> list[type[models.Model]]:
    """The entry's model and those of its rows: parts first, then what stands beside them."""
    relations = desk_type.model._meta.related_objects
    rows = [relation.related_model for relation in relations if relation.field.name == "entry"]
    in_order = list(apps.get_app_config(desk_type.model._meta.app_label).get_models())
    rows.sort(key=lambda model: (not issubclass(model, Part), in_order.index(model)))
    return [desk_type.model, *rows]


def _own_rows(desk_type: DeskType, entries: list[Entry]) -> dict[Any, list[models.Model]]:
    """Of each entry by its key, in the order in which they are written. One query a model."""
    rows: dict[Any, list[models.Model]] = {entry.pk: [] for entry in entries}
    known = {entry.pk: entry for entry in entries}
    for model in _models(desk_type)[1:]:
        row: Any
        for row in model._default_manager.all():
            if row.entry_id in known:
                row.entry = known[row.entry_id]
                rows[row.entry_id].append(row)
    return rows


# Reading ------------------------------------------------------------------------------------


def _rows(file: Path, allowed: list[type[models.Model]]) -> list[Row]:
    """The rows of one file; none where a room has no file."""
    if not file.exists():
        return []
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"{file.name} cannot be read: {error}") from error
    labels = {model._meta.label_lower for model in allowed}
    for row in rows if isinstance(rows, list) else [rows]:
        if not isinstance(row, dict) or set(row) != {"model", "fields"}:
            raise Refused(f"{file.name}: each row has “model” and “fields”, and nothing else.")
        if row["model"] not in labels:
            raise Refused(f"{file.name} holds {row['model']!r}, which has no place in it.")
    return list(rows)


def _load(file: str, rows: list[Row], progress: Progress | None) -> None:
    """Save the rows; those that name a row further down wait for it."""
    pending, done = rows, 0
    while pending:
        waiting, missing = [], []
        for row in pending:
            try:
                _save(file, row)
            except _NotYet as error:
                waiting.append(row)
                missing.append(f"{file}: {_named(row)} names what is not there: {error}")
                continue
            done += 1
            if progress:
                progress(file, done, len(rows))
        if len(waiting) == len(pending):
            raise Refused(missing)
        pending = waiting


def _save(file: str, row: Row) -> None:
    try:
        [found] = serializers.deserialize("python", [row])
        found.object.full_clean()
        found.object.save()
        for name, values in (found.m2m_data or {}).items():
            getattr(found.object, name).set(values)
    except DeserializationError as error:
        cause = error.__context__
        if isinstance(cause, M2MDeserializationError):
            cause = cause.original_exc
        if isinstance(cause, ObjectDoesNotExist):
            raise _NotYet(str(error)) from error
        raise Refused(f"{file}: {_named(row)}: {error}") from error
    except ValidationError as error:
        raise Refused(
            [f"{file}: {_named(row)}: {problem}" for problem in _problems(error)]
        ) from error
    except (FieldDoesNotExist, ObjectDoesNotExist, LookupError, TypeError, ValueError) as error:
        raise Refused(f"{file}: {_named(row)}: {error}") from error


def _problems(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    return [
        message if name == NON_FIELD_ERRORS else f"{name}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _named(row: Row) -> str:
    """The row as its reader would find it in the file: events.quantity E5/p3."""
    fields = row["fields"]
    owner = fields.get("public_id") or "/".join(map(str, fields.get("entry") or ()))
    key = fields.get("key")
    return f"{row['model']} {owner}" + (f"/{key}" if key else "")


# Writing ------------------------------------------------------------------------------------


def _row(obj: models.Model) -> Row:
    rows: Any = serializers.serialize(
        "python", [obj], use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    [row] = rows
    fields = {}
    for name, value in row["fields"].items():
        field: Any = obj._meta.get_field(name)
        if name in NEVER_WRITTEN:
            continue
        if field.many_to_many:
            if value:
                fields[name] = sorted(value, key=lambda key: by_number(key[0]))
        elif getattr(obj, field.attname) != field.get_default():
            fields[name] = value
    return {"model": row["model"], "fields": fields}


def _text(rows: list[Row]) -> str:
    """JSON, indented by two, one line for each field."""
    return "[\n" + ",\n".join(map(_object, rows)) + "\n]\n" if rows else "[]\n"


def _object(row: Row) -> str:
    fields = ",\n".join(
        f"      {_json(name)}: {_json(value)}" for name, value in row["fields"].items()
    )
    return f'  {{\n    "model": {_json(row["model"])},\n    "fields": {{\n{fields}\n    }}\n  }}'


def _json(value: Any) -> str:
    # Sorted, since PostgreSQL keeps JSON columns in an order of its own.
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
