"""Which form an answer comes in: by ``format``, or by Accept; and what each of them has."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.answers import API, answer, refusal

pytestmark = pytest.mark.django_db

TYPES = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl": "application/vnd.citationstyles.csl+json",
}


def rows_of(response):
    assert response.status_code == 200, response.content
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def media_type(response):
    return response["Content-Type"].partition(";")[0]


@pytest.mark.parametrize("address", ["events/", "events/{event}/", "sources/", "terms/"])
@pytest.mark.parametrize("name", TYPES)
def test_each_form_is_given_by_parameter_and_by_header(reader, full, address, name):
    address = f"{API}/{address.format(event=full.event.public_id)}"
    linked = reader.get(address, {"format": name})
    asked = reader.get(address, headers={"Accept": TYPES[name]})
    assert [linked.status_code, asked.status_code] == [200, 200]
    assert media_type(linked) == media_type(asked) == TYPES[name]
    assert name == "jsonld" or linked.content == asked.content  # which names its own address
    assert linked["ETag"] != asked["ETag"]
    assert linked["Vary"] == "Accept"
    again = reader.get(address, headers={"Accept": TYPES[name], "If-None-Match": asked["ETag"]})
    assert again.status_code == 304
    head = reader.head(address, {"format": name})
    assert (head.status_code, head.content, media_type(head)) == (200, b"", TYPES[name])
    assert head["Link"] == linked["Link"]


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("*/*", "json"),
        ("", "json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "json"),
        ("text/csv;q=0.5, application/ld+json;q=0.9", "jsonld"),
        ("application/ld+json;q=0.2, text/csv", "csv"),
        ('application/ld+json; profile="http://example.org/", application/ld+json', "jsonld"),
        ("text/*", "csv"),
        ("application/json; charset=utf-8", "json"),
        ("Text/CSV; charset=utf-8; q=0.5, application/json;q=0.4", "csv"),
        ("application/json;q=0, */*", "jsonld"),
        ("*/*, text/csv", "csv"),
        ("application/*", "json"),
    ],
)
def test_the_form_that_is_liked_best_is_given(reader, db, accept, name):
    response = reader.get(f"{API}/events/", headers={"Accept": accept})
    assert (response.status_code, media_type(response)) == (200, TYPES[name])
    by_parameter = reader.get(f"{API}/events/?format=ris", headers={"Accept": accept})
    assert media_type(by_parameter) == TYPES["ris"]


@pytest.mark.parametrize(
    ("address", "accept", "given"),
    [
        ("citations/{event}/c1/", "application/json;q=0.5, application/ld+json;q=0.9", "jsonld"),
        ("citations/{event}/c1/", "application/json, application/ld+json;q=0.9", "json"),
        ("citations/{event}/c1/annotation/", "*/*", "jsonld"),
        ("activities/", "application/activity+json;q=0.9, application/ld+json;q=0.1", "activity"),
        ("editions/", "application/json; charset=utf-8", "json"),
        ("editions/", "application/json;q=0", "problem"),
        ("schema/", "application/json;q=0.1, application/vnd.oai.openapi;q=0.2", "yaml"),
    ],
)
def test_accept_is_read_alike_everywhere(reader, full, address, accept, given):
    others = {
        "activity": "application/activity+json",
        "problem": "application/problem+json",
        "yaml": "application/vnd.oai.openapi",
    }
    address = f"{API}/{address.format(event=full.event.public_id)}"
    response = reader.get(address, headers={"Accept": accept})
    assert response.status_code == (406 if given == "problem" else 200)
    assert media_type(response) == (TYPES | others)[given]


def test_a_form_that_there_is_not_is_refused_with_those_that_there_are(reader, db):
    for accept in ("text/html", "application/json;q=0", "nonsense"):
        response = reader.get(f"{API}/events/", headers={"Accept": accept})
        assert response["Content-Type"] == "application/problem+json"
        body = response.json()
        assert (response.status_code, body["available"]) == (406, list(TYPES.values()))
        assert body["detail"].startswith("This address answers in application/json or ")
    [error] = refusal(reader, "events/", 400, format="xml")["errors"]
    assert error == {
        "parameter": "format",
        "detail": "“xml” is none of: json, jsonld, csv, bibtex, ris, csl.",
        "allowed": list(TYPES),
    }
    [error] = refusal(reader, "events/", 400, format=["csv", "csv"])["errors"]
    assert error["detail"] == "Give this once."
    [error] = refusal(reader, "editions/", 400, format="csv")["errors"]
    assert error["detail"] == "This address has no such parameter."


@pytest.mark.parametrize("parameter", ["expand", "omit", "count", "facets"])
def test_what_other_forms_have_no_place_for_is_refused(reader, db, parameter):
    value = {"expand": "place", "omit": "title", "count": "exact", "facets": "place"}[parameter]
    [error] = refusal(reader, "events/", 400, format="csv", **{parameter: value})["errors"]
    assert error == {
        "parameter": parameter,
        "detail": "This is of JSON; CSV has no place for it.",
    }
    assert refusal(reader, "events/", 400, format="jsonld", fields="title")["errors"]


def test_the_other_forms_and_pages_are_linked(reader, people):
    world.publish_all(*(world.event(f"Event {number}") for number in range(3)), **people)
    response = reader.get(f"{API}/events/?limit=1&fields=title")
    links = dict(re.findall(r'<([^>]+)>; rel="([^"]+)"', response["Link"]))
    urls = {rel: url for url, rel in links.items() if rel != "alternate"}
    assert urls == {"next": response.json()["next"]}
    others = [url for url, rel in links.items() if rel == "alternate"]
    assert len(others) == 5
    for url in others:
        assert media_type(reader.get(url)) == TYPES[re.findall(r"format=(\w+)", url)[0]]
    assert [url for url in others if "fields=title" in url] == [
        f"http://testserver{API}/events/?limit=1&fields=title&format=csv"
    ]
    pages = [reader.get(f"{API}/events/?limit=1&format=csv")]
    while links := dict(re.findall(r'<([^>]+)>; rel="(next)"', pages[-1]["Link"])):
        pages.append(reader.get(next(iter(links))))
    titles = [row["title"] for page in pages for row in rows_of(page)]
    assert titles == ["Event 0", "Event 1", "Event 2"]


def test_rows_are_those_of_the_download_and_fields_choose_columns(reader, full):
    response = reader.get(f"{API}/events/?format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="events-edition-1.csv"'
    whole = b"".join(reader.get("/downloads/events.csv").streaming_content)
    assert response.content == whole
    rows = rows_of(reader.get(f"{API}/events/?format=csv&fields=title,latest"))
    assert rows == [
        {name: row[name] for name in ("id", "title", "latest")} for row in rows_of(response)
    ]
    event = full.event.public_id
    one = reader.get(f"{API}/events/{event}/?format=csv&fields=date")
    assert [list(row) for row in rows_of(one)] == [["id", "date"]]
    assert one["Content-Disposition"] == f'attachment; filename="{event}-edition-1.csv"'
    [error] = refusal(reader, "events/", 400, format="csv", fields="date.edtf")["errors"]
    assert error["detail"] == "“date.edtf” is no column."
    assert error["allowed"][:4] == ["id", "url", "slug", "language"]


def test_refusals_are_problems_in_every_form(reader, full):
    for address in ("events/E999/", "events/?limit=0", "events/?q=?"):
        response = reader.get(f"{API}/{address}", headers={"Accept": "text/csv"})
        assert response["Content-Type"] == "application/problem+json"


def test_an_old_slug_keeps_what_is_asked_for(reader, people):
    event = world.event("Talks")
    world.publish_all(event, **people)
    old = event.slug
    world.publish_all(world.change(event, slug="new-talks"), **people)
    response = reader.get(f"{API}/events/{old}/?format=csv&edition=2")
    assert (response.status_code, response["Location"]) == (
        301,
        f"{API}/events/new-talks/?format=csv&edition=2",
    )
    assert answer(reader, "events/new-talks/", fields="slug")["result"]["slug"] == "new-talks"


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_forms_do_not_grow(reader, people, rows):
    for number in range(rows):
        events = [
            world.event(f"Event {number}", participants=[world.participant(world.actor(f"A {n}"))])
            for n in range(rows)
        ]
        world.publish_all(*events, **people)
    counts = {}
    for name in TYPES:  # names and editions are kept from the first on
        with CaptureQueriesContext(connection) as asked:
            reader.get(f"{API}/events/?format={name}")
        counts[name] = len(asked)
    assert counts == {"json": 5, "jsonld": 4, "csv": 3, "bibtex": 3, "ris": 3, "csl": 3}
