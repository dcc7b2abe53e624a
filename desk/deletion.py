"""Deleting entries: only what has never been published, whichever way it is asked for.

Django sends its signals for an instance, for a queryset and for a cascade alike.
"""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, pre_delete

from desk.models import Finding, FindingEntry, SubmissionItem, WorkingCopy
from desk.refusals import Refused
from record.models import Change, State, Version


def guard(model: type[models.Model]) -> None:
    """From now on, refuse to delete an entry of this model that cannot go."""
    pre_delete.connect(_refuse, sender=model, dispatch_uid=f"desk.deletion.{model.__name__}.pre")
    post_delete.connect(_forget, sender=model, dispatch_uid=f"desk.deletion.{model.__name__}.post")


def deletion_problem(public_id: str) -> str | None:
    """Why this entry cannot be deleted, or ``None``. Three queries at most.

    What was published stays at the desk, unless it was redacted as a whole.
    """
    published = Version.objects.filter(public_id=public_id)
    redacted = published.filter(superseded_in=None, change=Change.REDACTION)
    if published.exists() and not redacted.exclude(state=State.PUBLISHED).exists():
        return f"{public_id} has been published, so it is not deleted. Withdraw it instead."
    item = SubmissionItem.objects.filter(public_id=public_id, is_open=True).first()
    if item is not None:
        return f"{public_id} is in submission {item.submission_id}. Take that back first."
    return None


def _refuse(instance: Any, **_: Any) -> None:
    # Locked, as by whoever submits it: only one of the two can go on.
    WorkingCopy.objects.select_for_update().filter(public_id=instance.public_id).first()
    problem = deletion_problem(instance.public_id)
    if problem:
        raise Refused(problem)


def _forget(instance: Any, **_: Any) -> None:
    """There is no working copy any more; its revisions stay."""
    WorkingCopy.objects.filter(public_id=instance.public_id).delete()
    about = FindingEntry.objects.filter(public_id=instance.public_id).values("finding")
    Finding.objects.filter(pk__in=about).delete()
