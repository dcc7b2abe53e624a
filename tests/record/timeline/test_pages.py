"""The page of a timeline: what it counts, where its marks lead, what it costs."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict

from events.filters import EventFilter
from record.reading import Record
from record.timeline import counting
from tests import world
from tests.page_reading import Page, page_at
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db

TIMELINE = "/timeline/events/"


@pytest.fixture
def publish(cast):
    def published(*entries):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)

    return published


@pytest.fixture
def some(publish):
    """Of 1994 to 2001: a day, a month, a year, an open end, one without a date; two actors."""
    envoy, host = world.actor("The Envoy"), world.actor("The Host")
    visit = world.term("Visit", vocabulary=Vocabulary.EVENT_KIND)
    with_envoy = [world.participant(envoy)]
    events = [
        world.event("A visit", date="1994-07-02", kind=visit, participants=with_envoy),
        world.event("A month", date="1997-07", participants=[*with_envoy, world.participant(host)]),
        world.event("A year", date="2001"),
        world.event("A course", date="1998/.."),
        world.event("Some time", date=None),
    ]
    plan = world.proposal("The plan", presented="1997-07", event=events[1])
    publish(*events, plan)
    return events


def words(page: Page) -> list[str]:
    """What is said of the marks of the wide picture, in their order."""
    html = [element.text for element in page.all("title")][1:]
    return list(dict.fromkeys(text for text in html if not text.endswith("nearer")))


def lanes(page: Page) -> list[str]:
    return [element.text for element in page.with_class("timeline-lane-name")]


def test_marks_are_links_that_say_title_and_date(reader, some):
    page = page_at(reader, TIMELINE)
    assert words(page) == [
        "A visit, 2 July 1994",
        "A month, July 1997",
        "A course, from 1998",
        "A year, 2001",
    ]
    marks = {element.get("href") for element in page.with_class("timeline-mark")}
    assert marks == {f"/events/{event.slug}/" for event in some[:4]}
    assert page.at("timeline-title").text == "1994 – 2001"
    assert [each.get("content") for each in page.all("meta", name="robots")] == ["noindex"]


def test_what_is_not_in_the_picture_is_counted_and_can_be_reached(reader, some):
    page = page_at(reader, f"{TIMELINE}?window=1996/1998")
    (note,) = page.with_class("timeline-note")
    assert note.text == "2 events in this time, 1 before, 1 after, 1 without a date."
    assert page_at(reader, page.link("2 events")).at("results-title").text == "2 of 5 events"
    assert page.link("1 without a date") == "/events/?date=none"
    assert words(page_at(reader, page.link("1 before")))[0] == "A visit, 2 July 1994"


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("kind", ["Meeting 3 as a list", "Visit 1 as a list"]),
        ("actor", ["The Envoy 2 as a list", "The Host 1 as a list", "No actor 2 as a list"]),
        ("proposal", ["The plan 1", "No proposal 3"]),
    ],
)
def test_lanes_have_each_entry_they_are_of(reader, some, by, found):
    page = page_at(reader, f"{TIMELINE}?lanes={by}")
    assert sorted(lanes(page)) == sorted(found)
    for link in page.with_class("timeline-lane-number"):
        if href := link.get("href"):
            title = page_at(reader, href).at("results-title").text
            assert title.split()[0] == link.text.split()[0]


def test_filters_are_those_of_the_list_and_stay(reader, some):
    page = page_at(reader, f"{TIMELINE}?actor=the-envoy&lanes=kind&window=1990/2000")
    assert page.at("results-title").text == "2 of 5 events"
    assert page.link("List") == "/events/?actor=the-envoy"
    for way in ("Earlier", "Nearer", "By actor"):
        for link in page.all("a"):
            if link.text == way:
                assert parse_qs(urlsplit(link.get("href") or "").query)["actor"] == ["the-envoy"]
    listed = page_at(reader, "/events/?actor=the-envoy&sort=title")
    assert listed.link("Timeline") == f"{TIMELINE}?actor=the-envoy"
    hidden = {field.get("name"): field.get("value") for field in page.all("input", type="hidden")}
    assert hidden == {"lanes": "kind", "window": "1990/2000"}


def test_what_cannot_be_used_is_said(reader, some):
    page = page_at(reader, f"{TIMELINE}?lanes=colour&window=soon")
    lanes_wrong, window_wrong = (notice.text for notice in page.with_class("notice"))
    assert lanes_wrong == (
        "There are no lanes by “colour”; there are lanes by: kind, actor, place, proposal."
    )
    assert window_wrong == (
        "The time to show: “soon” is no date. "
        "Write a year, month or day, like 1997, 1997-07 or 1997-07-20."
    )
    assert len(words(page)) == 4


def test_few_early_entries_do_not_take_the_room_of_the_others(reader, publish, monkeypatch):
    monkeypatch.setattr(counting, "FEW", 0.34)
    publish(*(world.event(f"E {year}", date=year) for year in ("0800", "1950", "1989")))
    page = page_at(reader, TIMELINE)
    assert page.at("timeline-title").text == "1950 – 1989"
    everything = page_at(reader, page.link("1 before"))
    assert everything.at("timeline-title").text == "0800 – 1989"


def test_many_close_together_are_one_mark_that_opens_and_at_last_is_a_list(reader, publish):
    days = ["1994-07-02"] * 5
    publish(*(world.event(f"E {at}", date=day) for at, day in enumerate([*days, "2001"])))
    address, seen = TIMELINE, 0
    while address.startswith(TIMELINE):
        page = page_at(reader, address)
        (address,) = {
            mark.get("href") or ""
            for mark in page.with_class("timeline-mark")
            if mark.text.startswith("5 events, 2 July 1994")
        }
        seen += 1
    assert seen == 2
    assert address == "/events/?from=1994-07-02&to=1994-07-02"
    assert page_at(reader, address).at("results-title").text == "5 of 6 events"


@pytest.mark.parametrize("by", ["", "kind", "actor", "proposal"])
def test_what_is_counted_in_the_database_is_what_is_read(reader, some, by, monkeypatch):
    read = page_at(reader, f"{TIMELINE}?lanes={by}") if by else page_at(reader, TIMELINE)
    monkeypatch.setattr(counting, "MOST_READ", 0)
    counted = page_at(reader, f"{TIMELINE}?lanes={by}") if by else page_at(reader, TIMELINE)
    assert lanes(counted) == lanes(read)
    assert words(counted) == words(read)


def test_several_are_never_shown_as_the_one_that_stands_alone_in_another_lane(
    reader, publish, monkeypatch
):
    monkeypatch.setattr(counting, "MOST_READ", 0)
    envoy, host = (world.participant(world.actor(f"The {name}")) for name in ("Envoy", "Host"))
    both = world.event("A visit", date="1994-07-02", participants=[envoy, host])
    publish(
        both,
        world.event("A dinner", date="1994-07-02", participants=[host]),
        world.event("A year", date="2001"),
    )
    page = page_at(reader, f"{TIMELINE}?lanes=actor")
    hrefs = sorted({mark.get("href") or "" for mark in page.with_class("timeline-mark")})
    assert hrefs == [
        f"/events/{both.slug}/",
        "/events/a-year/",
        f"{TIMELINE}?lanes=actor&window=1994-06-29/1994-07-05",
    ]


def test_reach_leaves_out_open_ends(publish):
    publish(*(world.event(f"E {at}", date=at) for at in ("../1990", "1994/..", None)))
    filters = EventFilter(QueryDict(), record=Record.current())
    reach = counting.reach_of(filters.qs)
    assert (reach.number, reach.dated) == (3, 2)
    assert reach.first == 726_832  # 31 December 1990
    assert reach.last == 727_929  # 1 January 1994


def test_entries_without_dates_have_none(reader, publish):
    publish(world.event("Some time", date=None))
    page = page_at(reader, TIMELINE)
    assert page.with_class("notice")[0].text == "None of these has a date. See them as a list."
    page_at(reader, "/timeline/places/", status=404)
    page_at(reader, "/timeline/nothing/", status=404)
    [switch] = page_at(reader, "/places/").with_class("switch")
    assert switch.text == "List Map"


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("query", "first", "then"),
    [("", 10, 6), ("?lanes=kind", 12, 7), ("?lanes=actor", 12, 7), ("?lanes=proposal", 12, 7)],
)
def test_timeline_costs_the_same_for_1_and_3(
    reader, publish, number, query, first, then, django_assert_num_queries
):
    events = [
        world.event(
            f"Event {one}",
            date=f"199{one}",
            participants=[world.participant(world.actor(f"Actor {one}"))],
        )
        for one in range(number)
    ]
    publish(*events, *(world.proposal(f"Plan {e.pk}", event=e) for e in events))
    with django_assert_num_queries(first):
        page = page_at(reader, TIMELINE + query)
    assert len(words(page)) == number
    with django_assert_num_queries(then):
        reader.get(TIMELINE + query)


def told(page: Page) -> list[str]:
    """The rows of the table, without its head; lanes among them."""
    return [row.text for row in page.all("tr")][1:]


def test_table_says_what_the_picture_shows(reader, some, publish):
    publish(*(world.event(f"E {at}", date="1995-07-02") for at in range(5)))
    page = page_at(reader, TIMELINE)
    assert told(page) == [
        "A visit 2 July 1994",
        "5 events 2 July 1995",
        "A month July 1997",
        "A course from 1998",
        "A year 2001",
    ]
    assert page.link("5 events") == f"{TIMELINE}?window=1995-06-29/1995-07-05"
    assert page.link("A year") == "/events/a-year/"
    nearer = page_at(reader, page.link("5 events"))
    assert told(nearer) == ["5 events 2 July 1995"]
    assert nearer.all("td")[0].text == "5 events"
    assert nearer.links.count("/events/?from=1995-07-02&to=1995-07-02") == 3  # two pictures


@pytest.mark.parametrize(
    ("by", "found"),
    [
        (
            "actor",
            [
                *("The Envoy 2", "A visit 2 July 1994", "A month July 1997"),
                *("The Host 1", "A month July 1997"),
                *("No actor 2", "A course from 1998", "A year 2001"),
            ],
        ),
        (
            "proposal",
            [
                *("The plan 1", "A month July 1997"),
                *("No proposal 3", "A visit 2 July 1994", "A course from 1998", "A year 2001"),
            ],
        ),
    ],
)
def test_table_is_parted_as_the_picture_is(reader, some, by, found):
    assert told(page_at(reader, f"{TIMELINE}?lanes={by}")) == found
