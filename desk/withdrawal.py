"""Asking for the withdrawal of published entries; approved and published like anything else."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from desk.edition_counter import lock_record
from desk.models import Submission
from desk.refusals import Refused
from desk.revisions import add_revision
from desk.roles import require
from desk.submissions import checked_reason, open_submission
from record.canonical import canonical
from record.models import Change, State, Version
from record.types import Document


def request_withdrawal(public_ids: Iterable[str], *, by: Any, reason: str) -> Submission:
    """Put the withdrawal of published entries up for review: a tombstone each.

    What a tombstone says cannot change before it is approved: nothing is published while it is
    made, and its entry is in no other submission afterwards. ``Refused`` where an entry is not
    published.
    """
    require(by, "withdraw_entry")
    reason = checked_reason(reason)
    with transaction.atomic():
        lock_record()
        contents = []
        for public_id in sorted(set(public_ids)):
            version = Version.objects.filter(public_id=public_id, superseded_in=None).first()
            if version is None or version.state != State.PUBLISHED:
                raise Refused(f"{public_id} is not published, so it cannot be withdrawn.")
            text = canonical(tombstone(version, State.WITHDRAWN))
            revision = add_revision(public_id, version.type, text, by=by, reason=reason)
            contents.append((revision, Change.WITHDRAWAL))
        return open_submission(contents, by=by, reason=reason)


def tombstone(version: Version, state: State, merged_into: str | None = None) -> Document:
    """What stays of an entry that is no longer to be read."""
    return {
        "id": version.public_id,
        "type": version.type,
        "slug": version.slug,
        "state": str(state),
        "merged_into": merged_into,
        "keys": {},
    }
