"""The desk's working tables, filled with what the record holds: rows, their history, reviews.

Rows are written in bulk, as no editor would; what follows from them, revisions and working copies,
is there since the record was filled (``bench.generate``).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

import orjson
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone
from rest_framework import serializers

from chronicle.dates import PartialDate
from chronicle.fields import DayField, PartialDateField
from desk.documents import References
from desk.models import Counter, Revision, WorkingCopy
from desk.roles import EDITOR
from desk.submissions import submit
from desk.types import DeskType, desk_type, desk_types
from record.canonical import canonical, digest
from record.models import Version
from record.types import Document

BATCH = 2000
REVISIONS = 100  # of one event
REVIEWED = 50  # entries of one submission
Say = Callable[[str], None]


def fill_desk(*, say: Say) -> User:
    """Fill the desk's tables, unless they are; returns an editor who works there."""
    with transaction.atomic():
        editor, is_new = User.objects.get_or_create(username="desk-editor", is_staff=True)
        if not is_new:
            return editor
        editor.groups.add(Group.objects.get(name=EDITOR))
        for each in desk_types():
            _fill(each, by=editor)
            say(f"The desk has its {each.model._meta.verbose_name_plural}.")
        others = User.objects.get(username="editor")
        _revise_often(by=others)
        _submit(by=others)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
    return editor


def _fill(of: DeskType, *, by: User) -> None:
    """All entries of one type with their rows. Primary keys are the numbers of public ids."""
    model: Any = of.model
    fields = of.declaration().fields
    lists = [n for n, field in fields.items() if isinstance(field, serializers.ListSerializer)]
    many = [n for n, field in fields.items() if isinstance(field, References)]
    for batch in _batches(_documents(of.name)):
        _insert(
            model,
            [doc | {"pk": _pk(doc["id"]), "public_id": doc["id"]} for doc in batch],
        )
        for name in lists:
            rows_model = getattr(model, name).rel.related_model
            rows = [
                row
                | (row.get("locator") or {})
                | (row.get("selector") or {})
                | {"entry": document["id"], "position": position}
                for document in batch
                for position, row in enumerate(document[name])
            ]
            _insert(rows_model, rows)
        for name in many:
            _relate(getattr(model, name).field, batch, name)
    for each in (model, *(getattr(model, name).rel.related_model for name in lists)):
        _remember(each, by=by)
    newest = model.objects.aggregate(Max("pk"))["pk__max"] or 0
    Counter.objects.create(name=model.letter, value=newest)


def _documents(type_name: str) -> Iterator[Document]:
    """What stands in the record, in the order in which it came there."""
    standing = Version.objects.filter(type=type_name, superseded_in=None).order_by("pk")
    for text in standing.values_list("document", flat=True).iterator(chunk_size=BATCH):
        yield orjson.loads(text)


def _insert(model: Any, rows: list[Document]) -> None:
    """Rows with those of the values given that they have a column for; without their models.

    Days are taken from the documents: to read a date anew takes 10 ms.
    """
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key or (rows and "pk" in rows[0])
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})",
            [[_value(field, row) for field in fields] for row in rows],
        )


def _value(field: Any, row: Document) -> Any:
    """What the database is given for this column."""
    if field.primary_key:
        return row["pk"]
    if isinstance(field, DayField):
        day = (row[field.of] or {}).get(field.end)  # dates of this world have no open ends
        return day and date.fromisoformat(day).toordinal()
    value = row.get(field.name)
    if field.is_relation:
        return _pk(value) if isinstance(value, str) else value
    if isinstance(field, PartialDateField):
        value = value and PartialDate(value["edtf"])
    elif value is None and not field.null:
        value = field.get_default()
    return field.get_db_prep_value(value, connection)


def _remember(model: Any, *, by: User) -> None:
    """Give every row the history of having been made: by the database, as there are many."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model.history.model._meta.db_table)} ({columns}, history_date,"
            " history_change_reason, history_type, history_user_id)"
            f" SELECT {columns}, %s, 'Made up.', '+', %s FROM {quote(model._meta.db_table)}",
            [timezone.now(), by.pk],
        )


def _relate(field: Any, batch: Iterable[Document], name: str) -> None:
    through = field.remote_field.through
    source, target = field.m2m_column_name(), field.m2m_reverse_name()
    through.objects.bulk_create(
        through(**{source: _pk(document["id"]), target: _pk(public_id)})
        for document in batch
        for public_id in document[name]
    )


def _revise_often(*, by: User) -> None:
    """An event that has been saved again and again, under another title each time."""
    event: Any = desk_type("event").model
    entry = event.objects.get(pk=1)
    copy = WorkingCopy.objects.select_related("revision").get(public_id=entry.public_id)
    document = orjson.loads(copy.revision.document)
    revisions = []
    for number in range(1, REVISIONS + 1):
        entry.title = document["title"] = f"Title {number}"
        text = canonical(document)
        revisions.append(
            Revision(
                public_id=entry.public_id,
                type="event",
                number=copy.revision.number + number,
                schema=copy.revision.schema,
                document=text,
                checksum=digest(text),
                saved_at=timezone.now(),
                saved_by=by,
                reason="Another title.",
            )
        )
        event.history.bulk_history_create(
            [entry], update=True, default_user=by, default_change_reason="Another title."
        )
    entry.save()
    made = Revision.objects.bulk_create(revisions)
    WorkingCopy.objects.filter(pk=copy.pk).update(revision=made[-1], changed=True)


def _submit(*, by: User) -> None:
    """Events with a new revision each, up for review; the working copies of more have changed."""
    changed = WorkingCopy.objects.filter(type="event", changed=False).select_related("revision")
    copies = list(changed.order_by("public_id")[: REVIEWED * 20])
    revisions = []
    for copy in copies:
        document = orjson.loads(copy.revision.document)
        text = canonical(document | {"summary": document["summary"] + " And more."})
        revisions.append(
            Revision(
                public_id=copy.public_id,
                type=copy.type,
                number=copy.revision.number + 1,
                schema=copy.revision.schema,
                document=text,
                checksum=digest(text),
                saved_at=timezone.now(),
                saved_by=by,
                reason="More of it.",
            )
        )
    for copy, revision in zip(copies, Revision.objects.bulk_create(revisions), strict=True):
        copy.revision, copy.changed = revision, True
    WorkingCopy.objects.bulk_update(copies, ["revision", "changed"], batch_size=BATCH)
    WorkingCopy.objects.filter(pk__in=[copy.pk for copy in copies[-20:]]).update(gaps=F("gaps") + 1)
    for start in range(0, len(copies) // 2, REVIEWED):
        ids = [copy.public_id for copy in copies[start : start + REVIEWED]]
        submit(ids, by=by, reason="More of them.")


def _batches(documents: Iterator[Document]) -> Iterator[list[Document]]:
    while batch := list(islice(documents, BATCH)):
        yield batch


def _pk(public_id: str) -> int:
    return int(public_id[1:])
