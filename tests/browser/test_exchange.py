"""The exchange in a browser: a file, its faults, what it would change; WCAG 2.2 AA throughout."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from events.models import Event
from exchange.formats import write_file
from tests.browser.test_desk_pages import faults_of

HOME = reverse("admin:exchange_importedfile_changelist")
ITEMS = [{"id": "a", "type": "report", "title": "The talks by the lake", "volume": "3"}]


@pytest.fixture
def desk(full: Any, cast: Any, sign_in_as: Any) -> Any:
    sign_in_as(cast.contributor)
    return full


def choose(page: Page, name: str, data: bytes) -> None:
    page.goto(HOME)
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.get_by_label("File", exact=False).first.set_input_files([file])  # type: ignore[list-item]
    page.get_by_role("button", name="See what it would change").click()


def test_a_file_is_imported_and_no_page_of_it_has_a_fault(page: Page, desk: Any, faults: list[str]):
    axe, found = Axe(), []
    table = [["id", "title"], [desk.event.public_id, "Another title"]]
    page.goto(HOME)
    found += faults_of(page, axe)

    choose(page, "bad.zip", write_file({"events": [["id", "date"], ["E1", "1997-13"]]}, "csv"))
    expect(page.get_by_text("One thing in this file is wrong")).to_be_visible()
    found += faults_of(page, axe)

    choose(page, "zotero.json", json.dumps(ITEMS).encode())
    page.get_by_text("What a source has no place for").click()
    found += faults_of(page, axe)

    choose(page, "events.xlsx", write_file({"events": table}, "xlsx"))
    expect(page.get_by_text("0 new entries, 1 changed")).to_be_visible()
    found += faults_of(page, axe)
    page.get_by_label("Reason").fill("From a spreadsheet.")
    page.get_by_role("button", name="Import").click()

    expect(page.get_by_text("holds what the file changed, as a draft")).to_be_visible()
    assert Event.objects.get(pk=desk.event.pk).title == "Another title"
    assert [*found, *faults] == []
