"""Urgent corrections: of what is published, without what is unfinished in the working copy.

A correction's revisions stand beside the working copy and start from the published one. Once it
is published, `carry_onto` brings the working copy onto it.
"""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from desk import notices
from desk.applying import apply
from desk.authors import authors_of
from desk.bases import Entry
from desk.carrying import Carried, carry
from desk.history import attributed
from desk.models import (
    Revision,
    Submission,
    SubmissionItem,
    SubmissionState,
    WorkingCopy,
)
from desk.moves import MOVES, NOT_APPROVED, move
from desk.naming import document_of
from desk.refusals import Refused
from desk.revisions import add_revision, save_revision
from desk.roles import require
from desk.submissions import EDITORIAL, checked_reason, open_submission
from desk.types import desk_type, entry_with_id
from record.canonical import canonical
from record.models import Change, Edition
from record.types import Document


class Unchanged(Refused):
    """A correction that corrects nothing."""


def open_correction(public_id: str) -> SubmissionItem | None:
    """The correction of the entry that is under way. One query."""
    items = SubmissionItem.objects.filter(public_id=public_id, is_open=True, is_correction=True)
    return items.select_related("submission", "revision__starts_from").first()


def correction_of(copy: WorkingCopy) -> Carried:
    """What a correction starts from: the published document, or the correction under way.

    One that was begun before the entry was published anew is carried onto what is published now.
    ``Refused`` where nothing is published. One query.
    """
    if copy.published is None:
        raise Refused(f"{copy.public_id} is not published, so there is nothing to correct.")
    published = document_of(copy.published)
    item = open_correction(copy.public_id)
    if item is None or item.revision.starts_from is None:
        return Carried(published, [], [], [])
    begun_at, so_far = document_of(item.revision.starts_from), document_of(item.revision)
    return carry(desk_type(copy.type).declaration, begun_at, so_far, published)


def newest_in_correction(copy: WorkingCopy, item: SubmissionItem | None) -> int:
    """Number of the newest revision in what a correction starts from: what its form has seen."""
    revisions = [copy.published, item.revision if item else None]
    return max(revision.number if revision else 0 for revision in revisions)


def save_correction(
    entry: Entry, document: Document, *, by: Any, reason: str, change: Change = Change.CORRECTION
) -> Submission:
    """Put a corrected published document up for review, or renew the correction under way.

    An approval given before is void. ``Refused`` without a change or a reason, and where the
    entry is not published or is to be withdrawn.
    """
    require(by, "submit_entry")
    if change not in EDITORIAL:
        raise Refused(f"Entries are not corrected as a {change}.")
    with transaction.atomic():
        WorkingCopy.objects.select_for_update().filter(public_id=entry.public_id).first()
        copies = WorkingCopy.objects.select_related("revision", "published")
        copy = copies.get(public_id=entry.public_id)
        if copy.published is None:
            raise Refused(f"{copy.public_id} is not published, so there is nothing to correct.")
        start = correction_of(copy).document
        text = canonical(document)
        item = open_correction(copy.public_id)
        renewing = item is not None and item.revision.starts_from_id != copy.published_id
        if document == document_of(copy.published) or (document == start and not renewing):
            raise Unchanged("Nothing has been changed, so there is no correction to review.")
        if to_be_withdrawn([copy.public_id]):
            raise Refused(f"The withdrawal of {copy.public_id} is in review; take it back first.")
        revision = add_revision(
            copy.public_id, copy.type, text, by=by, reason=reason, starts_from=copy.published
        )
        if item is None:
            return open_submission([(revision, change)], by=by, reason=reason, is_correction=True)
        return _renew(item, revision, by=by, reason=reason, change=change)


def _renew(
    item: SubmissionItem, revision: Revision, *, by: Any, reason: str, change: Change
) -> Submission:
    submission = item.submission
    move(submission, "resubmit", by=by, reason=checked_reason(reason), change=change)
    submission.worded_by.add(by)
    SubmissionItem.objects.filter(pk=item.pk).update(revision=revision, change=change)
    notices.submitted(submission, by=by, authors=authors_of(submission))
    return submission


def to_be_withdrawn(public_ids: list[str]) -> bool:
    """Whether somebody has asked for the withdrawal of one of these. One query."""
    return SubmissionItem.objects.filter(
        public_id__in=public_ids, is_open=True, change=Change.WITHDRAWAL
    ).exists()


def check_still_fits(submission: Submission) -> None:
    """``Refused`` where what a correction started from is no longer what is published.

    For transactions that hold the record's counter. Two queries.
    """
    for item in submission.items.select_related("revision"):
        copy = WorkingCopy.objects.get(public_id=item.public_id)
        if copy.published_id != item.revision.starts_from_id:
            raise Refused(
                f"{item.public_id} has been published anew, or withdrawn, since this correction "
                "was begun. Open the correction and save it again; it is carried along."
            )
        if to_be_withdrawn([item.public_id]):
            raise Refused(f"The withdrawal of {item.public_id} is in review; decide on it first.")


def carry_onto(public_id: str, *, before: Revision | None, edition: Edition) -> None:
    """Bring the working copy onto the correction of ``before`` that ``edition`` published.

    Claim by claim, as a revision in nobody's name. Where both changed a claim, what is published
    stands in the working copy, and the other value is kept among its conflicts until somebody
    decides. Where the two do not fit together as a whole, the working copy stays as it is, and
    every claim that the correction changed is a conflict: nothing is lost either way, and an
    entry with conflicts is not submitted. Its open submission goes back to its author.
    """
    copy = WorkingCopy.objects.select_related("revision", "published").get(public_id=public_id)
    entry = entry_with_id(public_id)
    if before is None or copy.published is None or entry is None:
        return
    had_changes = copy.revision.checksum != before.checksum
    carried = carry(
        desk_type(copy.type).declaration,
        document_of(before),
        document_of(copy.revision),
        document_of(copy.published),
    )
    undecided = carried.conflicts
    reason = f"Carried onto the correction in edition {edition.number}."
    try:
        with transaction.atomic(), attributed(by=None, reason=reason):
            apply(carried.document, entry)
            save_revision(entry, by=None, reason=reason)
    except Refused:
        undecided = [*carried.conflicts, *carried.taken]
    copy.refresh_from_db()
    copy.conflicts += [asdict(each) | {"edition": edition.number} for each in undecided]
    copy.save(update_fields=["conflicts"])
    if had_changes:
        _give_back(public_id, edition.number)


def _give_back(public_id: str, edition: int) -> None:
    """What was submitted of the entry is no longer what a reviewer would publish."""
    items = SubmissionItem.objects.filter(
        public_id=public_id, is_open=True, is_correction=False
    ).exclude(change=Change.WITHDRAWAL)
    # Nobody asks for this, so there is nobody whose permission would count.
    waiting = Submission.objects.filter(
        pk__in=items.values("submission"), state__in=MOVES["request_changes"].origins
    )
    given_back = list(waiting.select_related("created_by"))
    waiting.update(state=SubmissionState.CHANGES_REQUESTED, **NOT_APPROVED)
    for submission in given_back:
        submission.state = SubmissionState.CHANGES_REQUESTED
        notices.given_back(submission, edition=edition)
