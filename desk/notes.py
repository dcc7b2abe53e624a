"""Notes on a submission, on its entries and on single claims: asking, answering, resolving."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from desk import notices
from desk.bases import normalised
from desk.models import Revision, Submission, SubmissionNote
from desk.moves import hold
from desk.naming import document_of
from desk.refusals import Refused
from desk.texts import checked_text
from desk.types import desk_type
from record.reading import Record
from record.reading import document_of as published_document
from record.types import Document


@dataclass(frozen=True)
class Thread:
    """A note, and what was answered to it in order."""

    note: SubmissionNote
    replies: list[SubmissionNote] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.note.resolved_at is None


Threads = dict[tuple[str, str], list[Thread]]


def add_note(
    submission: Submission,
    *,
    by: Any,
    text: str,
    public_id: str = "",
    claim: str = "",
    parent: SubmissionNote | None = None,
) -> SubmissionNote:
    """Write a note, or answer one: an answer stands where its thread does, and opens it again.

    ``claim`` is one that the entry makes, or made in public so far. ``Refused`` once the
    submission is published or taken back, and where there is no such entry or claim in it.
    """
    with transaction.atomic():
        note = write_note(
            submission, "note", by=by, text=text, public_id=public_id, claim=claim, parent=parent
        )
        notices.noted(note)
    return note


def write_note(
    submission: Submission,
    move: str,
    *,
    by: Any,
    text: str,
    public_id: str = "",
    claim: str = "",
    parent: SubmissionNote | None = None,
) -> SubmissionNote:
    """``add_note`` without a notice, for whoever may make this move. In a transaction."""
    held = hold(submission, move, by=by)
    text = normalised(text)
    if not text:
        raise Refused("Write something: a note cannot be empty.")
    checked_text(text)
    if parent is not None:
        if parent.submission_id != held.pk:
            raise Refused("The note that this answers is on another submission.")
        parent = parent.parent or parent
        public_id, claim = parent.public_id, parent.claim
        SubmissionNote.objects.filter(pk=parent.pk).update(resolved_by=None, resolved_at=None)
    else:
        _check_subject(held, public_id, claim)
    return SubmissionNote.objects.create(
        submission=held, public_id=public_id, claim=claim, parent=parent, text=text, by=by
    )


def resolve_note(note: SubmissionNote, *, by: Any) -> SubmissionNote:
    """Say that a thread is settled; whoever takes part may."""
    return _settle(note, by=by, resolved_by=by, resolved_at=timezone.now())


def reopen_note(note: SubmissionNote, *, by: Any) -> SubmissionNote:
    return _settle(note, by=by, resolved_by=None, resolved_at=None)


def notes_of(submission: Submission) -> Threads:
    """Threads in the order in which they began, by what they are about. One query.

    ``("", "")`` is the submission, ``("E1", "")`` an entry of it, ``("E1", "p2")`` a claim.
    """
    notes = SubmissionNote.objects.filter(submission=submission).order_by("pk")
    threads: dict[int, Thread] = {}
    by_subject: Threads = defaultdict(list)
    for note in notes.select_related("by", "resolved_by"):
        if note.parent_id is None:
            threads[note.pk] = Thread(note)
            by_subject[note.public_id, note.claim].append(threads[note.pk])
        else:
            threads[note.parent_id].replies.append(note)
    return dict(by_subject)


def open_in(threads: Threads) -> int:
    """How many threads wait to be resolved."""
    return sum(thread.is_open for about in threads.values() for thread in about)


def _settle(note: SubmissionNote, *, by: Any, **values: Any) -> SubmissionNote:
    with transaction.atomic():
        hold(note.submission, "note", by=by)
        if note.parent_id is not None:
            raise Refused("An answer is resolved with the note that it answers.")
        SubmissionNote.objects.filter(pk=note.pk).update(**values)
        note.refresh_from_db()
    return note


def claims_in(submission: Submission, public_id: str) -> list[str]:
    """What can be noted about of an entry in the submission; ``Refused`` where it has none such.

    Its claims and citations, as submitted and as they stand in public: what goes can be asked
    about.
    """
    revision = Revision.objects.filter(
        items__submission=submission, items__public_id=public_id
    ).first()
    if revision is None:
        raise Refused(f"{public_id} is not in {submission}.")
    version = Record.current().versions().filter(public_id=public_id).first()
    documents: list[Document] = [document_of(revision)]
    if version is not None:
        documents.append(published_document(version))
    declared = desk_type(revision.type)
    claims = [
        claim
        for document in documents
        if "state" not in document
        for claim in (*declared.claims(document), *_citations(document))
    ]
    return list(dict.fromkeys(claims))


def _check_subject(submission: Submission, public_id: str, claim: str) -> None:
    if not public_id and claim:
        raise Refused("Say which entry the claim is of.")
    if public_id and claim not in ("", *claims_in(submission, public_id)):
        raise Refused(f"{public_id} makes no claim “{claim}”.")


def _citations(document: Document) -> list[str]:
    """A citation is no claim, and reviewers ask about it all the same."""
    return [row["key"] for row in document.get("citations", ())]
