"""What a reviewer is shown: what would change in public, and what stands against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from desk.authors import FROM_PUBLISHED, authors_of
from desk.changes import EntryChanges, changes_of
from desk.cited import Evidence, checks_then
from desk.gates import problems_of
from desk.heads import Head, head_of
from desk.merging import stale_bases
from desk.models import (
    OPEN_STATES,
    PreviewComment,
    Submission,
    SubmissionItem,
    SubmissionState,
    WorkingCopy,
)
from desk.moved import Moved, moved_since, shown_revisions
from desk.naming import document_of, given_by, name_in, public_names
from desk.notes import Thread, Threads
from desk.previewing import comments_on
from desk.problems import EntryProblems, by_entry
from desk.redaction import redacts
from desk.submissions import EDITORIAL, submission_checksum
from desk.waivers import Granted, granted_in
from record.models import Change, Version
from record.reading import Record
from record.reading import document_of as published_document
from record.types import Document

ITEMS_A_PAGE = 15


@dataclass(frozen=True)
class ItemReview:
    """One entry: ``is_new`` where nothing of it is public, ``goes`` where it would be gone.

    ``notes``: threads about it that stand beside none of its changes. ``redacts``: editions of
    the versions that lose what they say.
    """

    item: SubmissionItem
    name: str
    changes: EntryChanges
    is_new: bool
    goes: bool
    redacts: Sequence[int]
    waivers: Sequence[Granted]
    notes: Sequence[Thread] = ()


@dataclass(frozen=True)
class Review:
    """A submission as it would be published now, or as it was; ``items`` are those of ``page``.

    ``problems``: what publishing would be refused for. ``own``: four eyes are asked for, and
    whoever looks made changes in it. ``shown``: its revisions, for the form that approves them;
    ``moved``: what has changed since those that were shown before. ``undecided``: entries that a
    published correction goes against. ``stale``: what a merger was
    made from and is published anew. ``comments``: what outsiders wrote about its entries.
    """

    submission: Submission
    head: Head
    checksum: str
    items: Sequence[ItemReview]
    page: Any
    problems: Sequence[EntryProblems]
    is_open: bool
    has_moved: bool
    undecided: Sequence[str]
    own: bool
    shown: str
    moved: Moved | None
    stale: Sequence[str]
    comments: Sequence[PreviewComment]

    @property
    def is_of_entries(self) -> bool:
        """Whether it puts up working copies, of which some may be new."""
        return self.submission.change in EDITORIAL and not self.submission.is_correction

    @property
    def may_be_renewed(self) -> bool:
        """Whether resubmitting would do anything: take in what is newer, or ask again."""
        waits = self.submission.state == SubmissionState.CHANGES_REQUESTED
        return waits or self.has_moved or bool(self.stale)


def review_of(
    submission: Submission, *, by: Any, page: Any = 1, texts: bool = False, shown: str | None = None
) -> Review:
    """One page of its entries, and everything that stands against publishing it.

    ``texts``: whether the sources' texts may be seen. ``shown``: revisions that were approved
    and are not those of now. Some fifteen queries, and those of the evidence: one a type of
    entry. All its documents are read while it is open.
    """
    items = SubmissionItem.objects.filter(submission=submission).order_by("type", "public_id")
    is_open = submission.state in OPEN_STATES
    found = Paginator(items.select_related("revision"), ITEMS_A_PAGE).get_page(page)
    record = _record_of(submission)
    head = head_of(submission, by=by, shown={item.public_id for item in found})
    since = _since(items) if is_open and not submission.is_correction else []
    reviewed = [
        _with_notes(each, head.notes)
        for each in _reviewed(submission, list(found), record, texts=texts)
    ]
    return Review(
        submission=submission,
        head=head,
        checksum=submission_checksum(submission),
        items=reviewed,
        page=found,
        problems=_problems(items, reviewed) if is_open else [],
        is_open=is_open,
        has_moved=any(has_moved for _, has_moved, _ in since),
        undecided=[public_id for public_id, _, undecided in since if undecided],
        stale=stale_bases(submission) if is_open else [],
        comments=comments_on(items.values_list("public_id", flat=True)) if is_open else [],
        own=settings.FOUR_EYES and is_open and by.pk in authors_of(submission),
        shown=shown_revisions(submission) if is_open else "",
        moved=moved_since(submission, shown, record) if shown is not None else None,
    )


def _with_notes(review: ItemReview, threads: Threads) -> ItemReview:
    own = {
        claim: notes
        for (public_id, claim), notes in threads.items()
        if public_id == review.item.public_id
    }
    beside = {claim.claim for claim in review.changes.claims}
    others = [note for claim, notes in own.items() if claim not in beside for note in notes]
    return replace(review, changes=review.changes.with_notes(own), notes=others)


def _record_of(submission: Submission) -> Record:
    """The record that the submission is, or was, compared with."""
    if submission.state == SubmissionState.PUBLISHED:
        return Record((submission.edition_id or 1) - 1)
    return Record.current()


def _reviewed(
    submission: Submission, items: Sequence[SubmissionItem], record: Record, *, texts: bool
) -> list[ItemReview]:
    documents = {item.public_id: document_of(item.revision) for item in items}
    standing = {
        version.public_id: version for version in record.versions().filter(public_id__in=documents)
    }
    before = {public_id: published_document(version) for public_id, version in standing.items()}
    pairs = [(before.get(public_id), document) for public_id, document in documents.items()]
    then = checks_then(_days(standing) if submission.state in OPEN_STATES else {})
    evidence = Evidence(pairs, texts=texts, checks=then)
    both = [document for pair in pairs for document in pair]
    names = public_names(both, record, given_by(submission, both))
    waivers = granted_in(documents.values())
    return [
        ItemReview(
            item=item,
            name=_name(documents[item.public_id], before.get(item.public_id)),
            changes=changes_of(
                before.get(item.public_id), documents[item.public_id], names, evidence
            ),
            is_new=item.public_id not in before,
            goes="state" in documents[item.public_id],
            redacts=redacts(item) if item.change == Change.REDACTION else [],
            waivers=waivers.get(item.public_id, []),
        )
        for item in items
    ]


def _days(standing: Mapping[str, Version]) -> dict[str, Any]:
    return {
        public_id: version.edition.published_at.date() for public_id, version in standing.items()
    }


def _problems(
    items: QuerySet[SubmissionItem], reviewed: Sequence[ItemReview]
) -> list[EntryProblems]:
    documents, redacted = {}, set()
    for item in items.select_related("revision").iterator():
        documents[item.public_id] = document_of(item.revision)
        if item.change == Change.REDACTION:
            redacted.add(item.public_id)
    pages = {public_id: place // ITEMS_A_PAGE + 1 for place, public_id in enumerate(documents)}
    listed = [claim for each in reviewed for claim in each.changes.claims]
    places = {cited.anchor: cited.key for claim in listed for cited in claim.cited}
    places |= {claim.anchor: claim.change.where for claim in listed}
    problems, _ = problems_of(documents, redacted=redacted)
    return by_entry(problems, documents, pages, places)


def _since(items: QuerySet[SubmissionItem]) -> list[tuple[str, bool, bool]]:
    """Entries with something new at the desk: whether a newer revision, whether to be decided."""
    copies = WorkingCopy.objects.filter(public_id=OuterRef("public_id"))
    own = items.exclude(change__in=[*FROM_PUBLISHED, Change.REDACTION]).annotate(
        has_moved=~Exists(copies.filter(revision=OuterRef("revision"))),
        undecided=Exists(copies.exclude(conflicts=[])),
    )
    new = own.filter(Q(has_moved=True) | Q(undecided=True))
    return list(new.values_list("public_id", "has_moved", "undecided"))


def _name(document: Document, before: Document | None) -> str:
    """A withdrawn entry is called what it was called."""
    if "state" not in document:
        return name_in(document)
    return name_in(before) if before else str(document["id"])
