"""What is drawn looks as it did when somebody last looked at it and kept its picture.

``make pictures`` keeps them anew: look at each that changed before it is committed. Where one
differs, what was taken is in ``var/pictures/``.
"""

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.pictures_world import pictures_world

KEPT = Path(__file__).parent / "kept"
TAKEN = Path(settings.BASE_DIR) / "var" / "pictures"
RENEW = "KEEP_PICTURES" in os.environ
SAME = (Path(__file__).parent / "same_picture.js").read_text(encoding="utf-8")
# Pixels that have nothing like them nearby. The four digits of a year that move by ten have 35.
MOST_OTHER = 20
LARGEST = 2_000_000  # bytes of all that are kept
# The same faces on every machine, and no day on which it was published.
SETTLED = """
:root { --serif: "DejaVu Serif" !important; --sans: "DejaVu Sans" !important;
  --mono: "DejaVu Sans Mono" !important; }
time[datetime*="T"] { display: none !important; }
*, *::before, *::after { transition: none !important; animation: none !important; }
"""
PICTURES = {
    "timeline": ("/timeline/events/?lanes=kind", ".timeline"),
    "matrix": ("/proposals/responses/", ".matrix"),
    "compared": ("/proposals/compare/?ids=P1,P2", ".comparison"),
    "map": ("/map/places/", ".map-drawn"),
    "together": ("/together/events/", ".together"),
    "actor": ("/actors/ada-envoy/", ".timeline"),
    "kinds": ("/overview/", ".kinds"),
    "editions": ("/overview/", ".bars-table:has(.bar-changed)"),
    "card": ("/embed/entries/E3/?edition=1", ".embed"),
    "card-matrix": ("/embed/responses/?edition=1", ".embed"),
    "russian-list": ("/ru/actors/", ".entry-rows"),
    "russian-entry": ("/ru/actors/ada-envoy/", ".entry-header"),
}
VIEWS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


@pytest.fixture
def context_options() -> dict[str, Any]:
    return {"bypass_csp": True}  # for the style that settles fonts


@pytest.fixture
def drawn(live_server, kept) -> None:
    kept(pictures_world)


def data_address(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_as_it_was_kept(page: Page, drawn, name):
    address, selector = PICTURES[name]
    page.goto(address)
    page.add_style_tag(content=SETTLED)
    differing = {}
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        file = f"{name}-{width}-{scheme}.png"
        png = page.locator(selector).first.screenshot(animations="disabled")
        if RENEW:
            KEPT.mkdir(exist_ok=True)
            (KEPT / file).write_bytes(png)
            continue
        before = (KEPT / file).read_bytes()
        if before == png:
            continue
        other = page.evaluate(SAME, [data_address(before), data_address(png)])
        if not 0 <= other <= MOST_OTHER:
            TAKEN.mkdir(parents=True, exist_ok=True)
            (TAKEN / file).write_bytes(png)
            differing[file] = "another size" if other < 0 else f"{other} pixels"
    assert differing == {}, f"See {TAKEN}, and kept ones in {KEPT}."


def test_pictures_that_are_kept_are_those_compared_and_small():
    files = list(KEPT.iterdir())
    named = {f"{name}-{width}-{scheme}.png" for name in PICTURES for width, scheme in VIEWS}
    assert {file.name for file in files} == named
    assert sum(file.stat().st_size for file in files) < LARGEST
