"""Finding in a list: facets, the histogram, orders; with script in place, without it by pages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import world
from tests.browser.test_reading import SCRIPTS, results

WITHOUT = {"java_script_enabled": False}


@pytest.fixture
def four(live_server, cast):
    """Four events of 1994 to 1997, and one without a date, with twelve actors between them."""
    delegations = [world.actor(f"Delegation {number:02}") for number in range(12)]
    guests = [world.participant(actor) for actor in delegations]
    visit = world.term("Visit")
    events = [
        world.event("First visit", date="1994", kind=visit, participants=guests),
        world.event("Second visit", date="1995", kind=visit, participants=guests[:1]),
        world.event("A meeting", date="1997", participants=guests[:2]),
        world.event("A long meeting", date="1996/1997"),
        world.event("A meeting one day", date=None),
    ]
    world.publish_all(*events, by=cast.editor, approved_by=cast.chief_editor)
    return events


def choose(page: Page, facet: str, value: str) -> None:
    # Not `set_checked`, which then looks at a box that an answer may have taken away.
    page.get_by_role("group", name=facet).get_by_label(value).click()


def shown(page: Page) -> str:
    return page.locator("#results-total").inner_text()


@SCRIPTS
def test_facets_narrow_the_list_and_back_and_forward_lead_through_it(page, four, context_options):
    without = context_options == WITHOUT
    page.goto("/events/")
    assert shown(page) == "5 events"
    if not without:
        page.evaluate("window.stayed = true")

    choose(page, "Kind", "Visit")
    if without:
        page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/events/\?kind=visit$"))
    expect(page.locator("#results-total")).to_have_text("2 of 5 events")
    assert results(page) == ["First visit", "Second visit"]
    if not without:
        # Nothing but the parts was loaded, and whoever uses a keyboard is where they were.
        assert page.evaluate("window.stayed") is True
        expect(page.get_by_role("group", name="Kind").get_by_label("Visit")).to_be_focused()

    choose(page, "Kind", "Meeting")
    if without:
        page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/events/\?kind=(meeting,visit|visit,meeting)$"))
    expect(page.locator("#results-total")).to_have_text("5 of 5 events")

    page.go_back()
    expect(page).to_have_url(re.compile(r"/events/\?kind=visit$"))
    expect(page.locator("#results-total")).to_have_text("2 of 5 events")
    expect(page.get_by_role("group", name="Kind").get_by_label("Meeting")).not_to_be_checked()
    page.go_back()
    expect(page.locator("#results-total")).to_have_text("5 events")
    page.go_forward()
    expect(page.locator("#results-total")).to_have_text("2 of 5 events")
    expect(page.get_by_role("group", name="Kind").get_by_label("Visit")).to_be_checked()

    page.get_by_role("link", name="Remove Kind: Visit").click()
    expect(page.locator("#results-total")).to_have_text("5 events")
    expect(page).to_have_url(re.compile(r"/events/$"))
    if not without:
        expect(page.locator("#results-title")).to_be_focused()

    page.reload()
    expect(page.locator("#results-total")).to_have_text("5 events")


@SCRIPTS
def test_bars_of_the_histogram_filter_by_their_years(page, four, context_options):
    page.goto("/events/?sort=-date")
    page.get_by_role("link", name="1997: 2 possibly, 1 certainly").click()
    expect(page).to_have_url(re.compile(r"/events/\?sort=-date&from=1997&to=1997$"))
    expect(page.locator("#results-total")).to_have_text("2 of 5 events")
    assert results(page) == ["A meeting", "A long meeting"]
    expect(page.locator(".histogram-bars a[aria-current]")).to_have_count(1)
    expect(page.get_by_label("From", exact=True)).to_have_value("1997")

    page.get_by_role("link", name="Earliest first").click()
    expect(page).to_have_url(re.compile(r"/events/\?from=1997&to=1997$"))
    expect(page.get_by_role("article").first).to_contain_text("A long meeting")

    page.get_by_role("link", name="1 without a date").click()
    expect(page.locator("#results-total")).to_have_text("1 of 5 events")
    page.go_back()
    expect(page.locator("#results-total")).to_have_text("2 of 5 events")
    page.get_by_role("link", name="All dates").click()
    expect(page.locator("#results-total")).to_have_text("5 events")

    page.get_by_text("The same in numbers").click()
    page.get_by_role("row", name="1994").get_by_role("link").click()
    expect(page.locator("#results-total")).to_have_text("1 of 5 events")


@SCRIPTS
def test_long_facet_is_searched(page, four, context_options):
    page.goto("/events/")
    actors = page.get_by_role("group", name="Actor")
    expect(actors.get_by_label("Delegation 11")).to_have_count(0)
    find = actors.get_by_role("searchbox", name="Find in Actor")
    if context_options == WITHOUT:
        find.fill("11")
        page.get_by_role("button", name="Show").click()
    else:
        find.press_sequentially("11")
    expect(actors.get_by_role("checkbox")).to_have_count(1)
    if context_options != WITHOUT:
        expect(page).to_have_url(re.compile(r"/events/$"))
        expect(find).to_be_focused()

    choose(page, "Actor", "Delegation 11")
    if context_options == WITHOUT:
        page.get_by_role("button", name="Show").click()
    expect(page.locator("#results-total")).to_have_text("1 of 5 events")
    assert results(page) == ["First visit"]


def test_bars_are_reached_by_keyboard(page, four):
    page.goto("/events/")
    bar = page.get_by_role("link", name="1995: 1 possibly, 1 certainly")
    bar.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"from=1995&to=1995$"))
    expect(page.locator("#results-total")).to_have_text("1 of 5 events")
    assert results(page) == ["Second visit"]


def test_total_is_said_to_who_cannot_see_it_in_a_place_that_stays(page, four):
    page.goto("/events/")
    page.evaluate("window.total = document.getElementById('results-total')")
    expect(page.locator("#results-total")).to_have_text("5 events")
    choose(page, "Kind", "Visit")
    expect(page.locator("#results-total")).to_have_text("2 of 5 events")
    assert page.evaluate("window.total === document.getElementById('results-total')")


def test_answer_that_cannot_be_swapped_in_is_gone_to(page, four, faults):
    page.goto("/events/")
    page.route("**/events/?*kind=visit*", lambda route: route.fulfill(status=500, body="Broken"))
    choose(page, "Kind", "Visit")
    expect(page.get_by_text("Broken")).to_be_visible()
    page.wait_for_load_state("networkidle")  # by when the console has told of it
    faults.clear()


def test_what_is_typed_while_an_answer_comes_is_not_lost(page, four):
    page.goto("/events/")
    choose(page, "Kind", "Visit")
    page.get_by_label("From", exact=True).fill("1997")
    expect(page.locator("#results-total")).to_have_text("2 of 5 events")
    expect(page.get_by_label("From", exact=True)).to_have_value("1997")


def test_answer_that_a_link_goes_ahead_of_is_no_fault(page, four):
    page.goto("/events/?kind=visit")
    held = []
    page.route("**/events/?*actor=*", lambda route: held.append(route))
    with page.expect_event("requestfailed"):
        choose(page, "Actor", "Delegation 00")
        page.get_by_role("link", name="Remove Kind: Visit").click()
    expect(page).to_have_url(re.compile(r"/events/$"))
    assert len(held) == 1
