"""Public pages know nobody: no session is read, no cookie set, whoever asks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import world

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/events/", "/events/a-meeting/", "/search/", "/api/v1/events/", "/nothing/"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_reads_no_session_and_is_the_same_for_everybody(
    client, reader, people, editor, address
):
    world.publish_all(world.event("A meeting"), **people)
    client.force_login(editor)

    with CaptureQueriesContext(connection) as queries:
        to_editor = client.get(address)

    assert [query["sql"] for query in queries if "django_session" in query["sql"]] == []
    assert to_editor.content == reader.get(address).content
    assert to_editor.cookies == {}
    assert "Cookie" not in to_editor.get("Vary", "")


def test_desk_knows_who_is_signed_in(client, editor):
    client.force_login(editor)
    assert client.get("/desk/").status_code == 200
    assert client.get("/desk/").wsgi_request.user == editor


@pytest.mark.parametrize("address", ["/account/login/", "/desk/logout/", "/events/", "/search/"])
def test_form_without_token_is_refused_wherever_it_is_sent(address):
    response = Client(enforce_csrf_checks=True).post(address, {"login": "x", "password": "y"})
    assert response.status_code in (403, 405)
