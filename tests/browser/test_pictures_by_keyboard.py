"""Whatever is drawn can be reached and opened by keyboard alone, with script and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pictures_world import pictures_world
from tests.browser.test_reading import SCRIPTS

MARKS = {
    "/timeline/events/?lanes=kind": "a.timeline-mark",
    "/map/places/": "a.map-mark",
    "/overview/": ".kind-bar > a",
    "/embed/timeline/events/?lanes=kind&edition=1": "a.timeline-mark",
}
MATRICES = ["/proposals/responses/", "/embed/responses/?edition=1"]
MOST = 150  # times that the key is pressed
FOCUSED = "document.activeElement.matches('{}')"
# The address of what has the focus, in HTML or SVG.
HREF = "document.activeElement.href.baseVal ?? document.activeElement.getAttribute('href')"


@pytest.fixture
def drawn(live_server, kept) -> None:
    kept(pictures_world)


def tab_to(page: Page, selector: str) -> None:
    """Press the key until something of these has the focus."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED.format(selector)):
            return
    raise AssertionError(f"{page.url}: no key leads to {selector}")


@SCRIPTS
@pytest.mark.parametrize("address", MARKS)
def test_keys_reach_every_mark_and_open_it(page: Page, drawn, context_options, address):
    page.goto(address)
    marks = page.locator(f"{MARKS[address]}:visible")
    number = marks.count()
    assert number > 3
    tab_to(page, MARKS[address])
    reached = [page.evaluate(HREF)]
    for _ in range(number - 1):
        tab_to(page, MARKS[address])
        reached.append(page.evaluate(HREF))
    assert reached == [mark.get_attribute("href") for mark in marks.all()]
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.partition('/')[0]}//{page.url.split('/')[2]}{reached[-1]}")


@SCRIPTS
@pytest.mark.parametrize("address", MATRICES)
def test_keys_move_a_matrix_that_is_too_wide(page: Page, drawn, context_options, address):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)
    tab_to(page, ".matrix-scroll")
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("columnheader", name="The Union")).to_be_in_viewport(ratio=1)
