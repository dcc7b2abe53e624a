"""The only door between the desk and the record.

Nothing else writes editions, versions and links. One transaction an edition, serialised by the
counter's row, which is locked before anything is checked.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.dispatch import Signal
from django.utils import timezone

from desk import notices
from desk.authors import authors_of
from desk.checks import log_checks
from desk.corrections import carry_onto, check_still_fits
from desk.edition_counter import lock_record, raise_counter
from desk.findings import forget_findings
from desk.forgetting import forget
from desk.gates import problems_of
from desk.holding import hold_copies, hold_entries
from desk.merging import settle_merger, stale_bases
from desk.models import Revision, Submission, SubmissionItem, SubmissionState, WorkingCopy
from desk.moves import move
from desk.problems import sentences
from desk.refusals import Refused
from desk.roles import require, role_of
from desk.shown import forget_shown
from desk.submissions import approve, submission_checksum
from desk.types import Passage
from desk.versions import LINKED, Drafts, links_of
from desk.withdrawal import request_withdrawal
from record import search
from record.canonical import edition_checksum
from record.models import Change, Check, CheckState, Edition, Link, Opening, State, Version
from record.name_keys import NameKey, name_keys_of, write
from record.quotable import OPENED, openings_of
from record.statements import STILL_STANDS, Among, analyse, insert, insert_new
from record.types import Document

# Sent with some of the ``documents`` by id, as they have been written, until all have been, in the
# transaction: rooms write what goes beside the versions.
documents_published = Signal()
Progress = Callable[[str, int, int], None]
BATCH = 2000  # rows a statement, and documents written at a time
MANY = 1000  # versions written at once, after which the database plans otherwise
REDACTED: dict[str, Any] = {
    "state": State.REDACTED,
    "earliest": None,
    "latest": None,
    "contested": False,
    **dict.fromkeys(("document", "salt", "label", "kind", "sort_key", "search_text"), ""),
}


def publish(submission: Submission, *, by: Any, progress: Progress | None = None) -> Edition:
    """Write the approved revisions of ``submission`` into the record as the next edition.

    ``Refused``, with nothing written, where the approval no longer fits, an entry lacks
    evidence, a reference would not resolve or a slug is taken. ``progress`` is told
    ``(stage, done, of)``.
    """
    require(by, "approve_submission")
    with transaction.atomic():
        number = raise_counter(by=1)
        submission = Submission.objects.select_for_update().get(pk=submission.pk)
        four_eyes = _check_approval(submission)
        if submission.is_correction:
            check_still_fits(submission)
        if stale := stale_bases(submission):
            raise Refused(stale)
        drafts = Drafts(submission)
        problems, passages = problems_of(
            drafts,
            redacted=[each for each in drafts if drafts.change(each) == Change.REDACTION],
        )
        if problems:
            raise Refused(sentences(problems, drafts))
        edition = _write_edition(submission, number, drafts, by=by, four_eyes=four_eyes)
        _supersede(number, list(drafts))
        _write_versions(drafts, number, progress)
        log_checks(_checks(passages), edition=number)
        settle_merger(submission)
        _close(submission, edition, drafts, by=by)
        _redact(submission, edition)
        notices.published(submission, by=by)
    return edition


def approve_and_publish(submission: Submission, *, by: Any, checksum: str) -> Edition:
    """Approve what ``checksum`` was shown for, unless somebody has, and publish it; or neither."""
    with transaction.atomic():
        lock_record()
        submission.refresh_from_db(fields=["state"])
        if submission.state != SubmissionState.APPROVED:
            approve(submission, by=by, checksum=checksum)
        elif submission_checksum(submission) != checksum:
            raise Refused("The submission has changed since it was shown; look at it again.")
        return publish(submission, by=by)


def withdraw(public_ids: Iterable[str], *, by: Any, reason: str, approved_by: Any) -> Edition:
    """Withdraw published entries: a tombstone each, in one edition.

    Asking for it, approving and publishing in one go. ``Refused`` while referred to.
    """
    with transaction.atomic():
        lock_record()
        submission = request_withdrawal(public_ids, by=by, reason=reason)
        approve(submission, by=approved_by, checksum=submission_checksum(submission))
        return publish(submission, by=approved_by)


def _check_approval(submission: Submission) -> bool:
    """Whether four eyes held; ``Refused`` unless what is approved is what would be written."""
    if submission.state != SubmissionState.APPROVED:
        raise Refused(f"Only an approved submission is published; this one is {submission.state}.")
    if submission_checksum(submission) != submission.approved_checksum:
        raise Refused("The submission has changed since it was approved; approve it again.")
    four_eyes = submission.approved_by_id not in authors_of(submission)
    if settings.FOUR_EYES and not four_eyes:
        raise Refused("Whoever approved made changes in it; somebody else has to approve it.")
    return four_eyes


def _write_edition(
    submission: Submission, number: int, drafts: Drafts, *, by: Any, four_eyes: bool
) -> Edition:
    previous = Edition.objects.filter(number=number - 1).first()
    published_at = timezone.now().replace(microsecond=0)
    if previous is not None:
        published_at = max(published_at, previous.published_at)
    edition = Edition(
        number=number,
        published_at=published_at,
        reason=submission.reason,
        by=role_of(by),
        approved_by=role_of(submission.approved_by),
        four_eyes=four_eyes,
    )
    edition.checksum = checksum_of(
        edition,
        [
            {
                "id": public_id,
                "change": str(drafts.change(public_id)),
                "checksum": drafts.checksum(public_id),
            }
            for public_id in drafts
        ],
        previous.checksum if previous else None,
    )
    edition.save()
    return edition


def checksum_of(edition: Edition, versions: list[dict[str, str]], previous: str | None) -> str:
    """The checksum that the edition must have. ``versions``: ``{id, change, checksum}``."""
    return edition_checksum(
        number=edition.number,
        published_at=f"{edition.published_at:%Y-%m-%dT%H:%M:%SZ}",
        reason=edition.reason,
        by=edition.by,
        approved_by=edition.approved_by,
        four_eyes=edition.four_eyes,
        versions=versions,
        previous=previous,
    )


def _supersede(number: int, ids: list[str]) -> None:
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        standing = Version.objects.filter(Among(F("public_id"), batch), STILL_STANDS).order_by()
        if superseded := list(standing.values_list("pk", flat=True)):
            # By their versions: no index of links is by the entry they belong to.
            Link.objects.filter(Among(F("version"), superseded)).mark(superseded_in=number)
            Version.objects.filter(Among(F("pk"), superseded)).mark(superseded_in=number)


def _write_versions(drafts: Drafts, number: int, progress: Progress | None) -> None:
    ids = list(drafts)
    for start in range(0, len(ids), BATCH):
        now = {public_id: drafts.draft(public_id) for public_id in ids[start : start + BATCH]}
        documents = {public_id: draft.document for public_id, draft in now.items()}
        write_versions([draft.version(number) for draft in now.values()], [*documents.values()])
        if start + BATCH >= len(ids):
            look_at(len(ids))
        documents_published.send(sender=Edition, documents=documents)
        if progress:
            progress("writing", min(start + BATCH, len(ids)), len(ids))


def write_versions(versions: Sequence[Version], documents: Sequence[Document]) -> None:
    """With what stands beside those that are published, and the search index.

    For publishing, and for whoever loads a record that was published elsewhere into an empty one.
    """
    insert_new(versions)
    shown = [
        (version, document)
        for version, document in zip(versions, documents, strict=True)
        if version.state == State.PUBLISHED
    ]
    insert(Link, LINKED, [link for each in shown for link in links_of(*each)])
    insert(Opening, OPENED, [opening for each in shown for opening in openings_of(*each)])
    write(NameKey, [key for each in shown for key in name_keys_of(*each)])
    search.index(version for version, _ in shown)


def look_at(written: int) -> None:
    """Have the database count what was written, where it is so much that it plans otherwise."""
    if written > MANY:
        analyse(Version, Link, Opening, NameKey)


def _checks(passages: list[Passage]) -> list[Check]:
    today = timezone.now().date()
    return [
        Check(
            public_id=passage.public_id,
            citation=passage.citation,
            selector=passage.selector,
            text=passage.text,
            state=passage.state,
            checked_on=today,
        )
        for passage in passages
        if passage.state in CheckState.values
    ]


def _close(submission: Submission, edition: Edition, drafts: Drafts, *, by: Any) -> None:
    """Say at the desk what is published now; later saves stand as unpublished changes."""
    ids = list(drafts)
    if submission.is_correction:
        hold_entries(ids)
    # Locked first, in one order: who is saving or submitting one of them is waited for.
    hold_copies(ids)
    move(submission, "publish", by=by, edition=edition)
    submission.items.update(is_open=False)
    before = _published_before(ids) if submission.is_correction else {}
    items = SubmissionItem.objects.filter(submission=submission)
    revision = items.filter(public_id=OuterRef("public_id")).values("revision")
    # Of what is redacted once more nothing is at the desk.
    copies = WorkingCopy.objects.filter(public_id__in=items.values("public_id"))
    copies.update(published=Subquery(revision), changed=True)
    copies.filter(revision__checksum=F("published__checksum")).update(changed=False)
    gone = sorted(drafts.tombstones)
    WorkingCopy.objects.filter(Among(F("public_id"), gone)).update(published=None, changed=False)
    forget_findings(gone)
    for public_id, was in before.items():
        carry_onto(public_id, before=was, edition=edition)


def _published_before(public_ids: list[str]) -> dict[str, Revision | None]:
    copies = WorkingCopy.objects.filter(public_id__in=public_ids).select_related("published")
    return {copy.public_id: copy.published for copy in copies}


def _redact(submission: Submission, edition: Edition) -> None:
    """Take what the versions say that the submission names, from the record and from the desk.

    A slug stays where the entry has it in a version that stays: it hides nothing.
    """
    redactions = submission.items.filter(change=Change.REDACTION).select_related("revision")
    for item in redactions:
        gone = list(item.redacts.select_for_update())
        own = Version.objects.filter(public_id=item.public_id, redacted_in=None)
        stay = set(own.exclude(pk__in=[each.pk for each in gone]).values_list("slug", flat=True))
        search.forget(each for each in gone if each.state == State.PUBLISHED)
        for version in gone:
            slug = version.slug if version.slug in stay else ""
            Version.objects.filter(pk=version.pk).mark(redacted_in=edition, slug=slug, **REDACTED)
        # Of those that were redacted before as well, which kept it beside one that goes now.
        before = Version.objects.filter(public_id=item.public_id).exclude(redacted_in=None)
        before.exclude(slug__in=["", *stay]).mark(slug="")
        Link.objects.filter(version__in=gone).forget()
        Opening.objects.filter(version__in=gone).forget()
        NameKey.objects.filter(version__in=gone).delete()
        forget_shown(item.public_id)
        forget(item, edition=edition)
