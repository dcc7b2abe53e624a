"""Proposals side by side."""

import pytest

from desk.publishing import withdraw
from proposals import choosing
from tests import world
from tests.page_reading import page_at
from tests.proposals.plans import three_plans, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def compared(reader, query):
    return page_at(reader, f"/proposals/compare/?{query}")


def cells(page):
    return [element.text for element in page.elements if element.tag == "td"]


def test_cells_hold_provisions_with_numbered_citations_that_lead_to_the_evidence(reader, publish):
    publish(*three_plans())
    page = compared(reader, "ids=P1,P2,P3")
    assert [each.text for each in page.elements if each.tag == "th"] == [
        "The first plan",
        "The second plan",
        "The third plan",
        "Presented, and by whom",
        "Withdrawal",
        "Status",
        "Corridor",
    ]
    first, second, third = (f"The {each} plan" for each in ("first", "second", "third"))
    assert cells(page)[4:] == [
        f"{first} Both sides withdraw within a year.[2] P1/p1",
        (
            f"{second} Both sides withdraw within two years.[1] P2/p2 "
            f"Revises Both sides withdraw within a year. in {first}[1] What differs"
        ),
        (
            f"{third} Both sides withdraw within two years.[3] P3/p1 "
            f"Same as Both sides withdraw within two years. in {second}[3]"
        ),
        f"{first} Status is decided later.[2] P1/p2",
        f"{second} Drops Status is decided later. in {first}[1]",
        f"{third} not researched",
        f"{first} Does not address it[2]",
        f"{second} not researched",
        f"{third} not researched",
    ]
    mark = page.with_class("mark")[1]
    assert (mark.text, mark.get("href")) == ("[2]", "/proposals/the-first-plan/#c1")
    assert page.with_class("cited-number")[0].text == "[1]"


def test_what_a_revision_changed_stands_word_by_word(reader, publish):
    publish(*three_plans())
    page = compared(reader, "ids=P1,P2")
    (difference,) = page.with_class("words")
    assert difference.text == (
        "Both sides withdraw within removed: a year. end of what is removed. "
        "added: two years. end of what is added."
    )


def test_lineage_is_drawn_and_said(reader, publish):
    publish(*three_plans())
    page = compared(reader, "ids=P3,P1,P2")
    assert [each.get("data-kind") for each in page.with_class("descent-line")] == [
        "revises",
        "same-as",
        "drops",
    ]
    assert len(page.with_class("descent-mark")) == 4
    assert len(page.with_class("descent-cross")) == 1
    assert page.with_class("descent-dot")[0].get("href") == "/proposals/the-first-plan/#p1"
    rows = page.with_class("descent-rows")[0].text
    assert "Status: The second plan drops Status is decided later. of The first plan[1]" in rows


@pytest.mark.parametrize("number", [1, 3])
def test_comparison_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    before = world.proposal("Before", provisions=[world.provision()])
    plans = [
        world.proposal(
            f"Plan {plan}",
            authors=[{"actor": world.actor(f"Author {plan}")}],
            provisions=[
                world.provision(f"Point {plan} {one}", topic(f"Topic {one}"))
                for one in range(number)
            ],
            lineage=[{"provision": 0, "kind": "revises", "earlier": before.provisions.get()}],
            citations=[{"source": world.source(f"Source {plan}")}],
        )
        for plan in range(2 * number)
    ]
    publish(*plans)
    ids = ",".join(plan.public_id for plan in plans)
    with django_assert_num_queries(10):
        page = compared(reader, f"ids={ids}")
    assert len(page.with_class("compared-provision")) == 2 * number * number


def test_form_chooses_by_searching_without_losing_what_is_ticked(reader, publish):
    publish(*three_plans())
    page = compared(reader, "ids=P1&q=third")
    ticks = [
        (each.get("value"), "checked" in each.attributes)
        for each in page.elements
        if each.get("type") == "checkbox"
    ]
    assert ticks == [("P1", True), ("P3", False)]


