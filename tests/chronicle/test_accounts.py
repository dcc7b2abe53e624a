import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"


@pytest.fixture
def editor():
    return get_user_model().objects.create_user("ayla", password=PASSWORD, is_staff=True)


def sign_in(client: Client, username: str, password: str):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_admin_is_reached_through_the_rate_limited_form_only(client: Client):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))
    response = client.post(reverse("admin:login"), {"username": "ayla", "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_editor_signs_in_to_the_desk(client: Client, editor):
    response = sign_in(client, "ayla", PASSWORD)

    assert response["Location"] == reverse("admin:index")
    assert client.get(reverse("admin:index")).status_code == 200


def test_reader_with_an_account_is_kept_out_of_the_desk(client: Client):
    reader = get_user_model().objects.create_user("rashid", password=PASSWORD)
    client.force_login(reader)

    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_sign_up_is_closed(client: Client):
    data = {"username": "eve", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), data)

    assert not get_user_model().objects.filter(username="eve").exists()


def test_guessing_a_password_is_stopped(client: Client, editor):
    for _ in range(6):
        sign_in(client, "ayla", "wrong")
    response = sign_in(client, "ayla", PASSWORD)

    assert response.status_code != 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("page", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_second_factors_are_offered_after_the_password_is_given_again(
    client: Client, editor, page: str
):
    sign_in(client, "ayla", PASSWORD)
    response = client.get(reverse(page), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse(page)).status_code == 200


def test_password_alone_does_not_pass_a_second_factor(client: Client, editor):
    Authenticator.objects.create(
        user=editor, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    response = sign_in(client, "ayla", PASSWORD)

    assert response["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("admin:index")).status_code == 302
