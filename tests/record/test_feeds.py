"""Atom feeds: what is new, from versions alone."""

from datetime import datetime
from uuid import UUID

import pytest
from lxml import etree

from desk.publishing import withdraw
from record.models import Edition
from tests import world
from tests.feed_rules import ATOM, faults_of

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def feed_at(reader, address):
    response = reader.get(address)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def titles(feed):
    return [title.text for title in feed.iterfind(f"{ATOM}entry/{ATOM}title")]


def assert_valid(reader, address):
    """By the validator's rules, and ours: the newest first, and the feed as new as that."""
    feed = feed_at(reader, address)
    assert faults_of(etree.tostring(feed), f"http://testserver{address}") == []
    for element in [feed, *feed.iterfind(f"{ATOM}entry")]:
        UUID(element.findtext(f"{ATOM}id"))
    times = [entry.findtext(f"{ATOM}updated") for entry in feed.iterfind(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)
    assert not times or feed.findtext(f"{ATOM}updated") == times[0]
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["alternate", "self"]


def test_feeds_are_valid_and_name_versions_by_checksum(reader, publish, cast):
    event, term = world.event("Talks <b> & more"), world.term("Parley")
    publish(event, term)
    world.change(event, editor_note="A note.")
    publish(event, reason="So that <it> is & stays clear.")
    withdraw([term.public_id], by=cast.chief_editor, approved_by=cast.administrator, reason="No.")
    feeds = {
        "/feeds/": ["Parley: withdrawal", "Talks <b> & more: correction"],
        "/feeds/corrections/": ["Parley: withdrawal", "Talks <b> & more: correction"],
        "/feeds/corrections/?change=correction": ["Talks <b> & more: correction"],
        f"/feeds/entries/{event.public_id}/": [
            "Talks <b> & more: correction",
            "Talks <b> & more: new",
        ],
        "/feeds/events/": ["Talks <b> & more: correction"],
        "/feeds/events/?from=2005": [],
    }
    for address, expected in feeds.items():
        feed = feed_at(reader, address)
        assert titles(feed)[: len(expected)] == expected
        assert_valid(reader, address)
    newest = feed_at(reader, "/feeds/events/")
    [entry] = newest.iterfind(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary") == "So that &lt;it&gt; is &amp; stays clear."
    link = entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver")
    assert link == f"/entries/{event.public_id}/history/?to=2"
    assert reader.get(link).status_code == 200
    assert newest.find(f"{ATOM}link[@rel='alternate']").get("href") == "http://testserver/events/"


def test_ids_stay_and_times_are_of_editions(reader, publish):
    event = world.event("Talks")
    publish(event)
    [before] = feed_at(reader, f"/feeds/entries/{event.public_id}/").iterfind(f"{ATOM}entry")
    world.change(event, slug="other-talks")
    publish(event)
    _, after = feed_at(reader, f"/feeds/entries/{event.public_id}/").iterfind(f"{ATOM}entry")
    assert etree.tostring(before) == etree.tostring(after)
    published_at = Edition.objects.get(number=1).published_at
    assert datetime.fromisoformat(before.findtext(f"{ATOM}updated")) == published_at.replace(
        microsecond=0
    )


def test_feed_of_nothing_is_valid(reader):
    for address in ("/feeds/", "/feeds/corrections/", "/feeds/events/"):
        assert_valid(reader, address)


def test_feed_shows_no_draft(reader, publish):
    event = world.event("Talks")
    publish(event)
    world.change(event, title=CANARY)
    for address in ("/feeds/", "/feeds/events/", f"/feeds/entries/{event.public_id}/"):
        assert CANARY not in reader.get(address).content.decode()


def test_feed_of_a_wrong_list_says_what_is_wrong(reader, publish):
    publish(world.event("Talks"))
    response = reader.get("/feeds/events/?kind=nonsense&colour=red")
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    first, kind, colour = response.content.decode().splitlines()
    assert first == "These parameters are not valid."
    assert kind.startswith("kind: There is no")
    assert colour == "colour: this address has no such parameter."
    assert reader.get("/feeds/nonsense/").status_code == 404
    assert reader.get("/feeds/entries/E99/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_feed_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    publish(*(world.event(f"Talks {one}") for one in range(number)))
    with django_assert_num_queries(3):
        assert len(titles(feed_at(reader, "/feeds/events/"))) == number


def test_unchanged_feed_is_304(reader, publish):
    publish(world.event("Talks"))
    mark = reader.get("/feeds/")["ETag"]
    assert reader.get("/feeds/", headers={"If-None-Match": mark}).status_code == 304


def linked(feed, relation):
    link = feed.find(f"{ATOM}link[@rel='{relation}']")
    return None if link is None else link.get("href").removeprefix("http://testserver")


@pytest.mark.parametrize("address", ["/feeds/", "/feeds/events/?from=1990", "/feeds/entries/{}/"])
def test_feed_goes_on_in_further_documents_to_its_beginning(reader, publish, monkeypatch, address):
    event = world.event("Talks 0")
    for one in range(5):
        world.change(event, title=f"Talks {one}")
        publish(event, *(world.event(f"Talk {one}{letter}") for letter in "ab"[: one % 3]))
    address = address.format(event.public_id)
    whole = titles(feed_at(reader, address))
    monkeypatch.setattr("record.feeds.LENGTH", 2)
    monkeypatch.setattr("record.feed_views.LENGTH", 2)
    feed, there = feed_at(reader, address), address
    found, ids, back = [], set(), []
    while True:
        found += titles(feed)
        ids.add(feed.findtext(f"{ATOM}id"))
        assert faults_of(etree.tostring(feed), f"http://testserver{there}") == []
        back.append(there)
        if (there := linked(feed, "next")) is None:
            break
        feed = feed_at(reader, there)
    assert found == whole
    assert len(ids) == 1
    assert linked(feed, "first") == address
    newer = feed_at(reader, linked(feed, "previous"))
    assert titles(newer) == titles(feed_at(reader, back[-2]))


def test_feed_refuses_what_is_no_cursor(reader, publish):
    publish(world.event("Talks"))
    for address in ("/feeds/", "/feeds/corrections/", "/feeds/events/"):
        assert reader.get(f"{address}?cursor=nonsense").status_code == 404
