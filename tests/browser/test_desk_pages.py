"""Every page of the desk: WCAG 2.2 AA, the keyboard, small windows, what the console says."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.desk_world import DeskWorld, desk_world
from tests.browser.violations import OF_COLOUR, WCAG, violations
from tests.pages import admin_url

# Everything at both widths, once in the light and once in the dark, and all colours at the wider.
WIDTHS = {1280: {"light": WCAG, "dark": OF_COLOUR}, 360: {"dark": WCAG}}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def desk(full, cast, client_of, settings, sign_in_as) -> DeskWorld:
    """The administrator signed in, who sees every page."""
    settings.FOUR_EYES = True
    made = desk_world(full, cast, client_of)
    sign_in_as(cast.administrator)
    return made


def faults_of(page: Page, axe: Axe) -> list[str]:
    """What is wrong with the page that is open, at the widths of a desk and of telephones."""
    found = []
    for width, schemes in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px, {violation}" for violation in violations(axe, page, schemes)]
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate(WIDER):
        found.append("wider than 320 px")
    return found


def test_no_page_of_the_desk_has_a_fault(page: Page, desk: DeskWorld, faults: list[str]):
    axe, found = Axe(), []
    for name, address in desk.pages.items():
        answer: Any = page.goto(address)
        assert answer.status == 200, name
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        found += [f"{name}, {fault}" for fault in faults_of(page, axe)]
        found += [f"{name}, console: {fault}" for fault in faults]
        faults.clear()
    assert found == [], "\n".join(found)


def test_entry_is_chosen_by_keyboard_and_the_open_list_has_no_fault(page: Page, desk: DeskWorld):
    page.goto(admin_url(desk.event, "change"))
    kind = page.get_by_role("combobox", name="Kind:")
    kind.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".select2-results__option").first).to_be_visible()
    assert faults_of(page, Axe()) == []
    page.keyboard.type("Meeting")
    expect(page.locator(".select2-results__option")).to_have_text(
        [re.compile(r"^Meeting \(T[0-9]+\)$")]
    )
    page.keyboard.press("Enter")
    expect(kind).to_contain_text("Meeting")
    expect(kind).to_be_focused()
    page.on("dialog", lambda dialog: dialog.accept())


def test_list_wider_than_the_window_is_scrolled_by_keyboard(page: Page, desk: DeskWorld):
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(admin_url(type(desk.event), "changelist"))
    rows = page.get_by_role("region", name="The list")
    rows.focus()
    # Waiting in the page itself would be a script that its policy refuses.
    for _ in range(50):
        page.keyboard.press("ArrowRight")
        if rows.evaluate("element => element.scrollLeft"):
            break
        page.wait_for_timeout(100)
    assert rows.evaluate("element => element.scrollLeft") > 0
