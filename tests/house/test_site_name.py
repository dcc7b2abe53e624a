"""What the site is called stands wherever it says so in public."""

import pytest
from django.test import Client

from tests.page_reading import Page

pytestmark = pytest.mark.django_db

NAME = "The Lake Record"


@pytest.fixture(autouse=True)
def another_name(settings) -> None:
    settings.SITE_NAME = NAME


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/events/",
        "/events/{event}/",
        "/ru/events/{event}/",
        "/editions/",
        "/data/",
        "/account/login/",
        "/nowhere/",
        "/embed/entries/{event}/",
        "/entries/{event}/cite/",
        "/feeds/",
        "/feeds/events/",
        "/feeds/corrections/",
        "/feeds/entries/{event}/",
        "/oembed?url=http://testserver/events/{event}/",
        "/proposals/compare.md?ids={proposal},P1",
    ],
)
def test_public_answers_call_the_site_by_its_name(full, reader: Client, address: str):
    ids = {entry._meta.model_name: entry.public_id for entry in full.entries}
    answer = reader.get(address.format(**ids), follow=True)
    assert answer.status_code == (404 if "nowhere" in address else 200)
    text = answer.content.decode()
    assert NAME in text
    assert "Chronicle" not in text


def test_pages_end_their_title_and_begin_with_it(full, reader: Client):
    page = Page(reader.get("/events/").content.decode())
    titles = [each.text for each in page.all("title")]
    assert titles[0] == f"Events – {NAME}"
    assert [each.text for each in page.with_class("site-name")] == [NAME]
