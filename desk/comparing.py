"""Two states of one entry beside one another: revisions, and what is published."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.changes import EntryChanges, changes_of
from desk.cited import Checks, Evidence, checks_then
from desk.models import Revision, SubmissionItem, SubmissionState, WorkingCopy
from desk.naming import document_of, public_names
from desk.types import desk_type
from record.changes import Change, change_of
from record.differences import differences
from record.reading import Record
from record.reading import document_of as published_document
from record.wording import Wording

PUBLISHED = "published"  # for the number of the revision that is


@dataclass(frozen=True)
class Other:
    """A revision to compare with; ``edition``: in which it was published, or ``None``."""

    revision: Revision
    edition: int | None


@dataclass(frozen=True)
class Comparison:
    """What a revision says, and what changed between it and ``other``, from the older of the two
    (``before``) to the newer (``after``)."""

    says: Sequence[Change]
    other: Revision | None
    before: Revision | None
    after: Revision | None
    changes: EntryChanges
    others: Sequence[Other]
    is_tombstone: bool


@dataclass(frozen=True)
class SincePublished:
    """What is not public yet. ``edition``: where what stands was published, ``None`` for
    nothing; ``revision``: the newest."""

    edition: int | None
    revision: Revision
    changes: EntryChanges


def compared(revision: Revision, against: str, *, texts: bool) -> Comparison:
    """The revision beside another of its entry: ``against`` is a number, or "published", else
    the one before. Some eight queries."""
    others = list(
        Revision.objects.filter(public_id=revision.public_id)
        .exclude(pk=revision.pk)
        .select_related("saved_by")
        .order_by("-number")
    )
    editions = _editions(revision.public_id)
    other = _other(revision, others, against)
    before, after = (
        sorted([revision, other], key=lambda each: each.number) if other else (None,) * 2
    )
    old, new = (document_of(each) if each else None for each in (before, after))
    own = document_of(revision)
    record = Record.current()
    names = public_names([own, old, new], record, {})
    changes = EntryChanges()
    if new is not None:
        changes = changes_of(old, new, names, Evidence([(old, new)], texts=texts))
    words = Wording(revision.type, [own], names)
    declaration = desk_type(revision.type).declaration
    return Comparison(
        says=[change_of(each, words) for each in differences(declaration, None, own)],
        other=other,
        before=before,
        after=after,
        changes=changes,
        others=[Other(each, editions.get(each.pk)) for each in others],
        is_tombstone="state" in own,
    )


def _other(revision: Revision, others: Sequence[Revision], against: str) -> Revision | None:
    if against == PUBLISHED:
        copy = WorkingCopy.objects.filter(public_id=revision.public_id).first()
        wanted = [other for other in others if copy and other.pk == copy.published_id]
    else:
        wanted = [other for other in others if str(other.number) == against]
    earlier = [other for other in others if other.number < revision.number]
    return next(iter(wanted or earlier), None)


def _editions(public_id: str) -> dict[int, int]:
    """In which edition revisions of the entry were published. One query."""
    items = SubmissionItem.objects.filter(
        public_id=public_id, submission__state=SubmissionState.PUBLISHED
    )
    return dict(items.order_by("pk").values_list("revision_id", "submission__edition_id"))


def since_published(public_id: str, *, texts: bool) -> SincePublished | None:
    """What the working copy has that the record has not; ``None`` for an entry without revision.

    Some seven queries.
    """
    copy = (
        WorkingCopy.objects.select_related("revision__saved_by").filter(public_id=public_id).first()
    )
    if copy is None:
        return None
    record = Record.current()
    version = record.versions().filter(public_id=public_id).first()
    before = published_document(version) if version else None
    after = document_of(copy.revision)
    checks: Checks = {}
    if version:
        checks = checks_then({public_id: version.edition.published_at.date()})
    names = public_names([before, after], record, {})
    return SincePublished(
        edition=version.edition_id if version else None,
        revision=copy.revision,
        changes=changes_of(
            before, after, names, Evidence([(before, after)], texts=texts, checks=checks)
        ),
    )
