import pytest
from django.http import QueryDict

from actors.filters import ActorFilter
from actors.models import ActorKind
from chronicle.dates import PartialDate
from record.reading import Record
from sources.models import Stance
from tests import world
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db


def found(query):
    filters = ActorFilter(QueryDict(query), record=Record.current())
    assert filters.errors == {}
    return [version.label for version in filters.qs]


def three_actors(cast):
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


@pytest.fixture
def actors(kept):
    kept(three_actors)


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


def test_dates_are_those_of_existence(cast):
    world.publish_all(
        world.actor("A duchy", existed=PartialDate("1806/1866")),
        world.actor("B union", existed=PartialDate("1815/..")),
        world.actor("C writer", kind=ActorKind.PERSON, existed=PartialDate("1940/1990")),
        world.actor("D undated"),
        by=cast.contributor,
        approved_by=cast.editor,
    )
    assert found("to=1900") == ["A duchy", "B union"]
    assert found("from=1900") == ["B union", "C writer"]
    assert found("from=1800&to=1900&within=certainly") == ["A duchy"]
    assert found("from=1991&kind=person") == []


def bodies_with_members(cast):
    """A council with two offices, and those who served and joined it."""
    council = world.actor("Council", offices=[{"title": "Chair"}, {"title": "Clerk"}])
    chair, clerk = council.offices.all()
    member = world.term("Member of", vocabulary=Vocabulary.RELATION)
    heir = world.term("Successor of", vocabulary=Vocabulary.RELATION)
    league = world.actor("League", relations=[{"kind": heir, "to": council}])
    world.publish_all(
        world.actor("Ada", tenures=[{"office": chair}, {"office": clerk}]),
        world.actor("Ben", tenures=[{"role": "Adviser", "organisation": council}]),
        world.actor("Cyd", relations=[{"kind": member, "to": council}]),
        world.actor("Dan", relations=[{"kind": member, "to": league}]),
        by=cast.contributor,
        approved_by=cast.editor,
    )


@pytest.fixture
def bodies(kept):
    kept(bodies_with_members)


def test_office_is_any_of_that_organisation_and_each_holder_comes_once(bodies):
    assert found("office=council") == ["Ada"]
    assert found("office=league") == []


def test_organisation_is_the_one_that_a_tenure_names(bodies):
    assert found("organisation=council") == ["Ben"]


def test_relations_filter_by_whom_they_lead_to_and_by_what_they_are(bodies):
    assert found("related_to=council") == ["Cyd", "League"]
    assert found("related_to=council,league") == ["Cyd", "Dan", "League"]
    assert found("relation=member-of") == ["Cyd", "Dan"]
    assert found("relation=member-of&related_to=council") == ["Cyd"]
