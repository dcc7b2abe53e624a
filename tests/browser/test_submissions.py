"""A submission's way through review, in a real browser."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from desk.notes import add_note, resolve_note
from desk.submissions import submit
from tests import world
from tests.browser.test_desk import (
    NEW,
    change_summary,
    open_event,
    public_summary,
    sign_in,
    sign_out,
    submit_for_review,
)
from tests.browser.violations import violations

QUESTION = "Whose diary is it?"


def open_submission(page: Page, queue: str) -> None:
    """From the desk's first page, over the queue of what concerns whoever is signed in."""
    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name="Submissions", exact=True).click()
    page.get_by_role("link", name=queue, exact=True).click()
    page.locator("#result_list tbody").get_by_role("link").first.click()


def test_submission_is_sent_back_answered_and_published_by_another(
    page, full, contributor, editor, settings
):
    settings.FOUR_EYES = True
    sign_in(page, contributor)
    change_summary(page, full.event)
    submit_for_review(page)
    expect(page.get_by_role("button", name="Approve and publish")).to_have_count(0)
    sign_out(page)

    sign_in(page, editor)
    open_submission(page, "Waiting for my review")
    page.get_by_role("link", name="Request changes").click()
    page.get_by_label("Note:").fill(QUESTION)
    page.get_by_role("button", name="Request changes").click()
    expect(page.get_by_text("have been requested")).to_be_visible()
    sign_out(page)

    sign_in(page, contributor)
    open_submission(page, "Returned to me")
    page.get_by_role("link", name=re.compile("^Answer")).click()
    expect(page.get_by_text(QUESTION)).to_be_visible()
    page.get_by_label("Note:").fill("The host's own.")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("button", name=re.compile("^Resolve")).click()
    expect(page.get_by_text("resolved by contributor")).to_be_visible()
    page.get_by_role("button", name="Resubmit the newest revisions").click()
    expect(page.get_by_text("holds the newest revisions now")).to_be_visible()
    assert public_summary(page, full.event)[1:] == (1, 1)
    open_submission(page, "Mine")
    sign_out(page)

    sign_in(page, editor)
    open_submission(page, "Waiting for my review")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("edition 2").first).to_be_visible()
    assert public_summary(page, full.event) == (NEW, 2, 2)


def test_entries_are_gathered_in_a_draft(page, full, contributor, cast):
    world.change(full.place, by=contributor, editor_note="More of it.")
    draft = submit(
        [full.place.public_id], by=contributor, reason="June.", title="For June", as_draft=True
    )
    sign_in(page, contributor)
    change_summary(page, full.event)

    open_event(page, full.event.title)
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_label("For June: draft").check()
    page.get_by_role("button", name="Keep as a draft").click()

    expect(page.get_by_text(f"Submission {draft.pk} holds these entries")).to_be_visible()
    page.get_by_text("Add or take out entries").click()
    page.get_by_role("checkbox", name=re.compile(full.place.public_id)).check()
    page.get_by_role("button", name="Take these out").click()
    expect(page.get_by_text(f"{full.place.public_id}: taken out of For June")).to_be_visible()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("For June is up for review")).to_be_visible()
    assert list(draft.items.values_list("public_id", flat=True)) == [full.event.public_id]


def test_pages_of_submissions_and_people_violate_no_wcag(page, full, cast: Any):
    world.change(full.event, by=cast.contributor, summary=NEW)
    submission = world.submitted(full.event, by=cast.contributor)
    note = add_note(submission, by=cast.editor, text=QUESTION)
    add_note(submission, by=cast.contributor, text="The host's.", parent=note)
    about = {"public_id": full.event.public_id, "claim": "date"}
    resolve_note(add_note(submission, by=cast.editor, text="Sure?", **about), by=cast.editor)
    term = world.term("Visit", by=cast.chief_editor)
    draft = submit([term.public_id], by=cast.chief_editor, reason="June.", as_draft=True)
    sign_in(page, cast.chief_editor)
    own = f"/desk/desk/submission/{submission.pk}"
    axe, found = Axe(), []
    for address in (
        f"{own}/change/",
        f"{own}/describe/",
        f"{own}/note/?entry={full.event.public_id}&claim=date",
        f"{own}/note/?parent={note.pk}",
        f"{own}/request-changes/",
        f"/desk/desk/submission/{draft.pk}/change/",
        "/desk/desk/submission/?queue=waiting",
        f"/desk/vocabulary/term/submit/?entry={term.public_id}",
        "/desk/auth/user/add/",
        f"/desk/auth/user/{cast.contributor.pk}/change/",
    ):
        assert page.goto(address).status == 200
        found += [f"{address}, {violation}" for violation in violations(axe, page)]
    assert found == []
