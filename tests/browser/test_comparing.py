"""Proposals side by side and the response matrix: without script, by keyboard, on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import world
from tests.browser.violations import violations
from tests.proposals.plans import answered_plan, three_plans

WITHOUT = {"java_script_enabled": False}
COMPARED = "/proposals/compare/?ids=P1,P2,P3"
PAGES = {
    "compared": COMPARED,
    "choosing": "/proposals/compare/?q=plan",
    "matrix": "/proposals/responses/?on=1998-06",
    "of one": "/proposals/responses/?proposal=P4",
    "list": "/proposals/",
}


@pytest.fixture
def plans(live_server, cast):
    """Three plans that go back to one another, and a fourth that was answered."""
    plans = [*three_plans(), answered_plan()]
    world.publish_all(*plans, by=cast.contributor, approved_by=cast.editor)
    return plans


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_violates_wcag_nor_is_wider_than_the_screen(page: Page, plans, width):
    page.set_viewport_size({"width": width, "height": 800})
    axe, found = Axe(), []
    for name, address in PAGES.items():
        page.goto(address)
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        found += [f"{name}, {violation}" for violation in violations(axe, page)]
        root = "document.documentElement"
        if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
            found.append(f"{name} is too wide")
    assert found == []


@pytest.mark.parametrize("context_options", [{}, WITHOUT], ids=["with", "without"])
def test_proposals_are_ticked_in_the_list_and_compared(page: Page, plans):
    page.goto("/proposals/")
    for title in ("The first plan", "The third plan"):
        page.get_by_role("checkbox", name=f"Compare {title}").check()
    page.get_by_role("button", name="Compare those ticked").click()
    expect(page).to_have_url(re.compile(r"/proposals/compare/\?ids=P1,P3$"))
    columns = page.get_by_role("columnheader")
    expect(columns).to_have_text(["The first plan", "The third plan"])

    page.get_by_label("Search among proposals").fill("second")
    page.get_by_label("Search among proposals").press("Enter")
    page.get_by_role("checkbox", name=re.compile("The second plan")).check()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile(r"/proposals/compare/\?ids=P1,P3,P2$"))


def test_keyboard_walks_the_lineage_and_a_mark_leads_to_the_evidence(page: Page, plans):
    page.goto(COMPARED)
    dot = page.locator("a.descent-dot").first
    dot.focus()
    expect(dot).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/proposals/the-first-plan/#p1$"))
    page.goto(COMPARED)
    page.get_by_role("link", name=re.compile(r"^citation 2: supports")).first.press("Enter")
    expect(page).to_have_url(re.compile(r"/proposals/the-first-plan/#c1$"))
    expect(page.locator("#c1")).to_be_in_viewport()


@pytest.mark.parametrize("context_options", [{}, WITHOUT], ids=["with", "without"])
def test_matrix_is_stepped_from_change_to_change(page: Page, plans):
    page.goto("/proposals/responses/?on=1997-07")
    cell = page.get_by_role("row", name=re.compile("The answered plan")).get_by_role("cell").first
    expect(cell).to_have_text(re.compile("nothing by then"))
    page.get_by_role("link", name=re.compile("1 September 1997")).press("Enter")
    expect(cell).to_have_text(re.compile("possibly rejects"))
    page.get_by_role("link", name=re.compile("30 September 1997")).press("Enter")
    expect(cell).to_have_text(re.compile(r"^\s*rejects"))
    expect(page.locator(".moved")).to_have_text(re.compile("possibly rejects"))
    page.get_by_label("As of the end of").fill("1998")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"\?on=1998$"))
    expect(cell).to_have_text(re.compile("accepts with reservations"))


def test_paper_has_the_whole_and_nothing_to_press(page: Page, plans):
    page.goto(COMPARED)
    page.emulate_media(media="print")
    for locator in (".choose", ".site-nav", ".take-away-forms"):
        expect(page.locator(locator)).to_be_hidden()
    expect(page.get_by_role("columnheader").first).to_be_visible()
    expect(page.locator(".take-away-address")).to_have_text(re.compile(r"ids=P1,P2,P3&edition=1$"))
    said = page.locator(".cited-links a:visible")  # where it stands, without half an address
    assert {re.sub(r"\d", "1", each) for each in said.all_inner_texts()} == {"Evidence P1/c1"}
    after = "links => links.map(link => getComputedStyle(link, '::after').content)"
    assert set(said.evaluate_all(after)) == {"none"}
