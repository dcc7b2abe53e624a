"""Every form of the desk that one writes in comes back as it was filled in after signing in."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from desk import drafts
from desk.models import Finding, Submission, WorkingCopy
from desk.redaction import Then, redact
from desk.submissions import retract
from sources.models import SourceText
from tests import world
from tests.house.addresses import Addresses
from tests.pages import admin_url, forms_of

pytestmark = pytest.mark.django_db
TYPED = "Typed at length."
PEOPLE = ("auth_", "account_", "mfa_", "password_change", "tokens_")


def written_in(page: Any) -> tuple[str, dict[str, list[str]]]:
    """The one form of the page that is given back: where it is sent, and what of it."""
    [(attributes, fields)] = [
        (attributes, fields) for attributes, fields, _ in forms_of(page) if "form_of" in fields
    ]
    fields.pop("csrfmiddlewaretoken")
    return attributes.get("action") or "", fields


def test_every_form_of_the_desk_with_text_in_it_is_given_back(full, cast, client_of):
    """What it takes for that is the field ``form_of``; those with passwords have none. Files are
    never kept."""
    desk = client_of(cast.administrator)
    without = set()
    for name, address in Addresses(full, cast.contributor).all().items():
        if not name.startswith("admin:") or name in ("admin:logout", "admin:login"):
            continue
        page = desk.get(address)
        if page.status_code != 200 or "html" not in page["Content-Type"]:
            continue
        for attributes, fields, kinds in forms_of(page):
            if attributes.get("method") != "post":
                continue
            given_back = "form_of" in fields
            assert not (given_back and "password" in kinds), name
            if kinds & {"textarea", "text"} and not given_back:
                without.add(name.removeprefix("admin:"))

    # What there is about people and what they may is left alone.
    assert {name for name in without if not name.startswith(PEOPLE)} == set()


@pytest.fixture
def browser(cast):
    client = Client()
    client.force_login(cast.administrator)
    return client


def meeting(cast):
    event = world.event("A meeting", by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    return world.change(event, by=cast.contributor, editor_note="Unfinished.")


@pytest.fixture
def event(kept):
    return kept(meeting)


def to_describe(event: Any, cast: Any) -> str:
    return admin_url(world.submitted(event, by=cast.contributor), "describe")


def to_note(event: Any, cast: Any) -> str:
    submission = world.submitted(event, by=cast.contributor)
    return f"{admin_url(submission, 'note')}?entry={event.public_id}"


def to_send_back(event: Any, cast: Any) -> str:
    return admin_url(world.submitted(event, by=cast.contributor), "request_changes")


def to_submit(event: Any, cast: Any) -> str:
    return f"{admin_url(type(event), 'submit')}?entry={event.public_id}"


def to_decide(event: Any, cast: Any) -> str:
    WorkingCopy.objects.filter(public_id=event.public_id).update(
        conflicts=[{"path": ["title"], "base": "a", "mine": "b", "theirs": "c", "edition": 1}]
    )
    return admin_url(event, "decide")


def to_merge(event: Any, cast: Any) -> str:
    other = world.event("The meeting", by=cast.contributor)
    world.publish_all(other, by=cast.contributor, approved_by=cast.editor)
    return f"{admin_url(event, 'merge')}?winner_id={other.public_id}"


def to_accept(event: Any, cast: Any) -> str:
    finding = Finding.objects.filter(public_id=event.public_id)[0]
    return reverse("admin:desk_finding", args=[finding.pk])


def to_restore(event: Any, cast: Any) -> str:
    return admin_url(WorkingCopy.objects.get(public_id=event.public_id).revision, "change")


def to_hold_a_text(event: Any, cast: Any) -> str:
    return admin_url(SourceText, "add")


# Where a form is, and the field that is filled in.
PAGES: dict[str, tuple[Any, str]] = {
    "describe": (to_describe, "reason"),
    "note": (to_note, "text"),
    "request changes": (to_send_back, "text"),
    "submit": (to_submit, "reason"),
    "withdraw": (lambda event, cast: admin_url(event, "withdraw"), "reason"),
    "redact": (lambda event, cast: admin_url(event, "redact"), "reason"),
    "decide": (to_decide, "reason"),
    "merge": (to_merge, "reason"),
    "accept": (to_accept, "reason"),
    "share": (lambda event, cast: admin_url(event, "links"), "reader"),
    "restore": (to_restore, "reason"),
    "source text": (to_hold_a_text, "text"),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_was_typed_comes_back_after_signing_in(name, event, browser, cast):
    address, field = PAGES[name][0](event, cast), PAGES[name][1]
    page = browser.get(address)
    action, fields = written_in(page)
    assert field in fields
    before = list(Submission.objects.values_list("pk", "state", "reason"))
    Session.objects.all().delete()

    response = browser.post(action or address, fields | {field: [TYPED]})

    assert response["Location"].startswith("/desk/login/?next=")
    browser.force_login(cast.administrator)
    page = browser.get(action or address, follow=True)
    _, back = written_in(page)
    assert [text.strip() for text in back[field]] == [TYPED]
    assert back.keys() == fields.keys()
    assert list(Submission.objects.values_list("pk", "state", "reason")) == before
    if name != "restore":
        assert "is kept, and has not been saved" in page.content.decode()
    browser.post(action or address, {"_forget": "1"})
    assert TYPED not in browser.get(action or address, follow=True).content.decode()


def test_it_is_forgotten_once_it_is_saved(event, browser, cast):
    address = to_describe(event, cast)
    _, fields = written_in(browser.get(address))
    Session.objects.all().delete()
    browser.post(address, fields | {"reason": [TYPED]})
    browser.force_login(cast.administrator)
    _, back = written_in(browser.get(address))

    browser.post(address, back)

    assert Submission.objects.get(items__public_id=event.public_id, edition=None).reason == TYPED
    assert browser.session[drafts.SESSION_KEY] == []


def test_what_was_typed_about_one_entry_is_not_shown_for_another(event, browser, cast):
    other = world.event("Another", by=cast.contributor)
    address = to_submit(event, cast)
    action, fields = written_in(browser.get(address))
    Session.objects.all().delete()
    browser.post(action, fields | {"reason": [TYPED]})
    browser.force_login(cast.administrator)

    assert TYPED not in browser.get(to_submit(other, cast)).content.decode()
    assert TYPED in browser.get(address).content.decode()


def test_no_password_is_kept(event, browser, cast):
    address = to_describe(event, cast)
    _, fields = written_in(browser.get(address))
    Session.objects.all().delete()

    browser.post(address, fields | {"password": ["a"], "new_password1": ["b"], "reason": [TYPED]})

    [draft] = browser.session[drafts.SESSION_KEY]
    assert "assword" not in draft["data"]
    assert "reason=Typed" in draft["data"]


def test_a_redaction_forgets_what_was_typed_about_the_entry(event, cast, client_of):
    new, text = admin_url(type(event), "add"), to_hold_a_text(event, cast)
    about_it = [to_restore(event, cast), to_describe(event, cast), admin_url(event, "withdraw")]
    for address in [*about_it, new, text]:
        browser = client_of(cast.administrator)
        action, fields = written_in(browser.get(address))
        Session.objects.filter(pk=browser.session.session_key).delete()
        browser.post(action or address, fields | {"reason": [TYPED]})
    assert len(held()) == 5
    retract(Submission.objects.get(edition=None), by=cast.contributor)

    redact(
        event.public_id,
        editions=[1],
        then=Then.TOMBSTONE,
        by=cast.chief_editor,
        approved_by=cast.editor,
        reason="By law.",
    )

    assert held() == [new, text]


def held() -> list[str]:
    """The addresses of all drafts of all browsers."""
    sessions = [session.get_decoded() for session in Session.objects.all()]
    return sorted(
        draft["path"] for session in sessions for draft in session.get(drafts.SESSION_KEY, [])
    )
