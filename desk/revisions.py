"""Revisions: the document of a working entry as of each save, and restoring one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from desk.applying import apply
from desk.bases import Entry
from desk.findings import refresh_findings
from desk.history import attributed
from desk.holding import hold_copies, hold_entries
from desk.models import Revision, WorkingCopy
from desk.refusals import Refused
from desk.roles import require
from desk.texts import checked_text
from desk.types import desk_type, desk_type_of
from record.canonical import canonical, digest
from record.statements import Among, insert_new
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
    (revision,) = save_revisions([entry], by=by, reason=reason, look_over=look_over)
    return revision


def save_revisions(
    entries: Sequence[Any], *, by: User | None, reason: str, look_over: bool = True
) -> list[Revision]:
    """`save_revision` for several entries, in that order.

    What is read is read together, and first revisions are written together; two queries, and those
    of what is told of it, for each other entry that says something else than before.
    """
    with transaction.atomic():
        # Before the documents are built: whoever else is saving one of them is waited for.
        hold_entries([entry.public_id for entry in entries])
        saved = save_built(_documents(entries), by=by, reason=reason, look_over=look_over)
    return [saved[entry.public_id] for entry in entries]


def save_built(
    documents: Mapping[str, Document], *, by: User | None, reason: str, look_over: bool = True
) -> dict[str, Revision]:
    """`save_revisions` for whoever holds the entries and has just built their documents.

    By public id. Called in a transaction.
    """
    ids = list(documents)
    hold_copies(ids)
    there = WorkingCopy.objects.filter(Among(F("public_id"), ids))
    copies = {copy.public_id: copy for copy in there.select_related("revision", "published")}
    texts = {public_id: canonical(documents[public_id]) for public_id in ids}
    changed = [
        public_id
        for public_id in ids
        if public_id not in copies or _says(copies[public_id].revision) != texts[public_id]
    ]
    newest = _newest(changed)
    saved: dict[str, Revision] = {}
    for public_id in changed:
        saved[public_id] = _revision(
            public_id,
            documents[public_id]["type"],
            texts[public_id],
            number=newest.get(public_id, 0) + 1,
            by=by,
            reason=reason,
        )
    first = [revision for revision in saved.values() if revision.number == 1]
    insert_new(first)  # which tells nobody: nothing waits for what is new
    for revision in saved.values():
        if revision.number > 1:
            revision.save(force_insert=True)
    _stand(saved, copies, [documents[public_id] for public_id in changed])
    if look_over and changed:
        refresh_findings(changed)
    return {public_id: saved.get(public_id) or copies[public_id].revision for public_id in ids}


def _documents(entries: Sequence[Any]) -> dict[str, Document]:
    """Of these entries, by id. As many queries a type as for one entry."""
    built: dict[str, Document] = {}
    for each in {desk_type_of(entry).name: desk_type_of(entry) for entry in entries}.values():
        own = [entry.pk for entry in entries if desk_type_of(entry).name == each.name]
        built |= {document["id"]: document for document in each.build_all(own).values()}
    return built


def _newest(public_ids: Collection[str]) -> dict[str, int]:
    """Numbers of the newest revisions, by id."""
    known = Revision.objects.filter(Among(F("public_id"), public_ids)).order_by()
    return dict(known.values_list("public_id").annotate(newest=Max("number")))


def _stand(
    saved: Mapping[str, Revision],
    copies: Mapping[str, WorkingCopy],
    documents: Sequence[Document],
) -> None:
    """Say of each entry that was saved where it stands against the record."""
    gaps = _gaps(documents)
    standing: list[WorkingCopy] = []
    for public_id, revision in saved.items():
        copy = copies.get(public_id) or WorkingCopy(public_id=public_id, type=revision.type)
        published = copy.published
        copy.revision = revision
        copy.changed = published is None or published.checksum != revision.checksum
        copy.gaps = len(gaps[public_id])
        standing.append(copy)
    insert_new([each for each in standing if each.public_id not in copies])
    old = [each for each in standing if each.public_id in copies]
    if old:
        WorkingCopy.objects.bulk_update(old, ["revision", "changed", "gaps"])


def _says(revision: Revision) -> str:
    """Its document as text; what it would be in today's schema, where it is of an older one."""
    of_type = type_named(revision.type)
    if revision.schema == of_type.schema:
        return revision.document
    document = orjson.loads(revision.document)
    return canonical(document if "state" in document else of_type.upcast(document, revision.schema))


def _gaps(documents: Sequence[Document]) -> dict[str, set[str]]:
    """The claims that need evidence and have none, by id."""
    found: dict[str, set[str]] = {document["id"]: set() for document in documents}
    for name in {document["type"] for document in documents}:
        of = desk_type(name)
        own = [document for document in documents if document["type"] == name]
        problems = of.evidence(own).problems
        lacking = {problem.public_id for problem in problems}
        claims = {each["id"]: of.claims(each) for each in own if each["id"] in lacking}
        for problem in problems:
            if claims[problem.public_id].get(problem.claim):
                found[problem.public_id].add(problem.claim)
    return found


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
    hold_copies([public_id])
    newest = _newest([public_id])
    revision = _revision(
        public_id,
        type_name,
        text,
        number=newest.get(public_id, 0) + 1,
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
    hold_copies(ids)
    newest = _newest(ids)
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
