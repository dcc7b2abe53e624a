"""Peace proposals at the desk."""

import pytest

from proposals.models import Proposal
from tests import world
from tests.pages import EntryForm
from vocabulary.models import Vocabulary


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.contributor)


def test_proposal_is_entered_whole_in_one_form(desk, db):
    old = world.proposal("The old plan", provisions=[world.provision("Both sides stop.")])
    republic, kingdom = world.actor("The Republic"), world.actor("The Kingdom")
    topic = world.term("Status", vocabulary=Vocabulary.TOPIC)
    form = EntryForm(desk, Proposal)
    form.set(title="The new plan", slug="the-new-plan", kind=old.kind.pk, presented_edtf="1997")
    form.set(event=world.event().pk, summary="One point.", outcome="Set aside.")
    form.row("authors", 0, part_key="new-1", actor=republic.pk)
    form.row("provisions", 0, part_key="new-2", topic=topic.pk, summary="Both sides halt.")
    earlier = old.provisions.get()
    form.row("lineage", 0, part_key="new-3", provision="new-2", kind="revises", earlier=earlier.pk)
    form.row("responses", 0, part_key="new-4", actor=republic.pk, to="new-2", stance="accepts")
    form.row(
        "responses",
        1,
        part_key="new-5",
        actor=kingdom.pk,
        stance="none found",
        date_edtf="2024",
        looked_in="The journal, all volumes.",
    )
    form.row("citations", 0, source=world.source().pk, claims="new-4.stance, new-5, new-2, new-3")

    assert form.send().status_code == 302
    document = world.document(Proposal.objects.get(slug="the-new-plan"))
    assert document["lineage"] == [
        {
            "key": "p3",
            "provision": "p2",
            "kind": "revises",
            "earlier": f"{old.public_id}/{earlier.key}",
            "earlier_proposal": None,
        }
    ]
    assert [(row["key"], row["to"], row["stance"]) for row in document["responses"]] == [
        ("p4", "p2", "accepts"),
        ("p5", None, "none found"),
    ]
    assert document["citations"][0]["claims"] == ["p4.stance", "p5", "p2", "p3"]


def test_none_found_says_where_it_was_looked_for(desk, db):
    form = EntryForm(desk, world.proposal())
    form.row("responses", 0, actor=world.actor().pk, stance="none found")

    assert form.refused() == [
        "“None found” needs a date and where it was looked for; the others do not."
    ]


def test_response_moves_to_another_provision_as_its_own_goes(desk, db):
    proposal = world.proposal(
        provisions=[world.provision("Stop."), world.provision("Count.")],
        responses=[{"actor": world.actor(), "to": 0, "stance": "accepts"}],
        citations=[{"claims": ["entry", "presented"]}],
    )
    form = EntryForm(desk, proposal)
    assert form.fields["responses-0-to"] == ["p1"]
    form.row("provisions", 0, DELETE="on")
    assert form.refused() == ["Nothing has been saved.", "p1 cannot go: P1/p3 names it."]
    form.row("responses", 0, to="p2")

    assert form.send().status_code == 302
    document = world.document(proposal)
    assert [row["key"] for row in document["provisions"]] == ["p2"]
    assert document["responses"][0]["to"] == "p2"


def test_provision_and_its_response_go_together(desk, db):
    proposal = world.proposal(
        provisions=[world.provision("Stop.")],
        responses=[{"actor": world.actor(), "to": 0, "stance": "accepts"}],
        citations=[{"claims": ["entry", "presented"]}],
    )
    form = EntryForm(desk, proposal)
    form.row("provisions", 0, DELETE="on")
    form.row("responses", 0, DELETE="on")

    assert form.send().status_code == 302
    document = world.document(proposal)
    assert (document["provisions"], document["responses"]) == ([], [])


def test_form_costs_the_same_for_one_part_and_for_three(desk, django_assert_num_queries):
    for number in (1, 3):
        proposal = world.proposal(
            f"Plan {number}",
            provisions=[world.provision(f"Point {index}") for index in range(number)],
            responses=[
                {"actor": world.actor(f"A{number}{index}"), "to": index, "stance": "accepts"}
                for index in range(number)
            ],
        )
        with django_assert_num_queries(23):
            assert EntryForm(desk, proposal).page.status_code == 200
