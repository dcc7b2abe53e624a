import pytest

from proposals.models import ResponseStance
from tests import world
from tests.answers import answer, ids_of

pytestmark = pytest.mark.django_db


def publish(cast, *entries):
    world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)


def rich_proposal(number, parts=1):
    names = [f"{number}-{part}" for part in range(parts)]
    proposal = world.proposal(
        f"Plan {number}",
        authors=[{"actor": world.actor(f"Author {name}")} for name in names],
        provisions=[world.provision(f"Provision {name}") for name in names],
        responses=[
            {
                "actor": world.actor(f"Respondent {name}"),
                "to": place,
                "stance": ResponseStance.ACCEPTS,
            }
            for place, name in enumerate(names)
        ],
        citations=[],
    )
    for name in names:
        world.cite(proposal, source=world.source(f"Source {name}"), start=f"Words of {name}")
    return world.change(proposal)


@pytest.mark.parametrize("entries", [1, 3])
def test_proposal_list_queries_do_not_grow(reader, cast, django_assert_num_queries, entries):
    publish(cast, *(rich_proposal(number) for number in range(entries)))
    with django_assert_num_queries(6):
        assert len(answer(reader, "proposals/")["results"]) == entries
    with django_assert_num_queries(3):
        answer(reader, "proposals/", kind="settlement-plan", topic="withdrawal", stance="accepts")


@pytest.mark.parametrize("parts", [1, 3])
def test_proposal_detail_queries_do_not_grow(reader, cast, django_assert_num_queries, parts):
    proposal = rich_proposal(0, parts)
    publish(cast, proposal)
    with django_assert_num_queries(6):
        result = answer(reader, f"proposals/{proposal.public_id}/")["result"]
    assert len(result["responses"]) == parts


def test_proposal_has_the_members_that_were_promised(reader, cast):
    publish(cast, rich_proposal(0))
    result = answer(reader, "proposals/")["results"][0]
    assert {"presented", "event", "authors", "provisions", "lineage", "responses"} <= set(result)
    provision, response = result["provisions"][0], result["responses"][0]
    assert sorted(provision) == ["key", "summary", "topic"]
    assert {"key", "actor", "to", "stance", "date"} <= set(response)
    assert response["to"] == provision["key"]


def test_proposals_are_found_by_who_accepts(reader, cast):
    proposal = rich_proposal(0)
    publish(cast, proposal, world.proposal("Another plan"))
    found = answer(reader, "proposals/", actor="respondent-0-0", stance="accepts")
    assert ids_of(found) == [proposal.public_id]
