"""What is looked for among proposals, and in the responses to them."""

import pytest

from desk.models import Finding
from proposals.models import ResponseStance
from tests import world


def told(check: str) -> list[str]:
    return [finding.sentence for finding in Finding.objects.filter(check_name=check)]


@pytest.fixture
def republic(db):
    return world.actor("The Republic")


def responding(republic, **response) -> None:
    row = {"actor": republic, "stance": ResponseStance.ACCEPTS} | response
    world.proposal("A plan", presented="1997-09", responses=[row])


def test_response_before_the_proposal(republic):
    responding(republic, date=world._date("1997-08-31"))

    assert told("response-before-proposal") == [
        (
            "A plan (P1) was presented September 1997, but The Republic (A1) is said to have "
            "responded before, 31 August 1997 (p1)."
        )
    ]


def test_response_at_an_event_before_the_proposal_until_the_event_is_mended(republic):
    talks = world.event("Talks", date="1996")
    responding(republic, event=talks)
    assert len(told("response-before-proposal")) == 1
    world.change(talks, date=world._date("1998"))

    assert told("response-before-proposal") == []


@pytest.mark.parametrize("date", ["1997-09", "1997", "1996~"])
def test_response_that_may_have_come_after_it(date, republic):
    responding(republic, date=world._date(date))

    assert told("response-before-proposal") == []


def test_what_was_not_found_before_it_is_no_response(republic):
    responding(
        republic, stance=ResponseStance.NONE_FOUND, date=world._date("1996"), looked_in="Papers."
    )

    assert told("response-before-proposal") == []


def test_proposals_with_titles_alike_and_a_source_before_one(db):
    report = world.source("A report", published=world._date("1996"))
    world.proposal("The step by step plan", citations=[{"source": report}])
    world.proposal("Step-by-step: the plan", citations=[])

    assert [sentence[:38] for sentence in told("proposals-alike")] == [
        "The step by step plan (P1) and Step-by"
    ]
    assert told("source-before-proposal") == [
        (
            "The step by step plan (P1) was presented September 1997, but A report (S1), which c1 "
            "cites for it, was published before, 1996."
        )
    ]


def test_topic_that_is_addressed_and_said_not_to_be(db):
    plan = world.proposal("A plan", provisions=[world.provision()])
    (addressed,) = plan.provisions.all()
    world.change(plan, silences=[{"topic": addressed.topic}])
    (sentence,) = told("topic-addressed-and-not")
    assert sentence.endswith("is said not to address it (p2). Remove one of the two.")
    world.change(plan, silences=[])
    assert told("topic-addressed-and-not") == []
