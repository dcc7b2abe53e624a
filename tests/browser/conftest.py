import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.examples import FullWorld

# Playwright's event loop runs in the test's own thread, where Django then refuses queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=QUIET,
            # Chromium has no sandbox for root.
            chromium_sandbox=os.geteuid() != 0,
        )
        yield browser
        browser.close()


@pytest.fixture
def faults() -> list[str]:
    """What the console complained of; a test that provokes a complaint clears it."""
    return []


@pytest.fixture
def context_options() -> dict[str, Any]:
    """Options of the browser's profile, such as ``java_script_enabled``: for tests to set."""
    return {}


@pytest.fixture
def full(live_server, full: FullWorld) -> FullWorld:
    """One rich entry of each type, published in edition 1 of the live server."""
    return full


@pytest.fixture
def page(
    browser: Browser, live_server, faults: list[str], context_options: dict[str, Any]
) -> Iterator[Page]:
    """A page of a fresh profile, with addresses relative to the live server."""
    with browser.new_context(base_url=live_server.url, **context_options) as context:
        page = context.new_page()

        def listen(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                faults.append(f"{message.location['url']}: {message.text}")

        page.on("console", listen)
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
    assert faults == []


@pytest.fixture
def sign_in_as(page: Page, client_of: Any, live_server) -> Callable[[User], None]:
    """Without the form, where signing in is not what the test is about."""

    def sign_in(user: User) -> None:
        session = client_of(user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return sign_in
