"""Proposals side by side, from the API."""

import pytest

from tests import world
from tests.answers import answer, refusal
from tests.proposals.plans import three_plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(people):
    found = three_plans()
    world.publish_all(*found, **people)
    return [each.public_id for each in found]


def said(steps):
    return [(step["kind"], step["earlier"], step["words"]) for step in steps]


def test_proposals_stand_side_by_side_with_their_citations(reader, plans):
    body = answer(reader, "compare/", ids=",".join(plans))
    assert list(body) == ["edition", "result", "references", "checks", "url"]
    result = body["result"]
    first, second, _ = plans
    assert [each["id"] for each in result["proposals"]] == plans
    assert [len(each["authors"]) for each in result["proposals"]] == [0, 1, 0]
    names = [body["references"][row["topic"]]["name"] for row in result["topics"]]
    assert names == ["Withdrawal", "Status", "Corridor"]
    withdrawal, status, corridor = (row["cells"] for row in result["topics"])
    assert [cell["proposal"] for cell in withdrawal] == plans
    provisions = [cell["provisions"][0] for cell in withdrawal]
    assert [(each["summary"], said(each["steps"])) for each in provisions] == [
        ("Both sides withdraw within a year.", []),
        (
            "Both sides withdraw within two years.",
            [("revises", f"{first}/p1", "Both sides withdraw within a year.")],
        ),
        (
            "Both sides withdraw within two years.",
            [("same as", f"{second}/p2", "Both sides withdraw within two years.")],
        ),
    ]
    assert said(status[1]["dropped"]) == [("drops", f"{first}/p2", "Status is decided later.")]
    assert [cell["researched"] for cell in status] == [True, True, False]
    assert corridor[0]["silent"]["citations"] == provisions[0]["citations"] == [f"{first}/c1"]
    assert [cell["silent"] for cell in corridor[1:]] == [None, None]
    cited = result["citations"][f"{first}/c1"]
    document = answer(reader, f"proposals/{first}/")["result"]
    assert cited == document["citations"][0]
    assert cited["source"] in body["references"]
    assert reader.get(body["url"]).status_code == 200


def test_what_was_reworded_is_told_word_by_word(reader, plans):
    result = answer(reader, "compare/", ids=",".join(plans[:2]))["result"]
    [reworded] = result["reworded"]
    assert (reworded["later"], reworded["earlier"]) == (f"{plans[1]}/p2", f"{plans[0]}/p1")
    words = [(each["kind"], each["text"].strip()) for each in reworded["words"]]
    assert words == [
        ("same", "Both sides withdraw within"),
        ("removed", "a year."),
        ("added", "two years."),
    ]
    assert (result["more_reworded"], result["remarks"]) == (0, [])


def test_what_cannot_stand_there_is_refused(reader, plans):
    for query, detail in (
        ({}, "Name 2 to 6 proposals, like ids=P1,P2."),
        ({"ids": plans[0]}, "Name 2 to 6 proposals, like ids=P1,P2."),
        ({"ids": f"{plans[0]},P99"}, "“P99” is neither the id nor the address of a proposal"),
    ):
        [error] = refusal(reader, "compare/", 400, **query)["errors"]
        assert error["parameter"] == "ids"
        assert error["detail"].startswith(detail)


def test_more_than_can_stand_there_are_refused_and_nothing_is_promised(reader, people):
    proposals = [world.proposal(f"Plan {number}") for number in range(7)]
    world.publish_all(*proposals, **people)
    ids = ",".join(proposal.public_id for proposal in proposals)
    [error] = refusal(reader, "compare/", 400, ids=ids)["errors"]
    said = "At most 6 proposals can stand side by side, and 7 were asked for."
    assert error["detail"] == said


@pytest.mark.parametrize("number", [2, 3])
def test_queries_do_not_grow(reader, plans, number, django_assert_num_queries):
    with django_assert_num_queries(6):
        answer(reader, "compare/", ids=",".join(plans[:number]))
