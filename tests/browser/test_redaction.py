"""A chief editor has a published version redacted, and somebody else approves it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from record.models import Version
from tests import world
from tests.browser.test_desk import sign_in, sign_out
from tests.browser.violations import violations
from tests.pages import admin_url


def test_words_of_a_version_go_for_good(page, full, people, chief_editor, editor, settings):
    settings.FOUR_EYES = True
    event = world.event("The house of Unsayable", by=people["by"])
    world.publish_all(event, **people)
    world.change(event, title="A meeting at a house", slug="a-meeting", by=people["by"])
    world.publish_only(event, **people)
    first = Version.objects.get(public_id=event.public_id, superseded_in__isnull=False)
    sign_in(page, chief_editor)
    page.goto(admin_url(event, "change"))
    page.get_by_role("link", name="Redact").click()

    page.get_by_label(f"Edition {first.edition_id}").check()
    page.get_by_label("What is published now stays as it is").check()
    page.get_by_label("Reason:").fill("A person would be in danger.")
    assert violations(Axe(), page) == []
    page.get_by_role("button", name="Ask for redaction").click()
    expect(page.get_by_text("asks for the redaction")).to_be_visible()
    submission = page.url
    sign_out(page)

    sign_in(page, editor)
    page.goto(submission)
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text(f"edition {first.edition_id + 2}").first).to_be_visible()

    page.goto("/events/a-meeting/")
    expect(page.get_by_role("heading", level=1)).to_have_text("A meeting at a house")
    page.goto(f"/editions/{first.edition_id}/")
    expect(page.get_by_role("main")).not_to_contain_text("Unsayable")
    expect(page.get_by_role("main")).to_contain_text("redacted")
