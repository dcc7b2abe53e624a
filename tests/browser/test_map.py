"""A map in a browser: nothing meets, keys and links move it, with script and without."""

import re
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import world
from tests.browser.test_reading import SCRIPTS
from tests.browser.violations import violations

MAP = "/map/places/"
# Pairs of words and marks in the picture that meet, by what they say.
MEETING = """() => {
  const marks = [...document.querySelectorAll(".map-marks")]
    .filter((svg) => svg.getBoundingClientRect().width > 0)
    .flatMap((svg) => [...svg.querySelectorAll(".map-mark")].map((mark) => ({
      name: mark.querySelector("title").textContent,
      parts: [...mark.querySelectorAll("text, .map-point, .map-settlement, .map-count")]
        .map((part) => part.getBoundingClientRect()),
    })));
  const meet = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5
    && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  return marks.flatMap((one, at) => marks.slice(at + 1)
    .filter((other) => one.parts.some((a) => other.parts.some((b) => meet(a, b))))
    .map((other) => `${one.name} / ${other.name}`));
}"""


@pytest.fixture
def crowd(live_server, cast):
    """Spots, settlements, a region and a country; two at one spot; a name of 80 letters."""
    precisions = ["point", "settlement", "area", "country"]
    places = [
        world.place(
            "W" * 80 if at == 3 else f"A place with a name of its own, number {at}",
            latitude=Decimal(38 + at * 7 % 12),
            longitude=Decimal(5 + at * 13 % 41),
            precision=precisions[at % 4],
        )
        for at in range(24)
    ]
    where = {"latitude": 44, "longitude": 60, "precision": "point"}
    places += [world.place(name, **where) for name in ("The hall", "The same hall")]
    world.publish_all(*places, by=cast.editor, approved_by=cast.chief_editor)


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_meets_and_all_can_be_reached(page: Page, crowd, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(MAP)
    assert page.evaluate(MEETING) == []
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    assert violations(Axe(), page) == []


@SCRIPTS
def test_links_move_the_picture_and_back_leads_back(page: Page, crowd, context_options):
    page.goto(MAP)
    title = page.locator("#map-title")
    whole = title.inner_text()
    page.locator("#map-nearer").click()
    expect(title).not_to_have_text(whole)
    expect(page).to_have_url(re.compile(r"\?window=[-0-9.,]+$"))
    page.go_back()
    expect(title).to_have_text(whole)
    page.locator("a.map-mark:visible", has_text="The hall and The same hall").click()
    expect(page).to_have_url(re.compile(r"\?window=[-0-9.,]+#places$"))
    expect(page.locator(".map-table tbody tr")).to_have_count(2)


def test_keys_move_the_picture(page: Page, crowd):
    page.goto(f"{MAP}?window=10,38,22,46")
    page.evaluate("window.stayed = true")
    title = page.locator("#map-title")
    before = title.inner_text()
    page.locator("#map-nearer").focus()
    page.keyboard.press("ArrowRight")
    expect(title).not_to_have_text(before)
    before = title.inner_text()
    page.locator("#map-nearer").focus()
    page.keyboard.press("-")
    expect(title).not_to_have_text(before)
    assert page.evaluate("window.stayed") is True
