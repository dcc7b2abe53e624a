"""On paper, and in colours that the reader has chosen: nothing is said by colour alone."""

import pytest
from playwright.sync_api import expect

BORDER = "element => getComputedStyle(element).borderInlineStartStyle"


def test_paper_names_the_address_of_each_source_once_and_leaves_out_what_only_leads(page, full):
    page.goto(f"/events/{full.event.slug}/")
    address = page.get_by_text("https://example.org/talks", exact=True)
    opens = page.locator("#c1").get_by_role("link", name="Open the source at this passage")
    expect(address).to_be_hidden()
    expect(opens).to_be_visible()

    page.emulate_media(media="print")
    expect(address).to_be_visible()
    expect(opens).to_be_hidden()
    expect(page.locator("#c1")).to_contain_text("“In July the delegations […] the host said.”")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    evidence = page.locator(".evidence")
    assert evidence.evaluate("element => element.scrollHeight <= element.clientHeight + 1")


@pytest.mark.parametrize("context_options", [{}, {"forced_colors": "active"}])
def test_stances_differ_in_form(page, full):
    page.goto(f"/events/{full.event.slug}/")
    styles = [page.locator(f"#{key}").evaluate(BORDER) for key in ("c1", "c2", "c3")]
    assert styles == ["solid", "double", "dotted"]
    marks = page.locator("#date").get_by_role("link", name="citation 2: disputes")
    line = marks.evaluate("element => getComputedStyle(element).textDecorationStyle")
    assert line == "wavy"
