"""Work at the desk that must not be lost, in a real browser."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from desk.publishing import approve_and_publish
from desk.submissions import submission_checksum
from tests import world
from tests.browser.test_desk import sign_in
from tests.browser.violations import violations
from tests.conftest import PASSWORD

TYPED = "Delegations met by the lake, for the first time in ten years."
THEIRS = "Delegations met in the rain."


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def with_script(request, context_options):
    context_options["java_script_enabled"] = request.param
    return request.param


def open_form(page: Page, event: Any) -> str:
    """Its address; without the lists before it, of which one is searched by script."""
    page.goto(f"/desk/events/event/{event.pk}/change/")
    expect(page.get_by_label("Title:", exact=True)).not_to_have_value("")
    return page.url


def find_nothing_wrong(page: Page) -> None:
    assert violations(Axe(), page) == []


def test_second_of_two_to_save_chooses_and_loses_nothing(with_script, page, full, cast):
    event = full.event
    sign_in(page, cast.editor)
    open_form(page, event)
    page.get_by_label("Summary:", exact=True).fill(TYPED)
    page.get_by_label("Title:", exact=True).fill("The first day by the lake")
    page.get_by_label("Reason for this change").fill("The host's diary says so.")
    world.change(event, by=cast.contributor, summary=THEIRS, editor_note="It rained.")

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("What you entered is kept")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("by contributor")
    both = page.get_by_role("group", name="summary")
    expect(both.get_by_role("radio", name="yours")).to_have_accessible_name(f"yours: {TYPED}")
    expect(both.get_by_role("radio", name="theirs")).to_have_accessible_name(f"theirs: {THEIRS}")
    note = page.get_by_role("group", name="editor note")
    expect(note.get_by_role("radio", name="take over")).to_be_checked()
    if with_script:
        find_nothing_wrong(page)
    both.get_by_role("radio", name="yours").check()
    page.get_by_role("button", name="Save both together").click()

    expect(page.get_by_text("Both are saved now")).to_be_visible()
    expect(page.get_by_label("Summary:", exact=True)).to_have_value(TYPED)
    expect(page.get_by_label("Title:", exact=True)).to_have_value("The first day by the lake")
    expect(page.get_by_label("Editor's note:", exact=True)).to_have_value("It rained.")


def test_form_sent_after_the_session_lapsed_comes_back_filled_in(with_script, page, full, cast):
    sign_in(page, cast.editor)
    form = open_form(page, full.event)
    page.get_by_label("Summary:", exact=True).fill(TYPED)
    page.get_by_label("Reason for this change").fill("The host's diary says so.")
    Session.objects.all().delete()

    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_label("Username").fill(cast.editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(form)
    expect(page.get_by_text("is kept, and has not been saved")).to_be_visible()
    expect(page.get_by_label("Summary:", exact=True)).to_have_value(TYPED)
    if with_script:
        find_nothing_wrong(page)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(page.get_by_label("Summary:", exact=True)).to_have_value(TYPED)
    full.event.refresh_from_db()
    assert full.event.summary == TYPED


def test_leaving_with_unsaved_changes_is_asked_about_and_saving_is_not(page, full, cast):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sign_in(page, cast.editor)
    open_form(page, full.event)
    page.goto("/desk/")
    assert asked == []

    open_form(page, full.event)
    page.get_by_label("Summary:", exact=True).fill(TYPED)
    page.goto("/desk/")
    assert asked == ["beforeunload"]

    open_form(page, full.event)
    page.get_by_label("Summary:", exact=True).press_sequentially(TYPED[:5])
    page.get_by_label("Reason for this change").fill("The host's diary says so.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert asked == ["beforeunload"]


def test_correction_leaves_what_is_unfinished_and_what_both_changed_is_decided(page, full, cast):
    event = full.event
    world.change(event, by=cast.contributor, summary="Unfinished.", title="An unfinished title")
    sign_in(page, cast.editor)
    form = open_form(page, event)
    page.get_by_role("button", name="Correct what is published").click()
    expect(page.get_by_text("This is what is published, not the working copy.")).to_be_visible()
    expect(page.get_by_label("Title:", exact=True)).to_have_value("First day by the lake")
    find_nothing_wrong(page)
    page.get_by_label("Title:", exact=True).fill("The first day")
    page.get_by_label("Reason for this change").fill("The title was wrong.")
    page.get_by_role("button", name="Send the correction to review").click()
    expect(page.get_by_text("An urgent correction")).to_be_visible()

    correction = cast.editor.submissions.get(is_correction=True)
    approve_and_publish(correction, by=cast.chief_editor, checksum=submission_checksum(correction))

    page.goto(form)
    expect(page.get_by_text("goes against unfinished changes here")).to_be_visible()
    find_nothing_wrong(page)
    page.get_by_role("link", name="Decide on it").click()
    find_nothing_wrong(page)
    page.get_by_role("radio", name="unpublished: An unfinished title").check()
    page.get_by_label("Reason:").fill("It is better.")
    page.get_by_role("button", name="Save what you chose").click()
    expect(page.get_by_label("Title:", exact=True)).to_have_value("An unfinished title")
    expect(page.get_by_label("Summary:", exact=True)).to_have_value("Unfinished.")
    page.goto(f"/events/{event.slug}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The first day")
