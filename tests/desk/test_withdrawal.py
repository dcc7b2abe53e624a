"""Withdrawing published entries, and bringing them back."""

import pytest

from desk.models import Submission, WorkingCopy
from desk.publishing import publish, withdraw
from desk.submissions import submission_checksum
from desk.unpublished import unpublished_ids
from record.models import Change, Edition, Version
from record.reading import Record
from record.verification import verify
from tests import world
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


def standing(entry) -> Version:
    return Version.objects.get(public_id=entry.public_id, superseded_in=None)


def faults() -> list[str]:
    return list(verify().faults)


def test_withdraw_leaves_the_working_copy_at_the_desk(people, chief_editor):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    document = world.document(event)

    withdraw([event.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")

    copy = WorkingCopy.objects.get(public_id=event.public_id)
    assert (copy.published, copy.changed) == (None, False)
    assert world.document(event) == document
    # Publishing everything does not bring it back.
    assert unpublished_ids() == []
    assert faults() == []


def test_what_was_withdrawn_can_come_back_as_it_was(people, chief_editor):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    withdraw([event.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")

    edition = world.publish_only(event, reason="After all.", kind=Change.CLARIFICATION, **people)

    [version] = edition.versions.all()
    assert (version.change, version.state) == ("clarification", "published")
    assert Record.current().get("event", event.slug) == version
    assert faults() == []


def test_withdraw_is_refused_for_what_is_not_there(people, chief_editor):
    event = world.event(by=people["by"])
    approved_by = people["approved_by"]

    def attempt():
        return withdraw([event.public_id], by=chief_editor, approved_by=approved_by, reason="No.")

    never = [f"{event.public_id} is not published, so it cannot be withdrawn."]
    assert refusal(attempt) == never
    world.publish_all(event, **people)
    attempt()
    assert refusal(attempt) == never
    assert Edition.objects.count() == 2


def test_withdraw_needs_a_reason(people, chief_editor):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)

    assert refusal(
        lambda: withdraw(
            [event.public_id], by=chief_editor, approved_by=people["approved_by"], reason=" "
        )
    ) == ["Say why: a submission needs a reason."]


def test_a_withdrawal_asked_for_twice_is_published_once(people, chief_editor):
    """However the second one came to be approved."""
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    edition = withdraw(
        [event.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No."
    )
    again = Submission.objects.create(
        reason="No.",
        state="approved",
        created_by=chief_editor,
        approved_by=people["approved_by"],
        approved_at=edition.published_at,
        approved_checksum="x",
    )
    again.items.create(
        public_id=event.public_id,
        type="event",
        revision=edition.submission.items.get().revision,
        change="withdrawal",
    )
    Submission.objects.filter(pk=again.pk).update(approved_checksum=submission_checksum(again))

    assert refusal(lambda: publish(again, by=people["approved_by"])) == [
        f"{event.public_id} is not published, so it cannot go."
    ]
