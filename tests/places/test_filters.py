import pytest
from django.http import QueryDict

from places.filters import PlaceFilter
from record.reading import Record
from tests import world

pytestmark = pytest.mark.django_db


def found(query):
    filters = PlaceFilter(QueryDict(query), record=Record.current())
    assert filters.errors == {}
    return [version.label for version in filters.qs]


def test_part_of_is_the_place_right_around(cast):
    country = world.place("Country")
    shire = world.place("Shire", part_of=country)
    world.publish_all(
        world.place("Village", part_of=shire),
        by=cast.contributor,
        approved_by=cast.editor,
    )
    assert found("part_of=shire") == ["Village"]
    assert found("part_of=country") == ["Shire"]
    assert found(f"part_of={shire.public_id},{country.public_id}") == ["Shire", "Village"]
