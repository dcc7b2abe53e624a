"""A timeline in a browser: nothing meets, keys and links move it, with script and without."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import world
from tests.browser.test_reading import SCRIPTS
from tests.browser.violations import violations

TIMELINE = "/timeline/events/"
# Pairs of words and marks in one picture that meet, by what they say.
MEETING = """() => {
  const boxes = [...document.querySelectorAll(".timeline-lane > svg")]
    .filter((svg) => svg.getBoundingClientRect().width > 0)
    .flatMap((svg) => [...svg.querySelectorAll(".timeline-mark")].map((mark) => ({
      name: mark.querySelector("title").textContent,
      parts: [...mark.querySelectorAll("text, .timeline-dot, .timeline-bounds, .timeline-count")]
        .map((part) => part.getBoundingClientRect()),
    })));
  const meet = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5
    && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  return boxes.flatMap((one, at) => boxes.slice(at + 1)
    .filter((other) => one.parts.some((a) => other.parts.some((b) => meet(a, b))))
    .map((other) => `${one.name} / ${other.name}`));
}"""


@pytest.fixture
def crowd(live_server, cast):
    """Of 1990 to 1999: days, years, long and open spans; five on one day; a name of 80 letters."""
    dates = ["1990-02-03", "1990", "1991/1994", "1992/..", "../1995", "1996-05", "1999-12-31"]
    names = [f"A meeting with a name of its own, number {at}" for at in range(len(dates))]
    names[2] = "W" * 80
    events = [world.event(name, date=date) for name, date in zip(names, dates, strict=True)]
    events += [world.event(f"Talks {at}", date="1997-07-02") for at in range(5)]
    world.publish_all(*events, by=cast.editor, approved_by=cast.chief_editor)


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_meets_and_all_can_be_reached(page: Page, crowd, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in (TIMELINE, f"{TIMELINE}?lanes=kind&window=1994/1998"):
        page.goto(address)
        assert page.evaluate(MEETING) == []
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
        assert violations(Axe(), page) == []


@SCRIPTS
def test_links_move_the_picture_and_back_leads_back(page: Page, crowd, context_options):
    page.goto(TIMELINE)
    title = page.locator("#timeline-title")
    expect(title).to_have_text("1990 – 1999")
    page.locator("#timeline-nearer").click()
    expect(title).to_have_text("1992 – 1996")
    expect(page).to_have_url(re.compile(r"\?window=1992/1996$"))
    page.go_back()
    expect(title).to_have_text("1990 – 1999")
    page.get_by_role("link", name="5 events, 2 July 1997: nearer").click()
    expect(page).to_have_url(re.compile(r"\?window=1997-06-29/1997-07-05$"))


def test_keys_move_the_picture(page: Page, crowd):
    page.goto(f"{TIMELINE}?window=1992/1996")
    page.evaluate("window.stayed = true")
    page.locator("#timeline-nearer").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#timeline-title")).to_have_text("1994 – 1998")
    page.locator("a.timeline-mark:visible").first.focus()
    page.keyboard.press("-")
    expect(page.locator("#timeline-title")).not_to_have_text("1994 – 1998")
    assert page.evaluate("window.stayed") is True


def test_dragging_moves_the_picture_and_opens_no_entry(page: Page, crowd):
    page.goto(f"{TIMELINE}?window=1992/1996")
    page.evaluate("window.stayed = true")
    mark = page.locator("a.timeline-mark:visible", has_text="May 1996").bounding_box()
    x, y = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 100, y, steps=5)
    page.mouse.up()
    expect(page.locator("#timeline-title")).to_have_text("1994 – 1998")
    assert page.evaluate("window.stayed") is True
