"""Submissions: revisions put up for review together, and their approval."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from desk import notices
from desk.authors import authors_of
from desk.bases import normalised
from desk.contents import Content, contents_of, undecided
from desk.models import Revision, Submission, SubmissionItem, SubmissionState, WorkingCopy
from desk.moves import move
from desk.notes import write_note
from desk.refusals import Refused
from desk.roles import may, require
from desk.texts import checked_text
from record.canonical import canonical, digest
from record.models import Change
from record.statements import insert
from record.types import Document

OF_ITEMS = ("submission", "public_id", "type", "revision", "change", "is_open", "is_correction")
# What kind of change an editor can say that a new version of a published entry is.
EDITORIAL = (Change.CORRECTION, Change.CLARIFICATION, Change.NEW_EVIDENCE)


def submit(
    public_ids: Iterable[str],
    *,
    by: Any,
    reason: str,
    change: Change = Change.CORRECTION,
    title: str = "",
    reviewer: Any = None,
    due_on: date | None = None,
    as_draft: bool = False,
) -> Submission:
    """Put the newest revisions of these entries up for review, or into a draft of a submission.

    ``change`` is the kind of change of entries that have been published before, withdrawn ones
    among them, which can come back as they were; the others are new. ``Refused`` where an entry
    has nothing to publish or stands in another submission.
    """
    require(by, "submit_entry")
    if change not in EDITORIAL:
        raise Refused(f"Entries are not submitted as a {change}.")
    with transaction.atomic():
        return open_submission(
            contents_of(public_ids, change),
            by=by,
            reason=reason,
            title=title,
            change=change,
            reviewer=reviewer,
            due_on=due_on,
            state=SubmissionState.DRAFT if as_draft else SubmissionState.SUBMITTED,
        )


def open_submission(
    contents: Iterable[tuple[Revision | Content, Change]],
    *,
    by: Any,
    reason: str,
    title: str = "",
    change: Change | None = None,
    reviewer: Any = None,
    due_on: date | None = None,
    state: SubmissionState = SubmissionState.SUBMITTED,
    is_correction: bool = False,
) -> Submission:
    """Make a submission of these revisions, submitted or a draft; ``by`` is an author of it.

    ``change`` left out is that of the entries. ``Refused`` without a reason, and where an entry
    is already in a submission.
    """
    contents = list(contents)
    reason = checked_reason(reason)
    check_reviewer(reviewer)
    with transaction.atomic():
        submission = Submission.objects.create(
            title=one_line(title),
            reason=reason,
            change=change or _change_of(contents),
            state=state,
            created_by=by,
            reviewer=reviewer,
            due_on=due_on,
            is_correction=is_correction,
        )
        submission.worded_by.add(by)
        add_items(submission, contents)
        if state == SubmissionState.SUBMITTED:
            notices.submitted(submission, by=by, authors=authors_of(submission))
    return submission


def add_items(
    submission: Submission, contents: Iterable[tuple[Revision | Content, Change]]
) -> None:
    """``Refused``, with nothing added, where an entry is in an open submission already."""
    # In one order, so that two submissions of the same entries do not wait for one another.
    contents = sorted(contents, key=lambda content: content[0].public_id)
    try:
        with transaction.atomic():
            insert(
                SubmissionItem,
                OF_ITEMS,
                (
                    (
                        submission.pk,
                        revision.public_id,
                        revision.type,
                        revision.pk,
                        str(change),
                        True,
                        submission.is_correction,
                    )
                    for revision, change in contents
                ),
            )
    except IntegrityError as error:
        taken = SubmissionItem.objects.filter(
            is_open=True, is_correction=submission.is_correction
        ).exclude(submission=submission)
        ids = {revision.public_id for revision, _ in contents}
        raise Refused(
            [
                f"{item.public_id} is already in submission {item.submission_id}."
                for item in taken
                if item.public_id in ids
            ]
            or ["One of these entries is already in a submission."]
        ) from error


def submit_draft(submission: Submission, *, by: Any) -> Submission:
    """Put a draft up for review, with the newest revisions of its entries.

    ``Refused`` where it holds none, or one that has nothing to publish by now.
    """
    with transaction.atomic():
        move(submission, "submit", by=by)
        contents_of(_own_contents(submission).values_list("public_id", flat=True), Change.NEW)
        _take_newest(submission)
        notices.submitted(submission, by=by, authors=authors_of(submission))
    return submission


def request_changes(submission: Submission, *, by: Any, text: str) -> Submission:
    """Send it back to who made it, with a note that says what has to change."""
    with transaction.atomic():
        write_note(submission, "request_changes", by=by, text=text)
        move(submission, "request_changes", by=by)
        notices.changes_requested(submission, by=by)
    return submission


def resubmit(submission: Submission, *, by: Any) -> Submission:
    """Take the newest revisions into the submission; an approval given before is void.

    Withdrawals, redactions and corrections stay as they are, since they say nothing of the working
    copy; for mergers see ``desk.merging.resubmit_merger``.
    """
    with transaction.atomic():
        move(submission, "resubmit", by=by)
        if not submission.items.exists():
            raise Refused("Add at least one entry: there is nothing to review in it.")
        _take_newest(submission)
        notices.submitted(submission, by=by, authors=authors_of(submission))
    return submission


def _own_contents(submission: Submission) -> Any:
    """The entries whose working copies it puts up for review."""
    return submission.items.filter(change__in=(Change.NEW, *EDITORIAL), is_correction=False)


def _take_newest(submission: Submission) -> None:
    """``Refused`` while it is undecided what a published correction leaves of an entry."""
    copies = WorkingCopy.objects.filter(public_id__in=_own_contents(submission).values("public_id"))
    if problems := undecided(copies.exclude(conflicts=[])):
        raise Refused(problems)
    newest = WorkingCopy.objects.filter(public_id=OuterRef("public_id"))
    _own_contents(submission).update(revision=Subquery(newest.values("revision")))


def retract(submission: Submission, *, by: Any) -> Submission:
    """Take an unpublished submission back; its entries are free for another one.

    ``Refused`` to others than who made it and those who may approve.
    """
    with transaction.atomic():
        move(submission, "retract", by=by)
        submission.items.update(is_open=False)
    return submission


def approve(submission: Submission, *, by: Any, checksum: str) -> Submission:
    """Approve exactly what ``checksum`` (from ``submission_checksum``) was computed over.

    ``Refused`` where the revisions have moved, or where four eyes are asked for and ``by`` made
    changes in it since the last published version, or wrote its reason.
    """
    require(by, "approve_submission")
    with transaction.atomic():
        # Locked, so that nothing moves between what is looked at and what is approved.
        shown = Submission.objects.select_for_update().get(pk=submission.pk)
        if submission_checksum(shown) != checksum:
            raise Refused("The submission has changed since it was shown; look at it again.")
        if settings.FOUR_EYES and by.pk in authors_of(shown):
            raise Refused("You made changes in this submission; somebody else has to approve it.")
        move(
            submission,
            "approve",
            by=by,
            approved_by=by,
            approved_at=timezone.now(),
            approved_checksum=checksum,
        )
        notices.approved(submission, by=by)
    return submission


def submission_checksum(submission: Submission) -> str:
    """Digest of everything that publishing it would write, or take away. One query.

    One more for a redaction.
    """
    items = SubmissionItem.objects.filter(submission=submission).order_by("public_id")
    rows = items.values_list("public_id", "change", "revision__checksum")
    told: Document = {"reason": submission.reason, "items": [list(row) for row in rows]}
    if any(change == Change.REDACTION for _, change, _ in rows):
        redacted = items.filter(change=Change.REDACTION).order_by("public_id", "redacts__edition")
        told["redacts"] = [
            list(row) for row in redacted.values_list("public_id", "redacts__edition")
        ]
    return digest(canonical(told))


def one_line(text: str) -> str:
    """A title is a line of a list and of a letter."""
    return checked_text(normalised(" ".join(text.split())))


def checked_reason(text: str) -> str:
    reason = normalised(text)
    if not reason:
        raise Refused("Say why: a submission needs a reason.")
    return checked_text(reason)


def check_reviewer(reviewer: Any) -> None:
    """``Refused`` for somebody who could not approve it."""
    if reviewer is not None and not may(reviewer, "approve_submission"):
        raise Refused(f"{reviewer} may not approve submissions, so they cannot review this one.")


def _change_of(contents: list[tuple[Revision | Content, Change]]) -> Change:
    """What is not new tells the kind: withdrawals and mergers come alone."""
    return next((change for _, change in contents if change != Change.NEW), Change.CORRECTION)
