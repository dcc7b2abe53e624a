"""What a reviewer is shown: what would change in public, and what stands against it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet

from desk.diff import Difference, differences
from desk.gates import problems_of
from desk.heads import Head, head_of
from desk.models import (
    OPEN_STATES,
    Revision,
    Submission,
    SubmissionItem,
    SubmissionState,
    WorkingCopy,
)
from desk.naming import document_of, in_words, name_in, names_in
from desk.submissions import authors_of, submission_checksum
from desk.types import desk_type
from record.models import Change
from record.reading import Record
from record.reading import document_of as published_document
from record.types import Document

ITEMS_A_PAGE = 50
WORDS = {"added": "new", "removed": "gone", "changed": "changed", "reordered": "order"}


@dataclass(frozen=True)
class Line:
    """One difference in words."""

    where: str
    change: str
    before: str
    after: str


@dataclass(frozen=True)
class ItemReview:
    item: SubmissionItem
    name: str
    lines: list[Line]


@dataclass(frozen=True)
class Review:
    """A submission as it would be published now, or as it was; ``items`` are those of ``page``.

    ``problems``: what publishing would be refused for. ``own``: four eyes are asked for, and
    whoever looks made changes in it.
    """

    submission: Submission
    head: Head
    checksum: str
    items: list[ItemReview]
    page: Any
    problems: list[str]
    is_open: bool
    has_moved: bool
    own: bool


@dataclass(frozen=True)
class Comparison:
    """What a revision says, and how it differs from ``other``."""

    says: list[Line]
    other: Revision | None
    lines: list[Line]
    others: list[Revision]
    is_tombstone: bool


def review_of(submission: Submission, *, by: Any, page: Any = 1) -> Review:
    """One page of its entries, and everything that stands against publishing it.

    Some ten queries, and those of the evidence: one a type of entry. All its documents are read
    while it is open.
    """
    items = SubmissionItem.objects.filter(submission=submission).select_related("revision")
    is_open = submission.state in OPEN_STATES
    pages = Paginator(items.order_by("type", "public_id"), ITEMS_A_PAGE)
    shown = pages.get_page(page)
    documents = {item.public_id: document_of(item.revision) for item in shown}
    before = _standing_before(submission, list(documents))
    names = names_in(*documents.values(), *before.values())
    return Review(
        submission=submission,
        head=head_of(submission, by=by),
        checksum=submission_checksum(submission),
        items=[
            ItemReview(
                item,
                _name(documents[item.public_id], before.get(item.public_id)),
                lines(before.get(item.public_id), documents[item.public_id], names),
            )
            for item in shown
        ],
        page=shown,
        problems=_problems(items) if is_open else [],
        is_open=is_open,
        has_moved=is_open and _has_moved(items),
        own=settings.FOUR_EYES and is_open and by.pk in authors_of(submission),
    )


def _problems(items: QuerySet[SubmissionItem]) -> list[str]:
    documents = {item.public_id: document_of(item.revision) for item in items.iterator()}
    return [problem.message for problem in problems_of(documents)[0]]


def _has_moved(items: QuerySet[SubmissionItem]) -> bool:
    """Whether the desk holds newer revisions than the submission does."""
    newest = WorkingCopy.objects.filter(
        public_id=OuterRef("public_id"), revision=OuterRef("revision")
    )
    return items.exclude(change=Change.WITHDRAWAL).exclude(Exists(newest)).exists()


def compared(revision: Revision, against: str) -> Comparison:
    """The revision beside another of its entry: ``against`` is a number, or the one before."""
    others = list(
        Revision.objects.filter(public_id=revision.public_id)
        .exclude(pk=revision.pk)
        .select_related("saved_by")
        .order_by("-number")
    )
    earlier = [other for other in others if other.number < revision.number]
    wanted = [other for other in others if str(other.number) == against]
    other = next(iter(wanted or earlier), None)
    document = document_of(revision)
    before = document_of(other) if other else None
    names = names_in(document, before)
    return Comparison(
        says=lines(None, document, names),
        other=other,
        lines=lines(before, document, names) if other else [],
        others=others,
        is_tombstone="state" in document,
    )


def lines(before: Document | None, after: Document, names: dict[str, str]) -> list[Line]:
    declaration = desk_type(after["type"]).declaration
    return [_line(each, names) for each in differences(declaration, before, after)]


def _line(difference: Difference, names: dict[str, str]) -> Line:
    return Line(
        difference.where,
        WORDS[difference.change],
        in_words(_without_key(difference.before), names),
        in_words(_without_key(difference.after), names),
    )


def _without_key(value: Any) -> Any:
    """A whole row's key stands in its address already."""
    if isinstance(value, dict):
        return {name: member for name, member in value.items() if name != "key"}
    return value


def _name(document: Document, before: Document | None) -> str:
    """A withdrawn entry is called what it was called."""
    if "state" not in document:
        return name_in(document)
    return name_in(before) if before else str(document["id"])


def _standing_before(submission: Submission, ids: list[str]) -> dict[str, Document]:
    """What the record said, or says, of these entries without this submission."""
    if submission.state == SubmissionState.PUBLISHED:
        record = Record((submission.edition_id or 1) - 1)
    else:
        record = Record.current()
    found = record.versions().filter(public_id__in=ids)
    return {version.public_id: published_document(version) for version in found}
