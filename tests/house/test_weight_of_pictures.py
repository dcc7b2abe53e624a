"""What pages with pictures weigh on the way to the reader, with thousands of things to draw."""

from datetime import date
from random import Random

import pytest

from tests import world
from tests.house.test_weight import weights_of
from tests.many import publish_many
from tests.page_reading import Page

pytestmark = pytest.mark.django_db

MOST = 150 * 1024  # bytes, compressed
EVENTS, PLACES = 5000, 3000
NAME = "{} talks of delegation number {} by the lake"


@pytest.fixture
def dice():
    return Random(8)  # noqa: S311 - the same every time is what is wanted


def day_of(dice: Random) -> dict[str, str]:
    text = date.fromordinal(dice.randint(727_000, 737_000)).isoformat()
    return {"edtf": text, "earliest": text, "latest": text, "as_written": None, "inferred": False}


@pytest.mark.parametrize("query", ["", "?lanes=actor"])
def test_timeline_of_5000_events_is_light(reader, cast, dice, query):
    actors = [world.actor(f"Delegation {one * 7919}") for one in range(12)]
    first = world.event("The first", participants=[world.participant(each) for each in actors])
    world.publish_all(first, by=cast.contributor, approved_by=cast.editor)
    rows = world.document(first)["participants"]
    publish_many(
        first.public_id,
        (
            {
                "title": NAME.format(one * 15_485_863 % 9973, one),
                "date": day_of(dice),
                "participants": dice.sample(rows, 2),
            }
            for one in range(EVENTS)
        ),
    )
    html = reader.get(f"/timeline/events/{query}").content
    assert "5,001 events" in Page(html.decode()).with_class("timeline-note")[0].text
    sizes = weights_of(html)
    assert sum(sizes.values()) <= MOST, sizes


def test_map_of_3000_places_is_light(reader, cast, dice):
    first = world.place("The first", latitude="40", longitude="45", precision="settlement")
    world.publish_all(first, by=cast.contributor, approved_by=cast.editor)
    document = world.document(first)
    publish_many(
        first.public_id,
        (
            {
                "names": [document["names"][0] | {"text": NAME.format("Lake", one * 7919)}],
                "coordinates": document["coordinates"]
                | {
                    "latitude": f"{dice.uniform(-60, 70):.2f}",
                    "longitude": f"{dice.uniform(-179, 179):.2f}",
                },
            }
            for one in range(PLACES)
        ),
    )
    html = reader.get("/map/places/").content
    assert "3,001 places" in Page(html.decode()).with_class("map-note")[0].text
    sizes = weights_of(html)
    assert sum(sizes.values()) <= MOST, sizes
