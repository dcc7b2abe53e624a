"""The text of a source that its rights let the public read, in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import world
from tests.browser.test_access_more import WIDTHS, faults_of

TEXT = "The talks\n\nIn July the delegations met by the lake, the host said.\n\n" + "A word. " * 90


@pytest.mark.parametrize("shown", ["short context", "all"])
def test_pages_of_what_a_source_shows_violate_no_wcag_and_fit_the_window(
    page, live_server, cast, shown
):
    source = world.showing(shown, TEXT)
    cited = {"source": source, "start": "In July the delegations", "end": "lake"}
    event = world.event("A meeting", citations=[cited])
    world.publish_all(source, event, by=cast.contributor, approved_by=cast.editor)
    addresses = [f"/events/{event.slug}/", f"/events/{event.slug}/citations/c1/"]
    if shown == "all":
        addresses.append(f"/sources/{source.slug}/text/")

    axe, found = Axe(), []
    for address in addresses:
        for width in (*WIDTHS, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.goto(address).status == 200
            found += [f"{address}, {width}: {one}" for one in faults_of(axe, page, width)]
    assert found == []
