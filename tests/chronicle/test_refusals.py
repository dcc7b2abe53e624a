"""What somebody is told who may not do what they tried."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.page_reading import Page

pytestmark = pytest.mark.django_db


def heading(response) -> str:
    (title,) = [
        element.text for element in Page(response.content.decode()).elements if element.tag == "h1"
    ]
    return title


def test_somebody_without_the_desk_is_told_so_in_our_words(client: Client):
    client.force_login(User.objects.create_user("reader"))
    response = client.get(reverse("admin:index"), follow=True)

    assert response.status_code == 403
    assert heading(response) == "This page is not open to you"
    assert "You are signed in as reader." in response.content.decode()


def test_form_from_elsewhere_is_refused_in_our_words():
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a"})

    assert response.status_code == 403
    assert heading(response) == "Please send the form again"


def test_too_many_attempts_are_refused_in_our_words(client: Client):
    data = {"login": "nobody", "password": "wrong"}
    answers = [client.post(reverse("account_login"), data) for _ in range(31)]

    assert answers[-1].status_code == 429
    assert heading(answers[-1]) == "Too many attempts"
