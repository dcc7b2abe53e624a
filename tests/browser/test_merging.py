"""One entry merged into another, in a real browser: shown, asked for, approved, and in public."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from desk.models import Revision
from desk.previewing import share
from tests import world
from tests.browser.test_desk import sign_in, sign_out
from tests.browser.violations import violations
from tests.pages import admin_url

REASON = "The same republic, entered twice."


def test_two_actors_become_one(page, full, people, chief_editor, editor, settings):
    settings.FOUR_EYES = True
    winner = world.actor("The Realm", by=people["by"])
    loser = world.actor("Realm, the", by=people["by"], description="Its own description.")
    event = world.event(
        "A merged meeting",
        by=people["by"],
        participants=[world.participant(loser, by=people["by"])],
    )
    world.publish_all(winner, event, **people)
    sign_in(page, chief_editor)
    page.goto(admin_url(loser, "change"))
    page.get_by_role("link", name="Merge into…").click()

    page.get_by_role("combobox", name="Merge it into").click()
    page.get_by_role("searchbox").last.fill("realm")
    page.get_by_role("option", name="The Realm").click()
    page.get_by_role("button", name="Show what it would do").click()

    expect(page.get_by_text("1 published entry refers to")).to_be_visible()
    expect(page.get_by_text("Its own description.").first).to_be_visible()
    assert violations(Axe(), page) == []
    page.get_by_label("Reason:").fill(REASON)
    page.get_by_role("button", name="Ask for the merger").click()
    expect(page.get_by_text("asks for the merger")).to_be_visible()
    submission = page.url
    sign_out(page)

    sign_in(page, editor)
    page.goto(submission)
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("edition 3").first).to_be_visible()

    page.goto(f"/actors/{loser.slug}/")
    expect(page).to_have_url(re.compile(f"/actors/{winner.slug}/$"))
    expect(page.get_by_role("main")).to_contain_text("Realm, the")
    page.goto(f"/events/{event.slug}/")
    expect(page.get_by_role("rowheader", name="The Realm")).to_be_visible()
    page.goto(admin_url(loser, "change"))
    expect(page.get_by_text("it is edited no more")).to_be_visible()


def test_an_expert_comments_by_a_link(page, full, editor):
    revision = Revision.objects.filter(public_id=full.event.public_id).first()
    _, secret = share(revision, by=editor, reader="An expert", days=7)

    page.goto(f"/preview/{secret}/")
    assert violations(Axe(), page) == []
    page.get_by_role("textbox", name="Comment").fill("The second day was a Tuesday.")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_text("Thank you. The editors have your comment.")).to_be_visible()

    sign_in(page, editor)
    page.goto(admin_url(full.event, "links"))
    expect(page.get_by_text("The second day was a Tuesday.")).to_be_visible()
    assert violations(Axe(), page) == []
