"""What can still be changed of a submission: the entries in it, and how it is described."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from desk import notices
from desk.contents import contents_of
from desk.models import Submission, SubmissionItem, SubmissionState
from desk.moves import hold
from desk.refusals import Refused
from desk.submissions import (
    EDITORIAL,
    add_items,
    check_reviewer,
    checked_reason,
    one_line,
)
from record.canonical import canonical, digest
from record.models import Change


def add_entries(submission: Submission, public_ids: Iterable[str], *, by: Any) -> None:
    """Take entries in, with their newest revisions; those that are in it stay as they are.

    ``Refused`` where it asks for withdrawals or a merger, or is a correction, which is of what
    it was begun with.
    """
    with transaction.atomic():
        held = hold(submission, "gather", by=by)
        if not takes_entries(held):
            raise Refused(f"{held} takes no other entries; begin another submission for them.")
        present = set(held.items.values_list("public_id", flat=True))
        wanted = set(public_ids) - present
        if present and not wanted:
            raise Refused(f"All of these are in {held} already.")
        add_items(held, contents_of(wanted, Change(held.change)))


def takes_entries(submission: Submission) -> bool:
    """Whether it is of a kind that entries are gathered in."""
    return not submission.is_correction and submission.change in EDITORIAL


def remove_entries(submission: Submission, public_ids: Iterable[str], *, by: Any) -> None:
    """Take entries out; they are free for another submission. Notes on them stay."""
    with transaction.atomic():
        held = hold(submission, "gather", by=by)
        if held.change == Change.MERGE:
            raise Refused("A merger goes as a whole; take it back instead.")
        held.items.filter(public_id__in=list(public_ids)).delete()


def describe(
    submission: Submission,
    *,
    by: Any,
    title: str,
    reason: str,
    change: Change,
    reviewer: Any,
    due_on: date | None,
    seen: str | None = None,
) -> Submission:
    """Give the submission another title, reason, kind of change, reviewer or day.

    Whoever changes the reason or the kind becomes an author of it: both are published.
    ``Refused`` where it does not stand as the form showed it (``seen``, of ``description_of``).
    """
    with transaction.atomic():
        held = hold(submission, "describe", by=by)
        if seen is not None and seen != description_of(held):
            raise Refused(
                "Somebody has described it anew since you opened this form. "
                f"It says now: {_in_words(held)} Save again to put what you typed in its place."
            )
        if change != held.change and not {change, held.change} <= set(EDITORIAL):
            raise Refused(f"A {held.change} cannot become a {change}.")
        check_reviewer(reviewer)
        reason = checked_reason(reason)
        if (reason, change) != (held.reason, held.change):
            held.worded_by.add(by)
        if change != held.change:
            SubmissionItem.objects.filter(submission=held, change=held.change).update(change=change)
        is_assigned = reviewer is not None and reviewer.pk != held.reviewer_id
        Submission.objects.filter(pk=held.pk).update(
            title=one_line(title), reason=reason, change=change, reviewer=reviewer, due_on=due_on
        )
        submission.refresh_from_db()
        if is_assigned and held.state != SubmissionState.DRAFT:
            notices.assigned(submission, by=by)
    return submission


def description_of(submission: Submission) -> str:
    """Digest of what ``describe`` changes."""
    told = [submission.title, submission.reason, submission.change]
    told += [str(submission.reviewer_id), str(submission.due_on)]
    return digest(canonical(told))


def _in_words(submission: Submission) -> str:
    due = f"{submission.due_on.day} {submission.due_on:%B %Y}" if submission.due_on else "no day"
    return (
        f"title “{submission.title}”; reason “{submission.reason}”; "
        f"{submission.get_change_display().lower()}; "
        f"reviewer {submission.reviewer or 'nobody'}; due on {due}."
    )
