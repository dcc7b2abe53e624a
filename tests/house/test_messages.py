"""What is said to one person stays out of public pages, which shared caches keep for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from desk.publishing import withdraw
from tests import world
from tests.conftest import PASSWORD, Cast
from tests.examples import FullWorld
from tests.house.addresses import Addresses
from tests.page_reading import Page
from tests.pages import EntryForm

pytestmark = pytest.mark.django_db

TITLE = "A draft that nobody has read"


@pytest.fixture
def public(full: FullWorld, cast: Cast) -> list[str]:
    """Every public address, and some at which nothing is, or is any more.

    Not that of a preview, which is kept by no cache and has a form, with its token in a cookie.
    """
    addresses = Addresses(full, cast.contributor).all().values()
    gone = world.event("A meeting withdrawn since", by=cast.contributor)
    world.publish_all(gone, by=cast.contributor, approved_by=cast.editor)
    withdraw([gone.public_id], by=cast.chief_editor, approved_by=cast.editor, reason="Not ours.")
    return [
        *(
            address
            for address in addresses
            if not address.startswith(("/desk/", "/account/", "/preview/", "/letters/"))
            and not address.endswith("/suggest-correction/")  # a form, so it has a cookie
        ),
        *("/events/nothing/", "/nothing/", f"/events/{gone.slug}/", f"/events/{full.event.pk}/"),
        *("/events/?kind=", "/events/?q=lake", "/search/?q=lake", "/api/v1/events/?limit=0"),
    ]


def told(client: Client, address: str) -> list[str]:
    page = Page(client.get(address).content.decode())
    return [element.text for element in page.elements if is_message(element)]


def is_message(element: Any) -> bool:
    return element.tag == "li" and bool({"success", "notice"} & set(classes(element)))


def classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def as_answered(client: Client, address: str) -> tuple[Any, ...]:
    """Status, headers and bytes."""
    response = client.get(address)
    assert response.cookies == {}, address
    return response.status_code, dict(response.items()), b"".join(response)


def test_message_of_the_desk_is_on_no_public_page_and_waits_for_the_desk(
    full: FullWorld, public: list[str], cast: Cast, client_of: Callable[[User], Client]
):
    editor = client_of(cast.contributor)
    form = EntryForm(editor, full.event)
    form.set(title=TITLE, reason="A better title.")
    saved = form.send()
    assert (saved.status_code, "messages" in saved.cookies) == (302, True)

    for address in public:
        assert as_answered(editor, address) == as_answered(Client(), address), address

    assert any(TITLE in message for message in told(editor, reverse("admin:index")))


def test_signing_in_is_told_on_no_public_page(full: FullWorld, cast: Cast, reader: Client):
    home = as_answered(Client(), "/")
    given = {"login": cast.editor.username, "password": PASSWORD, "next": "/"}
    signed_in = reader.post(reverse("account_login"), given)
    assert (signed_in.status_code, signed_in["Location"]) == (302, "/")

    assert as_answered(reader, "/") == home

    [message] = told(reader, reverse("account_change_password"))
    assert message.endswith(f"signed in as {cast.editor.username}.")


def test_signing_out_ends_where_it_can_be_told(cast: Cast, client_of: Callable[[User], Client]):
    editor = client_of(cast.editor)
    response: Any = editor.post(reverse("account_logout"), follow=True)

    assert response.redirect_chain == [(reverse("account_login"), 302)]
    assert "no-store" in response["Cache-Control"]
    page = Page(response.content.decode())
    assert [element.text for element in page.elements if is_message(element)] == [
        "You have signed out."
    ]
