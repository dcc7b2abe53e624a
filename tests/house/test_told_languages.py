"""Texts of the record that are not in the page's language say in which they are, in lists too."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from lxml import html

from record.models import Version
from record.reading import document_of
from tests.page_reading import Page

pytestmark = pytest.mark.django_db

CYRILLIC = re.compile("[а-я]")
LEAST = 8  # letters: shorter words may stand in an address or a form
SHOWN = {
    *("title", "summary", "description", "text", "label", "definition", "editor_note", "what"),
    *("role", "outcome", "looked_in", "note", "reason", "unit", "point_of_view", "rights"),
    *("container", "publisher"),
}
UNSPOKEN = {"code", "pre", "script", "style", "template", "textarea", "title", "option", "input"}
PAGES = [
    "/",
    "/search/?q=lake",
    "/events/",
    "/actors/",
    "/places/",
    "/terms/",
    "/sources/",
    "/proposals/",
    "/timeline/events/",
    "/timeline/events/?lanes=actor",
    "/timeline/proposals/",
    "/map/places/",
    "/map/events/",
    "/together/events/",
    "/overview/",
    "/editions/1/",
    "/corrections/",
    "/verify/waivers/",
    "/verify/checks/",
    "/embed/entries/{event}/",
]

ENTRIES = [
    "/terms/{term}/",
    "/sources/{source}/",
    "/places/{place}/",
    "/actors/{actor}/",
    "/events/{event}/",
    "/proposals/{proposal}/",
    "/actors/conference-of-states/",
    "/actors/conference-of-states/offices/p1/",
    "/proposals/the-earlier-plan/",
]


def texts_of(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from texts_of(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one, name)
    elif isinstance(value, str) and name in SHOWN and len(value) >= LEAST:
        yield value.split("\n")[0]


def language_of(element: Any) -> str:
    while element is not None:
        if element.get("lang") is not None:
            return str(element.get("lang"))
        element = element.getparent()
    return ""


def untold(page: str, texts: set[str], *, within: bool = False) -> set[str]:
    """What the page says of the record and tells another language of: its own.

    ``within``: in sentences of the page's, too, that have a name in them.
    """
    found = set()
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        own, after = (element, element.text), (element.getparent(), element.tail)
        for where, said in (own, after):
            if where is None or where.tag in UNSPOKEN or language_of(where) != "ru":
                continue
            words = " ".join((said or "").split())
            if CYRILLIC.search(words) and not within:
                continue
            found |= {f"{where.tag}: {words}" for text in texts if text in words}
    return found


@pytest.fixture
def texts(full) -> set[str]:
    versions = Version.objects.filter(superseded_in=None)
    return {text for version in versions for text in texts_of(document_of(version))}


@pytest.mark.parametrize("address", PAGES)
def test_texts_in_another_language_say_so(full, texts, reader: Client, address: str):
    ids = {entry._meta.model_name: entry.public_id for entry in full.entries}
    answer = reader.get("/ru" + address.format(**ids), follow=True)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert untold(page, texts) == set()


@pytest.mark.parametrize("address", ENTRIES)
def test_pages_of_entries_do_so_in_their_sentences_too(full, texts, reader: Client, address: str):
    ids = {entry._meta.model_name: entry.public_id for entry in full.entries}
    answer = reader.get("/ru" + address.format(**ids), follow=True)
    assert answer.status_code == 200
    assert untold(answer.content.decode(), texts, within=True) == set()


def test_a_history_says_the_language_of_its_texts(full, reader: Client):
    page = Page(reader.get(f"/ru/entries/{full.event.public_id}/history/").content.decode())
    (note,) = [each for each in page.all("span") if each.text == "The day is disputed."]
    assert note.get("lang") == "en"


def test_pages_in_the_language_of_the_record_tell_none(full, reader: Client):
    for address in ("/events/", "/timeline/events/", f"/entries/{full.event.public_id}/history/"):
        page = Page(reader.get(address).content.decode())
        told = [each for each in page.elements if each.get("lang") and not each.get("hreflang")]
        assert [each.tag for each in told] == ["html"], address
