"""Tokens at the desk."""

import re

import pytest
from django.urls import reverse

from tests.answers import API
from tokens.issuing import issue
from tokens.known import known_tokens
from tokens.models import Token

pytestmark = pytest.mark.django_db

LIST = "/desk/tokens/token/"


@pytest.fixture(autouse=True)
def _none_known():
    known_tokens.forget()
    yield
    known_tokens.forget()


@pytest.fixture
def chief(client_of, cast):
    return client_of(cast.chief_editor)


def test_token_is_shown_once(chief, reader):
    shown = chief.post(f"{LIST}add/", {"name": "A mirror", "limit": 50})
    assert "no-store" in shown["Cache-Control"]
    [secret] = re.findall(r"chronicle_[\w-]{43}", shown.content.decode())
    token = Token.objects.get()
    assert (token.name, token.limit, token.issued_by.username) == ("A mirror", 50, "chief-editor")
    answered = reader.get(f"{API}/events/", headers={"Authorization": f"Bearer {secret}"})
    assert answered["RateLimit-Policy"] == '"token";q=50;w=60'
    for address in (LIST, reverse("admin:tokens_token_change", args=[token.pk])):
        page = chief.get(address).content.decode()
        assert "A mirror" in page
        assert secret not in page
        assert token.digest not in page


@pytest.mark.parametrize(("name", "limit"), [("", 5), ("A mirror", 0), ("A mirror", 10**6)])
def test_what_is_wrong_is_said_and_nothing_issued(chief, name, limit):
    page = chief.post(f"{LIST}add/", {"name": name, "limit": limit})
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert Token.objects.count() == 0


def test_token_is_changed_and_revoked(chief, cast):
    token, _ = issue(name="A mirror", limit=5, by=cast.chief_editor)
    address = f"{LIST}{token.pk}/change/"
    chief.post(address, {"name": "The mirror", "limit": 7})
    token.refresh_from_db()
    assert (token.name, token.limit, token.revoked_on) == ("The mirror", 7, None)
    chief.post(address, {"name": "The mirror", "limit": 9, "revoke": "on"})
    token.refresh_from_db()
    assert token.revoked_on is not None
    assert token.limit == 7
    assert chief.post(address, {"name": "The mirror", "limit": 9}).status_code == 403
    assert chief.get(address).status_code == 200


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_tokens_are_not_for_others(client_of, cast, role):
    client = client_of(getattr(cast, role))
    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}add/", {"name": "Mine", "limit": 5}).status_code == 403
    assert Token.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same(chief, cast, number, django_assert_num_queries):
    for each in range(number):
        issue(name=f"Mirror {each}", limit=5, by=cast.chief_editor)
    chief.get(LIST)
    with django_assert_num_queries(7):
        page = chief.get(LIST).content.decode()
    assert page.count("field-used_on") == number
