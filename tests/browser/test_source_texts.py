"""Loading a text of a source in the browser: by keyboard, without JavaScript, on a telephone."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from sources.models import SourceText
from tests import world
from tests.browser.test_desk_pages import faults_of
from tests.sources import files

ADD = "/desk/sources/sourcetext/add/"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "talks.docx"
    body = files.paragraph("The talks", "H1") + files.paragraph("In July they met.")
    file.write_bytes(files.docx(body + files.paragraph("By the lake.")))
    return file


@pytest.fixture
def cited(full, cast, sign_in_as):
    """A source that an event cites, and of which another text is held."""
    source = world.source("A report")
    world.hold_text(source, "Before.\n\nIn July they met.\n\nBy the sea.")
    world.event(
        citations=[
            {"source": source, "start": "In July they met"},
            {"source": source, "start": "By the sea"},
        ]
    )
    sign_in_as(cast.editor)
    return source


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False}])
def test_a_file_is_loaded_corrected_and_kept_without_javascript(page: Page, cited, book: Path):
    page.goto(f"/desk/sources/source/{cited.pk}/texts/")
    page.get_by_role("link", name="Load a newer text").click()
    page.get_by_label("File").set_input_files(book)
    page.get_by_role("button", name="Read it and show its blocks").click()

    expect(
        page.get_by_text("1 of 2 citations is found in it once; this one is not:")
    ).to_be_visible()
    text = page.get_by_label("The text")
    expect(text).to_have_value("# The talks\n\nIn July they met.\n\nBy the lake.")
    text.fill("# The talks\n\nIn July they met.\n\nBy the sea, not by the lake.")
    page.get_by_role("button", name="Show its blocks and citations anew").click()
    expect(page.get_by_text("All 2 citations are found in it, each once.")).to_be_visible()
    page.get_by_role("button", name="Keep this text").click()

    expect(page.get_by_text("The text is kept.")).to_be_visible()
    held = SourceText.objects.latest()
    assert held.text == "The talks\n\nIn July they met.\n\nBy the sea, not by the lake."
    assert held.headings == [1]
    page.get_by_role("link", name="All texts of this source").click()
    page.get_by_role("button", name="Compare the two").click()
    expect(page.get_by_role("heading", name="Block 1, now block 1")).to_be_visible()


def test_steps_have_no_fault_and_leaving_a_correction_is_asked_about(
    page: Page, cited, book: Path, faults: list[str]
):
    axe = Axe()
    page.goto(f"{ADD}?source={cited.public_id}")
    assert faults_of(page, axe) == []
    page.get_by_label("File").set_input_files(book)
    page.get_by_role("button", name="Read it and show its blocks").press("Enter")
    expect(page.get_by_label("The text")).to_be_visible()
    assert faults_of(page, axe) == []

    page.get_by_label("The text").fill("")
    page.get_by_role("button", name="Keep this text").press("Enter")
    expect(page.get_by_text("This field is required.")).to_be_visible()
    assert faults_of(page, axe) == []

    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("The text").press_sequentially("Some words")
    page.get_by_role("link", name="Back").click()
    page.wait_for_url("**/sourcetext/")
    assert asked == ["beforeunload"]
