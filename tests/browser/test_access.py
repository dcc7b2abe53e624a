"""Every type of page against WCAG 2.2 AA, as far as a program can judge it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from desk.publishing import withdraw
from tests import world
from tests.browser.page_types import page_types
from tests.browser.violations import violations

STATUSES = {"not-found": 404, "withdrawn": 410, "citation-gone": 410}


@pytest.fixture
def addresses(full, cast, live_server) -> dict[str, str]:
    """Every type of page by name, over a record with something withdrawn in it."""
    gone = world.event("A meeting that never was", by=cast.contributor)
    recited = world.event("A meeting cited anew", by=cast.contributor)
    world.publish_all(gone, recited, by=cast.contributor, approved_by=cast.editor)
    world.change(recited, citations=[{}])
    world.publish_all(recited, by=cast.contributor, approved_by=cast.editor)
    withdraw(
        [gone.public_id],
        by=cast.chief_editor,
        reason="It was never held.",
        approved_by=cast.editor,
    )
    return page_types(live_server.url) | {
        "search-found": "/search/?q=lake",
        "search-misspelt": "/search/?q=envoi",
        "password-lost": "/account/password/reset/",
        "citation-disputing": f"/events/{full.event.slug}/citations/c2/",
        "withdrawn": f"/events/{gone.slug}/",
        "citation-gone": f"/events/{recited.slug}/citations/c1/",
    }


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_violates_wcag(page, addresses, faults, width):
    page.set_viewport_size({"width": width, "height": 800})
    axe, found = Axe(), []
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer.status == STATUSES.get(name, 200), address
        # Opened first, whatever folds: what is folded away is not looked at.
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        found += [f"{name}, {violation}" for violation in violations(axe, page)]
        forget_expected(faults, name)
    assert found == []


def test_no_page_is_wider_than_a_small_phone(page, addresses, faults):
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for name, address in addresses.items():
        page.goto(address)
        root = "document.documentElement"
        if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
            wide.append(name)
        forget_expected(faults, name)
    assert wide == []


def forget_expected(faults: list[str], name: str) -> None:
    """Chromium complains of every answer that is an error, and so of a page that is one."""
    if name in STATUSES:
        (complaint,) = faults
        assert f"status of {STATUSES[name]}" in complaint
        faults.clear()
