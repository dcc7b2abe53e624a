import pytest
from django.http import QueryDict

from places.filters import PlaceFilter
from record.reading import Record
from sources.models import Stance
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


def test_places_filter_by_what_their_names_and_whereabouts_rest_on(cast):
    gazetteer, map_ = world.source("Gazetteer"), world.source("Map")
    country = world.place("Country", citations=[{"source": gazetteer}])
    disputes = {"source": map_, "claims": ["part_of"], "stance": Stance.DISPUTES}
    world.publish_all(
        world.place("Village", part_of=country, citations=[{"source": gazetteer}, disputes]),
        by=cast.contributor,
        approved_by=cast.editor,
    )
    assert found("source=gazetteer") == ["Country", "Village"]
    assert found("source=map") == ["Village"]
    assert found("contested=true") == ["Village"]
    assert found("contested=false") == ["Country"]
