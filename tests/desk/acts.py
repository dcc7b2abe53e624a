"""What publishes, as one list: each act is done in one transaction, or not at all.

An act is prepared once, committed, and then done again and again by `tests.desk.test_faults`, with
something failing at another step each time; also by other processes. So what it is given are plain
values, and it looks up the rest itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from django.contrib.auth.models import User

from desk.corrections import save_correction
from desk.merging import request_merger
from desk.models import Revision, Submission, WorkingCopy
from desk.publishing import approve_and_publish, publish, withdraw
from desk.redaction import Then, request_redaction
from desk.revisions import add_revision
from desk.submissions import open_submission, submission_checksum
from desk.unpublished import publish_unpublished
from desk.withdrawal import tombstone
from record.canonical import canonical
from record.models import Change, State, Version
from tests import world
from tests.examples import HEADINGS, TEXT
from tests.threads import approved

Given = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """``publish(**prepare(cast))`` makes one edition, the next.

    ``every``: how many statements apart it is interrupted. What that takes grows with the square
    of their number, and a merger does some 150, mostly those of `desk.applying`.
    """

    prepare: Callable[[Any], Given]
    publish: Callable[..., Any]
    every: int = 1


def of_every_kind(cast: Any) -> Given:
    """A submission of a new entry, one changed in its parts and citations, and a withdrawal."""
    changed, gone = two_editions(cast)
    by = cast.contributor
    held = world.source("The talks by the lake", by=by)
    world.hold_text(held, TEXT, headings=HEADINGS)
    world.publish_only(held, by=by, approved_by=cast.editor)
    world.change(
        changed,
        by=by,
        title="Changed",
        participants=[world.participant(world.Actor.objects.get(), by=by)],
        citations=[
            {"source": held, "blocks": [3], "start": "In July the", "end": "the host said."},
            {"source": held, "claims": ["date"], "stance": "disputes"},
        ],
    )
    new = world.event("New", place=changed.place, by=by)
    standing = Version.objects.get(public_id=gone.public_id, superseded_in=None)
    text = canonical(tombstone(standing, State.WITHDRAWN))
    without = add_revision(gone.public_id, "event", text, by=cast.chief_editor, reason="No.")
    submission = open_submission(
        [
            (newest(new), Change.NEW),
            (newest(changed), Change.CORRECTION),
            (without, Change.WITHDRAWAL),
        ],
        by=by,
        reason="Of every kind.",
    )
    return to_approve(submission, by=cast.editor)


def correction_beside_work(cast: Any) -> Given:
    """A correction; the same entry stands in another submission, which is to be sent back.

    One claim is changed in both, one in each alone.
    """
    event, _ = two_editions(cast)
    text = newest(event).document
    world.change(event, title="Unfinished", summary="Unfinished.", by=cast.contributor)
    world.submitted(event, by=cast.contributor)
    public = orjson.loads(text) | {"title": "Corrected", "editor_note": "Corrected."}
    correction = save_correction(event, public, by=cast.editor, reason="The title was wrong.")
    return to_approve(correction, by=cast.chief_editor)


def merger(cast: Any) -> Given:
    """A published event names the loser; under review, it does so with a change more."""
    event, _ = two_editions(cast)
    loser, winner = world.Actor.objects.get(), world.actor("The same", by=cast.contributor)
    world.publish_only(winner, by=cast.contributor, approved_by=cast.editor)
    world.change(event, title="Changed", by=cast.contributor)
    world.submitted(event, by=cast.contributor)
    submission = request_merger(
        loser.public_id, winner.public_id, by=cast.chief_editor, reason="Entered twice."
    )
    return to_approve(submission, by=cast.editor)


def redaction(cast: Any) -> Given:
    """Of an entry's first version; its second stays, and what was said about it goes."""
    event, _ = two_editions(cast)
    version = Version.objects.get(public_id=event.public_id)
    world.change(event, title="Changed", by=cast.contributor)
    world.publish_only(event, by=cast.contributor, approved_by=cast.editor)
    submission = request_redaction(
        event.public_id,
        editions=[version.edition_id],
        then=Then.STANDING,
        by=cast.chief_editor,
        reason="By law.",
    )
    return to_approve(submission, by=cast.editor)


def to_approve(submission: Submission, *, by: Any) -> Given:
    return {
        "submission": submission.pk,
        "by": by.pk,
        "checksum": submission_checksum(submission),
    }


def approve_and_publish_it(*, submission: int, by: int, checksum: str) -> Any:
    found = Submission.objects.get(pk=submission)
    return approve_and_publish(found, by=person(by), checksum=checksum)


def approved_change(cast: Any) -> Given:
    changed, _ = two_editions(cast)
    world.change(changed, title="Changed", by=cast.contributor)
    submission = approved(changed, by=cast.contributor, approved_by=cast.editor)
    return {"submission": submission.pk, "by": cast.editor.pk}


def publish_it(*, submission: int, by: int) -> Any:
    return publish(Submission.objects.get(pk=submission), by=person(by))


def published_event(cast: Any) -> Given:
    _, gone = two_editions(cast)
    return {
        "public_id": gone.public_id,
        "by": cast.chief_editor.pk,
        "approved_by": cast.editor.pk,
    }


def withdraw_it(*, public_id: str, by: int, approved_by: int) -> Any:
    return withdraw([public_id], by=person(by), approved_by=person(approved_by), reason="Not so.")


def changes(cast: Any) -> Given:
    changed, _ = two_editions(cast)
    world.change(changed, title="Changed", by=cast.contributor)
    world.term("New", by=cast.contributor)
    return {"by": cast.contributor.pk, "approved_by": cast.editor.pk}


def publish_changes(*, by: int, approved_by: int) -> Any:
    return publish_unpublished(by=person(by), approved_by=person(approved_by), reason="All of it.")


# A line for each way to publish.
ACTS = {
    "approve and publish": Act(of_every_kind, approve_and_publish_it),
    "publish": Act(approved_change, publish_it),
    "publish a correction": Act(correction_beside_work, approve_and_publish_it, every=2),
    "publish a merger": Act(merger, approve_and_publish_it, every=5),
    "redact": Act(redaction, approve_and_publish_it),
    "withdraw": Act(published_event, withdraw_it),
    "publish all that is unpublished": Act(changes, publish_changes),
}


def two_editions(cast: Any) -> list[Any]:
    """Two events in the record, the first with a place and a participant."""
    people = {"by": cast.contributor, "approved_by": cast.editor}
    User.objects.filter(pk=cast.contributor.pk).update(email="contributor@chronicle.example")
    first = world.event(
        "First",
        by=cast.contributor,
        place=world.place("The Lake", by=cast.contributor),
        participants=[world.participant(world.actor(by=cast.contributor), by=cast.contributor)],
    )
    second = world.event("Second", by=cast.contributor)
    world.publish_all(first, **people)
    world.publish_all(second, **people)
    return [first, second]


def newest(entry: Any) -> Revision:
    return WorkingCopy.objects.get(public_id=entry.public_id).revision


def person(pk: int) -> User:
    return User.objects.get(pk=pk)
