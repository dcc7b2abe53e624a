"""From a fresh text to a published event, and the reading room in a real browser."""

import time
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from actors.models import ActorKind
from desk.models import Submission
from events.models import Event
from record.models import Version
from tests import world
from tests.browser.test_desk_pages import faults_of
from tests.reading.conftest import HEADINGS, TEXT

MOST_INTERACTIONS = 12
MOST_SECONDS = 180
SENTENCE = "On 20 July 1997 Anna Berg met about forty delegates in Lakeside."


@pytest.fixture
def fresh(live_server, cast, settings) -> Any:
    """A text that nobody has read. The vocabulary, actors and places it needs are published."""
    settings.FOUR_EYES = True
    by, people = cast.contributor, {"by": cast.contributor, "approved_by": cast.editor}
    person = world.actor("Anna Berg", kind=ActorKind.PERSON, by=by)
    place = world.place("Lakeside", by=by)
    before = world.event(
        "Before the talks", participants=[world.participant(person, by=by)], place=place, by=by
    )
    world.publish_all(before, **people)
    source = world.source("A wire report", by=by)
    world.hold_text(source, TEXT, headings=HEADINGS)
    return source


class Counted:
    """What a person does on a page: a click, a chord of keys, a field filled in."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    def click(self, what: Locator) -> None:
        self.number += 1
        what.click()

    def press(self, keys: str) -> None:
        self.number += 1
        self.page.keyboard.press(keys)

    def fill(self, what: Locator, words: str) -> None:
        self.number += 1
        what.fill(words)


def test_newcomer_publishes_an_event_from_a_fresh_text_in_twelve_interactions(
    page: Page, fresh: Any, cast: Any, sign_in_as: Any
):
    """Drafts, cites and submits it; another approves and publishes. Signing in is not counted."""
    sign_in_as(cast.contributor)
    page.goto(f"/desk/reading/{fresh.public_id}/")
    began, does = time.monotonic(), Counted(page)

    does.click(page.locator("#block-3").get_by_role("link", name="Use this sentence").first)
    does.click(page.get_by_role("button", name="Draft an event"))
    does.fill(page.get_by_label("Title:"), "Anna Berg meets delegates")
    does.click(page.get_by_role("combobox", name="Kind:"))
    does.click(page.locator(".select2-results__option", has_text="Meeting"))
    does.fill(page.get_by_label("Reason for this change:"), "The report tells of it.")
    does.click(page.get_by_role("button", name="Save and submit for review"))
    expect(page.get_by_text("is saved and up for review")).to_be_visible()
    event = Event.objects.get(title="Anna Berg meets delegates")
    assert event.citations.get().claims == ["entry", "date", "place", "p1", "p2"]
    assert event.slug == "anna-berg-meets-delegates"

    sign_in_as(cast.editor)
    page.goto("/desk/")
    submission = Submission.objects.latest("pk")
    does.click(page.get_by_role("link", name=submission.called).first)
    does.click(page.get_by_role("button", name="Approve and publish"))
    expect(page.get_by_text("edition 2").first).to_be_visible()

    assert Version.objects.filter(public_id=event.public_id).count() == 1
    assert does.number <= MOST_INTERACTIONS
    assert time.monotonic() - began < MOST_SECONDS


def test_selected_words_are_taken_up_by_keyboard(
    page: Page, fresh: Any, cast: Any, sign_in_as: Any
):
    sign_in_as(cast.contributor)
    page.goto(f"/desk/reading/{fresh.public_id}/")
    page.evaluate(
        """() => {
            const words = document.querySelector("#block-4 .block-words");
            const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
            let last = null;
            while (walker.nextNode()) {
                if (walker.currentNode.textContent.includes("Nothing was signed")) {
                    last = walker.currentNode;
                }
            }
            const at = last.textContent.indexOf("othing");
            document.getSelection().setBaseAndExtent(last, at, last, at + "othing was sig".length);
        }"""
    )
    button = page.get_by_role("button", name="Use the selected words")
    expect(button).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark.rests")).to_have_text("Nothing was signed")
    expect(page.get_by_text("block 4")).to_be_visible()


def test_pages_of_the_reading_room_have_no_fault(
    page: Page, fresh: Any, cast: Any, sign_in_as: Any, faults: list[str]
):
    citation = {"source": fresh, "claims": ["date"], "start": "On", "end": "delegates"}
    overlapping = {**citation, "start": "Anna Berg", "end": "hoped"}
    event = world.event("Cited", citations=[citation, overlapping], by=cast.contributor)
    fresh.set_aside.create(block=6, reason="A caption.")
    sign_in_as(cast.administrator)
    room = f"/desk/reading/{fresh.public_id}/"
    page.goto(room)
    sentence = page.locator("#block-3").get_by_role("link", name="Use this sentence").first
    passage = sentence.get_attribute("href") or ""
    cite = passage.replace("/passage/", "/cite/")
    axe, found = Axe(), []
    for address in (
        "/desk/reading/",
        room,
        passage,
        f"{room}passage/",
        f"{cite}&q=cited",
        f"{cite}&entry={event.public_id}",
        f"{room}set-aside/?block=5",
    ):
        answer: Any = page.goto(address)
        assert answer.status == 200
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        found += [f"{address}, {fault}" for fault in faults_of(page, axe)]
    for words in ("Nothing was signed", "Anna Berg met about fifty delegates"):
        page.goto(f"{room}passage/")
        page.get_by_role("textbox", name="Words from the source").fill(words)
        page.get_by_role("button", name="Find the words").click()
        found += [f"{words}, {fault}" for fault in faults_of(page, axe)]
    assert found + faults == [], "\n".join(found)
    faults.clear()


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False}])
def test_everything_can_be_done_without_javascript(
    page: Page, fresh: Any, cast: Any, sign_in_as: Any
):
    event = world.event("A walk by the lake", citations=[], by=cast.contributor)
    sign_in_as(cast.contributor)
    page.goto(f"/desk/reading/{fresh.public_id}/")
    page.get_by_text("Paste words from the source").click()
    page.get_by_role("textbox", name="Words from the source").fill(SENTENCE)
    page.get_by_role("button", name="Find the words").click()
    page.get_by_label("Entry: its name or id").fill("walk")
    page.get_by_role("button", name="Choose the entry").click()
    page.get_by_role("link", name="A walk by the lake").click()
    page.get_by_role("checkbox", name="Date").check()
    page.get_by_role("button", name="Cite, and on to the next").click()
    expect(page.get_by_text(f"{event.public_id}/c1 cites the passage now")).to_be_visible()
    expect(page.locator("mark.rests")).to_have_text("In March 1998 the Republic answered.")
    page.get_by_role("button", name="Draft an event").click()
    expect(page.get_by_label("Wording in the source").first).to_have_value("March 1998")
