"""What stands before and after an entry in time."""

import pytest

from record.neighbours import in_time
from record.reading import Record
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)

    return published


def names(record, slug):
    around = in_time(record, record.get("event", slug), "date")
    return tuple(near and near.entry.name for near in (around.before, around.after))


def test_neighbours_are_those_that_lists_have_beside_it(publish):
    dates = {"First": "1990", "Second": "1991-05", "Third": "1991-05", "Fourth": "2001/.."}
    publish(*(world.event(title, date=date) for title, date in dates.items()))
    record = Record.current()
    titles = [version.label for version in record.versions("event")]
    assert titles == list(dates)
    around = [names(record, title.lower()) for title in titles]
    assert around == list(zip([None, *titles[:-1]], [*titles[1:], None], strict=True))


def test_undated_entry_has_no_place_in_time_and_is_nobodys_neighbour(publish):
    publish(world.event("Dated", date="1990"), world.event("Undated", date=None))
    record = Record.current()
    assert names(record, "dated") == (None, None)
    assert names(record, "undated") == (None, None)


def test_neighbours_cost_one_query(publish, django_assert_num_queries):
    publish(*(world.event(f"Event {number}", date=f"199{number}") for number in range(5)))
    record = Record.current()
    version = record.get("event", "event-2")
    with django_assert_num_queries(1):
        in_time(record, version, "date")


def test_pages_of_events_and_proposals_lead_to_their_neighbours(reader, publish):
    publish(
        *(world.event(f"Event {number}", date=f"199{number}") for number in range(3)),
        *(world.proposal(f"Plan {number}", presented=f"199{number}") for number in range(3)),
        world.event("Undated", date=None),
    )
    for at, name in (("/events/event", "Event"), ("/proposals/plan", "Plan")):
        page = page_at(reader, f"{at}-1/")
        (nav,) = page.with_class("in-time")
        assert nav.text == f"Before it, 1990 {name} 0 After it, 1992 {name} 2"
        assert page.link(f"{name} 0") == f"{at}-0/"
    assert page_at(reader, "/events/undated/").with_class("in-time") == []
