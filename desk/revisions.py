"""Revisions: the document of a working entry as of each save, and restoring one."""

from collections.abc import Collection
from typing import Any

import orjson
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from desk.applying import apply
from desk.bases import Entry
from desk.findings import refresh_findings
from desk.history import attributed
from desk.models import Revision, WorkingCopy
from desk.refusals import Refused
from desk.roles import require
from desk.texts import checked_text
from desk.types import DeskType, desk_type_of
from record.canonical import canonical, digest
from record.types import Document, type_named

User = AbstractBaseUser


def save_revision(
    entry: Entry, *, by: User | None, reason: str, look_over: bool = True
) -> Revision:
    """Keep the entry's document as of now, and where it stands against the record.

    Called at the end of every save of an entry with its parts, in the same transaction. A save
    that leaves what the document says unchanged returns the revision that already holds them.
    ``look_over``: with the integrity checks; whoever saves many does it at the end.
    """
    desk_type = desk_type_of(entry)
    with transaction.atomic():
        working_copy = _locked(entry)
        document = desk_type.build(entry)
        text = canonical(document)
        if working_copy is not None and _says(working_copy.revision) == text:
            return working_copy.revision
        revision = add_revision(entry.public_id, desk_type.name, text, by=by, reason=reason)
        if working_copy is None:
            working_copy = WorkingCopy(public_id=entry.public_id, type=desk_type.name)
        published = working_copy.published
        working_copy.revision = revision
        working_copy.changed = published is None or published.checksum != revision.checksum
        working_copy.gaps = len(_gaps(desk_type, document))
        working_copy.save()
        if look_over:
            refresh_findings([entry.public_id])
    return revision


def _says(revision: Revision) -> str:
    """Its document as text; what it would be in today's schema, where it is of an older one."""
    of_type = type_named(revision.type)
    if revision.schema == of_type.schema:
        return revision.document
    document = orjson.loads(revision.document)
    return canonical(document if "state" in document else of_type.upcast(document, revision.schema))


def _locked(entry: Entry) -> WorkingCopy | None:
    """The entry's working copy, once whoever else is saving the entry has finished.

    Locked before the document is built, and without joins: PostgreSQL joins the rows of before
    the wait, so that what the other one saved would be left out, or the row not found at all.
    """
    model: Any = type(entry)
    model.objects.select_for_update(no_key=True).get(pk=entry.pk)
    return WorkingCopy.objects.select_for_update().filter(public_id=entry.public_id).first()


def _gaps(desk_type: DeskType, document: Document) -> set[str]:
    """The claims that need evidence and have none."""
    claims = desk_type.claims(document)
    problems = desk_type.evidence([document]).problems
    return {problem.claim for problem in problems if claims.get(problem.claim)}


@transaction.atomic
def add_revision(
    public_id: str,
    type_name: str,
    text: str,
    *,
    by: User | None,
    reason: str,
    starts_from: Revision | None = None,
    kept_beside: str = "",
) -> Revision:
    """Append a document to the entry's revisions without making it the working copy's.

    ``starts_from``: the revision that it changes, where it stays beside the working copy;
    ``kept_beside``: what it waits to be joined to. ``Refused`` where the reason is no text that the
    desk keeps. Locks the working copy, so that two revisions never ask for one number.
    """
    WorkingCopy.objects.select_for_update().filter(public_id=public_id).first()
    newest = (
        Revision.objects.filter(public_id=public_id)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    revision = _revision(
        public_id,
        type_name,
        text,
        number=(newest or 0) + 1,
        by=by,
        reason=reason,
        starts_from=starts_from,
        kept_beside=kept_beside,
    )
    revision.save(force_insert=True)
    return revision


@transaction.atomic
def add_revisions(
    documents: Collection[Document], *, by: User | None, reason: str
) -> list[Revision]:
    """`add_revision` for documents of several entries. Three queries."""
    ids = [document["id"] for document in documents]
    list(WorkingCopy.objects.select_for_update().filter(public_id__in=ids).order_by("public_id"))
    newest = dict(
        Revision.objects.filter(public_id__in=ids)
        .order_by()
        .values_list("public_id")
        .annotate(newest=Max("number"))
    )
    made = [
        _revision(
            document["id"],
            document["type"],
            canonical(document),
            number=newest.get(document["id"], 0) + 1,
            by=by,
            reason=reason,
        )
        for document in documents
    ]
    return Revision.objects.bulk_create(made)


def _revision(
    public_id: str, type_name: str, text: str, *, by: User | None, reason: str, **columns: Any
) -> Revision:
    saved_by: Any = by
    return Revision(
        public_id=public_id,
        type=type_name,
        schema=type_named(type_name).schema,
        document=text,
        checksum=digest(text),
        saved_at=timezone.now(),
        saved_by=saved_by,
        reason=checked_text(reason),
        **columns,
    )


def restore(entry: Entry, revision: Revision, *, by: User, reason: str) -> Revision:
    """Bring an earlier revision, parts and citations included, back into the working copy.

    Nothing changes in public. ``Refused`` where something it refers to is gone, and where it
    has other waivers than now and ``by`` may grant none.
    """
    if revision.public_id != entry.public_id:
        raise Refused(f"Revision {revision.number} belongs to {revision.public_id}.")
    document = orjson.loads(revision.document)
    if "state" in document:
        raise Refused(f"Revision {revision.number} holds no entry: it withdraws or was redacted.")
    copy = WorkingCopy.objects.filter(public_id=entry.public_id).first()
    if copy is not None and copy.merged_into:
        raise Refused(f"{entry.public_id} was merged into {copy.merged_into}; edit that.")
    document = type_named(revision.type).upcast(document, revision.schema)
    with transaction.atomic(), attributed(by=by, reason=reason):
        if document.get("waivers") != desk_type_of(entry).build(entry).get("waivers"):
            require(by, "waive_evidence")
        apply(document, entry)
        return save_revision(entry, by=by, reason=reason)
