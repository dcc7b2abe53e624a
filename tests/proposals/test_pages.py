"""Pages of proposals."""

import pytest

from record.kept_names import kept_names
from record.reading import Record
from tests import world
from tests.page_reading import linked, page_at
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def rich_proposal(number, earlier):
    return world.proposal(
        f"Plan {number}",
        event=world.event(f"Event {number}"),
        authors=[{"actor": world.actor(f"Author {number}")}],
        provisions=[
            world.provision(f"Point {number}", world.term(f"Topic {number}", vocabulary="topic"))
        ],
        lineage=[{"provision": 0, "kind": "revises", "earlier": earlier.provisions.get()}],
        responses=[{"actor": world.actor(f"Side {number}"), "stance": "accepts", "to": 0}],
        citations=[{"source": world.source(f"Source {number}")}],
    )


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    earlier = world.proposal("The earlier plan", provisions=[world.provision()])
    publish(*(rich_proposal(one, earlier) for one in range(1, number + 1)))
    with django_assert_num_queries(11):
        page = page_at(reader, "/proposals/?topic=topic-1")
    assert len(page.with_class("entry-row")) == 1
    record = Record.current()
    kept_names(record.state[0], record.number).entries.clear()
    with django_assert_num_queries(4):
        page = page_at(reader, "/proposals/")
    assert len(page.with_class("entry-row")) == number + 1


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    numbers = range(1, number + 1)
    earlier = world.proposal("The earlier plan", provisions=[world.provision()])
    middle = world.proposal(
        "The middle plan",
        event=world.event("The event"),
        authors=[{"actor": world.actor(f"Author {one}")} for one in numbers],
        provisions=[
            world.provision(f"Point {one}", world.term(f"Topic {one}", vocabulary="topic"))
            for one in numbers
        ],
        lineage=[
            {"provision": one - 1, "kind": "same as", "earlier": earlier.provisions.get()}
            for one in numbers
        ],
        responses=[{"actor": world.actor(f"Side {one}"), "stance": "rejects"} for one in numbers],
    )
    later = [
        world.proposal(
            f"Later {one}",
            lineage=[
                {"provision": None, "kind": "drops", "earlier": middle.provisions.all()[one - 1]}
            ],
        )
        for one in numbers
    ]
    publish(*later)
    with django_assert_num_queries(9):
        page = page_at(reader, "/proposals/the-middle-plan/")
    assert len(page.with_class("provision")) == number
    assert len(page.with_class("ancestor")) == number
    assert len(page.with_class("linked-item")) == number
    assert len(page.with_class("response")) == number


def test_row_of_a_list_tells_who_answered_how(reader, full):
    page = page_at(reader, "/proposals/?q=two+points")
    (row,) = page.with_class("entry-row")
    assert row.text.endswith(
        "Responses The Envoy: accepts The Second Kingdom: rejects The Third Republic: none found "
        "Writer, about March 2005: [1] block 6"
    )


def test_page_shows_everything_the_document_says(reader, full):
    page = page_at(reader, "/proposals/the-plan-of-two-points/")
    proposal = full.proposal
    assert [page.at(part.key).text for part in proposal.authors.all()] == [
        "The Envoy[1]",
        "The Second Kingdom[1]",
    ]
    assert page.at("presented").text == (
        "Presented July 1997 (in the source: “after the second day”)[1]"
    )
    assert page.at("event").text == "Presented at First day by the lake[1]"
    assert page.at("outcome").text == ("Outcome Set aside within a year.[1] evidence waived: why")
    withdraw, observe = (page.at(part.key).text for part in proposal.provisions.all())
    assert withdraw == (
        "Both sides withdraw.[1] Revises “Both sides stop.” in The earlier plan[1] "
        "The Envoy: accepts, July 1997, at First day by the lake[1]"
    )
    assert observe == "A mission observes.[1]"
    assert "Drops “Both sides count.” in The earlier plan[1]" in page.text


def test_no_response_found_says_when_and_where_it_was_looked_for(reader, full):
    page = page_at(reader, "/proposals/the-plan-of-two-points/")
    responses = [page.at(part.key).text for part in full.proposal.responses.all()]
    assert responses[1:] == [
        "The Second Kingdom: rejects[1]",
        "The Third Republic: no response found as of 2024, looked in The journal, all volumes.[1]",
    ]


def test_unresearched_responses_are_no_responses_found(reader, full):
    page = page_at(reader, "/proposals/the-earlier-plan/")
    assert "No answer of a named actor is recorded here." in page.text
    assert page.with_class("response") == []


def test_earlier_provisions_say_what_became_of_them(reader, full):
    page = page_at(reader, "/proposals/the-earlier-plan/")
    assert linked(page) == [
        "July 1997 The plan of two points Revises evidence c1",
        "July 1997 The plan of two points Drops evidence c1",
    ]


def test_lineage_of_the_whole_shows_on_both_pages(reader, publish):
    old = world.proposal("The old plan", provisions=[world.provision()])
    lineage = [{"kind": "revises", "earlier_proposal": old}]
    publish(world.proposal("The new plan", lineage=lineage))

    new_page, old_page = (page_at(reader, f"/proposals/the-{age}-plan/") for age in ("new", "old"))

    assert [item.text for item in new_page.with_class("ancestor")] == ["Revises The old plan[1]"]
    assert linked(old_page) == ["September 1997 The new plan Revises evidence c1"]


def test_many_later_proposals_are_told_of_as_the_first_of_them(reader, publish, monkeypatch):
    monkeypatch.setattr("record.backlinks.MOST", 1)
    earlier = world.proposal("The earlier plan", provisions=[world.provision()])
    dropped = {"provision": None, "kind": "drops", "earlier": earlier.provisions.get()}
    publish(*(world.proposal(f"Later {n}", lineage=[dropped]) for n in range(2)))
    page = page_at(reader, "/proposals/the-earlier-plan/")
    (cut,) = page.with_class("linked-cut")
    assert cut.text == "Only the first 1 of 2 stand here: all of them."
    assert page.link("all of them") == "/proposals/?earlier=the-earlier-plan"


def test_provisions_stand_under_their_topics(reader, publish):
    status = world.term("Status", vocabulary=Vocabulary.TOPIC)
    provisions = [
        world.provision("Both sides withdraw."),
        world.provision("It is decided later.", status),
        world.provision("Both sides stay away."),
    ]
    publish(world.proposal("A plan", provisions=provisions))
    page = page_at(reader, "/proposals/a-plan/")
    assert [element.text for element in page.with_class("topic")] == [
        "Withdrawal Both sides withdraw.[1] Both sides stay away.[1]",
        "Status It is decided later.[1]",
    ]
