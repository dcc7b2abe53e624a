"""The page of a map: what it counts, where its marks lead, what it costs."""

from decimal import Decimal

import pytest

from places.map import counting, showing
from tests import world
from tests.page_reading import Page, page_at

pytestmark = pytest.mark.django_db

PLACES, EVENTS = "/map/places/", "/map/events/"


def at(name: str, latitude: str, longitude: str, precision: str = "settlement", **options):
    where = {"latitude": Decimal(latitude), "longitude": Decimal(longitude)}
    return world.place(name, precision=precision, **where, **options)


@pytest.fixture
def publish(cast):
    def published(*entries):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)

    return published


@pytest.fixture
def some(publish):
    """Two events in a town, one in a hall, one in a region without coordinates, one nowhere."""
    names = [
        {"text": "The Town", "preferred": True},
        {"text": "La Ville", "language": "fr", "usage": "official"},
    ]
    town = at("The Town", "40.5", "45.25", names=names)
    hall = at("The Hall", "48.2", "-16.5", "point")
    region = world.place("The Region")
    events = [
        world.event("A visit", place=town),
        world.event("A dinner", place=town, date="1999"),
        world.event("A speech", place=hall),
        world.event("A march", place=region),
        world.event("A letter"),
    ]
    publish(*events)
    return town, hall, region


def words(page: Page) -> list[str]:
    """What is said of the marks, those that matter most first."""
    return list(dict.fromkeys(element.text for element in page.all("title")[1:]))


def marks(page: Page) -> dict[str, str]:
    """Where each leads, by what is said of it."""
    links = page.with_class("map-mark")
    return {link.text: link.get("href") or "" for link in links}


def note(page: Page) -> str:
    return page.with_class("map-note")[0].text


def rows(page: Page) -> list[str]:
    return [row.text for row in page.all("tr")[1:]]


def test_places_are_links_that_say_what_they_are(reader, some):
    town, hall, region = some
    page = page_at(reader, PLACES)
    assert words(page) == [
        "The Town, centre of a settlement",
        "The Hall, the very spot",
    ]
    hrefs = {mark.get("href") for mark in page.with_class("map-mark")}
    assert hrefs == {f"/places/{town.slug}/", f"/places/{hall.slug}/"}
    assert note(page) == "2 places in this part, 1 without coordinates."
    assert page.link("The Region") == f"/places/{region.slug}/"
    assert [each.get("content") for each in page.all("meta", name="robots")] == ["noindex"]


def test_all_of_the_picture_stands_in_words(reader, some):
    hall, town = rows(page_at(reader, PLACES))
    assert hall.startswith("The Hall English, usual")
    assert "48.2° N, 16.5° W[1]" in hall
    assert hall.endswith("The very spot 1")
    assert "La Ville French, official" in town
    assert town.endswith("Centre of a settlement 2")


def test_events_stand_at_their_places_and_are_counted(reader, some):
    page = page_at(reader, EVENTS)
    assert words(page) == [
        "The Town, 2 events, centre of a settlement",
        "The Hall, 1 event, the very spot",
    ]
    assert note(page) == (
        "3 events in this part, at 2 places, 1 at places without coordinates, 1 without a place."
    )
    assert page_at(reader, page.link("1 without a place")).at("results-title").text == (
        "1 of 5 events"
    )
    hrefs = sorted({mark.get("href") or "" for mark in page.with_class("map-mark")})
    assert hrefs == ["/events/?place=the-hall", "/events/?place=the-town"]
    assert page_at(reader, hrefs[1]).at("results-title").text == "2 of 5 events"


def test_filters_are_those_of_the_list_and_stay(reader, some):
    page = page_at(reader, f"{EVENTS}?to=1998&window=44,38,51,42")
    assert page.at("results-title").text == "4 of 5 events"
    assert words(page) == ["The Town, 1 event, centre of a settlement"]
    assert page.link("List") == "/events/?to=1998"
    assert page.link("Timeline") == "/timeline/events/?to=1998"
    assert page.link("All of it") == f"{EVENTS}?to=1998"
    assert page.link("1 elsewhere") == f"{EVENTS}?to=1998"
    hidden = {field.get("name"): field.get("value") for field in page.all("input", type="hidden")}
    assert hidden == {"window": "44,38,51,42"}
    for element in page.with_class("map-mark"):
        assert element.get("href") == "/events/?to=1998&place=the-town"
    listed = page_at(reader, "/events/?to=1998&sort=title")
    assert listed.link("Map") == f"{EVENTS}?to=1998"


