"""Pictures of far too much: nothing meets, nothing is wider than the page, all can be read."""

from playwright.sync_api import Page

from tests import world
from tests.browser.absurd_world import absurd_world
from tests.browser.page_types import DRAWN
from tests.browser.screenshots import overflows
from tests.browser.test_timeline import MEETING


def test_pictures_of_far_too_much_stay_within_the_page(page: Page, live_server, cast):
    absurd_world(by=cast.contributor, approved_by=cast.editor)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for name, address in DRAWN.items():
            page.goto(address)
            assert not overflows(page), (name, width)
            assert page.evaluate(MEETING) == [], (name, width)


def test_pictures_of_one_event_and_of_none(page: Page, live_server, cast):
    people = {"by": cast.contributor, "approved_by": cast.editor}
    world.publish_all(world.actor("The Envoy"), **people)
    pictures = ["/", "/overview/", "/timeline/events/", "/together/events/", "/map/events/"]
    for address in pictures:
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        assert page.locator(".timeline-mark, .map-mark, .together-arc").count() == 0, address
    world.publish_all(world.event("The only one", date="9999-12-31"), **people)
    for address in pictures:
        page.goto(address)
        assert not overflows(page), address
        assert page.evaluate(MEETING) == [], address
    page.goto("/timeline/events/")
    assert page.locator("#timeline-title").inner_text() == "28 – 31 December 9999"
