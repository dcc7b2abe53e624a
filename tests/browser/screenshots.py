"""Pictures of every type of page, from the real server over the first content; and of all that is
drawn, over far too much of it, over next to nothing and over nothing.

``make screenshots`` writes them to ``var/screenshots/``, at the width of a phone and of a desk,
light and dark, on paper and in colours that the reader's system forces, and one to
``docs/screenshot.png``.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.page_types import DRAWN, NOTHING_DRAWN, page_types

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "var" / "screenshots"
README_PICTURE = ROOT / "docs" / "screenshot.png"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
HEIGHT = 800
PAPER = 720  # pixels: A4 within its margins
LOOKS: dict[str, tuple[Sequence[int], dict[str, Any]]] = {
    "light": ((360, 1280), {}),
    "dark": ((360, 1280), {"color_scheme": "dark"}),
    "print": ((PAPER,), {"media": "print"}),
    "forced": ((1280,), {"forced_colors": "active"}),
}
PLAIN = {"color_scheme": "light", "media": "screen", "forced_colors": "none"}
CONTENT = (["prepare"],)
# By what their pictures are called, and which pages these are of.
WORLDS = {
    "absurd": ("tests.browser.absurd_world", DRAWN),
    "sparse": ("tests.browser.sparse_world", DRAWN),
    "empty": (None, NOTHING_DRAWN),
}
PAGE_HEIGHT = "document.documentElement.scrollHeight"
PATIENCE = 30  # seconds for the server to answer


@contextmanager
def running_site(filling: Sequence[list[str]]) -> Iterator[str]:
    """The address of a production server over a database of its own, filled by these commands."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "CHRONICLE_ENV_FILE": os.devnull,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": f"sqlite:///{folder}/chronicle.sqlite3",
            "FOUR_EYES": "false",
        }
        for command in (["migrate"], ["createcachetable"], *filling):
            manage = [sys.executable, "manage.py", *command, "--verbosity", "0"]
            subprocess.run(manage, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "chronicle.wsgi", "--no-control-socket"),
                *("--bind", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "warning"),
            ],
            cwd=ROOT,
            env=environment,
        )
        try:
            site = f"http://127.0.0.1:{port}"
            wait_for(site)
            yield site
        finally:
            server.terminate()
            server.wait()


def wait_for(site: str) -> None:
    """Return as soon as the site answers, with whatever status."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(site).close()  # noqa: S310 - our own site
        except HTTPError:
            return
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def overflows(page: Page) -> bool:
    """Whether the page is wider than the window: WCAG 2.2, 1.4.10."""
    root = "document.documentElement"
    wide: bool = page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")
    return wide


def unroll(page: Page, width: int) -> None:
    """Make the window as high as the page, so that what scrolls by itself shows all it has."""
    height, grown = HEIGHT, page.evaluate(PAGE_HEIGHT)
    while grown > height:
        height = grown
        page.set_viewport_size({"width": width, "height": height})
        grown = page.evaluate(PAGE_HEIGHT)


def take_all(browser: Browser, site: str, pages: Mapping[str, str]) -> int:
    """Every page in every look, loaded once a look. How many of these are too wide."""
    too_wide = 0
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        for name, address in pages.items():
            for look, (widths, media) in LOOKS.items():
                page.emulate_media(**{**PLAIN, **media})
                answer = page.goto(address)  # anew: Chromium keeps the canvas of another scheme
                if answer is None or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise RuntimeError(f"{address} cannot be shown")
                for width in widths:
                    page.set_viewport_size({"width": width, "height": HEIGHT})
                    unroll(page, width)
                    page.screenshot(path=OUT / f"{name}-{width}-{look}.png", full_page=True)
                    if overflows(page):
                        too_wide += 1
                        print(f"{name}, {look}, is wider than {width} px")
    print(f"{len(pages)} pages are in {OUT.relative_to(ROOT)}/")
    return too_wide


def take_readme_picture(browser: Browser, site: str) -> None:
    """An entry beside its evidence, small enough for a repository."""
    with browser.new_context(
        base_url=site, color_scheme="light", viewport={"width": 1160, "height": 780}
    ) as context:
        page = context.new_page()
        page.goto(page_types(site)["events-entry"])
        page.screenshot(path=README_PICTURE)


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        # Chromium has no sandbox for root.
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0
        )
        with running_site(CONTENT) as site:
            too_wide = take_all(browser, site, page_types(site))
            take_readme_picture(browser, site)
        for world, (module, drawn) in WORLDS.items():
            filling = [["shell", "-c", f"from {module} import fill; fill()"]] if module else []
            with running_site(filling) as site:
                pages = {f"{world}-{name}": address for name, address in drawn.items()}
                too_wide += take_all(browser, site, pages)
        browser.close()
    return 1 if too_wide else 0


if __name__ == "__main__":
    sys.exit(main())
