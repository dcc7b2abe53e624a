"""The pictures of the editor's handbook, taken of the pages as they are.

``make handbook`` writes them to ``docs/handbook/``. They show the invented examples of
``tests.examples``; the browser tests take them, too, so that what leads to them stays true.
"""

import base64
import os
import struct
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page

from tests.pages import admin_url

if TYPE_CHECKING:  # it needs Django's settings, which the script leaves to pytest
    from tests.browser.desk_world import DeskWorld

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "handbook"
OUT = "HANDBOOK_OUT"  # the variable that says where the test leaves the pictures
LARGEST = 60_000  # bytes
WIDTH = 1280
SPACE = 12  # pixels around what is shown
MOST = 900  # pixels of height
SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 48
# A picture's commonest colours, and for each pixel the place of the one nearest to its own.
TO_PALETTE = """
async ([picture, most]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const bytes = context.getImageData(0, 0, width, height).data;
  const colours = Array.from({ length: width * height }, (_, pixel) =>
    (bytes[4 * pixel] << 16) | (bytes[4 * pixel + 1] << 8) | bytes[4 * pixel + 2]);
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) || 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, most).map(([colour]) => colour);
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const far = (a, b) => parts(a).reduce((sum, part, at) => sum + (part - parts(b)[at]) ** 2, 0);
  const nearest = new Map([...counts.keys()].map((colour) => [colour,
    palette.reduce((best, each, at) =>
      far(each, colour) < far(palette[best], colour) ? at : best, 0)]));
  let indices = "";
  for (const colour of colours) indices += String.fromCharCode(nearest.get(colour));
  return { width, height, palette: palette.flatMap(parts), indices: btoa(indices) };
}
"""
PICTURES = (
    "home",
    "work-list",
    "list",
    "entry",
    "parts",
    "citation",
    "evidence",
    "together",
    "submit",
    "review",
    "finding",
)


def take_all(page: Page, desk: "DeskWorld", folder: Path) -> None:
    """Every picture, as whoever is signed in sees it."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": WIDTH, "height": MOST})
    form = admin_url(desk.event, "change")
    whole = [page.locator("#content h1"), page.locator("#content-main")]
    steps: dict[str, tuple[str, list[Locator]]] = {
        "home": ("/desk/", [page.locator("#content h1"), page.locator(".home-part").nth(1)]),
        "work-list": ("/desk/work/changes/", whole),
        "list": (admin_url(type(desk.event), "changelist"), whole),
        "entry": (
            f"{form}?list=changes",
            [page.locator("#content h1"), page.locator(".field-summary")],
        ),
        "parts": (form, [page.locator("#participants-group"), page.locator("#quantities-group")]),
        "citation": (form, [page.locator("#citations-0")]),
        "evidence": (admin_url(desk.event, "evidence"), whole),
        "together": (desk.pages["join"], whole),
        "submit": (desk.pages["submit"], whole),
        "review": (desk.review, [page.locator(".claim-change").first]),
        "finding": (desk.pages["admin:desk_finding"], whole),
    }
    assert tuple(steps) == PICTURES
    folder.mkdir(exist_ok=True)
    easel = page.context.new_page()  # whose policy is not the site's
    for name, (address, shown) in steps.items():
        page.goto(address)
        (folder / f"{name}.png").write_bytes(drawn(easel, _taken(page, shown)))
    easel.close()


def _taken(page: Page, shown: list[Locator]) -> bytes:
    """What lies between the upper edge of the first and the lower of the last, and no more."""
    boxes = [box for each in shown if (box := each.bounding_box())]
    assert len(boxes) == len(shown), page.url
    left = max(0, min(box["x"] for box in boxes) - SPACE)
    top = max(0, boxes[0]["y"] - SPACE)
    bottom = min(boxes[-1]["y"] + boxes[-1]["height"] + SPACE, top + MOST)
    clip: Any = {"x": left, "y": top, "width": WIDTH - left, "height": bottom - top}
    return page.screenshot(clip=clip, full_page=True)


def drawn(page: Page, picture: bytes) -> bytes:
    """The same PNG in its commonest colours, which is a third of the size."""
    got = page.evaluate(TO_PALETTE, [base64.b64encode(picture).decode(), COLOURS])
    width, height, indices = got["width"], got["height"], base64.b64decode(got["indices"])
    rows = (indices[at : at + width] for at in range(0, len(indices), width))
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(got["palette"])),
        (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
        (b"IEND", b""),
    ]
    return SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def main() -> int:
    """Take the pictures by way of the test that does, on its own database and server."""
    os.environ[OUT] = str(FOLDER)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    return pytest.main(["tests/browser/test_handbook.py", "--quiet"])


if __name__ == "__main__":
    sys.exit(main())
