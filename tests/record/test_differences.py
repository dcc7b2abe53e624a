"""What differs between two documents."""

from typing import Any

import pytest

from events.document import EventDocument
from places.document import PlaceDocument
from record.differences import Difference, differences
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
        (("citations", "c1", "locator"), "changed"),
        (("participants", "p1"), "removed"),
        (("participants", "p2", "tenure"), "added"),
        (("participants", "p9"), "added"),
    ]
    assert (found[2].before["page"], found[2].after["page"]) == ("3", "4")


def test_another_order_of_rows_is_a_difference(event):
    after = changed(event, quantities=event["quantities"][::-1])

    assert differences(EventDocument, event, after) == [
        Difference(("quantities",), "reordered", ["p3", "p4"], ["p4", "p3"])
    ]


def test_nested_values_differ_as_a_whole(db):
    place = world.document(world.place(latitude="40.5", longitude="47.25", precision="settlement"))
    moved = changed(place, coordinates=place["coordinates"] | {"latitude": "41"})

    assert differences(PlaceDocument, place, moved) == [
        Difference(("coordinates",), "changed", place["coordinates"], moved["coordinates"])
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
