import pytest
from django.http import QueryDict

from proposals.filters import ProposalFilter
from proposals.models import LineageKind, ResponseStance
from record.facets import totals_of
from record.reading import Record
from tests import world
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db


def publish(cast, *entries):
    world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)


def found(query):
    filters = ProposalFilter(QueryDict(query), record=Record.current())
    assert filters.errors == {}
    return [version.label for version in filters.qs]


def response(actor, stance):
    return {"actor": actor, "stance": stance}


def three_plans(cast):
    kingdom, republic = world.actor("The Kingdom"), world.actor("The Republic")
    publish(
        cast,
        world.proposal(
            "First plan",
            presented="1997",
            authors=[{"actor": kingdom}],
            responses=[response(republic, ResponseStance.REJECTS)],
        ),
        world.proposal(
            "Second plan",
            presented="1998",
            authors=[{"actor": world.actor("The Conference")}],
            responses=[
                response(kingdom, ResponseStance.REJECTS),
                response(republic, ResponseStance.WITH_RESERVATIONS),
            ],
        ),
        world.proposal("Third plan", presented="1999"),
    )


@pytest.fixture
def plans(kept):
    kept(three_plans)


def test_actor_is_an_author_or_one_who_responded(plans):
    assert found("actor=the-kingdom") == ["First plan", "Second plan"]
    assert found("actor=the-conference") == ["Second plan"]


def test_stance_is_anybody_s_without_an_actor(plans):
    assert found("stance=rejects") == ["First plan", "Second plan"]
    assert found("stance=accepts+with+reservations") == ["Second plan"]
    assert found("stance=accepts") == []


def test_stance_with_an_actor_is_that_actor_s(plans):
    assert found("actor=the-kingdom&stance=rejects") == ["Second plan"]
    assert found("actor=the-republic&stance=rejects") == ["First plan"]
    assert found("actor=the-republic&stance=accepts+with+reservations,rejects") == [
        "First plan",
        "Second plan",
    ]
    assert found("actor=the-conference&stance=rejects") == []


def test_unknown_stance_is_refused_with_the_known_ones(plans):
    filters = ProposalFilter(QueryDict("stance=shrugs"), record=Record.current())
    assert filters.errors == {
        "stance": ["“shrugs” is none of: accepts, accepts with reservations, rejects, none found."]
    }
    assert filters.errors.as_data()["stance"][0].params == {
        "allowed": ["accepts", "accepts with reservations", "rejects", "none found"]
    }


def test_dates_are_those_of_presentation(plans):
    assert found("from=1998&to=1998") == ["Second plan"]


def test_topic_and_kind_are_terms_of_their_vocabularies(cast):
    water = world.term("Water", vocabulary=Vocabulary.TOPIC)
    roads = world.term("Roads", vocabulary=Vocabulary.TOPIC)
    update = world.term("Update", vocabulary=Vocabulary.PROPOSAL_KIND)
    publish(
        cast,
        world.proposal(
            "Both", presented="1997", provisions=[world.provision("A", water)], kind=update
        ),
        world.proposal(
            "Roads",
            presented="1998",
            provisions=[world.provision("B", roads), world.provision("C", roads)],
        ),
    )
    assert found("topic=roads") == ["Roads"]
    assert found("topic=water,roads") == ["Both", "Roads"]
    assert found("kind=update") == ["Both"]
    filters = ProposalFilter(QueryDict("topic=update"), record=Record.current())
    assert list(filters.errors) == ["topic"]


def test_role_with_an_actor_is_that_actor_s(plans):
    assert found("actor=the-kingdom&role=author") == ["First plan"]
    assert found("actor=the-kingdom&role=response") == ["Second plan"]
    assert found("actor=the-kingdom&role=author,response") == ["First plan", "Second plan"]
    assert found("actor=the-kingdom&role=author&stance=rejects") == []
    assert found("actor=the-kingdom&role=response&stance=rejects") == ["Second plan"]


def test_nobody_has_a_role_or_a_stance(plans):
    assert found("actor=none") == ["Third plan"]
    assert found("actor=the-kingdom,none&role=author") == ["First plan"]
    assert found("actor=the-kingdom,none&role=author,none") == ["First plan", "Third plan"]
    assert found("actor=the-kingdom,none&stance=rejects") == ["Second plan"]
    assert found("actor=the-kingdom,none&stance=rejects,none") == ["Second plan", "Third plan"]
    assert found("actor=the-kingdom,none&role=response&stance=rejects,none") == ["Second plan"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "actor=the-kingdom",
        "actor=the-kingdom,none",
        "role=author,none",
        "stance=rejects,none",
        "stance=accepts,none",
        "role=response,none&stance=accepts+with+reservations,none",
        "actor=the-conference,none&role=author",
        "actor=the-conference,none&stance=none",
    ],
)
def test_facet_counts_what_its_values_bring_beside_none_of_another(plans, query):
    for name in ("actor", "role", "stance"):
        counted = totals_of(ProposalFilter(QueryDict(query), record=Record.current()), [name])
        rest = "&".join(one for one in query.split("&") if not one.startswith(name))
        values = [*counted[name], *([] if "none" in counted[name] else ["none"])]
        brought = {value: len(found(f"{rest}&{name}={value}")) for value in values}
        assert {value: total for value, total in brought.items() if total} == counted[name], name


def test_role_is_anybody_s_without_an_actor(plans):
    assert found("role=author") == ["First plan", "Second plan"]
    assert found("role=author&actor=") == ["First plan", "Second plan"]
    filters = ProposalFilter(QueryDict("role=witness"), record=Record.current())
    assert filters.errors == {"role": ["“witness” is none of: author, response."]}


def test_events_are_where_it_was_presented_or_responded_to(cast):
    lake, hill = world.event("By the lake"), world.event("On the hill")
    kingdom = world.actor("The Kingdom")
    at_the_hill = response(kingdom, ResponseStance.REJECTS) | {"event": hill}
    publish(
        cast,
        world.proposal("First plan", presented="1997", event=lake, responses=[at_the_hill]),
        world.proposal("Second plan", presented="1998", event=hill),
    )
    assert found("event=by-the-lake") == ["First plan"]
    assert found("event=on-the-hill") == ["Second plan"]
    assert found("responded_at=on-the-hill") == ["First plan"]
    assert found("responded_at=by-the-lake") == []


def test_proposals_that_take_up_several_provisions_of_an_earlier_one_come_once(cast):
    earlier = world.proposal(
        "Earlier", presented="1996", provisions=[world.provision("A"), world.provision("B")]
    )
    lineage = [
        {"provision": None, "kind": LineageKind.DROPS, "earlier": provision}
        for provision in earlier.provisions.all()
    ]
    publish(cast, world.proposal("Later", presented="1997", lineage=lineage))
    assert found("earlier=earlier") == ["Later"]
    assert found("earlier=later") == []
