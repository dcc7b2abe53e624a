"""A desk filled from what stands in the record, as if each entry had just been published."""

from collections.abc import Callable, Sequence
from typing import Any

from desk.documents import by_number
from desk.findings import find_everything
from desk.history import attributed
from desk.integrity import integrity_checks
from desk.models import WorkingCopy
from desk.refusals import Refused
from desk.revisions import save_revisions
from desk.rounds import apply_documents, made_by, steps_of, without
from desk.types import DeskType, desk_types
from record.canonical import canonical, digest
from record.reading import Record, document_of
from record.types import Document

Progress = Callable[[str, int, int], None]
BATCH = 200  # entries


def fill_desk(*, by: Any, reason: str, progress: Progress | None = None) -> None:
    """Make every entry that stands in the record, with a revision that is the published one.

    Within the caller's transaction; the desk is empty. ``Refused`` where a document is none that
    the desk could have made.
    """
    record = Record.current()
    missing: set[str] = set()
    for version in record.versions().order_by().iterator(chunk_size=BATCH):
        missing |= made_by(document_of(version))
    with attributed(by=by, reason=reason):
        for kind in desk_types():
            keys = _keys(record, kind)
            _make(kind, record, keys, missing, progress)
        for kind in desk_types():
            for batch in _batches(_keys(record, kind)):
                _revise(kind, record, batch, by=by, reason=reason)
        for check in integrity_checks():
            find_everything(check)


def _make(
    kind: DeskType,
    record: Record,
    public_ids: Sequence[str],
    missing: set[str],
    progress: Progress | None,
) -> None:
    """In rounds: what refers to what is still missing is made without that first."""
    waiting, done = list(public_ids), 0
    while waiting:
        before, still = len(missing), []
        for batch in _batches(waiting):
            documents = record.documents(batch)
            now = []
            for public_id in batch:
                document = documents[public_id]
                less = _less(kind, document, missing)
                missing -= made_by(less)
                now.append(less)
                if less != document:
                    still.append(public_id)
            for step in steps_of(kind, now):
                _apply(kind, [now[place] for place in step])
            done += len(batch)
            if progress:
                progress(f"{kind.name} entries", min(done, len(public_ids)), len(public_ids))
        if still and len(missing) == before:
            raise Refused(f"{', '.join(still[:10])}: what they refer to is not in the record.")
        waiting = still


def _less(kind: DeskType, document: Document, missing: set[str]) -> Document:
    """What is left out may be what citations and waivers speak of, so they come with the rest."""
    less = without(kind, document, missing)
    if less == document:
        return document
    return less | {name: [] for name in ("citations", "waivers") if name in less}


def _apply(kind: DeskType, documents: Sequence[Document]) -> None:
    refused = [
        f"{document['id']}: {message}"
        for document, each in zip(documents, apply_documents(kind, documents), strict=True)
        for message in (each.messages if isinstance(each, Refused) else ())
    ]
    if refused:
        raise Refused(refused)


def _revise(
    kind: DeskType, record: Record, public_ids: Sequence[str], *, by: Any, reason: str
) -> None:
    """Say of each entry that it is as it is published."""
    model: Any = kind.model
    documents = record.documents(public_ids)
    entries = list(model.objects.filter(public_id__in=public_ids))
    revisions = save_revisions(entries, by=by, reason=reason, look_over=False)
    copies = WorkingCopy.objects.in_bulk(list(public_ids))
    for revision in revisions:
        published = digest(canonical(documents[revision.public_id]))
        if revision.checksum != published:
            raise Refused(f"{revision.public_id} would not say at the desk what is published.")
        copy = copies[revision.public_id]
        copy.published, copy.changed = revision, False
    WorkingCopy.objects.bulk_update(copies.values(), ["published", "changed"])


def _keys(record: Record, kind: DeskType) -> list[str]:
    """By number."""
    ids = record.versions(kind.name).order_by().values_list("public_id", flat=True)
    return sorted(ids, key=by_number)


def _batches(public_ids: Sequence[str]) -> list[Sequence[str]]:
    return [public_ids[start : start + BATCH] for start in range(0, len(public_ids), BATCH)]
