"""Merging published entries: asked for, published like anything else, and settled at the desk.

Published documents are changed mechanically, from what stands in public; working copies as they
are, unfinished work included. Neither is ever made from the other.
"""

from typing import Any

import orjson
from django.db import transaction
from django.db.models import F

from desk import notices
from desk.applying import apply
from desk.authors import authors_of
from desk.documents import InOrder, References, by_number, schema_of
from desk.edition_counter import lock_record
from desk.history import attributed
from desk.holding import hold_copies, hold_entries
from desk.keys import hold_keys, reserve_key
from desk.merge_plan import Plan, plan_merger, refers_to, working_referrers
from desk.models import (
    Merger,
    Revision,
    Submission,
    SubmissionItem,
    SubmissionState,
    WorkingCopy,
)
from desk.moves import NOT_APPROVED, move
from desk.naming import document_of
from desk.refusals import Refused
from desk.revisions import add_revision, add_revisions, save_revision
from desk.roles import require
from desk.submissions import checked_reason, open_submission
from desk.types import desk_type
from record.canonical import canonical
from record.models import Change, Version
from record.reading import document_of as published_document
from record.statements import STILL_STANDS, Among
from record.types import Document

MOVED_ON = "What this would do has changed since it was shown; it is shown anew here."


def request_merger(
    loser: str,
    winner: str,
    *,
    by: Any,
    reason: str,
    chosen: frozenset[str] | None = None,
    seen: str | None = None,
) -> Submission:
    """Put up for review that ``loser`` is merged into ``winner``, taking ``chosen`` over.

    ``Refused`` where it cannot be, or would do something else than was ``seen`` (the plan's
    checksum).
    """
    require(by, "merge_entry")
    reason = checked_reason(reason)
    with transaction.atomic():
        lock_record()
        hold_keys(winner)
        plan = plan_merger(loser, winner, chosen=chosen)
        if plan.obstacles:
            raise Refused(plan.obstacles)
        if seen is not None and seen != plan.checksum:
            raise Refused(MOVED_ON)
        documents = _documents(plan)
        contents = [
            (_revision(document, by=by, reason=reason), Change.MERGE)
            for document in (documents[loser], documents[winner])
        ]
        submission = open_submission(
            contents, by=by, reason=reason, title=f"Merge {loser} into {winner}"
        )
        _add_referrers(submission, plan, by=by)
        Merger.objects.create(
            submission=submission, loser=loser, winner=winner, taken=plan.taken, bases=plan.bases
        )
    return submission


def resubmit_merger(submission: Submission, *, by: Any) -> Submission:
    """Put an open merger up again, its documents made anew from what is published by now."""
    require(by, "merge_entry")
    with transaction.atomic():
        lock_record()
        move(submission, "resubmit", by=by)
        _renew(submission, by=by)
        notices.submitted(submission, by=by, authors=authors_of(submission))
    return submission


def _renew(submission: Submission, *, by: Any) -> None:
    merger = submission.merger
    hold_keys(merger.winner)
    plan = plan_merger(merger.loser, merger.winner, chosen=frozenset(merger.taken), own=submission)
    if plan.obstacles:
        raise Refused(plan.obstacles)
    documents = _documents(plan)
    for public_id in (merger.loser, merger.winner):
        revision = _revision(documents[public_id], by=by, reason=submission.reason)
        submission.items.filter(public_id=public_id).update(revision=revision)
    submission.items.exclude(public_id__in=(merger.loser, merger.winner)).delete()
    _add_referrers(submission, plan, by=by)
    Merger.objects.filter(pk=merger.pk).update(taken=plan.taken, bases=plan.bases)


def stale_bases(submission: Submission) -> list[str]:
    """Sentences about what has been published since a merger was asked for. Two queries."""
    if submission.change != Change.MERGE:
        return []
    merger = Merger.objects.filter(submission=submission.pk).first()
    if merger is None:
        return []
    standing = dict(
        Version.objects.filter(Among(F("public_id"), merger.bases), STILL_STANDS)
        .order_by()
        .values_list("public_id", "edition")
    )
    return [
        f"{public_id} has been published anew since the merger was asked for. Resubmit it, and "
        "look at the differences again."
        for public_id, edition in sorted(merger.bases.items(), key=lambda row: by_number(row[0]))
        if standing.get(public_id) != edition
    ]


def settle_merger(submission: Submission) -> None:
    """What the desk has to do once a merger stands in the record; in the same transaction.

    Attributed to whoever asked for it, under its reason. Some thirty queries a working copy: what
    applying a document to it takes, which looks whether the rows then say it.
    ``Refused``, so that nothing is published, where a working copy cannot follow.
    """
    if submission.change != Change.MERGE:
        return
    merger = Merger.objects.filter(submission=submission.pk).first()
    if merger is None:
        return
    by, reason = submission.created_by, submission.reason
    base = Version.objects.get(public_id=merger.winner, edition=merger.bases[merger.winner])
    item = submission.items.select_related("revision").get(public_id=merger.winner)
    merged = orjson.loads(item.revision.document)
    mapping = _mapping(submission, merger)
    # All at once, so that nobody waits for one of them who has another.
    held = [merger.winner, *(copy.public_id for copy in working_referrers(merger.loser))]
    hold_entries(held)
    hold_copies(held)
    with attributed(by=by, reason=reason):
        _give(submission, published_document(base), merged)
        _repoint(submission, merger.loser, mapping)
    _map_open_submissions(merger.loser, mapping, by=by, reason=reason)
    WorkingCopy.objects.filter(public_id=merger.loser).update(merged_into=merger.winner)


