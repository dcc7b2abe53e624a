"""What editors do at the desk, in a real browser: from signing in to the edition in public."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from events.models import Event
from record.models import Version
from tests import world
from tests.conftest import PASSWORD

NEW = "Delegations met by the lake, for the first time in ten years."
REASON = "The host's diary says so."


def sign_in(page: Page, user: Any) -> None:
    """By the form that the desk leads to, as whoever is asked to sign in."""
    page.goto("/desk/")
    expect(page).to_have_url(re.compile(r"/account/login/\?next=%2Fdesk%2F$"))
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="The desk", exact=True)).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()


def open_event(page: Page, title: str) -> None:
    """From the desk's first page, over the list of events."""
    page.goto("/desk/")
    page.get_by_role("main").get_by_role("link", name="Events", exact=True).click()
    page.get_by_role("searchbox").fill(title)
    page.get_by_role("button", name="Search").click()
    row = page.get_by_role("row").filter(has_text=title)
    row.get_by_role("link").first.click()
    expect(page.get_by_label("Title:", exact=True)).to_have_value(title)


def change_summary(page: Page, event: Event) -> None:
    """Change a published event and submit it, trying first to do it without a reason."""
    open_event(page, event.title)
    page.get_by_label("Summary:", exact=True).fill(NEW)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".form-errors").get_by_text("say why you change it")).to_be_visible()
    expect(page.get_by_label("Summary:", exact=True)).to_have_value(NEW)

    page.get_by_label("Reason for this change").fill(REASON)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(page.get_by_text("changes since are not public")).to_be_visible()


def submit_for_review(page: Page) -> None:
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_label("Reason:").fill(REASON)
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("is up for review")).to_be_visible()


def public_summary(page: Page, event: Event) -> tuple[str, int, int]:
    """What page and API say: the summary, which has to be the same, its version and the edition."""
    answer = page.request.get(f"/api/v1/events/{event.slug}/").json()
    summary, version = answer["result"]["summary"], answer["result"]["version"]["edition"]
    page.goto(f"/events/{event.slug}/")
    for paragraph in summary.split("\n\n"):
        expect(page.locator("#summary")).to_contain_text(paragraph)
    said = page.get_by_role("contentinfo")
    expect(said).to_contain_text(f"This is edition {answer['edition']}, published")
    return summary, version, answer["edition"]


def test_change_of_a_published_event_is_public_only_once_it_is_published(
    page, full, editor, settings
):
    settings.FOUR_EYES = False
    old = full.event.summary
    sign_in(page, editor)
    change_summary(page, full.event)
    assert public_summary(page, full.event) == (old, 1, 1)

    open_event(page, full.event.title)
    submit_for_review(page)
    submission = page.url
    assert public_summary(page, full.event) == (old, 1, 1)

    page.goto(submission)
    claims = page.get_by_role("article").locator(".claim-change")
    expect(claims).to_have_count(1)
    summary = page.get_by_role("region", name="summary changed")
    expect(summary.locator("del")).to_contain_text("They agreed to meet again.")
    expect(summary.locator("ins").last).to_contain_text("time in ten years.")
    expect(summary.locator("mark").first).to_contain_text("In July the delegations met")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("edition 2").first).to_be_visible()
    assert public_summary(page, full.event) == (NEW, 2, 2)
    edition = page.request.get("/api/v1/editions/2/").json()["result"]
    assert (edition["reason"], edition["four_eyes"]) == (REASON, False)


def test_somebody_else_approves_where_four_eyes_are_asked_for(
    page, full, editor, chief_editor, settings
):
    settings.FOUR_EYES = True
    sign_in(page, editor)
    change_summary(page, full.event)
    submit_for_review(page)
    expect(page.get_by_text("somebody else has to approve it")).to_be_visible()
    approve = page.get_by_role("button", name="Approve and publish")
    expect(approve).to_have_count(0)
    sign_out(page)

    sign_in(page, chief_editor)
    page.get_by_role("main").get_by_role("link", name="Submissions", exact=True).click()
    page.get_by_role("row").filter(has_text=REASON).get_by_role("link").first.click()
    approve.click()
    expect(page.get_by_text("edition 2").first).to_be_visible()
    assert public_summary(page, full.event) == (NEW, 2, 2)
    assert page.request.get("/api/v1/editions/2/").json()["result"]["four_eyes"] is True