def test_map_of_an_edition_is_of_that_edition(reader, some, publish):
    publish(at("The Port", "39.1", "49.2"))
    page = page_at(reader, f"{PLACES}?edition=1")
    assert note(page).startswith("2 places in this part")
    assert {mark.get("href") for mark in page.with_class("map-mark")} == {
        "/places/the-town/?edition=1",
        "/places/the-hall/?edition=1",
    }
    assert note(page_at(reader, PLACES)).startswith("3 places in this part")


def test_places_close_together_are_one_mark_that_opens_and_at_last_is_in_words(reader, publish):
    publish(at("Far", "10", "10"), at("One", "40", "45"), at("Another", "40", "45"))
    address, seen = PLACES, 0
    while "#" not in address:
        page = page_at(reader, address)
        found = {
            mark.get("href") or ""
            for mark in page.with_class("map-mark")
            if mark.text.startswith("Another and One: ")
        }
        (address,) = found
        seen += 1
        assert seen < 4
    page = page_at(reader, address.partition("#")[0])
    assert [row.split(" English")[0] for row in rows(page)] == ["Another", "One"]
    assert page.at("places").text == "Places in this part"


def test_places_at_one_spot_that_nearer_would_part_open(reader, publish):
    publish(at("Far", "10", "10"), at("One", "40", "45"), at("Another", "41", "46"))
    page = page_at(reader, PLACES)
    (address,) = {
        mark.get("href") or ""
        for mark in page.with_class("map-mark")
        if mark.text.startswith("Another and One: nearer")
    }
    opened = page_at(reader, address)
    assert [text for text in words(opened) if " and " in text] == []
    assert note(opened).startswith("2 places in this part, 1 elsewhere")


def test_disputed_coordinates_are_said(reader, cast, publish):
    citations = [{}, {"stance": "disputes", "claims": ["coordinates"]}]
    publish(at("The Town", "40.5", "45.25", citations=citations))
    page = page_at(reader, PLACES)
    assert words(page) == ["The Town, centre of a settlement, contested"]
    assert "contested" in rows(page)[0]


def test_what_cannot_be_used_is_said(reader, some):
    page = page_at(reader, f"{PLACES}?window=here")
    (notice,) = page.with_class("notice")
    assert notice.text == (
        "The part to show: “here” is not four numbers. "
        "Write west, south, east and north in degrees, like 44,38,51,42."
    )
    assert len(words(page)) == 2


def test_map_says_why_it_is_empty(reader, publish):
    publish(world.event("A march", place=world.place("The Region")))
    page = page_at(reader, PLACES)
    assert page.with_class("notice")[0].text == (
        "None of these has coordinates, so there is nothing to draw. See them as a list."
    )
    page = page_at(reader, EVENTS)
    assert page.with_class("notice")[0].text == (
        "No place of these has coordinates, so there is nothing to draw. See them as a list."
    )
    assert page.link("1 event") == "/events/?place=the-region"
    page_at(reader, "/map/actors/", status=404)
    page_at(reader, "/map/nothing/", status=404)


def test_part_without_places_says_so(reader, some):
    page = page_at(reader, f"{PLACES}?window=100,-40,140,-10")
    assert note(page) == "0 places in this part, 2 elsewhere, 1 without coordinates."
    assert page.at("places").text == "No place is in this part"


def test_more_places_than_are_told_or_read_are_counted(reader, publish, monkeypatch):
    publish(*(at(f"Place {one}", f"4{one}", "45") for one in range(3)))
    monkeypatch.setattr(showing, "MOST_ROWS", 2)
    page = page_at(reader, PLACES)
    assert len(rows(page)) == 2
    assert "The first 2 of 3, by name: go nearer for the others." in page.text
    monkeypatch.setattr(counting, "MOST", 2)
    page = page_at(reader, f"{PLACES}?q=place")
    assert note(page).endswith("1 place more is too many to draw: filter them.")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "first", "then"), [(PLACES, 7, 3), (EVENTS, 7, 3)])
def test_map_costs_the_same_for_1_and_3(
    reader, publish, number, address, first, then, django_assert_num_queries
):
    places = [at(f"Place {one}", f"4{one}", "45") for one in range(number)]
    publish(*(world.event(f"Event {place.pk}", place=place) for place in places))
    with django_assert_num_queries(first):
        page = page_at(reader, address)
    assert len(rows(page)) == number
    with django_assert_num_queries(then):
        reader.get(address)
