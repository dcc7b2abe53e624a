"""What a reader does with a search box, by mouse, by keyboard and without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.violations import violations

WITHOUT_SCRIPTS = pytest.mark.parametrize(
    "context_options", [{"java_script_enabled": False}], ids=["without scripts"]
)


def box_of(page: Page) -> Locator:
    return page.get_by_role("banner").get_by_label("Search the record")


def suggested(page: Page) -> list[str]:
    return page.get_by_role("option").all_inner_texts()


def type_slowly(box: Locator, text: str) -> None:
    box.click()
    box.press_sequentially(text, delay=20)


def active(box: Locator) -> str:
    """Words of the option that the box says is the one."""
    option = box.get_attribute("aria-activedescendant")
    return box.page.locator(f"#{option}").inner_text() if option else ""


def test_suggestions_are_followed_by_mouse(page, full):
    page.goto("/events/")
    box = box_of(page)
    type_slowly(box, "elç")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(page.get_by_role("group", name="Actors").get_by_role("option")).to_have_text(
        ["The Envoy (Elçi)"]
    )
    expect(box).to_have_attribute("aria-expanded", "true")

    page.get_by_role("listbox", name="Suggestions").get_by_role("option").click()
    expect(page).to_have_url(re.compile(f"/actors/{full.actor.slug}/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("The Envoy")


def test_suggestions_are_walked_and_followed_by_keyboard(page, full):
    page.goto("/search/")
    box = page.get_by_role("combobox", name="Words in entries")
    type_slowly(box, "lake")
    expect(page.get_by_role("listbox")).to_be_visible()
    options = suggested(page)
    assert "Lakeside" in options

    walked = []
    for _ in [*options, ""]:
        box.press("ArrowDown")
        walked.append(active(box))
    assert walked == [*options, ""]  # and after the last, the box itself
    box.press("ArrowUp")
    assert active(box) == options[-1]
    expect(page.get_by_role("option", selected=True)).to_have_text(options[-1])
    expect(box).to_be_focused()

    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("lake")

    box.press_sequentially("s")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile(f"/places/{full.place.slug}/$"))


def test_enter_searches_and_leaving_closes(page, full):
    page.goto("/")
    box = box_of(page)
    type_slowly(box, "envoy")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()

    box.press("End")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=envoy$"))
    expect(page.get_by_role("article").first.get_by_role("heading")).to_have_text("The Envoy")


@pytest.mark.parametrize("width", [360, 1280])
def test_suggestions_are_said_and_are_no_violation(page, full, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/search/")
    box = box_of(page)
    type_slowly(box, "lake")
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^\d+ suggestions$"))
    box.press("ArrowDown")
    assert list(violations(Axe(), page)) == []

    box.fill("qqq")
    expect(page.get_by_role("status").first).to_have_text("No suggestions")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_box_goes_on_searching_where_suggestions_fail(page, full, faults):
    page.route("**/search/suggestions/**", lambda route: route.abort())
    page.goto("/")
    box = box_of(page)
    type_slowly(box, "envoy")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=envoy$"))
    faults[:] = [fault for fault in faults if "ERR_FAILED" not in fault]


@WITHOUT_SCRIPTS
def test_search_needs_no_script(page, full):
    page.goto("/events/")
    box = box_of(page)
    box.fill("envoi")
    box.press("Enter")
    page.get_by_role("link", name="Envoy", exact=True).click()
    expect(page.get_by_role("article").first.get_by_role("heading")).to_have_text("The Envoy")
    expect(page.get_by_role("article").first.locator("mark").first).to_have_text("Envoy")

    page.get_by_label("Words in entries").fill('"by the lake" NOT')
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_text("Ignored: NOT – every word is looked for")).to_be_visible()
    page.get_by_role("navigation", name="By type").get_by_role("link", name="Sources").click()
    expect(page.get_by_role("article").locator("mark").first).to_have_text("by the lake")


@pytest.mark.parametrize("width", [320, 1280])
def test_suggestions_stay_on_the_page(page, full, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto("/events/")
    type_slowly(box_of(page), "lake")
    shown = page.get_by_role("listbox", name="Suggestions")
    expect(shown).to_be_visible()
    bounds = shown.bounding_box()
    assert bounds["x"] >= 0
    assert bounds["x"] + bounds["width"] <= width