def choose(within: Locator, field: str, name: str) -> None:
    """Type into an autocomplete of the admin, and take what it offers."""
    box = within.get_by_role("combobox", name=field)
    box.click()
    within.page.get_by_role("searchbox", name=field).fill(name)
    within.page.get_by_role("option").filter(has_text=name).click()
    expect(box).to_contain_text(name)


def cell(page: Page, rows: str, number: int, field: str) -> Locator:
    return page.locator(f"#id_{rows}-{number}-{field}")


def test_new_parts_are_cited_in_the_form_that_they_are_entered_in(page, full, editor, settings):
    settings.FOUR_EYES = False
    sign_in(page, editor)
    page.goto("/desk/events/event/add/")
    page.get_by_label("Title:", exact=True).press_sequentially("Second day by the lake")
    expect(page.get_by_label("Slug:", exact=True)).to_have_value("second-day-by-the-lake")
    choose(page.get_by_role("main"), "Kind:", "Round of talks")
    page.get_by_role("group", name="Date").first.get_by_label("Date (EDTF)").fill("1997-07-03")

    # The rows that the page comes with have names; a row that a script adds gets the next one.
    expect(cell(page, "participants", 0, "part_key")).to_have_value("new-1")
    expect(cell(page, "quantities", 0, "part_key")).to_have_value("new-2")
    page.get_by_role("button", name="Add another Participant").click()
    expect(cell(page, "participants", 1, "part_key")).to_have_value("new-3")
    for number, actor in enumerate(["The Envoy", "The Kingdom"]):
        row = page.locator(f"#participants-{number}")
        choose(row, "Actor", actor)
        choose(row, "Role", "Delegate")
    cell(page, "quantities", 0, "what").fill("delegates")
    cell(page, "quantities", 0, "best").fill("38")

    choose(page.locator("#citations-0"), "Source:", full.source.title)
    cell(page, "citations", 0, "claims").fill("entry, date, new-1, new-2")
    page.get_by_role("button", name="Add another Citation").click()
    choose(page.locator("#citations-1"), "Source:", full.source.title)
    cell(page, "citations", 1, "claims").fill("new-3.role, new-3")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was added successfully")).to_be_visible()

    document = world.document(Event.objects.get(slug="second-day-by-the-lake"))
    envoy, kingdom = (row["key"] for row in document["participants"])
    (delegates,) = (row["key"] for row in document["quantities"])
    assert [row["actor"] for row in document["participants"]] == [
        full.actor.public_id,
        Version.objects.get(slug="the-kingdom").public_id,
    ]
    assert [row["claims"] for row in document["citations"]] == [
        ["entry", "date", envoy, delegates],
        [f"{kingdom}.role", kingdom],
    ]
    # The form now calls them by their keys.
    assert {envoy, kingdom, delegates} == {"p1", "p2", "p3"}
    expect(cell(page, "participants", 1, "part_key")).to_have_value(kingdom)
    expect(cell(page, "citations", 1, "claims")).to_have_value(f"{kingdom}.role, {kingdom}")

    submit_for_review(page)
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("edition 2").first).to_be_visible()
    page.goto("/events/second-day-by-the-lake/")
    row = page.get_by_role("row").filter(has_text="The Kingdom")
    row.get_by_role("link", name=re.compile("^citation 2")).first.click()
    expect(page.locator("#c2:target")).to_be_in_viewport()


def test_a_list_is_worked_through_from_home_by_saving_and_going_on(page, cast, live_server):
    for number in (1, 2):
        world.event(f"Meeting {number}", citations=[], by=cast.contributor)
    sign_in(page, cast.contributor)
    page.goto("/desk/")
    page.get_by_role("link", name="Evidence gaps 2").click()
    page.get_by_role("link", name="Meeting 1").click()
    bar = page.get_by_role("navigation", name="Work list")
    expect(bar).to_contain_text("Evidence gaps: 1 of 2")

    page.get_by_label("Editor's note").fill("Ask the host.")
    page.get_by_role("button", name="Save and next").click()
    expect(bar).to_contain_text("Evidence gaps: 2 of 2")
    expect(page.get_by_label("Title")).to_have_value("Meeting 2")
    page.get_by_role("button", name="Save and back to the list").click()
    expect(page.get_by_role("heading", name="Evidence gaps")).to_be_visible()
