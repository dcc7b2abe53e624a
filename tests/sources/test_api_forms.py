"""Bibliographies from the API: sources, and entries with what they cite, by independent readers."""

import json

import bibtexparser
import pytest
import rispy

from tests import world
from tests.answers import API

pytestmark = pytest.mark.django_db


def text_at(client, address, form):
    response = client.get(f"{API}/{address}", {"format": form})
    assert response.status_code == 200, response.content
    return response.content.decode()


def titles(text, form):
    if form == "csl":
        return [item["title"] for item in json.loads(text)]
    if form == "ris":
        return [item.get("title") or item["primary_title"] for item in rispy.loads(text)]
    return [entry["title"] for entry in bibtexparser.parse_string(text).entries]


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl"])
def test_sources_are_themselves_and_entries_bring_what_they_cite(reader, people, form):
    first, second = world.source("First report"), world.source("Second report")
    events = [
        world.event("Talks", citations=[{"source": first}, {"source": second}]),
        world.event("More talks", citations=[{"source": second}]),
    ]
    world.publish_all(*events, **people)
    listed = titles(text_at(reader, "sources/", form), form)
    assert listed == ["First report", "Second report"]
    alone = titles(text_at(reader, f"sources/{second.public_id}/", form), form)
    assert alone == ["Second report"]
    listed = titles(text_at(reader, "events/?sort=title", form), form)
    assert sorted(listed[:2]) == ["More talks", "Talks"]
    assert sorted(listed[2:]) == ["First report", "Second report"]
    talks = text_at(reader, f"events/{events[0].public_id}/", form)
    assert titles(talks, form) == ["Talks", "First report", "Second report"]
    assert f"http://testserver/events/{events[0].public_id}/?edition=1" in talks


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl"])
def test_an_entry_is_what_its_page_cites(reader, full, form):
    event = full.event.public_id
    ending = {"bibtex": "bib", "ris": "ris", "csl": "json"}[form]
    page = reader.get(f"/entries/{event}/cite.{ending}").content.decode()
    assert text_at(reader, f"events/{event}/", form) == page


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl"])
def test_nothing_published_is_an_empty_bibliography(reader, db, form):
    assert text_at(reader, "sources/", form).strip() in ("", "[]")
    assert text_at(reader, "events/", form).strip() in ("", "[]")
