"""A short history with every kind of change in it, for what follows the record."""

from typing import Any

from desk.bases import Entry
from desk.merging import request_merger
from desk.publishing import approve_and_publish, withdraw
from desk.redaction import Then, redact
from desk.submissions import submission_checksum
from tests import world

CANARY = "zzcanaryzz"


def happened(cast: Any) -> tuple[Entry, ...]:
    """All kinds of changes: published, corrected, withdrawn, merged and redacted; its entries."""
    people = {"by": cast.contributor, "approved_by": cast.editor}
    chiefs = {"by": cast.chief_editor, "approved_by": cast.administrator, "reason": "For a reason."}
    one, other, loser, winner = (
        *(world.event(title) for title in ("Talks", "More talks")),
        *(world.actor(name) for name in ("A state", "The state")),
    )
    world.publish_all(one, other, loser, winner, **people)
    world.change(one, title=f"Secret talks {CANARY}")
    world.publish_all(one, **people)
    withdraw([other.public_id], **chiefs)
    submission = request_merger(
        loser.public_id, winner.public_id, by=chiefs["by"], reason="They are one."
    )
    checksum = submission_checksum(submission)
    approve_and_publish(submission, by=cast.editor, checksum=checksum)
    world.change(one, title="Talks again")
    world.publish_all(one, **people)
    redact(one.public_id, editions=[2], then=Then.STANDING, **chiefs)
    return one, other, loser, winner
