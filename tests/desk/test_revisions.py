"""Revisions: the document of each save, and how the working copy stands because of it."""

import pytest
from django.db import IntegrityError, transaction

from desk.models import Revision, WorkingCopy
from desk.publishing import withdraw
from desk.revisions import save_revision
from events.models import Event
from record.canonical import canonical, digest
from tests import world

pytestmark = pytest.mark.django_db


def copy_of(entry) -> WorkingCopy:
    return WorkingCopy.objects.get(public_id=entry.public_id)


def revision_of(entry, number: int) -> Revision:
    return Revision.objects.get(public_id=entry.public_id, number=number)


def test_each_save_is_a_revision_by_somebody_for_a_reason(contributor, editor):
    event = world.event(by=contributor, reason="From the report.")
    world.change(event, by=editor, reason="A better title.", title="Another title")

    first, second = (revision_of(event, number) for number in (1, 2))
    assert (first.saved_by, first.reason) == (contributor, "From the report.")
    assert (second.saved_by, second.reason) == (editor, "A better title.")
    assert second.document == canonical(world.document(event))
    assert second.checksum == digest(second.document)
    assert (second.type, second.schema) == ("event", 1)
    assert copy_of(event).revision == second


def test_a_save_that_changes_no_byte_is_no_revision(contributor):
    event = world.event(by=contributor)

    event.desk_note = "Only for us."
    event.save()
    revision = save_revision(event, by=contributor, reason="A note of ours.")

    assert revision == revision_of(event, 1)
    assert Revision.objects.filter(public_id=event.public_id).count() == 1


def test_save_revision_writes_what_is_saved_and_not_what_is_held(contributor):
    event = world.event(by=contributor)
    event.title = "Never saved"

    revision = save_revision(event, by=contributor, reason="x")

    assert revision.number == 1
    assert "Never saved" not in revision.document


def test_changed_says_whether_the_working_copy_differs_from_the_record(
    contributor, editor, chief_editor
):
    event = world.event("As published", by=contributor)
    seen = [copy_of(event).changed]
    world.publish_all(event, by=contributor, approved_by=editor)
    seen.append(copy_of(event).changed)
    world.change(event, by=contributor, title="Changed")
    seen.append(copy_of(event).changed)
    world.change(event, by=contributor, title="As published")
    seen.append(copy_of(event).changed)
    withdraw([event.public_id], by=chief_editor, approved_by=editor, reason="Not so.")
    seen.append(copy_of(event).changed)
    world.change(event, by=contributor, title="Changed")
    seen.append(copy_of(event).changed)

    assert seen == [True, False, True, False, False, True]


def test_gaps_are_the_claims_that_still_need_evidence(contributor):
    """And not the other things that stand against publishing."""
    source = world.source(by=contributor)
    world.hold_text(source, "They met by the lake.")
    event = world.event(
        by=contributor,
        summary="They met.",
        citations=[{"claims": ["date", "nothing"], "source": source, "start": "on the moon"}],
    )

    assert copy_of(event).gaps == 2  # entry, summary

    world.cite(event, by=contributor, claims=["entry"], source=source)
    event.waivers.create(claim="summary", reason="Known.")
    save_revision(event, by=contributor, reason="Evidence.")

    assert copy_of(event).gaps == 0


def test_revisions_have_one_number_each(contributor):
    event = world.event(by=contributor)
    first = revision_of(event, 1)
    first.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_withdrawals_take_a_number_of_their_own(contributor, editor, chief_editor):
    event = world.event(by=contributor)
    world.publish_all(event, by=contributor, approved_by=editor)
    withdraw([event.public_id], by=chief_editor, approved_by=editor, reason="Not so.")
    world.change(event, by=contributor, title="Another title")

    assert '"state":"withdrawn"' in revision_of(event, 2).document
    assert copy_of(event).revision == revision_of(event, 3)


def test_an_entry_without_a_revision_can_be_given_one(contributor):
    """As loaders do, which make all entries before they say what is in them."""
    event = Event.objects.create(title="Bare", slug="bare", kind=world.term())

    assert save_revision(event, by=contributor, reason="x").number == 1
    assert copy_of(event).changed is True
