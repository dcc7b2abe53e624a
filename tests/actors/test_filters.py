import pytest
from django.http import QueryDict

from actors.filters import ActorFilter
from actors.models import ActorKind
from record.reading import Record
from sources.models import Stance
from tests import world

pytestmark = pytest.mark.django_db


def found(query):
    filters = ActorFilter(QueryDict(query), record=Record.current())
    assert filters.errors == {}
    return [version.label for version in filters.qs]


@pytest.fixture
def actors(cast):
    letter = world.source("Letter")
    world.publish_all(
        world.actor("A state"),
        world.actor("B body", kind=ActorKind.BODY, citations=[{"source": letter}]),
        world.actor(
            "C person",
            kind=ActorKind.PERSON,
            description="Disputed.",
            citations=[
                {"source": letter},
                {"source": letter, "claims": ["description"], "stance": Stance.DISPUTES},
            ],
        ),
        world.source("Another letter"),
        by=cast.contributor,
        approved_by=cast.editor,
    )


def test_actors_are_in_the_order_of_their_names(actors):
    assert found("") == ["A state", "B body", "C person"]


def test_kind_is_one_or_several_of_the_declared_ones(actors):
    assert found("kind=person") == ["C person"]
    assert found("kind=person,state") == ["A state", "C person"]
    assert found("kind=person&kind=state") == ["A state", "C person"]
    filters = ActorFilter(QueryDict("kind=person,planet"), record=Record.current())
    assert filters.errors == {
        "kind": ["“planet” is none of: person, state, organisation, body, group."]
    }


def test_source_is_what_any_of_its_citations_cite(actors):
    assert found("source=letter") == ["A state", "B body", "C person"]
    assert found("source=another-letter") == []


def test_contested_actors_are_those_with_a_disputed_claim(actors):
    assert found("contested=true") == ["C person"]
    assert found("contested=false") == ["A state", "B body"]
