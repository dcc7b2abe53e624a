"""The card of who answered how: what it shows, on how much it rests, what changed since."""

import pytest

from desk.redaction import Then, redact
from proposals import matrix_asked
from record.models import Change
from tests import world
from tests.embeds.test_cards import queries, updated
from tests.page_reading import Page, page_at
from tests.proposals.plans import answered_plan, answered_plans

pytestmark = pytest.mark.django_db

CARD = "/embed/responses/?edition=1"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def cells(page: Page) -> list[str]:
    return [element.text for element in page.elements if element.tag == "td"][1:]


def test_card_tells_answers_apart_in_word_and_shape(reader, publish):
    publish(answered_plan(), world.proposal("A later plan", presented="1999"))
    page = page_at(reader, CARD)
    assert page.all("h1")[0].text == "Who answered how, by all that is known"
    assert page.with_class("embed-when")[0].text == "2 proposals, 2 actors"
    assert [each.text for each in page.all("th")] == [
        "The Kingdom",
        "The Union",
        "The answered plan 2 July 1997",
        "A later plan 1999",
    ]
    assert cells(page) == [
        "accepts with reservations 3 November 1998",
        "none found as of 2024, looked in The journal.",
        "not researched",
        "not researched",
    ]
    signs = [each.get("data-sign") for each in page.with_class("sign")]
    assert signs == ["reservations", "none-found", "unresearched", "unresearched"]
    assert {link.get("target") for link in page.all("a")} == {"_top"}
    assert {link.get("rel") for link in page.all("a")} == {"noopener"}
    assert page.all("script") == []
    assert updated(page) == []
    for link in page.links:
        assert reader.get(link).status_code == 200, link


def test_card_stands_as_of_a_day_and_of_one_proposal(reader, publish):
    publish(answered_plan(), world.proposal("A later plan", presented="1999"))
    page = page_at(reader, "/embed/responses/?proposal=P1&on=1997-09-15&edition=1")
    assert page.all("h1")[0].text == "Responses to The answered plan, as of 15 September 1997"
    assert page.with_class("embed-when")[0].text == "3 actors"
    assert cells(page) == [
        "possibly rejects September 1997: perhaps later",
        "not researched",
        "none found as of 2024, looked in The journal.",
        "not researched",
        "nothing by then",
        "not researched",
    ]


def test_card_counts_what_the_answers_on_it_rest_on_and_no_more(reader, publish):
    source = world.source("The journal")
    kingdom = world.actor("The Kingdom")
    plan = world.proposal(
        "A plan",
        provisions=[world.provision("Both sides withdraw.")],
        responses=[{"actor": kingdom, "stance": "accepts", "date": world._date("1998")}],
        citations=[{"source": source}],
    )
    publish(plan)
    (citation,) = world.document(plan)["citations"]
    answer = world.document(plan)["responses"][0]["key"]
    of_answer = [each for each in citation["claims"] if each.partition(".")[0] == answer]
    assert 0 < len(of_answer) < len(citation["claims"])
    page = page_at(reader, CARD)
    said = "1 claim" if len(of_answer) == 1 else f"{len(of_answer)} claims"
    assert page.with_class("embed-counts")[0].text == (
        f"{said}, 1 citation of 1 source. See the evidence"
    )
    before = page_at(reader, "/embed/responses/?on=1997&edition=1")
    assert before.with_class("embed-counts") == []


def test_card_of_all_proposals_says_how_many_changed_and_what_is_called_otherwise(
    reader, publish, cast
):
    plan = answered_plan()
    publish(plan)
    kingdom = plan.responses.first().actor
    world.change(plan, by=cast.contributor, title="The plan, corrected")
    name = kingdom.names.get()
    name.text = "The Realm"
    name.save()
    world.change(kingdom, by=cast.contributor)
    publish(plan, kingdom, world.proposal("A later plan"), kind=Change.CORRECTION)
    page = page_at(reader, CARD)
    assert updated(page) == [
        "1 corrected, 1 more among them. What changed",
        "“The Kingdom” is called “The Realm” now. What changed",
    ]
    told = [each.get("href") for each in page.all("a") if each.text == "What changed"]
    assert told == ["/cited/proposals/?edition=1", f"/entries/{kingdom.public_id}/history/"]
    assert "correction in edition 2" in page_at(reader, "/cited/proposals/?edition=1").text
    assert updated(page_at(reader, "/embed/responses/?edition=2")) == []


def test_card_of_one_proposal_says_what_became_of_it_and_nothing_of_others(reader, publish, cast):
    plan, other = answered_plan(), world.proposal("Another plan")
    publish(plan, other)
    world.change(plan, by=cast.contributor, title="The plan, corrected")
    world.change(other, by=cast.contributor, title="Another plan, corrected")
    publish(plan, other, kind=Change.CORRECTION)
    page = page_at(reader, "/embed/responses/?proposal=P1&edition=1")
    assert updated(page) == ["Corrected in edition 2. What changed"]
    assert page_at(reader, page.link("What changed")).all("h1")


def test_redaction_reaches_the_card_at_once(reader, publish, cast):
    plan = world.proposal(
        "The plan of Zorbelinsky",
        responses=[{"actor": world.actor("The Kingdom"), "stance": "accepts"}],
    )
    publish(plan)
    assert "Zorbelinsky" in page_at(reader, CARD).text
    redact(
        plan.public_id,
        editions=[1],
        then=Then.TOMBSTONE,
        by=cast.chief_editor,
        approved_by=cast.editor,
        reason="A court has ordered it.",
    )
    page = page_at(reader, CARD)
    assert updated(page) == ["1 of that edition redacted. What changed"]
    assert b"Zorbelinsky" not in reader.get(CARD).content


def test_card_of_a_page_says_that_it_has_not_all(reader, publish, monkeypatch):
    monkeypatch.setattr(matrix_asked, "PROPOSALS", 1)
    publish(*answered_plans(2))
    page = page_at(reader, CARD)
    assert page.all("h1")[0].text == ("Who answered how, by all that is known (not all proposals)")
    list_of_all = "/proposals/responses/"
    following = page_at(reader, f"{list_of_all}?edition=1").link("Next")
    further = page_at(reader, f"{list_of_all}{following}")
    card = page_at(reader, further.link("in a page of another site")).all("iframe")[0].get("src")
    shown = [each.text for each in page_at(reader, card).all("th") if each.get("scope") == "row"]
    assert shown == ["Plan 1 September 1997"]


@pytest.mark.parametrize("rows", [1, 3])
def test_card_costs_the_same_with_one_and_three(reader, publish, rows):
    publish(*answered_plans(rows))
    publish(world.event("Later"))
    found = [queries(reader, each) for each in (CARD, "/embed/responses/?proposal=P1&edition=1")]
    assert found == [8, 8]
