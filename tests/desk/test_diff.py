"""What differs between two documents."""

from typing import Any

import pytest

from desk.diff import Difference, differences
from desk.naming import in_words, name_in, names_of
from events.document import EventDocument
from places.document import PlaceDocument
from tests import world


@pytest.fixture
def event(full):
    return world.document(full.event)


def changed(document: Any, **values: Any) -> Any:
    return {**document, **values}


def test_equal_documents_do_not_differ(event):
    assert differences(EventDocument, event, dict(event)) == []


def test_fields_are_added_removed_and_changed_in_the_order_of_the_schema(event):
    after = changed(event, place=None, title="Another", editor_note=None)
    before = changed(event, summary=None)

    assert differences(EventDocument, before, after) == [
        Difference(("editor_note",), "removed", "The day is disputed.", None),
        Difference(("title",), "changed", "First day by the lake", "Another"),
        Difference(("summary",), "added", None, event["summary"]),
        Difference(("place",), "removed", event["place"], None),
    ]


def test_rows_are_matched_by_key(event):
    first, second = event["participants"]
    after = changed(
        event,
        participants=[second | {"tenure": first["tenure"]}, first | {"key": "p9"}],
        citations=[event["citations"][0] | {"locator": {**event["citations"][0]["locator"]}}],
    )
    after["citations"][0]["locator"]["page"] = "4"

    found = differences(EventDocument, event, after)

    assert [(each.path, each.change) for each in found] == [
        (("citations", "c2"), "removed"),
        (("citations", "c3"), "removed"),
        (("citations", "c1", "locator", "page"), "changed"),
        (("participants", "p1"), "removed"),
        (("participants", "p2", "tenure"), "added"),
        (("participants", "p9"), "added"),
    ]
    assert found[2].where == "citations c1, locator, page"
    assert (found[2].before, found[2].after) == ("3", "4")


def test_another_order_of_rows_is_a_difference(event):
    after = changed(event, quantities=event["quantities"][::-1])

    assert differences(EventDocument, event, after) == [
        Difference(("quantities",), "reordered", ["p3", "p4"], ["p4", "p3"])
    ]


def test_nested_values_differ_by_member_or_as_a_whole(db):
    place = world.document(world.place(latitude="40.5", longitude="47.25", precision="settlement"))
    moved = changed(place, coordinates=place["coordinates"] | {"latitude": "41"})

    assert [each.path for each in differences(PlaceDocument, place, moved)] == [
        ("coordinates", "latitude")
    ]
    assert differences(PlaceDocument, place, changed(place, coordinates=None)) == [
        Difference(("coordinates",), "removed", place["coordinates"], None)
    ]


def test_everything_of_a_new_entry_is_added_and_nothing_empty(event):
    found = differences(EventDocument, None, event)

    assert {each.change for each in found} == {"added"}
    assert [each.path[0] for each in found if each.after in (None, "", [])] == []
    assert [each.path for each in found][:2] == [("slug",), ("language",)]


def test_tombstone_differs_in_its_state_alone(event):
    tombstone = {
        "id": event["id"],
        "type": "event",
        "slug": event["slug"],
        "state": "withdrawn",
        "merged_into": None,
        "keys": {},
    }

    assert differences(EventDocument, event, tombstone) == [
        Difference(("state",), "changed", "published", "withdrawn")
    ]
    assert differences(EventDocument, tombstone, event) == [
        Difference(("state",), "changed", "withdrawn", "published")
    ]
    assert differences(EventDocument, tombstone, dict(tombstone)) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ([], ""),
        (True, "yes"),
        ("plain", "plain"),
        ("L2", "Lakeside (L2)"),
        ("A7/p4", "The Envoy (A7/p4)"),
        ("L3", "L3"),
        (["L2", "L3"], "Lakeside (L2), L3"),
        ([15, 16], "15, 16"),
        (
            {"edtf": "1997-07", "as_given": "in July", "inferred": True},
            "July 1997 (“in July”), inferred",
        ),
        ({"start": "In July", "end": None}, "start: In July"),
        ({"as_given": None, "precision": "area"}, "precision: area"),
    ],
)
def test_values_are_put_into_words(value, words):
    assert in_words(value, {"L2": "Lakeside", "A7": "The Envoy"}) == words


def test_entries_are_named_as_lists_name_them(db, django_assert_num_queries):
    actor, event, bare = world.actor("The Republic"), world.event("A summit"), world.place(names=[])

    with django_assert_num_queries(1):
        names = names_of([actor.public_id, event.public_id, bare.public_id, "E99"])
    assert names == {
        actor.public_id: "The Republic",
        event.public_id: "A summit",
        bare.public_id: bare.public_id,
    }
    assert name_in(world.document(event)) == "A summit"
