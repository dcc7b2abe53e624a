"""What an import made or changed, in one draft of a submission."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from desk.findings import find_everything, refresh_findings
from desk.integrity import integrity_checks
from desk.models import Submission, SubmissionItem, WorkingCopy
from desk.standing import ids_needed
from desk.submissions import submit
from exchange.datasets.entries import DatasetMapping
from exchange.models import ImportedRow
from record.statements import Among

IDS = 1000  # of a statement
FEW = 500  # entries that are looked over by themselves; for more, the whole desk
MANY = 50_000  # names of more take a gigabyte to compare: left to ``manage.py check_chronicle``


def gather(mapping: DatasetMapping, *, by: Any, reason: str, title: str) -> Submission | None:
    """Everything that waits since this import or one that was interrupted, with what it refers to
    and is not published. ``None`` where nothing waits, or all of it stands in other submissions.

    One transaction. Queries grow with the thousands of entries.
    """
    waiting = ImportedRow.objects.filter(
        type=mapping.row.desk_type.name, scheme=mapping.row.scheme, waits=True
    )
    with transaction.atomic():
        # Rows that another import changes from here on go on waiting.
        held = waiting.select_for_update().order_by("pk").values_list("pk", "public_id")
        own = dict(held)
        if not own:
            return None
        for pks in _batches(list(own)):
            ImportedRow.objects.filter(Among(F("pk"), pks)).update(waits=False)
        needed = ids_needed(own.values())
        _look_over([*own.values(), *needed])
        ready = [
            public_id for batch in _batches([*own.values(), *needed]) for public_id in _ready(batch)
        ]
        if not ready:
            return None
        return submit(ready, by=by, reason=reason, title=title, as_draft=True)


def _ready(public_ids: Sequence[str]) -> list[str]:
    """Those that differ from the record and stand in no submission. Two queries."""
    changed = WorkingCopy.objects.filter(Among(F("public_id"), public_ids), changed=True)
    taken = set(
        SubmissionItem.objects.filter(
            Among(F("public_id"), public_ids), is_open=True, is_correction=False
        ).values_list("public_id", flat=True)
    )
    return [each for each in changed.values_list("public_id", flat=True) if each not in taken]


def _look_over(public_ids: Sequence[str]) -> None:
    """With the integrity checks, unless they are too many."""
    if len(public_ids) <= FEW:
        refresh_findings(public_ids)
    elif len(public_ids) <= MANY:
        for check in integrity_checks():
            find_everything(check)


def _batches(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(ids), IDS):
        yield ids[start : start + IDS]
