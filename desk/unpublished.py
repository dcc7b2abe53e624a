"""Publishing in one go: all that is new or changed at the desk, or one submission."""

from typing import Any

from django.db import transaction

from desk.edition_counter import lock_record
from desk.models import Submission, SubmissionState, WorkingCopy
from desk.publishing import Progress, publish
from desk.refusals import Refused
from desk.submissions import approve, submission_checksum, submit, submit_draft
from record.models import Change, Edition


def unpublished_ids() -> list[str]:
    """Ids of the entries whose working copies differ from the record. One query."""
    changed = WorkingCopy.objects.filter(changed=True)
    return list(changed.order_by("public_id").values_list("public_id", flat=True))


def publish_unpublished(
    *,
    by: Any,
    approved_by: Any,
    reason: str,
    change: Change = Change.CORRECTION,
    progress: Progress | None = None,
) -> Edition:
    """Submit, approve and publish everything unpublished as one edition.

    ``change`` is the kind of change of entries that have been published before. ``Refused``,
    with every problem named and no submission left behind, where the record would not take it.
    """
    with transaction.atomic():
        lock_record()
        submission = submit(unpublished_ids(), by=by, reason=reason, change=change)
        approve(submission, by=approved_by, checksum=submission_checksum(submission))
        return publish(submission, by=approved_by, progress=progress)


def publish_submission(
    number: int, *, by: Any, approved_by: Any, progress: Progress | None = None
) -> Edition:
    """Submit it if it is a draft, approve it unless it is, and publish it; or none of that.

    ``Refused`` where there is none of that number, or it cannot be published.
    """
    with transaction.atomic():
        lock_record()
        submission = Submission.objects.filter(pk=number).first()
        if submission is None:
            raise Refused(f"There is no submission {number}.")
        if submission.state == SubmissionState.DRAFT:
            submit_draft(submission, by=by)
        if submission.state == SubmissionState.SUBMITTED:
            approve(submission, by=approved_by, checksum=submission_checksum(submission))
        return publish(submission, by=approved_by, progress=progress)
