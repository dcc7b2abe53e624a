"""Asking for a redaction: what published versions of an entry say goes, for safety or by law.

It is approved and published like anything else. ``desk.publishing`` takes the contents out of
the record, ``desk.forgetting`` out of the desk.
"""

from collections.abc import Iterable
from typing import Any

import orjson
from django.db import models, transaction

from desk.edition_counter import lock_record
from desk.models import Revision, Submission, SubmissionItem, WorkingCopy
from desk.publishing import publish
from desk.refusals import Refused
from desk.revisions import add_revision
from desk.roles import require
from desk.submissions import approve, open_submission, submission_checksum
from desk.withdrawal import tombstone
from record.canonical import canonical, digest
from record.models import Change, Edition, State, Version
from record.types import type_named


class Then(models.TextChoices):
    """What stands of the entry once the chosen versions are redacted."""

    STANDING = "standing", "What is published now stays as it is"
    WORKING = "working", "The working copy is published in its place"
    TOMBSTONE = "tombstone", "Nothing: its address says that it was redacted, and why"


def request_redaction(
    public_id: str,
    *,
    editions: Iterable[int],
    then: Then,
    by: Any,
    reason: str,
    forget_address: bool = False,
) -> Submission:
    """Put up for review that the versions of these ``editions`` lose what they say.

    ``forget_address``: the tombstone has another slug, as the old one holds what has to go.
    ``Refused``, with every problem named, where it would leave in public what is to go.
    """
    require(by, "redact_version")
    with transaction.atomic():
        lock_record()
        versions = {version.edition_id: version for version in redactable(public_id)}
        chosen = [versions[number] for number in sorted(set(editions)) if number in versions]
        unknown = sorted(set(editions) - set(versions))
        standing = Version.objects.filter(public_id=public_id, superseded_in=None).first()
        if standing is None:
            raise Refused(f"{public_id} has never been published, so there is nothing to redact.")
        problems = [f"Edition {number} has no text of {public_id} to redact." for number in unknown]
        if not chosen and not unknown:
            problems.append("Choose at least one version.")
        problems += _left_in_public(standing, chosen, then)
        if problems:
            raise Refused(problems)
        revision = _what_stands(standing, then, by=by, reason=reason, forget=forget_address)
        submission = open_submission([(revision, Change.REDACTION)], by=by, reason=reason)
        submission.items.get().redacts.set(chosen)
    return submission


def redact(
    public_id: str,
    *,
    editions: Iterable[int],
    then: Then,
    by: Any,
    reason: str,
    approved_by: Any,
    forget_address: bool = False,
) -> Edition:
    """Redact versions of an entry, asking for it, approving and publishing in one go.

    As `request_redaction`; ``manage.py forget_redacted`` is to be run when it is done.
    """
    with transaction.atomic():
        lock_record()
        submission = request_redaction(
            public_id,
            editions=editions,
            then=then,
            by=by,
            reason=reason,
            forget_address=forget_address,
        )
        approve(submission, by=approved_by, checksum=submission_checksum(submission))
        return publish(submission, by=approved_by)


def redactable(public_id: str) -> models.QuerySet[Version, Version]:
    """The entry's versions that hold something that can go, oldest first."""
    found = Version.objects.filter(public_id=public_id, redacted_in=None)
    return found.exclude(state=State.REDACTED).order_by("edition_id")


def redacts(item: SubmissionItem) -> list[int]:
    """Editions of the versions that lose what they say. One query."""
    return list(item.redacts.order_by("edition_id").values_list("edition_id", flat=True))


def _left_in_public(standing: Version, chosen: list[Version], then: Then) -> list[str]:
    """Why that would not do, in sentences."""
    public_id, is_chosen = standing.public_id, standing in chosen
    if standing.state == State.MERGED and then != Then.TOMBSTONE:
        return [f"{public_id} was merged; its address goes on leading to the other entry."]
    if then == Then.STANDING and standing.state != State.PUBLISHED:
        return [f"{public_id} is {standing.state}: nothing of it is published that could stay."]
    if then == Then.STANDING and is_chosen:
        return ["What is published now is to be redacted as well: choose what stands in its place."]
    if then == Then.WORKING:
        copy = WorkingCopy.objects.filter(public_id=public_id).select_related("revision").first()
        if copy is None:
            return [f"{public_id} is not at the desk."]
        return [
            f"The working copy says what edition {version.edition_id} says. Change it first."
            for version in chosen
            if digest(version.document) == copy.revision.checksum
        ]
    if then == Then.TOMBSTONE and standing.state == State.PUBLISHED and not is_chosen:
        number = standing.edition_id
        return [f"Choose the version of edition {number} too: it is what is published now."]
    return []


def _what_stands(standing: Version, then: Then, *, by: Any, reason: str, forget: bool) -> Revision:
    """The revision whose document is published in the edition of the redaction."""
    public_id = standing.public_id
    if then == Then.WORKING:
        return WorkingCopy.objects.select_related("revision").get(public_id=public_id).revision
    if then == Then.STANDING:
        copy = WorkingCopy.objects.select_related("published").get(public_id=public_id)
        of_today = type_named(standing.type).upcast(
            orjson.loads(standing.document), standing.schema
        )
        text = canonical(of_today)
        if copy.published is not None and copy.published.document == text:
            return copy.published
    elif standing.state == State.MERGED:
        text = standing.document  # it says where the entry went, and nothing else
    else:
        document = tombstone(standing, State.REDACTED)
        if forget:
            document["slug"] = f"redacted-{public_id.lower()}"
        text = canonical(document)
    return add_revision(public_id, standing.type, text, by=by, reason=reason)
