"""What an import made or changed, in one draft of a submission."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F

from desk.findings import find_everything, refresh_findings
from desk.gathering import add_entries
from desk.integrity import integrity_checks
from desk.models import Submission, SubmissionItem, SubmissionState, WorkingCopy
from desk.standing import ids_needed
from desk.submissions import EDITORIAL, submit
from exchange.datasets.entries import DatasetMapping
from exchange.models import ImportedRow
from record.statements import Among

IDS = 1000  # of a statement
FEW = 500  # entries that are looked over by themselves; for more, the whole desk
MANY = 50_000  # names of more take a gigabyte to compare: left to ``manage.py check_chronicle``


class Gathered(NamedTuple):
    """``elsewhere``: how many of what was changed, or is referred to, stand in which other
    submission."""

    submission: Submission | None = None
    elsewhere: Mapping[int, int] = {}


def gather(mapping: DatasetMapping, *, by: Any, reason: str, title: str) -> Gathered:
    """Everything that waits since this import or one that was interrupted, with what it refers to
    and is not published: in the draft of an import of theirs that holds some of it, or a new one.

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
            return Gathered()
        for pks in _batches(list(own)):
            ImportedRow.objects.filter(Among(F("pk"), pks)).update(waits=False)
        needed = ids_needed(own.values())
        _look_over([*own.values(), *needed])
        differing = [each for batch in _batches([*own.values(), *needed]) for each in _of(batch)]
        standing = {public_id: number for public_id, number in differing if number}
        ready = [public_id for public_id, number in differing if not number]
        draft = _draft_among({*standing.values()}, by=by)
        if draft is None and ready:
            draft = submit(ready, by=by, reason=reason, title=title, as_draft=True)
        elif draft is not None and ready:
            add_entries(draft, ready, by=by)
        elsewhere = Counter(standing.values())
        if draft is not None:
            elsewhere.pop(draft.pk, None)
        return Gathered(draft, elsewhere)


def _of(public_ids: Sequence[str]) -> Iterator[tuple[str, int | None]]:
    """Those that differ from the record, with the open submission that holds them. Two queries."""
    changed = WorkingCopy.objects.filter(Among(F("public_id"), public_ids), changed=True)
    items = SubmissionItem.objects.filter(
        Among(F("public_id"), public_ids), is_open=True, is_correction=False
    )
    holding = dict(items.values_list("public_id", "submission_id"))
    for public_id in changed.values_list("public_id", flat=True):
        yield public_id, holding.get(public_id)


def _draft_among(numbers: Collection[int], *, by: Any) -> Submission | None:
    """The newest that is a draft of theirs with rows of a dataset. Drafts take what their entries
    say by then when they are submitted."""
    drafts = Submission.objects.filter(
        pk__in=numbers, state=SubmissionState.DRAFT, created_by=by, change__in=EDITORIAL
    )
    imported = drafts.filter(items__public_id__in=ImportedRow.objects.values("public_id"))
    return imported.order_by("-pk").first() if numbers else None


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
