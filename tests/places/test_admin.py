"""Places at the desk."""

import pytest

from places.models import Place
from tests import world
from tests.pages import EntryForm


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.contributor)


def test_place_is_entered_with_names_and_coordinates(desk, db):
    whole = world.place("The valley")
    form = EntryForm(desk, Place)
    form.set(slug="lakeside", latitude="40.5", longitude="47.250", precision="settlement")
    form.set(part_of=whole.pk)
    form.row("names", 0, text="Lakeside", language="en")
    form.fields["names-0-preferred"] = ["on"]
    form.row("names", 1, text="Göl", language="az", usage="official")
    form.row("citations", 0, source=world.source().pk)

    assert form.send().status_code == 302
    document = world.document(Place.objects.get(slug="lakeside"))
    assert document["coordinates"] == {
        "latitude": "40.5",
        "longitude": "47.25",
        "precision": "settlement",
    }
    assert [(row["key"], row["text"], row["preferred"]) for row in document["names"]] == [
        ("p1", "Lakeside", True),
        ("p2", "Göl", False),
    ]
    assert document["citations"][0]["claims"] == ["entry", "coordinates", "part_of", "p1", "p2"]


@pytest.mark.parametrize(
    "values", [{"latitude": "40.5"}, {"latitude": "40", "longitude": "47"}, {"precision": "area"}]
)
def test_coordinates_are_whole_or_none(values, desk, db):
    form = EntryForm(desk, Place)
    form.set(slug="lakeside", **values)

    assert form.refused() == ["Give latitude, longitude and precision, or none of them."]


def test_coordinates_lie_on_the_earth(desk, db):
    form = EntryForm(desk, Place)
    form.set(slug="lakeside", latitude="91", longitude="-181", precision="point")

    assert form.refused()[:2] == [
        "Ensure this value is less than or equal to 90.",
        "Ensure this value is greater than or equal to -180.",
    ]
