"""Pages of places."""

from decimal import Decimal

import pytest

from tests import world
from tests.page_reading import linked, page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    places = [
        world.place(f"Town {one}", part_of=world.place(f"Land {one}"))
        for one in range(1, number + 1)
    ]
    publish(*places)
    with django_assert_num_queries(7):
        page = page_at(reader, "/places/")
    assert len(page.with_class("entry-row")) == 2 * number


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    land = world.place("The Land", part_of=world.place("The World"))
    numbers = range(1, number + 1)
    towns = [world.place(f"Town {one}", part_of=land) for one in numbers]
    events = [world.event(f"Event {one}", place=land) for one in numbers]
    publish(*towns, *events)
    with django_assert_num_queries(7):
        page = page_at(reader, "/places/the-land/")
    assert len(page.with_class("linked-item")) == 2 * number


def test_page_shows_everything_the_document_says(reader, full):
    page = page_at(reader, "/places/lakeside/")
    assert page.at("coordinates").text == (
        "Coordinates 40.4093° N, 49.867° W (WGS 84): centre of a settlement[1]"
    )
    assert page.at("part_of").text == "Part of The Shire[1] evidence waived: why"
    assert [page.at(part.key).text for part in full.place.names.all()] == [
        "Lakeside[1] English Usual, preferred",
        "Göl kənarı[1] Azerbaijani Official",
        "Lake-Side[1] English As in the source",
    ]
    assert "record 587084" in page.at("c1").text
    assert "not by a program: a record has no words to look for" in page.at("c1").text
    assert page.link("587084") == "https://www.geonames.org/587084"
    (item,) = page.with_class("linked-item")
    assert item.text.endswith(f"First day by the lake evidence {full.event.public_id}/c1")


def test_place_tells_what_lies_within_it(reader, full):
    page = page_at(reader, "/places/the-shire/")
    assert linked(page) == ["Lakeside evidence c1 waived: why"]
    assert page.link("Lakeside") == "/places/lakeside/#part_of"


def test_coordinates_have_the_digits_they_were_given(reader, publish):
    publish(
        world.place(
            "The Cape", latitude=Decimal("-34"), longitude=Decimal("18.5"), precision="area"
        )
    )
    assert page_at(reader, "/places/the-cape/").at("coordinates").text == (
        "Coordinates 34° S, 18.5° E (WGS 84): centre of a district or region[1]"
    )
