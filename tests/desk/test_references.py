"""Invariant 7: every reference resolves in the same edition."""

import pytest

from desk.publishing import withdraw
from record.reading import Record
from record.verification import verify
from tests import world
from tests.refusals import against_publishing, refusal

pytestmark = pytest.mark.django_db

TEXT = """They met by the lake in July.

The second day they met by the bridge, and by the bridge they parted.

“Never again” – said the host."""


def only(*entries, people) -> list[str]:
    return refusal(lambda: world.publish_only(*entries, **people))


def test_a_reference_to_what_is_not_published_is_refused(people):
    lake = world.place("The Lake", by=people["by"])
    event = world.event(by=people["by"], place=lake)
    source = event.citations.get().source

    assert only(event, people=people) == [
        "E1 refers to L1, which is not published.",
        "E1 refers to S1, which is not published.",
        "E1 refers to T1, which is not published.",
    ]
    assert only(event, event.kind, source, people=people) == [
        "E1 refers to L1, which is not published."
    ]
    world.publish_only(event, event.kind, source, lake, **people)


def test_a_reference_to_what_was_withdrawn_is_refused(people, chief_editor):
    lake = world.place("The Lake", by=people["by"])
    world.publish_all(lake, **people)
    withdraw([lake.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")
    event = world.event(by=people["by"], place=lake)

    assert only(event, event.kind, people=people) == ["E1 refers to L1, which is not published."]


def test_a_reference_within_what_a_citation_asserts_has_to_resolve_too(people):
    here, there = world.place("Here", by=people["by"]), world.place("There", by=people["by"])
    event = world.event(
        by=people["by"],
        place=here,
        citations=[{}, {"claims": ["place"], "stance": "disputes", "asserts": there.public_id}],
    )

    assert only(event, event.kind, here, event.citations.first().source, people=people) == [
        f"E1 refers to {there.public_id}, which is not published."
    ]
    assert against_publishing(event, people) == []


def test_a_reference_to_a_part_that_is_not_published_is_refused(people):
    envoy = world.actor("The Envoy", by=people["by"])
    world.publish_all(envoy, **people)
    tenure = envoy.tenures.create(role="Envoy")
    event = world.event(
        by=people["by"], participants=[world.participant(envoy, tenure=tenure, by=people["by"])]
    )
    roles = [event.kind, event.participants.get().role]

    assert only(event, *roles, people=people) == [f"E1 refers to A1/{tenure.key}, which is gone."]
    world.change(envoy, by=people["by"], citations=[{}])
    world.publish_only(event, envoy, *roles, **people)
    assert verify().faults == []


def test_removing_a_part_that_others_refer_to_is_refused(people):
    envoy = world.actor("The Envoy", tenures=[{"role": "Envoy"}], by=people["by"])
    tenure = envoy.tenures.get()
    event = world.event(
        by=people["by"], participants=[world.participant(envoy, tenure=tenure, by=people["by"])]
    )
    world.publish_all(event, **people)
    # At the desk, the event lets go of the tenure; that is not published.
    participant = event.participants.get()
    participant.tenure = None
    participant.save()
    world.change(event, by=people["by"])
    world.change(envoy, by=people["by"], tenures=[], citations=[{}])

    assert only(envoy, people=people) == [f"A1/{tenure.key} cannot go: E1 refers to it."]
    world.publish_only(envoy, event, **people)
    assert verify().faults == []


def test_withdrawing_what_others_refer_to_is_refused_with_their_names(people, chief_editor):
    lake = world.place("The Lake", by=people["by"])
    events = [world.event(f"Event {number}", place=lake, by=people["by"]) for number in range(3)]
    world.publish_all(*events, **people)

    def attempt(*entries):
        return withdraw(
            [entry.public_id for entry in entries],
            by=chief_editor,
            approved_by=people["approved_by"],
            reason="No.",
        )

    assert refusal(lambda: attempt(lake)) == [
        f"L1 cannot go: {event.public_id} refers to it." for event in events
    ]
    assert refusal(lambda: attempt(lake, *events[:2])) == ["L1 cannot go: E3 refers to it."]
    # All together, or once nobody refers to it any more.
    attempt(lake, *events)
    assert [version.public_id for version in Record.current().versions()] == ["S1", "T1"]
    assert verify().faults == []


def test_what_refers_only_in_the_past_does_not_hold_an_entry_back(people, chief_editor):
    lake = world.place("The Lake", by=people["by"])
    event = world.event(place=lake, by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], place=None, citations=[])
    world.cite(event, by=people["by"])
    world.change(event, by=people["by"])
    world.publish_all(event, **people)

    withdraw([lake.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")

    assert Record(1).references(["L1"])["L1"].name == "The Lake"
    assert Record(3).references(["L1"]) == {}
    assert verify().faults == []


def test_two_entries_that_refer_to_one_another_are_published_together(people):
    first, second = world.event("First", by=people["by"]), world.event("Second", by=people["by"])
    first.follows.set([second])
    second.follows.set([first])
    for event in (first, second):
        world.change(event, by=people["by"], citations=[{}])

    assert only(first, first.kind, first.citations.get().source, people=people) == [
        "E1 refers to E2, which is not published."
    ]
    assert against_publishing(first, people) == []
    assert verify().faults == []
