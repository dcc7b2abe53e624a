"""What was typed into a form of the desk while nobody was signed in any more."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from desk import drafts
from events.models import Event
from tests import world
from tests.conftest import PASSWORD
from tests.pages import EntryForm, admin_url, form_of

pytestmark = pytest.mark.django_db


def meeting(cast):
    return world.event("A meeting", by=cast.contributor)


@pytest.fixture
def event(kept):
    return kept(meeting)


@pytest.fixture
def browser(cast):
    """Signed in as the contributor; refuses what carries no sign, as real ones meet it."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.contributor)
    return client


def filled(browser: Client, thing: Any, **values: Any) -> EntryForm:
    form = EntryForm(browser, thing)
    form.set(**values)
    form.fields["csrfmiddlewaretoken"] = [browser.cookies["csrftoken"].value]
    return form


def lapse(browser: Client) -> None:
    Session.objects.all().delete()


def sign_in(browser: Client, name: str) -> None:
    browser.force_login(User.objects.get(username=name))


def held(browser: Client) -> list[Any]:
    return browser.session.get(drafts.SESSION_KEY, [])


@pytest.mark.parametrize("thing", ["event", Event])
def test_form_comes_back_as_typed_after_signing_in_and_says_it_is_not_saved(
    thing, event, browser, cast
):
    form = filled(browser, event if thing == "event" else thing, title="A long story")
    form.row("quantities", 0, what="chairs", best="2")
    lapse(browser)

    response = form.send()

    assert response["Location"].startswith("/desk/login/?next=")
    sign_in(browser, "contributor")
    page = browser.get(form.url)
    back = form_of(page, form_id=form.form_id)
    for name in ("title", "quantities-0-what", "quantities-0-best", "reason", "seen"):
        assert back[name] == form.fields[name]
    assert "has not been saved" in page.content.decode()
    assert drafts.NOT_SAVED_YET in str(page.context["errors"])
    event.refresh_from_db()
    assert (event.title, Event.objects.count()) == ("A meeting", 1)


def test_form_is_saved_after_all_and_then_forgotten(event, browser):
    form = filled(browser, event, title="A long story")
    lapse(browser)
    form.send()
    sign_in(browser, "contributor")
    page = browser.get(form.url)
    fields = form_of(page, form_id=form.form_id)

    response = browser.post(
        form.url, fields | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    )

    assert response.status_code == 302
    event.refresh_from_db()
    assert event.title == "A long story"
    assert held(browser) == []
    assert "has not been saved" not in browser.get(form.url).content.decode()


def test_form_can_be_forgotten(event, browser):
    form = filled(browser, event, title="A long story")
    lapse(browser)
    form.send()
    sign_in(browser, "contributor")
    browser.get(form.url)

    response = browser.post(
        form.url, {"_forget": "1", "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    )

    assert response["Location"] == form.url
    assert form_of(browser.get(form.url), form_id=form.form_id)["title"] == ["A meeting"]


def test_somebody_else_at_the_same_browser_does_not_see_it(event, browser):
    form = filled(browser, event, title="A secret story")
    lapse(browser)
    form.send()

    sign_in(browser, "editor")

    page = browser.get(form.url).content.decode()
    assert "A secret story" not in page
    assert "has not been saved" not in page


def test_sign_that_was_changed_by_signing_in_again_loses_nothing(event, browser, cast):
    """In another window: the form's own sign against forgery is then an old one."""
    form = filled(browser, event, title="A long story")
    browser.logout()
    assert browser.login(username="contributor", password=PASSWORD)
    form.fields["csrfmiddlewaretoken"] = ["x" * 64]

    response = form.send()

    assert (response.status_code, response["Location"]) == (302, form.url)
    page = browser.get(form.url)
    assert form_of(page, form_id=form.form_id)["title"] == ["A long story"]
    event.refresh_from_db()
    assert event.title == "A meeting"


@pytest.mark.parametrize("sign", ["", "nonsense", "other page", "other user"])
def test_nothing_is_kept_without_the_sign_of_a_form(sign, event, browser, cast, client_of):
    form = filled(browser, event, title="A long story")
    if sign == "other page":
        form.fields["form_of"] = EntryForm(browser, Event).fields["form_of"]
    elif sign == "other user":
        form.fields["form_of"] = EntryForm(client_of(cast.editor), event).fields["form_of"]
        form.fields["csrfmiddlewaretoken"] = ["x" * 64]
        assert form.send().status_code == 403
        assert held(browser) == []
        return
    else:
        form.fields["form_of"] = [sign]
    lapse(browser)

    form.send()

    assert held(browser) == []


def test_little_is_kept_and_not_for_long(event, browser, cast, monkeypatch):
    others = [world.event(f"Meeting {number}", by=cast.contributor) for number in range(4)]
    forms = [filled(browser, each, title="Typed") for each in [event, *others]]
    lapse(browser)
    for form in forms:
        form.send()

    assert [each["path"] for each in held(browser)] == [form.url for form in forms[-3:]]
    assert all("csrfmiddlewaretoken" not in each["data"] for each in held(browser))

    sign_in(browser, "contributor")
    assert "has not been saved" in browser.get(forms[-1].url).content.decode()
    monkeypatch.setattr(drafts, "KEPT_FOR", 0)
    assert "has not been saved" not in browser.get(forms[-1].url).content.decode()


def test_what_is_too_long_to_be_kept_is_said_to_be(event, browser, cast, monkeypatch):
    monkeypatch.setattr(drafts, "LONGEST", 2000)
    form = filled(browser, event, title="x" * 2000)
    lapse(browser)
    form.send()
    assert ["x" in each["data"] for each in held(browser)] == [False]
    sign_in(browser, "contributor")

    page = browser.get(form.url)

    assert "too long to be kept" in page.content.decode()
    assert form_of(page, form_id=form.form_id)["title"] == ["A meeting"]
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert browser.post(form.url, {"_forget": "1"} | token).status_code == 302
    assert "too long to be kept" not in browser.get(form.url).content.decode()


def test_kept_form_of_an_entry_shows_only_to_who_may_change_it(event, browser, cast):
    form = filled(browser, event, title="A long story")
    lapse(browser)
    form.send()
    cast.contributor.groups.clear()
    sign_in(browser, "contributor")

    assert browser.get(form.url).status_code == 403


def test_correction_is_kept_too(cast, browser):
    event = world.event("A meeting", by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    url = admin_url(event, "correct")
    browser.get(admin_url(event, "change"))
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    fields = form_of(browser.post(url, {"_open": "1"} | token), form_id="event_form")
    lapse(browser)

    browser.post(url, fields | token | {"title": "The meeting"})

    sign_in(browser, "contributor")
    page = browser.get(url)
    assert "is kept, and has not been saved" in page.content.decode()
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    opened = browser.post(url, {"_open": "1"} | token)
    assert form_of(opened, form_id="event_form")["title"] == ["The meeting"]
    assert drafts.NOT_SAVED_YET in str(opened.context["errors"])
