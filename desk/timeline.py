"""The history of an entry and of its rows in one line: who changed what, when and why.

Read from simple-history's tables: a query a table, whatever their length.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from simple_history.utils import get_m2m_reverse_field_name

from chronicle.dates import PartialDate
from desk.bases import Part, Tracked
from desk.models import Revision
from desk.naming import in_words
from record.date_words import date_in_words

# Rows of one save are written within milliseconds.
SAME_SAVE = datetime.timedelta(seconds=2)
UNSEEN = {"id", "entry", "public_id", "key"}
VERBS = {"+": "added", "~": "changed", "-": "removed"}


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """What happened to one row; ``what`` is empty for the entry's own fields."""

    what: str
    verb: str
    fields: list[FieldChange]


@dataclass
class Save:
    """What one person changed at one time, for one reason."""

    at: datetime.datetime
    by: str
    reason: str
    changes: list[RowChange] = field(default_factory=list)
    revision: Revision | None = None


@dataclass(frozen=True)
class _Step:
    """One history row with the one before it."""

    row: Any
    before: Any
    model: type[models.Model]


def timeline(entry: Any) -> list[Save]:
    """Saves of an entry, newest first.

    Queries: one a table of the entry, one a field of several entries, one a type of what they
    name, one for the revisions.
    """
    steps = [step for model in tables_of(type(entry)) for step in _steps(model, entry)]
    several = _several(type(entry), steps)
    values = _Values(steps, several)
    events: list[tuple[datetime.datetime, int, Any]] = [
        (step.row.history_date, 0, step) for step in steps
    ]
    revisions = Revision.objects.filter(public_id=entry.public_id).select_related("saved_by")
    events += [(revision.saved_at, 1, revision) for revision in revisions]
    saves: list[Save] = []
    last = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    for at, _, event in sorted(events, key=lambda item: item[:2]):
        by, reason = _attribution(event)
        save = saves[-1] if saves else None
        if (
            save is None
            or (save.by, save.reason) != (by, reason)
            or save.revision is not None
            or at - last > SAME_SAVE
        ):
            save = Save(at, by, reason)
            saves.append(save)
        if isinstance(event, Revision):
            save.revision = event
        else:
            save.changes += values.change(event)
        last = at
    return [save for save in reversed(saves) if save.changes or save.revision]


def _attribution(event: Any) -> tuple[str, str]:
    if isinstance(event, Revision):
        return str(event.saved_by or ""), event.reason
    return str(event.row.history_user or ""), event.row.history_change_reason or ""


def tables_of(model: Any) -> list[Any]:
    """The entry's model and those of its rows."""
    return [model] + [
        relation.related_model
        for relation in model._meta.related_objects
        if relation.field.name == "entry" and issubclass(relation.related_model, Tracked)
    ]


def _steps(model: Any, entry: Any) -> Iterator[_Step]:
    own = {"id": entry.pk} if model is type(entry) else {"entry_id": entry.pk}
    before: dict[int, Any] = {}
    rows = model.history.filter(**own).select_related("history_user")
    for row in rows.order_by("history_date", "history_id"):
        yield _Step(row, before.get(row.id), model)
        before[row.id] = row


def _several(model: Any, steps: list[_Step]) -> dict[tuple[str, int], set[int]]:
    """Primary keys of what the entry's many-to-many fields held, by field and history row."""
    held: dict[tuple[str, int], set[int]] = defaultdict(set)
    ids = [step.row.history_id for step in steps if step.model is model]
    for name in model._history_m2m_fields:
        target = f"{get_m2m_reverse_field_name(model._meta.get_field(name))}_id"
        rows = getattr(model.history.model, name).model.objects.filter(history_id__in=ids)
        for history_id, pk in rows.values_list("history_id", target):
            held[name, history_id].add(pk)
    return held


class _Values:
    """Puts into words what history rows hold."""

    def __init__(self, steps: list[_Step], several: dict[tuple[str, int], set[int]]) -> None:
        self.several = several
        wanted: dict[Any, set[int]] = defaultdict(set)
        for step in steps:
            for each in _single_references(step.model):
                wanted[each.related_model].add(getattr(step.row, each.attname))
            for each in _many_references(step.model):
                wanted[each.related_model] |= several[each.name, step.row.history_id]
        self.names = {model: _names(model, pks - {None}) for model, pks in wanted.items()}

    def change(self, step: _Step) -> Iterator[RowChange]:
        """What this step changed; nothing for a row saved as it was."""
        sign = step.row.history_type
        old = step.before if sign == "~" else None
        changes = []
        for each in _seen(step.model):
            before = self._text(each, old) if old is not None else ""
            after = self._text(each, step.row)
            if before != after and (old is not None or each.name != "position"):
                changes.append(FieldChange(str(each.verbose_name), before, after))
        if sign == "-":
            changes = [FieldChange(change.label, change.after, "") for change in changes]
        if changes or sign != "~":
            yield RowChange(_row_name(step), VERBS[sign], changes)

    def _text(self, each: Any, row: Any) -> str:
        if isinstance(each, models.ManyToManyField):
            names = self.names[each.related_model]
            pks = self.several[each.name, row.history_id]
            return ", ".join(sorted(names.get(pk, f"deleted ({pk})") for pk in pks))
        value = getattr(row, each.attname)
        if value is None or value == "":
            return ""
        if isinstance(each, models.ForeignKey):
            return self.names[each.related_model].get(value, f"deleted ({value})")
        if isinstance(value, PartialDate):
            return date_in_words(asdict(value))
        if isinstance(value, Decimal):
            return f"{value.normalize():f}" if value else "0"
        choices = dict(each.flatchoices)
        return str(choices.get(value, value)) if choices else in_words(value)


def _single_references(model: Any) -> list[Any]:
    return [each for each in _seen(model) if isinstance(each, models.ForeignKey)]


def _many_references(model: Any) -> list[Any]:
    return [each for each in _seen(model) if isinstance(each, models.ManyToManyField)]


def _seen(model: Any) -> list[Any]:
    """Fields that an editor knows: days that follow from a date are none."""
    own = [each for each in model._meta.concrete_fields if each.editable]
    many = [model._meta.get_field(name) for name in getattr(model, "_history_m2m_fields", [])]
    return [each for each in own + many if each.name not in UNSEEN]


def _names(model: Any, pks: set[int]) -> dict[int, str]:
    found = model._default_manager.filter(pk__in=pks)
    if issubclass(model, Part):
        found = found.select_related(*model.named_by)
    return {each.pk: str(each) for each in found}


def _row_name(step: _Step) -> str:
    """As documents call it: the list and the key; empty for the entry itself."""
    row, model = step.row, step.model
    if hasattr(model, "letter"):
        return ""
    rows = model._meta.get_field("entry").remote_field.related_name  # type: ignore[union-attr]
    own = getattr(row, "key", "") or getattr(row, "claim", "") or getattr(row, "scheme", "")
    return f"{rows} {own}".strip()