def test_form_says_what_it_cannot_look_for_and_what_it_leaves_out(reader, publish, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_OFFERED", 1)
    publish(*three_plans())
    page = compared(reader, "q=!!")
    assert [each.text for each in page.with_class("notice")] == [
        "Search for at least one letter or digit. All are offered instead.",
        ("Of 3 proposals the first 1 are offered here: search for words of the one that you want."),
    ]
    assert page.at("choose-q").get("value") == "!!"


def test_address_to_keep_is_that_of_the_comparison_alone(reader, publish):
    publish(*three_plans())
    answer = reader.get("/proposals/compare/?q=plan&ids=P1&ids=P2&show=1", follow=True)
    assert answer.redirect_chain[-1][0] == "/proposals/compare/?ids=P1,P2"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "ids=P1",
            "One proposal is chosen. Choose at least one more: 2 to 6 can stand side by side.",
        ),
        (
            "ids=P1,P2,P99",
            (
                "“P99” is neither the id nor the address of a proposal that is published: give "
                "ids, like P1, with commas between them."
            ),
        ),
        (
            "ids=P1,P2,P3,P4,P5,P6,P7",
            (
                "At most 6 proposals can stand side by side, and 7 were asked for. These are the "
                "first 6."
            ),
        ),
        (
            "ids=%00,P1",
            (
                "“\x00” is neither the id nor the address of a proposal that is published: give "
                "ids, like P1, with commas between them."
            ),
        ),
    ],
)
def test_what_cannot_be_compared_is_said(reader, publish, query, said):
    publish(*(world.proposal(f"Plan {one}") for one in range(7)))
    notices = [each.text for each in compared(reader, query).with_class("notice")]
    assert notices[0] == " ".join(said.split())


def test_withdrawn_and_merged_proposals_are_told_of(reader, publish, cast):
    plans = [world.proposal(f"Plan {one}") for one in range(4)]
    publish(*plans)
    withdraw(["P1"], by=cast.chief_editor, reason="It was never made.", approved_by=cast.editor)
    world.merge_by_hand(plans[1], plans[2], keys={}, by=cast.contributor, approved_by=cast.editor)
    page = compared(reader, "ids=P1,P2,P4")
    assert [each.text for each in page.with_class("notice")] == [
        "P2 was merged into P3, which stands here for it.",
        (
            "P1 has been withdrawn (edition 2), so it cannot be compared: It was never made. What "
            "it said before"
        ),
    ]
    assert [each.text for each in page.elements if each.get("scope") == "col"] == [
        "Plan 2",
        "Plan 3",
    ]


def test_nothing_published_says_so(reader):
    page = compared(reader, "")
    assert page.with_class("nothing")[0].text == (
        "No proposal has been published yet, so there is nothing to compare."
    )


def test_list_has_a_tick_for_each_and_leads_there(reader, publish):
    publish(*three_plans())
    page = page_at(reader, "/proposals/")
    ticks = [
        each.get("value")
        for each in page.elements
        if each.get("type") == "checkbox" and each.get("name") == "ids"
    ]
    assert ticks == ["P1", "P2", "P3"]


def test_no_slug_hides_a_proposal_behind_these_pages(people):
    plan = world.proposal("Compare", by=people["by"])
    with pytest.raises(Exception, match="At the address “compare” stands another page"):
        plan.clean()


def test_pages_and_files_are_of_the_edition_that_is_read(reader, publish):
    first, second, _ = three_plans()
    publish(first, second)
    publish(world.change(first, title="The renamed plan"), reason="It had another name.")
    compared_then = compared(reader, "ids=P1,P2&edition=1")
    then = "/proposals/the-first-plan/?edition=1"
    links = [each for each in compared_then.all("a") if each.text == "The first plan"]
    assert {each.get("href") for each in links} == {then, f"{then}#p1", f"{then}#p2"}
    mark = compared_then.with_class("mark")[1]
    assert mark.get("href") == f"{then}#c1"
    matrix_then = page_at(reader, "/proposals/responses/?proposal=P1&edition=1")
    assert matrix_then.link("Who answered how") == "/proposals/responses/?edition=1"
    for edition, title in ((1, "The first plan"), (2, "The renamed plan")):
        file = reader.get(f"/proposals/compare.md?ids=P1,P2&edition={edition}").content.decode()
        assert file.splitlines()[0] == f"# {title} – The second plan"
