"""What a reader does: from the home page to the passage behind a claim, in a real browser."""

import re
from html import escape

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from record.pages import LIMIT
from tests import examples, world

SCRIPTS = pytest.mark.parametrize(
    "context_options",
    [{}, {"java_script_enabled": False}],
    ids=["with scripts", "without scripts"],
)
PASSAGE = (
    "https://example.org/talks#:~:text="
    "of%20the%20talks-,In%20July%20the%20delegations,the%20host%20said.,-The%20second%20day"
)
OPENS = "Open the source at this passage"
FILLING = "<p>Other matters stand here.</p>" * 60


def serve_source(page: Page) -> None:
    """Answer at the source's address, as its publisher would: a long page, the passage far down."""
    text = "".join(f"<p>{escape(block)}</p>" for block in examples.TEXT.split("\n\n"))

    def answer(route: Route) -> None:
        route.fulfill(
            content_type="text/html; charset=utf-8",
            body=f"<!DOCTYPE html><title>The talks</title>{FILLING}{text}{FILLING}",
        )

    page.route("https://example.org/**", answer)


def results(page: Page) -> list[str]:
    """Titles of the rows of a list."""
    return page.get_by_role("article").get_by_role("heading").all_inner_texts()


def described(field: Locator) -> str:
    """The words of what a field's ``aria-describedby`` names."""
    ids = (field.get_attribute("aria-describedby") or "").split()
    return " ".join(field.page.locator(f"#{name}").inner_text() for name in ids)


def press_tab_until_focused(page: Page, wanted: Locator, most: int = 40) -> None:
    for _ in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()


