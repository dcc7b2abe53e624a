"""Restoring an earlier revision into the working copy."""

import pytest

from desk.models import Revision, WorkingCopy
from desk.publishing import withdraw
from desk.revisions import restore
from record.canonical import canonical
from record.models import Version
from sources.models import SourceText
from tests import world
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


def copy_of(entry) -> WorkingCopy:
    return WorkingCopy.objects.get(public_id=entry.public_id)


def revision_of(entry, number: int) -> Revision:
    return Revision.objects.get(public_id=entry.public_id, number=number)


@pytest.mark.parametrize("type_name", ["term", "source", "place", "actor", "event", "proposal"])
def test_restore_brings_parts_and_citations_back(type_name, full, editor):
    entry = getattr(full, type_name)
    public = {version.pk: version.document for version in Version.objects.all()}
    before = revision_of(entry, 1)
    lists = [
        relation.get_accessor_name()
        for relation in type(entry)._meta.related_objects
        if relation.field.name == "entry"
    ]
    used = {"actor": ["tenures"]}.get(type_name, [])  # others refer to it
    world.change(entry, by=editor, slug="another", **{name: [] for name in {*lists} - {*used}})
    assert copy_of(entry).revision.document != before.document

    revision = restore(entry, before, by=editor, reason="It was right.")

    assert revision.document == before.document == canonical(world.document(entry))
    assert (revision.number, revision.saved_by, revision.reason) == (3, editor, "It was right.")
    assert copy_of(entry).changed is False
    # Never straight into public.
    assert {version.pk: version.document for version in Version.objects.all()} == public


def test_restore_of_other_waivers_is_for_those_who_may_grant_them(contributor, editor):
    event = world.event(by=editor, waivers=[{"claim": "date", "reason": "Everybody knows."}])
    world.change(event, by=editor, waivers=[])
    world.change(event, by=contributor, title="Another title")
    granted, taken_back = revision_of(event, 1), revision_of(event, 2)

    assert refusal(lambda: restore(event, granted, by=contributor, reason="Back.")) == [
        "contributor may not do this: it is for editors."
    ]
    assert event.waivers.count() == 0
    restore(event, taken_back, by=contributor, reason="Back.")
    restore(event, granted, by=editor, reason="Back.")
    assert event.waivers.count() == 1


def test_restore_leaves_its_user_and_reason_on_every_row_it_touches(contributor, editor):
    event = world.event(
        by=contributor, quantities=[{"what": "flags", "best": 1}, {"what": "chairs", "best": 2}]
    )
    first = revision_of(event, 1)
    world.change(event, by=contributor, title="Another title", quantities=[])

    restore(event, first, by=editor, reason="It was right.")

    for rows in (event.history, event.quantities.model.history):
        newest = rows.filter(history_user=editor)
        assert {row.history_change_reason for row in newest} == {"It was right."}
    assert event.quantities.model.history.filter(history_user=editor).count() == 2


def test_restore_refuses_what_cannot_be_put_back_and_changes_nothing(contributor, editor):
    lake = world.place("The Lake", by=contributor)
    event = world.event(by=contributor, place=lake)
    world.change(event, by=contributor, place=None, title="Without a place")
    lake.delete()
    before = canonical(world.document(event))

    assert refusal(
        lambda: restore(event, revision_of(event, 1), by=editor, reason="It was right.")
    ) == ["place: L1 is not at the desk."]
    assert canonical(world.document(event)) == before
    assert copy_of(event).revision.number == 2


def test_restore_refuses_the_revision_of_another_entry(contributor):
    one, other = world.event("One", by=contributor), world.event("Other", by=contributor)

    assert refusal(
        lambda: restore(one, revision_of(other, 1), by=contributor, reason="Why not.")
    ) == [f"Revision 1 belongs to {other.public_id}."]


def test_restore_refuses_a_tombstone(contributor, editor, chief_editor):
    for entry in (world.source(by=contributor), world.event(by=contributor)):
        if not Version.objects.filter(public_id=entry.public_id).exists():
            world.publish_all(entry, by=contributor, approved_by=editor)
    event = world.event("Withdrawn", by=contributor)
    world.publish_all(event, by=contributor, approved_by=editor)
    withdraw([event.public_id], by=chief_editor, approved_by=editor, reason="Not so.")

    assert refusal(lambda: restore(event, revision_of(event, 2), by=editor, reason="Back."))
    assert copy_of(event).revision.number == 1


def test_evidence_counts_the_newest_text_that_the_desk_holds(contributor):
    source = world.source(by=contributor)
    world.hold_text(source, "They met by the lake.")
    event = world.event(by=contributor, citations=[{"source": source, "start": "by the lake"}])
    SourceText.objects.create(source=source, text="They met on a boat.", headings=[])
    world.change(event, by=contributor, title="Another title")

    # The claims are cited all the same: what stands against publishing is the passage.
    assert copy_of(event).gaps == 0
