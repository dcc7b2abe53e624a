"""Submissions: revisions put up for review together, and their approval."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from desk.bases import normalised
from desk.models import (
    OPEN_STATES,
    Revision,
    Submission,
    SubmissionItem,
    SubmissionState,
    WorkingCopy,
)
from desk.refusals import Refused
from record.canonical import canonical, digest
from record.models import Change, Version

# What kind of change an editor can say that a new version of a published entry is.
EDITORIAL = (Change.CORRECTION, Change.CLARIFICATION, Change.NEW_EVIDENCE)


def submit(
    public_ids: Iterable[str],
    *,
    by: Any,
    reason: str,
    change: Change = Change.CORRECTION,
    title: str = "",
) -> Submission:
    """Put the newest revisions of these entries up for review.

    ``change`` is the kind of change of entries that have been published before, withdrawn ones
    among them, which can come back as they were; the others are new. ``Refused`` where an entry
    has nothing to publish or stands in another submission.
    """
    require(by, "submit_entry")
    if change not in EDITORIAL:
        raise Refused(f"Entries are not submitted as a {change}.")
    with transaction.atomic():
        contents = _contents(sorted(set(public_ids)), change)
        return open_submission(contents, by=by, reason=reason, title=title)


def _contents(wanted: list[str], change: Change) -> list[tuple[Revision, Change]]:
    """The newest revisions, each with its kind of change.

    Locks the working copies: what is submitted is neither published nor deleted meanwhile.
    """
    list(WorkingCopy.objects.select_for_update().filter(public_id__in=wanted).order_by("public_id"))
    copies = WorkingCopy.objects.filter(public_id__in=wanted).select_related(
        "revision", "published"
    )
    problems = [f"{public_id} is not at the desk." for public_id in _missing(wanted, copies)]
    problems += [
        f"{copy.public_id} has no changes to publish."
        for copy in copies
        if copy.published is not None and not copy.changed
    ]
    problems += _undecided(copies)
    if not wanted:
        problems.append("Choose at least one entry.")
    if problems:
        raise Refused(problems)
    versions = Version.objects.filter(public_id__in=wanted).order_by()
    known = set(versions.values_list("public_id", flat=True).distinct())
    return [(copy.revision, change if copy.public_id in known else Change.NEW) for copy in copies]


def _undecided(copies: Iterable[WorkingCopy]) -> list[str]:
    """Entries with claims that a published correction has otherwise, before somebody decides."""
    return [
        f"{copy.public_id} has changes that a published correction goes against; "
        "decide on them first, on its form."
        for copy in copies
        if copy.conflicts
    ]


def open_submission(
    contents: Iterable[tuple[Revision, Change]],
    *,
    by: Any,
    reason: str,
    title: str = "",
    is_correction: bool = False,
) -> Submission:
    """Make a submitted submission of these revisions.

    ``Refused`` without a reason, and where an entry is already in one.
    """
    # In one order, so that two submissions of the same entries do not wait for one another.
    contents = sorted(contents, key=lambda content: content[0].public_id)
    if not reason.strip():
        raise Refused("Say why: a submission needs a reason.")
    try:
        with transaction.atomic():
            submission = Submission.objects.create(
                title=title,
                reason=normalised(reason),
                state=SubmissionState.SUBMITTED,
                is_correction=is_correction,
                created_by=by,
            )
            SubmissionItem.objects.bulk_create(
                [
                    SubmissionItem(
                        submission=submission,
                        public_id=revision.public_id,
                        type=revision.type,
                        revision=revision,
                        change=change,
                        is_correction=is_correction,
                    )
                    for revision, change in contents
                ],
                batch_size=1000,
            )
    except IntegrityError as error:
        ids = [revision.public_id for revision, _ in contents]
        taken = SubmissionItem.objects.filter(
            public_id__in=ids, is_open=True, is_correction=is_correction
        )
        raise Refused(
            [f"{item.public_id} is already in submission {item.submission_id}." for item in taken]
            or ["One of these entries is already in a submission."]
        ) from error
    return submission


def resubmit(submission: Submission, *, by: Any) -> Submission:
    """Take the newest revisions into the submission; an approval given before is void.

    Withdrawals, mergers and corrections stay as they are, since they say nothing of the working
    copy.
    """
    require(by, "submit_entry")
    with transaction.atomic():
        items = submission.items.filter(change__in=(Change.NEW, *EDITORIAL), is_correction=False)
        copies = WorkingCopy.objects.filter(public_id__in=items.values("public_id"))
        if problems := _undecided(copies.exclude(conflicts=[])):
            raise Refused(problems)
        _move(
            submission,
            [
                SubmissionState.SUBMITTED,
                SubmissionState.CHANGES_REQUESTED,
                SubmissionState.APPROVED,
            ],
            state=SubmissionState.SUBMITTED,
            approved_by=None,
            approved_at=None,
            approved_checksum="",
        )
        newest = WorkingCopy.objects.filter(public_id=OuterRef("public_id"))
        items.update(revision=Subquery(newest.values("revision")))
    return submission


def retract(submission: Submission, *, by: Any) -> Submission:
    """Take an unpublished submission back; its entries are free for another one.

    ``Refused`` to others than who made it and those who may approve.
    """
    require(by, "submit_entry" if by.pk == submission.created_by_id else "approve_submission")
    with transaction.atomic():
        _move(
            submission,
            OPEN_STATES,
            state=SubmissionState.WITHDRAWN,
            approved_by=None,
            approved_at=None,
            approved_checksum="",
        )
        submission.items.update(is_open=False)
    return submission


def approve(submission: Submission, *, by: Any, checksum: str) -> Submission:
    """Approve exactly what ``checksum`` (from ``submission_checksum``) was computed over.

    ``Refused`` where the revisions have moved, or where four eyes are asked for and ``by`` made
    changes in it since the last published version.
    """
    require(by, "approve_submission")
    with transaction.atomic():
        # Locked, so that nothing moves between what is looked at and what is approved.
        shown = Submission.objects.select_for_update().get(pk=submission.pk)
        if submission_checksum(shown) != checksum:
            raise Refused("The submission has changed since it was shown; look at it again.")
        if settings.FOUR_EYES and by.pk in authors_of(shown):
            raise Refused("You made changes in this submission; somebody else has to approve it.")
        _move(
            submission,
            [SubmissionState.SUBMITTED],
            state=SubmissionState.APPROVED,
            approved_by=by,
            approved_at=timezone.now(),
            approved_checksum=checksum,
        )
    return submission


def submission_checksum(submission: Submission) -> str:
    """Digest of everything that publishing it would write. One query."""
    items = SubmissionItem.objects.filter(submission=submission).order_by("public_id")
    rows = items.values_list("public_id", "change", "revision__checksum")
    return digest(canonical({"reason": submission.reason, "items": [list(row) for row in rows]}))


def authors_of(submission: Submission) -> set[int]:
    """Ids of the users who made changes it contains since each last published version.

    Four queries. A withdrawal contains nothing but itself, and so does bringing an entry back:
    whoever asks for either makes a change. A correction contains what was saved for it, and
    nothing of the working copy.
    """
    if submission.is_correction:
        saved = Revision.objects.filter(
            public_id__in=submission.items.values("public_id"),
            starts_from__isnull=False,
            saved_by__isnull=False,
            saved_at__gte=submission.created_at,
        )
        return {submission.created_by_id, *saved.values_list("saved_by", flat=True)}
    items = SubmissionItem.objects.filter(submission=submission)
    contents = items.exclude(change=Change.WITHDRAWAL)
    last = dict(contents.values_list("public_id", "revision__number"))
    since = _last_published(last)
    rows = (
        Revision.objects.filter(public_id__in=last, saved_by__isnull=False, starts_from=None)
        .exclude(items__change=Change.WITHDRAWAL)
        .values_list("public_id", "number", "saved_by")
    )
    authors = {
        author
        for public_id, number, author in rows
        if since.get(public_id, 0) < number <= last[public_id]
    }
    authors |= set(
        items.filter(change=Change.WITHDRAWAL).values_list("revision__saved_by", flat=True)
    )
    gone = WorkingCopy.objects.filter(public_id__in=since, published=None)
    if gone.exists():
        authors.add(submission.created_by_id)
    return {author for author in authors if author is not None}


def _last_published(public_ids: Iterable[str]) -> dict[str, int]:
    """Number of the revision of the working copy that each entry was last published with.

    One query. A correction publishes nothing of what was saved before it.
    """
    published = SubmissionItem.objects.filter(
        public_id__in=list(public_ids),
        submission__state=SubmissionState.PUBLISHED,
        is_correction=False,
    ).exclude(change=Change.WITHDRAWAL)
    rows = published.order_by().values("public_id").annotate(newest=Max("revision__number"))
    return {row["public_id"]: row["newest"] for row in rows}


def require(user: Any, permission: str) -> None:
    """``Refused`` unless the user has this permission of the desk."""
    if not (user.is_active and user.has_perm(f"desk.{permission}")):
        raise Refused(f"{user} may not do this: the permission “{permission}” is missing.")


def _move(submission: Submission, allowed: list[SubmissionState], **values: Any) -> None:
    """Change the state in one conditional statement, so that two people cannot both win."""
    moved = Submission.objects.filter(pk=submission.pk, state__in=allowed).update(**values)
    submission.refresh_from_db()
    if not moved:
        raise Refused(f"This cannot be done to a submission that is {submission.state}.")


def _missing(wanted: list[str], copies: Iterable[WorkingCopy]) -> list[str]:
    return sorted(set(wanted) - {copy.public_id for copy in copies})
