"""Invariant 8: ids and keys are permanent and never reused."""

import pytest

from desk.keys import next_key, next_public_id, reserve_key, reserve_public_id
from desk.models import Counter, WorkingCopy
from desk.revisions import restore
from events.models import Event
from tests import world
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


def test_ids_count_up_by_letter():
    assert [next_public_id("E") for _ in range(3)] == ["E1", "E2", "E3"]
    assert next_public_id("A") == "A1"


def test_keys_count_up_by_entry_and_by_kind():
    assert [next_key("E1", "p") for _ in range(2)] == ["p1", "p2"]
    assert next_key("E1", "c") == "c1"
    assert next_key("E10", "p") == "p1"


def test_one_counter_serves_all_part_tables_of_an_entry():
    envoy = world.actor(
        names=[{"text": "The Envoy"}],
        offices=[{"title": "Envoy"}],
        tenures=[{"role": "Envoy"}, {"role": "Chair"}],
    )
    parts = [
        row.key for name in ("names", "offices", "tenures") for row in getattr(envoy, name).all()
    ]

    assert sorted(parts) == ["p1", "p2", "p3", "p4"]
    assert [row.key for row in envoy.citations.all()] == ["c1"]


def test_reserved_numbers_are_not_given_out():
    reserve_public_id("E40")
    reserve_public_id("E7")
    reserve_key("E40", "p12")

    assert next_public_id("E") == "E41"
    assert next_key("E40", "p") == "p13"


@pytest.mark.parametrize("nonsense", ["", "E", "E0", "E01", "14", "E-1", "E1.5", "EE1", "E1 "])
def test_what_is_no_id_is_not_reserved(nonsense):
    assert refusal(lambda: reserve_public_id(nonsense)) == [
        f"{nonsense!r} is not a letter and a number, like E14 or p2."
    ]
    assert not Counter.objects.exists()


def test_an_entry_that_brings_its_id_keeps_it_and_moves_the_counter():
    event = world.event(public_id="E20")
    following = world.event("Another")

    assert (event.public_id, following.public_id) == ("E20", "E21")


def test_an_id_of_another_type_is_refused():
    assert refusal(lambda: world.place(public_id="E20")) == [
        "E20 is no id of this type: it has no L."
    ]
    assert not Counter.objects.filter(name="E").exists()


def test_ids_never_change(contributor):
    event = world.event(by=contributor)
    held = Event.objects.get(pk=event.pk)

    held.public_id = "E99"
    assert refusal(held.save) == ["The public id of an entry never changes."]
    held.public_id = ""
    assert refusal(held.save) == ["The public id of an entry never changes."]

    assert Event.objects.get().public_id == event.public_id


def test_keys_never_change_and_rows_never_move(contributor):
    event, other = world.event(by=contributor), world.event("Another", by=contributor)
    flags = event.quantities.create(what="flags", best=1)

    for change in ({"key": "p99"}, {"entry": other}):
        held = type(flags).objects.get()
        for name, value in change.items():
            setattr(held, name, value)
        assert refusal(held.save) == ["A row never changes its key, nor goes to another entry."]

    held = type(flags)(entry=event, what="chairs", best=1, key="c7")
    assert refusal(held.save) == ["c7 is no such key: it has no p."]
    assert [(row.key, row.entry) for row in type(flags).objects.all()] == [("p1", event)]


def test_keys_are_not_reused_after_deletion_nor_after_a_restore(contributor):
    event = world.event(
        by=contributor, quantities=[{"what": "flags", "best": 1}, {"what": "chairs", "best": 2}]
    )
    first = WorkingCopy.objects.get(public_id=event.public_id).revision
    world.change(event, by=contributor, quantities=[{"what": "tables", "best": 3}])
    assert [row.key for row in event.quantities.all()] == ["p3"]

    restore(event, first, by=contributor, reason="It was right.")
    assert [row.key for row in event.quantities.all()] == ["p1", "p2"]

    assert event.quantities.create(what="lamps", best=4).key == "p4"


def test_ids_are_not_reused_after_deletion(contributor):
    event = world.event(by=contributor)
    event.delete()

    assert world.event("Another", by=contributor).public_id == "E2"


def test_a_new_counter_starts_past_every_id_and_key_in_the_record(contributor, editor):
    event = world.event(
        by=contributor, quantities=[{"what": "flags", "best": 1}, {"what": "chairs", "best": 2}]
    )
    world.publish_all(event, by=contributor, approved_by=editor)
    world.change(
        event, by=contributor, quantities=[], citations=[{"source": event.citations.get().source}]
    )
    world.publish_all(event, by=contributor, approved_by=editor)
    Counter.objects.all().delete()

    assert next_public_id("E") == f"E{int(event.public_id[1:]) + 1}"
    assert next_key(event.public_id, "p") == "p3"
    assert next_key(event.public_id, "c") == "c3"
    Counter.objects.all().delete()
    reserve_key(event.public_id, "p1")
    assert next_key(event.public_id, "p") == "p3"