@SCRIPTS
def test_reader_goes_from_home_to_the_passage_behind_a_claim(page, full):
    serve_source(page)

    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Events").click()
    assert results(page) == [
        "The talks of 1997",
        "Preparation of the talks",
        "First day by the lake",
    ]

    filters = page.get_by_role("form", name="Filter the list")
    filters.get_by_role("group", name="Kind").get_by_label("Round of talks").check()
    filters.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/events/\?kind=round-of-talks$"))
    assert results(page) == ["First day by the lake"]

    chips = page.get_by_role("group", name="Active filters")
    chips.get_by_role("link", name="Remove Kind: Round of talks").click()
    expect(page).to_have_url(re.compile(r"/events/$"))
    expect(chips).to_have_count(0)
    assert len(results(page)) == 3

    page.get_by_role("link", name="First day by the lake", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("First day by the lake")

    # From here it is two clicks.
    page.locator("#summary").get_by_role("link", name="citation 1: supports").click()
    card = page.locator("#c1:target")
    expect(card).to_be_in_viewport()
    expect(card).to_contain_text("“In July the delegations […] the host said.”")
    opens = card.get_by_role("link", name=OPENS)
    expect(opens).to_have_attribute("href", PASSAGE)
    opens.click()

    expect(page).to_have_title("The talks")
    expect(page.get_by_text("In July the delegations met by the lake.")).to_be_in_viewport()
    expect(page.get_by_text("Other matters").first).not_to_be_in_viewport()


@SCRIPTS
def test_reader_goes_from_a_mark_to_the_page_of_its_citation_and_back(page, full):
    page.goto(f"/events/{full.event.slug}/")
    page.locator("#date").get_by_role("link", name="citation 2: disputes").click()
    card = page.locator("#c2:target")
    expect(card).to_be_in_viewport()
    expect(card).to_contain_text("Says instead: August 1997")

    card.get_by_role("link", name="Citation 2 in full").click()
    expect(page).to_have_url(re.compile(rf"/events/{full.event.slug}/citations/c2/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Citation 2: disputes")
    page.get_by_role("region", name="What it speaks to").get_by_role("link", name="[1]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Citation 1: supports")

    page.get_by_role("link", name="Date", exact=True).click()
    expect(page).to_have_url(re.compile(rf"/events/{full.event.slug}/#date$"))
    expect(page.locator("#date:target")).to_be_in_viewport()


@SCRIPTS
def test_card_leads_back_to_each_claim_that_it_speaks_to(page, full):
    page.goto(f"/events/{full.event.slug}/#c1")
    for name in ("summary", "place", "The Envoy (Delegate)"):
        page.locator("#c1").get_by_role("link", name=name, exact=True).click()
        expect(page.locator(".entry-body :target")).to_be_in_viewport()


def test_each_mark_of_an_entry_leads_to_a_card_with_its_number(page, full):
    page.goto(f"/events/{full.event.slug}/")
    marks = page.get_by_role("link", name=re.compile(r"^citation \d+: "))
    followed = 0
    for mark in marks.all():
        number = mark.inner_text()
        mark.click()
        card = page.locator(".citation:target")
        expect(card).to_be_in_viewport()
        expect(card.get_by_role("heading")).to_contain_text(number)
        followed += 1
    # Beside the heading, each citation stands once, for the entry and for its title.
    heading = {"entry": "title"}
    cited = sum(
        len({heading.get(claim, claim) for claim in citation["claims"]})
        for citation in world.document(full.event)["citations"]
    )
    assert followed == cited


@SCRIPTS
def test_list_narrows_to_dates_and_widens_again(page, full):
    page.goto("/events/")
    filters = page.get_by_role("form", name="Filter the list")
    filters.get_by_label("From", exact=True).fill("1997-05")
    filters.get_by_label("To", exact=True).fill("1997-06")
    filters.get_by_label("Dates", exact=True).select_option(label="Certainly within")
    filters.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/events/\?from=1997-05&to=1997-06&within=certainly$"))
    expect(page.get_by_role("article")).to_have_count(1)
    assert results(page) == ["Preparation of the talks"]

    chips = page.get_by_role("group", name="Active filters")
    chips.get_by_role("link", name="Remove Dates: certainly within").click()
    expect(chips.get_by_role("link", name="Remove Dates")).to_have_count(0)
    assert results(page) == ["The talks of 1997", "Preparation of the talks"]
    chips.get_by_role("link", name="Remove From: May 1997").click()
    expect(page).to_have_url(re.compile(r"/events/\?to=1997-06$"))
    chips.get_by_role("link", name="Remove To: June 1997").click()
    expect(page.get_by_role("article")).to_have_count(3)


@SCRIPTS
def test_wrong_filter_keeps_what_was_typed_and_says_what_is_wrong(page, full):
    page.goto("/events/")
    filters = page.get_by_role("form", name="Filter the list")
    filters.get_by_role("group", name="Kind").get_by_label("Round of talks").check()
    filters.get_by_label("From", exact=True).fill("199x")
    filters.get_by_role("button", name="Show").click()

    wrong = filters.get_by_label("From", exact=True)
    expect(wrong).to_have_value("199x")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    assert described(wrong).startswith("“199x” is no date. Write a year, month or day")
    expect(filters.get_by_role("alert")).to_contain_text("One filter cannot be used")
    expect(filters.get_by_label("Round of talks")).to_be_checked()
    assert results(page) == ["First day by the lake"]  # the rest still holds

    wrong.fill("1997")
    filters.get_by_role("button", name="Show").click()
    expect(filters.get_by_role("alert")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/events/\?from=1997&kind=round-of-talks$"))


@SCRIPTS
def test_search_finds_entries_and_narrows_to_a_type(page, full):
    page.goto("/")
    page.get_by_role("banner").get_by_label("Search the record").fill("göl kənarı")
    page.get_by_role("banner").get_by_role("button", name="Search").click()
    expect(page.get_by_label("Words in entries")).to_have_value("göl kənarı")
    assert set(results(page)) == {"Lakeside", "First day by the lake"}

    page.get_by_role("navigation", name="By type").get_by_role("link", name="Places: 1").click()
    assert results(page) == ["Lakeside"]

    page.get_by_label("Words in entries").fill("nothingofthekind")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_text("No entry holds “nothingofthekind”")).to_be_visible()


def test_long_list_is_paged_forth_and_back(page, cast):
    titles = [f"Report {number:02} on the talks" for number in range(1, LIMIT + 3)]
    made = [world.source(title, by=cast.editor) for title in titles]
    world.publish_only(*made, by=cast.editor, approved_by=cast.chief_editor)
    paging = page.get_by_role("navigation", name="Pages of this list")

    page.goto("/sources/?q=talks")
    expect(page.locator("#results-title")).to_have_text(f"{LIMIT + 2} of {LIMIT + 2} sources")
    assert results(page) == titles[:LIMIT]
    expect(paging.get_by_role("link")).to_have_text(["Next"])

    paging.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile("cursor="))
    assert results(page) == titles[LIMIT:]
    expect(paging.get_by_role("link")).to_have_text(["Previous"])
    chips = page.get_by_role("group", name="Active filters")
    expect(chips.get_by_role("link", name="Remove Text: talks")).to_be_visible()

    paging.get_by_role("link", name="Previous").click()
    expect(paging.get_by_role("link")).to_have_text(["Next"])
    assert results(page) == titles[:LIMIT]


def test_whole_way_to_a_passage_goes_by_keyboard(page, full):
    page.goto(f"/events/{full.event.slug}/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    mark = page.locator("#summary").get_by_role("link", name="citation 1: supports")
    press_tab_until_focused(page, mark)
    page.keyboard.press("Enter")
    card = page.locator("#c1:target")
    expect(card).to_be_in_viewport()

    # What is focused next is in the card.
    page.keyboard.press("Tab")
    expect(card.locator("a:focus")).to_have_count(1)
    press_tab_until_focused(page, card.get_by_role("link", name=OPENS))
    serve_source(page)
    page.keyboard.press("Enter")
    expect(page).to_have_title("The talks")
    expect(page.get_by_text("In July the delegations met by the lake.")).to_be_in_viewport()
