import pytest

from tests import world
from tests.answers import answer, ids_of

pytestmark = pytest.mark.django_db


def publish(cast, *entries):
    world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)


def rich_event(number, parts=1):
    """An event with parts and citations that refer to entries of its own."""
    names = [f"{number}-{part}" for part in range(parts)]
    event = world.event(
        f"Event {number}",
        date="1997",
        place=world.place(f"Place {number}"),
        participants=[world.participant(world.actor(f"Actor {name}")) for name in names],
        citations=[],
    )
    for name in names:
        world.cite(event, source=world.source(f"Source {name}"), start=f"Words of {name}")
    return world.change(event)


@pytest.mark.parametrize("entries", [1, 3])
def test_event_list_queries_do_not_grow(reader, cast, django_assert_num_queries, entries):
    publish(cast, *(rich_event(number) for number in range(entries)))
    with django_assert_num_queries(6):
        assert len(answer(reader, "events/")["results"]) == entries
    with django_assert_num_queries(4):
        filters = {"kind": "meeting", "role": "delegate", "from": "1997", "q": "event"}
        assert len(answer(reader, "events/", **filters)["results"]) == entries


@pytest.mark.parametrize("parts", [1, 3])
def test_event_detail_queries_do_not_grow(reader, cast, django_assert_num_queries, parts):
    event = rich_event(0, parts)
    publish(cast, event)
    with django_assert_num_queries(6):
        result = answer(reader, f"events/{event.public_id}/")["result"]
    assert len(result["participants"]) == len(result["citations"]) == parts


def test_events_are_in_the_order_of_their_dates(reader, cast):
    dates = ["2001", "1997-07-02", "1997", None, "1997-07", "1996/1998"]
    events = {date: world.event(f"Event {date}", date=date) for date in dates}
    publish(cast, *events.values())
    order = ["1996/1998", "1997", "1997-07", "1997-07-02", "2001", None]
    assert ids_of(answer(reader, "events/")) == [events[date].public_id for date in order]


def test_event_has_the_members_that_were_promised(reader, cast):
    publish(cast, rich_event(0))
    result = answer(reader, "events/")["results"][0]
    assert sorted(result) == sorted(
        [
            *("id", "type", "slug", "language", "title", "summary", "identifiers", "subjects"),
            *("editor_note", "waivers", "date", "kind", "place", "part_of", "follows"),
            *("participants", "quantities", "citations", "version"),
        ]
    )
    assert result["date"] == {
        "edtf": "1997",
        "earliest": "1997-01-01",
        "latest": "1997-12-31",
        "as_given": None,
        "inferred": False,
    }
    assert sorted(result["participants"][0]) == ["actor", "key", "role", "tenure"]
    assert sorted(result["citations"][0]) == sorted(
        [
            *("key", "source", "claims", "stance", "asserts", "locator", "selector"),
            *("accessed_on", "cited_via", "note"),
        ]
    )
