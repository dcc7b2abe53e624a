"""Pages that take more than an address to see: the account's own, and those of what went wrong."""

from itertools import product

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.violations import violations

PASSWORD = "a long enough password"
WIDTHS = (360, 1280)
OF_ACCOUNT = [
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_list_webauthn",
]
WITH_A_FACTOR = [
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_view_recovery_codes",
]
WENT_WRONG = ["400.html", "403.html", "403_csrf.html", "429.html", "500.html"]


@pytest.fixture
def editor(live_server) -> User:
    return User.objects.create_user("editor", password=PASSWORD, is_staff=True)


def sign_in(page: Page) -> None:
    """And the password once more, as pages of second factors ask for."""
    page.goto(reverse("account_login"))
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(reverse("account_reauthenticate"))
    page.get_by_label("Password").fill(PASSWORD)
    page.locator(".account-page button").click()
    page.wait_for_url(lambda url: "reauthenticate" not in url)


def found_at(page: Page, names: list[str]) -> list[str]:
    """The violations of each of these pages, and which of them are wider than a small phone."""
    axe, found = Axe(), []
    for name, width in product(names, (*WIDTHS, 320)):
        page.set_viewport_size({"width": width, "height": 800})
        answer = page.goto(reverse(name))
        assert (answer.status, page.url.endswith(reverse(name))) == (200, True), name
        found += [f"{name}, {width}: {one}" for one in faults_of(axe, page, width)]
    return found


def faults_of(axe: Axe, page: Page, width: int) -> list[str]:
    if width in WIDTHS:
        return violations(axe, page)
    root = "document.documentElement"
    too_wide = page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")
    return ["wider than the window"] * bool(too_wide)


def test_no_page_of_the_account_violates_wcag(page, editor):
    sign_in(page)
    assert found_at(page, OF_ACCOUNT) == []


def test_no_page_of_an_account_with_a_second_factor_violates_wcag(page, editor):
    sign_in(page)
    TOTP.activate(editor, generate_totp_secret())
    RecoveryCodes.activate(editor)
    assert found_at(page, WITH_A_FACTOR) == []


def test_refused_sign_in_violates_no_wcag(page, editor):
    page.goto(reverse("account_login"))
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".errorlist").wait_for()
    assert violations(Axe(), page) == []


@pytest.mark.parametrize("name", WENT_WRONG)
def test_no_page_of_what_went_wrong_violates_wcag(page, live_server, name):
    """As rendered for anybody; what it takes to be answered with them is tested elsewhere."""
    html = render_to_string(name, {}, RequestFactory().get("/"))
    page.route("**/went-wrong/", lambda route: route.fulfill(content_type="text/html", body=html))
    axe, found = Axe(), []
    for width in (*WIDTHS, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/went-wrong/")
        found += faults_of(axe, page, width)
    assert found == []
