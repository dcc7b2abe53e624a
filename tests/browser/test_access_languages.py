"""The main types of page against WCAG 2.2 AA, in languages of other scripts and other letters."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.violations import violations

MAIN = [
    "/",
    "/search/?q=lake",
    "/events/",
    "/actors/",
    "/terms/",
    "/events/{event}/",
    "/actors/{actor}/",
    "/proposals/{proposal}/",
    "/sources/{source}/",
    "/events/{event}/citations/c1/",
    "/timeline/events/?lanes=actor",
    "/map/places/",
    "/together/events/",
    "/overview/",
    "/proposals/compare/?ids=P1,P2",
    "/proposals/responses/",
    "/editions/1/",
    "/entries/E3/history/",
    "/entries/E3/suggest-correction/",
    "/verify/",
    "/method/",
]


@pytest.fixture
def addresses(full, live_server) -> list[str]:
    slugs = {entry._meta.model_name: entry.slug for entry in full.entries}
    return [address.format(**slugs) for address in MAIN]


# English pages are looked at in all widths and colours; these differ from them in words alone.
@pytest.mark.parametrize(("language", "width"), [("ru", 360), ("az", 1280), ("hy", 360)])
def test_no_page_violates_wcag_in_any_language(page, addresses, language: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    axe, found = Axe(), []
    for address in addresses:
        answer = page.goto(f"/{language}{address}")
        assert answer.status == 200, address
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        found += [f"{address}, {violation}" for violation in violations(axe, page)]
    assert found == []


@pytest.mark.parametrize("language", ["ru", "az", "hy"])
def test_no_page_is_wider_than_a_small_phone_in_any_language(page, addresses, language: str):
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for address in addresses:
        page.goto(f"/{language}{address}")
        root = "document.documentElement"
        if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
            wide.append(address)
    assert wide == []
