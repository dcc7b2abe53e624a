"""The orders of lists: each whole, forth and back, with filters and without."""

import pytest
from django.db import connection
from django.http import QueryDict

from events.filters import EventFilter
from record.paging import BadCursor, page
from record.reading import Record
from record.sorting import in_order
from tests import world
from tests.answers import answer, ids_of, wrong_parameters
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db

ORDERS = {
    "date": ["Zebra", "apple", "Bread", "bread", "Açaí", "Undated", "without a date"],
    "-date": ["Açaí", "bread", "Bread", "apple", "Zebra", "without a date", "Undated"],
    "title": ["Açaí", "apple", "Bread", "bread", "Undated", "without a date", "Zebra"],
    "changed": ["Bread", "Undated", "Zebra", "apple", "bread", "Açaí", "without a date"],
}


def seven_events(cast):
    """Events of two editions: two of one day, two without a date; all with the Kingdom."""
    guest = world.participant(world.actor("The Kingdom"))
    dates = {
        **{"Zebra": "1990", "apple": "1991", "Bread": "1992-05-01", "bread": "1992-05-01"},
        **{"Açaí": "2001", "Undated": None, "without a date": None},
    }
    events = {
        title: world.event(title, date=date, participants=[guest]) for title, date in dates.items()
    }
    who = {"by": cast.contributor, "approved_by": cast.editor}
    world.publish_all(*events.values(), **who)
    for title in ("Bread", "Undated"):
        world.change(events[title], editor_note="Looked at again.")
    world.publish_only(events["Bread"], events["Undated"], **who)
    return events


@pytest.fixture
def seven(kept):
    return kept(seven_events)


def pages(query, limit, *, backward=False):
    """The pages of the list: from its beginning, or from its last page back."""
    filters = EventFilter(QueryDict(query), record=Record.current())
    assert filters.errors == {}
    found = page(filters.qs, cursor=None, limit=limit, order=filters.order)
    seen = [found]
    while found.next:
        found = page(filters.qs, cursor=found.next, limit=limit, order=filters.order)
        seen.append(found)
    if backward:
        back = [found]
        while found.previous:
            found = page(filters.qs, cursor=found.previous, limit=limit, order=filters.order)
            back.append(found)
        seen = back[::-1]
    return [[version.label for version in found.items] for found in seen]


@pytest.mark.parametrize("beside", ["", "&actor=the-kingdom", "&kind=meeting", "&q=the"])
@pytest.mark.parametrize("order", ORDERS)
def test_each_order_is_whole_forth_and_back_in_pages_of_any_size(seven, order, beside):
    wanted = ORDERS[order]
    for limit in range(1, 8):
        forth = pages(f"sort={order}{beside}", limit)
        assert [title for found in forth for title in found] == wanted
        assert pages(f"sort={order}{beside}", limit, backward=True) == forth


def test_list_s_own_order_is_that_without_any(seven):
    assert pages("", 10) == pages("sort=date", 10) == [ORDERS["date"]]


def test_cursor_of_one_list_is_none_of_another(reader, seven):
    own = {"events": "date", "proposals": "date", "terms": "vocabulary", "sources": "title"}
    for order in ("", "changed", "title", "-date"):
        cursor = answer(reader, "events/", sort=order or "date", limit=1)["next"].split("cursor=")[
            1
        ]
        for plural in ("actors", "sources", "places", "terms", "proposals", "responses"):
            ordered = {"sort": order or own.get(plural, "name")} if plural != "responses" else {}
            wrong = wrong_parameters(reader, f"{plural}/", cursor=cursor, **ordered)
            assert "cursor" in wrong, (plural, order)


def test_cursor_of_one_order_is_none_of_another(seven):
    lists = {
        name: EventFilter(QueryDict(f"sort={name}"), record=Record.current()) for name in ORDERS
    }
    cursors = {name: found.page(cursor=None, limit=2).next for name, found in lists.items()}
    for name, found in lists.items():
        for other, cursor in cursors.items():
            if name == other:
                found.page(cursor=cursor, limit=2)
            else:
                with pytest.raises(BadCursor):
                    found.page(cursor=cursor, limit=2)


@pytest.mark.parametrize("order", ORDERS)
def test_page_costs_one_query_or_one_more_where_undated_ones_come_last(
    seven, order, django_assert_num_queries
):
    filters = EventFilter(QueryDict(f"sort={order}"), record=Record.current())
    first = page(filters.qs, cursor=None, limit=3, order=filters.order)
    with django_assert_num_queries(1):
        page(filters.qs, cursor=None, limit=3, order=filters.order)
    with django_assert_num_queries(2 if order == "-date" else 1):
        page(filters.qs, cursor=first.next, limit=3, order=filters.order)


@pytest.mark.skipif(
    connection.vendor != "sqlite",
    reason="PostgreSQL plans by what its tables hold, which is next to nothing here",
)
@pytest.mark.parametrize("order", ["date", "changed"])
def test_order_is_that_of_an_index(seven, order):
    filters = EventFilter(QueryDict(f"sort={order}"), record=Record.current())
    versions, columns = in_order(filters.qs, filters.order)
    plan = versions.order_by(*columns.sorting(backward=False))[:3].explain()
    assert "record_version_" in plan
    assert "TEMP B-TREE" not in plan


def test_order_is_no_filter_and_is_kept_by_the_form_the_chips_and_the_pages(reader, seven):
    page_ = page_at(reader, "/events/?kind=meeting&sort=-date")
    assert page_.at("results-title").text == "7 of 7 events"
    assert [element.text for element in page_.with_class("chip")] == ["Remove Kind: Meeting ×"]
    assert page_.with_class("chip")[0].get("href") == "/events/?sort=-date"
    assert [(box.get("type"), box.get("value")) for box in page_.all("input", name="sort")] == [
        ("hidden", "-date")
    ]
    orders = {link.text: link.get("href") for link in page_.all("a", aria_current="true")}
    assert orders["Latest first"] == "/events/?kind=meeting&sort=-date"
    assert page_.link("Earliest first") == "/events/?kind=meeting"


def test_sources_and_places_and_terms_have_their_own_orders(reader, seven):
    def orders(address):
        (nav,) = page_at(reader, address).with_class("sorts")
        return nav.text

    assert orders("/sources/") == "Title Recently changed"
    assert orders("/actors/") == "Name Recently changed"
    assert orders("/terms/") == "Vocabulary Recently changed"


def test_api_sorts_as_pages_do(reader, seven):
    def titles(body):
        return [result["title"] for result in body["results"]]

    first = answer(reader, "events/", sort="-date", limit=4)
    second = reader.get(first["next"]).json()
    assert titles(first) + titles(second) == ORDERS["-date"]
    assert ids_of(reader.get(second["previous"]).json()) == ids_of(first)
    assert wrong_parameters(reader, "events/", sort="size") == ["sort"]
    cursor = first["next"].partition("cursor=")[2]
    assert wrong_parameters(reader, "events/", sort="title", cursor=cursor) == ["cursor"]
