"""What is typed in the reading room by who is no longer signed in comes back to them."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from sources.models import SetAside
from tests import world
from tests.conftest import Cast
from tests.pages import forms_of
from tests.reading.conftest import ReadingWorld

pytestmark = pytest.mark.django_db
SENTENCE = "On 20 July 1997 Anna Berg met about forty delegates in Lakeside."
TYPED = "Typed at length."


@pytest.fixture
def browser(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.contributor)
    return client


def addresses(reading: ReadingWorld) -> list[str]:
    event = world.event("A meeting", citations=[])
    return [
        reading.url(),
        reading.url("passage"),
        reading.of(SENTENCE),
        reading.of(SENTENCE, "cite", entry=event.public_id),
        reading.url("set_aside", block=5),
    ]


def test_every_form_with_text_in_it_is_given_back(browser: Client, reading: ReadingWorld) -> None:
    for address in addresses(reading):
        for attributes, fields, kinds in forms_of(browser.get(address)):
            if attributes.get("method") == "post" and kinds & {"text", "textarea"}:
                assert "form_of" in fields, address


@pytest.mark.parametrize(("page", "field"), [(1, "words"), (3, "note"), (4, "reason")])
def test_what_was_typed_comes_back_after_signing_in(
    browser: Client, reading: ReadingWorld, cast: Cast, page: int, field: str
) -> None:
    address = addresses(reading)[page]
    (form,) = [each for each in forms_of(browser.get(address)) if field in each[1]]
    sent: dict[str, Any] = {**form[1], field: [TYPED], "claims": ["date"]}
    action = form[0].get("action") or address
    Session.objects.all().delete()

    answer = browser.post(action, sent)

    assert answer["Location"].startswith("/desk/login/?next=")
    browser.force_login(cast.contributor)
    back = browser.get(action)
    assert "is kept, and has not been saved" in back.content.decode()
    (form,) = [each for each in forms_of(back) if field in each[1]]
    assert form[1][field] == [TYPED]
    assert not SetAside.objects.exists()
    taken = browser.post(action, {**form[1], "words": "Anna Berg met", "claims": ["date"]})
    assert taken.status_code == 302
    assert "is kept" not in browser.get(action, follow=True).content.decode()
