"""What has changed in a submission since a reviewer was shown it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.changes import EntryChanges, changes_of
from desk.cited import Evidence
from desk.models import Revision, Submission, SubmissionItem
from desk.naming import document_of, given_by, name_in, public_names
from record.reading import Record
from record.types import Document

MOST_SHOWN = 2000  # entries whose revisions a form keeps; of a larger submission, none
MOST_MOVED = 50  # entries that are compared
CHECKSUM = 64  # letters


@dataclass(frozen=True)
class MovedEntry:
    public_id: str
    name: str
    changes: EntryChanges


@dataclass(frozen=True)
class Moved:
    """``entries``: those with other revisions than were shown, at most ``MOST_MOVED`` of
    ``total``. ``is_known``: whether it can be told which; ``joined`` and ``left`` are ids."""

    entries: Sequence[MovedEntry]
    total: int
    joined: Sequence[str]
    left: Sequence[str]
    is_known: bool


def shown_revisions(submission: Submission) -> str:
    """``E14:checksum`` for each entry, for a form to keep; empty for very many. One query."""
    items = SubmissionItem.objects.filter(submission=submission).order_by("public_id")
    rows = items.values_list("public_id", "revision__checksum")[: MOST_SHOWN + 1]
    kept = [f"{public_id}:{checksum}" for public_id, checksum in rows]
    return " ".join(kept) if len(kept) <= MOST_SHOWN else ""


def moved_since(submission: Submission, shown: str, record: Record) -> Moved:
    """What differs between the revisions of ``shown`` (of ``shown_revisions``) and those of now.

    Some five queries. Anything else than what the form held is taken for nothing known.
    """
    then = _read(shown)
    items = SubmissionItem.objects.filter(submission=submission).select_related("revision")
    now = {item.public_id: item.revision for item in items.order_by("type", "public_id")}
    ids = [
        public_id
        for public_id, revision in now.items()
        if public_id in then and then[public_id] != revision.checksum
    ]
    before = _documents(then, ids[:MOST_MOVED])
    after = {public_id: document_of(now[public_id]) for public_id in before}
    both = [*before.values(), *after.values()]
    names = public_names(both, record, given_by(submission, both))
    evidence = Evidence(
        [(before[public_id], after[public_id]) for public_id in before], texts=False
    )
    return Moved(
        entries=[
            MovedEntry(
                public_id,
                name_in(after[public_id]),
                changes_of(before[public_id], after[public_id], names, evidence),
            )
            for public_id in before
        ],
        total=len(ids),
        joined=[public_id for public_id in now if public_id not in then],
        left=[public_id for public_id in then if public_id not in now],
        is_known=bool(then),
    )


def _read(shown: str) -> dict[str, str]:
    pairs = [word.partition(":") for word in shown.split()[:MOST_SHOWN]]
    return {
        public_id: checksum
        for public_id, _, checksum in pairs
        if public_id.isascii() and public_id.isalnum() and len(public_id) <= 16
        if checksum.isalnum() and len(checksum) == CHECKSUM
    }


def _documents(then: Mapping[str, str], ids: Sequence[str]) -> dict[str, Document]:
    """The documents that were shown of these entries."""
    revisions = Revision.objects.filter(
        public_id__in=ids, checksum__in=[then[public_id] for public_id in ids]
    )
    found = {
        revision.public_id: document_of(revision)
        for revision in revisions.order_by("number")
        if revision.checksum == then[revision.public_id]
    }
    return {public_id: found[public_id] for public_id in ids if public_id in found}