def _documents(plan: Plan) -> dict[str, Document]:
    """The keys that the winner gives out are its own from now on, whatever comes of it."""
    for there in plan.takeover.keys.values():
        public_id, _, key = there.partition("/")
        reserve_key(public_id, key)
    return {plan.loser.public_id: plan.tombstone, **plan.after}


def _revision(document: Document, *, by: Any, reason: str) -> Revision:
    return add_revision(document["id"], document["type"], canonical(document), by=by, reason=reason)


def _add_referrers(submission: Submission, plan: Plan, *, by: Any) -> None:
    """What refers to the loser goes along without being held: others may submit it meanwhile.

    Whatever of it is published before the merger stands against that (``stale_bases``).
    """
    documents = [plan.after[public_id] for public_id in plan.referrers]
    SubmissionItem.objects.bulk_create(
        SubmissionItem(
            submission=submission,
            public_id=revision.public_id,
            type=revision.type,
            revision=revision,
            change=Change.MERGE,
            is_open=False,
        )
        for revision in add_revisions(documents, by=by, reason=submission.reason)
    )


def _mapping(submission: Submission, merger: Merger) -> dict[str, str]:
    item = submission.items.select_related("revision").get(public_id=merger.loser)
    keys: dict[str, str] = orjson.loads(item.revision.document)["keys"]
    return {merger.loser: merger.winner} | keys


def _give(submission: Submission, base: Document, merged: Document) -> None:
    """Into the winner's working copy, beside whatever has been changed there, what it took over."""
    (entry,) = hold_entries([merged["id"]]).values()
    of = desk_type(merged["type"])
    document = of.build(entry)
    first: Document = {}
    for name, field in schema_of(of.declaration).fields.items():
        if not isinstance(merged[name], list):
            continue
        present = [*base[name], *document[name]]
        document[name] = [*document[name], *(row for row in merged[name] if row not in present)]
        if isinstance(field, References):
            document[name].sort(key=by_number)
        elif isinstance(field, InOrder):
            identity = field.child.identity  # type: ignore[union-attr]
            document[name].sort(key=lambda row, by=identity: [row[member] for member in by])
        # What names another part of the winner can be written once that is there.
        rest = [row for row in document[name] if row in present or not _names(row, merged["id"])]
        if rest != document[name]:
            first[name] = rest
    if first:
        apply(document | first, entry)
    _write(submission, entry, document, submission.items.get(public_id=merged["id"]).revision)


def _names(row: Any, public_id: str) -> bool:
    """Whether it names a part of that entry."""
    return isinstance(row, dict) and any(
        isinstance(value, str) and value.startswith(f"{public_id}/") for value in row.values()
    )


def _repoint(submission: Submission, loser: str, mapping: dict[str, str]) -> None:
    """In every working copy that refers to the loser. They are read once they are held."""
    entries = hold_entries([copy.public_id for copy in working_referrers(loser)])
    copies = WorkingCopy.objects.filter(public_id__in=list(entries)).select_related("revision")
    published = {
        item.public_id: item.revision
        for item in submission.items.filter(public_id__in=list(entries)).select_related("revision")
    }
    for copy in copies.order_by("public_id"):
        document = desk_type(copy.type).replace_references(document_of(copy.revision), mapping)
        _write(submission, entries[copy.public_id], document, published.get(copy.public_id))


def _write(
    submission: Submission, entry: Any, document: Document, published: Revision | None
) -> None:
    """Save the working copy. One that held nothing unpublished gets the ``published`` revision,
    which says what its rows say now."""
    try:
        apply(document, entry)
    except Refused as refused:
        raise Refused(
            [
                f"The working copy of {entry.public_id} cannot follow the merger: {message}"
                for message in refused.messages
            ]
        ) from refused
    if published is not None and published.document == canonical(document):
        WorkingCopy.objects.filter(public_id=entry.public_id).update(revision=published)
        return
    save_revision(entry, by=submission.created_by, reason=submission.reason)


def _map_open_submissions(loser: str, mapping: dict[str, str], *, by: Any, reason: str) -> None:
    """Submissions that are under way follow too; what was approved is to be looked at again."""
    items = SubmissionItem.objects.filter(
        is_open=True, revision__document__contains=f'"{loser}'
    ).exclude(change__in=(Change.MERGE, Change.WITHDRAWAL))
    for item in items.select_related("revision", "submission").order_by("public_id"):
        document = document_of(item.revision)
        if not refers_to(document, loser):
            continue
        replaced = desk_type(item.type).replace_references(document, mapping)
        copy = WorkingCopy.objects.select_related("revision").get(public_id=item.public_id)
        is_newest = copy.revision.document == canonical(replaced)
        revision = copy.revision if is_newest else _revision(replaced, by=by, reason=reason)
        SubmissionItem.objects.filter(pk=item.pk).update(revision=revision)
        Submission.objects.filter(pk=item.submission_id, state=SubmissionState.APPROVED).update(
            state=SubmissionState.SUBMITTED, **NOT_APPROVED
        )
