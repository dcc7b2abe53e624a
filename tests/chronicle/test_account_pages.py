"""Sign-in and the account's own pages stand in our frame, and keep to the strict CSP."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.page_reading import Page

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"
ENTRANCE = ["account_login", "account_signup"]
MANAGED = [
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_list_webauthn",
]
MANAGED_WITH_A_FACTOR = [
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_view_recovery_codes",
]
# What is inline but data, which browsers never run.
DATA = re.compile(r"""<script [^>]*type="application/json"[^>]*>""")


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor", password=PASSWORD, is_staff=True)


@pytest.fixture
def editor_client(client: Client, editor: User) -> Client:
    """Signed in, and the password given once more just now."""
    client.post(reverse("account_login"), {"login": "editor", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def assert_in_our_frame(html: str) -> None:
    page = Page(html)
    tags = [element.tag for element in page.elements]
    scripts = [tag for tag in re.findall(r"<script[^>]*>", html) if not DATA.fullmatch(tag)]

    assert tags.count("h1") == 1
    assert 'class="site-header"' in html
    assert [tag for tag in scripts if " src=" not in tag] == []
    assert [element for element in page.elements if "style" in element.attributes] == []


@pytest.mark.parametrize("name", ENTRANCE)
def test_page_of_the_entrance_is_in_our_frame(client: Client, name: str):
    assert_in_our_frame(client.get(reverse(name)).content.decode())


@pytest.mark.parametrize("name", MANAGED)
def test_page_of_the_account_is_in_our_frame(editor_client: Client, name: str):
    response = editor_client.get(reverse(name))

    assert response.status_code == 200
    assert_in_our_frame(response.content.decode())


@pytest.mark.parametrize("name", MANAGED_WITH_A_FACTOR)
def test_page_of_an_account_with_a_second_factor_is_in_our_frame(
    editor_client: Client, editor: User, name: str
):
    TOTP.activate(editor, generate_totp_secret())
    RecoveryCodes.activate(editor)
    response = editor_client.get(reverse(name))

    assert response.status_code == 200
    assert_in_our_frame(response.content.decode())


def test_second_factor_is_asked_for_in_our_frame(client: Client, editor: User):
    TOTP.activate(editor, generate_totp_secret())
    response = client.post(
        reverse("account_login"), {"login": "editor", "password": PASSWORD}, follow=True
    )

    assert response.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert_in_our_frame(response.content.decode())


def test_sign_in_leads_back_to_where_it_was_asked_for(client: Client):
    page = Page(client.get(reverse("admin:index"), follow=True).content.decode())
    hidden = {
        element.get("name"): element.get("value")
        for element in page.elements
        if element.get("type") == "hidden"
    }

    assert hidden["next"] == reverse("admin:index")
