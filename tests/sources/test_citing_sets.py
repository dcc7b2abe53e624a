"""Citing what filters find, and opening a set that was cited."""

import hashlib
import json

import bibtexparser
import pytest
import rispy
from django.http import QueryDict

from chronicle.dates import PartialDate
from desk.publishing import withdraw
from desk.redaction import Then, redact
from record.models import Version
from record.pages import pages_of
from record.reading import Record
from record.sets import asked_in_ids, entry_set
from tests import world
from tests.answers import answer
from tests.page_reading import page_at
from tests.sources.bibliography.csl_schema import CSL_JSON

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def cited_at(reader, address):
    """The address of the set that this page says how to cite."""
    [row, *_] = json.loads(page_at(reader, address).at("cite-json").text)
    assert row["type"] == "dataset"
    return row["URL"].removeprefix("http://testserver")


def changes(page):
    """By heading, what the lists of changes say."""
    found = {}
    for part in ("left", "came", "changed"):
        titles = [each for each in page.elements if each.get("id") == f"since-{part}"]
        sections = page.all("section", aria_labelledby=f"since-{part}")
        if titles:
            found[titles[0].text] = sections[0].text.removeprefix(titles[0].text).strip()
    return found


def test_checksum_is_of_pairs_of_id_and_checksum_sorted_by_id(reader, publish):
    publish(*(world.event(f"Talks {year}", date=str(year)) for year in range(1990, 2003)))
    results = answer(reader, "events/", limit=50)["results"]
    pairs = sorted([each["id"], each["version"]["sha256"]] for each in results)
    assert [pair[0] for pair in pairs][:3] == ["E1", "E10", "E11"]
    text = json.dumps(pairs, separators=(",", ":"))
    expected = hashlib.sha256(text.encode()).hexdigest()
    address = cited_at(reader, "/cite/events/")
    assert address == f"/cited/events/?edition=1&count=13&sha256={expected}"
    page = page_at(reader, address)
    assert "Count and checksum fit: this is the very set that was cited." in page.text
    assert len(page.with_class("entry-row")) == 13
    assert "Edition 1 is the newest, so nothing has." in page.text


def test_set_is_cited_in_ids_with_its_sources(reader, publish, full):
    day = f"{full.edition.published_at:%-d %B %Y}"
    term, actor = full.term, full.actor
    query = f"from=1990&within=certainly&kind={term.slug}&actor={actor.slug}&sort=title&q=lake"
    address = cited_at(reader, f"/cite/events/?{query}")
    checksum = Version.objects.get(public_id=full.event.public_id).checksum
    text = json.dumps([[full.event.public_id, checksum]], separators=(",", ":"))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    assert address == (
        f"/cited/events/?from=1990&within=certainly&q=lake&kind={term.public_id}"
        f"&actor={actor.public_id}&edition=1&count=1&sha256={sha256}"
    )
    page = page_at(reader, f"/cite/events/?{query}")
    lines = page.at("cite-text").text
    assert lines.startswith(f"“{page.headings[0][1]}”. Chronicle, edition 1 ({day}), 1 event. http")
    assert f" http://testserver{address} Rests on: " in lines
    rows = json.loads(page.at("cite-json").text)
    assert list(CSL_JSON.iter_errors(rows)) == []
    assert {row["id"] for row in rows[1:]} == {full.source.slug, "a-letter-from-the-lake"}
    for ending, read in (("ris", rispy.loads), ("bib", bibtexparser.parse_string)):
        answered = reader.get(f"/cite/events.{ending}?{query}")
        found = read(answered.content.decode())
        assert len(getattr(found, "entries", found)) == 3
        name = f"events-edition-1-{sha256[:8]}.{ending}"
        assert answered["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("plural", ["terms", "sources", "places", "actors", "events", "proposals"])
def test_lists_of_every_type_can_be_cited(reader, full, plural):
    page = page_at(reader, cited_at(reader, f"/cite/{plural}/"))
    assert "Count and checksum fit" in page.text
    assert len(page.with_class("entry-row")) == len(answer(reader, f"{plural}/")["results"])


def test_what_has_changed_since_is_told(reader, cast, publish):
    names = "Stays", "Corrected", "Moved", "Withdrawn", "Merged"
    stays, corrected, moved, gone, merged = (world.event(name, date="1995") for name in names)
    outside = world.event("Outside", date="1980")
    publish(stays, corrected, moved, gone, merged, outside)
    address = cited_at(reader, "/cite/events/?from=1990")
    assert "&count=5&" in address
    world.change(corrected, title="Better")
    publish(corrected)
    world.change(moved, date=PartialDate("1981"))
    publish(moved)
    withdraw([gone.public_id], by=cast.chief_editor, reason="Invented.", approved_by=cast.editor)
    world.merge_by_hand(merged, stays, keys={}, by=cast.contributor, approved_by=cast.editor)
    world.change(outside, date=PartialDate("1996"))
    publish(outside)
    publish(world.event("New", date="1999"))

    page = page_at(reader, address)
    assert "Count and checksum fit: this is the very set that was cited." in page.text
    assert sorted(each.text for each in page.with_class("entry-row-title")) == sorted(names)
    assert changes(page) == {
        "No longer in the set: 3": (
            f"Moved ({moved.public_id}): correction in edition 3: these filters no longer find it. "
            f"History Withdrawn ({gone.public_id}): withdrawn in edition 4. History "
            f"Merged ({merged.public_id}): merged into another entry in edition 5. History"
        ),
        "In the set now: 2": (
            f"Outside ({outside.public_id}): correction in edition 6: these filters now find it. "
            "History New (E7): new in edition 7. History"
        ),
        "Changed: 1": f"Better ({corrected.public_id}): correction in edition 2. History",
    }
    histories = {
        link.get("aria-label"): link.get("href")
        for link in page.all("a")
        if (link.get("aria-label") or "").startswith("History of")
    }
    assert histories["History of Better"] == (
        f"/entries/{corrected.public_id}/history/?from=1&to=2"
    )
    assert histories["History of New"] == "/entries/E7/history/"
    for history in histories.values():
        page_at(reader, history)


def test_what_changed_through_others_is_told_as_that(reader, publish):
    actor = world.actor("The Kingdom")
    event = world.event("Talks", participants=[world.participant(actor)])
    publish(event)
    left = cited_at(reader, "/cite/events/?q=kingdom")
    name = actor.names.get()
    name.text = "The Republic"
    name.save()
    world.change(actor, editor_note="It has another name now.")
    publish(actor)
    page = page_at(reader, left)
    assert "Count and checksum fit" in page.text
    assert changes(page) == {
        "No longer in the set: 1": f"Talks ({event.public_id}): unchanged itself, but what it "
        "refers to has changed: these filters no longer find it. History"
    }
    came = page_at(reader, f"/cited/events/?q=republic&edition=1&count=0&sha256={'0' * 64}")
    assert changes(came) == {
        "In the set now: 1": f"Talks ({event.public_id}): unchanged itself, but what it refers "
        "to has changed: these filters now find it. History"
    }


def test_set_outlives_the_slugs_of_what_it_is_filtered_by(reader, publish):
    place = world.place("Lakeside")
    publish(world.event("Talks", place=place))
    address = cited_at(reader, f"/cite/events/?place={place.slug}")
    assert f"place={place.public_id}&" in address
    world.change(place, slug="by-the-lake")
    publish(place)
    page = page_at(reader, address)
    assert "Count and checksum fit" in page.text
    assert changes(page) == {}
    assert "Nothing, up to edition 2" in page.text


def test_filter_by_what_is_gone_says_that_it_cannot_be_compared(reader, cast, publish):
    place = world.place("Lakeside")
    event = world.event("Talks", place=place)
    publish(event)
    address = cited_at(reader, f"/cite/events/?place={place.slug}")
    ids = [event.public_id, place.public_id]
    withdraw(ids, by=cast.chief_editor, reason="Invented.", approved_by=cast.editor)
    page = page_at(reader, address)
    assert "Count and checksum fit" in page.text
    assert (
        "These filters cannot be asked of the record as it is now. There is no place" in page.text
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"count=1": "count=2"}, "The address says that the set has 2 entries; in this edition"),
        ({"sha256=": "sha256=f"}, "The checksum of the address is not that of the entries"),
        ({"from=1990": "from=1980"}, "The address says that the set has 1 entries; in this"),
        ({"&count=1": ""}, "This address names no count or no checksum"),
        ({"count=1": "count=1%3Cscript%3E"}, "The address says that the set has 1<script>"),
        ({"edition=1&": ""}, "This address names no edition"),
    ],
)
def test_address_that_does_not_fit_says_so(reader, publish, change, said):
    publish(world.event("Talks", date="1995"), world.event("Earlier talks", date="1985"))
    address = cited_at(reader, "/cite/events/?from=1990")
    for old, new in change.items():
        assert old in address
        address = address.replace(old, new)
    page = page_at(reader, address)
    assert said in page.text
    if "edition" not in said or "in this edition" in said:
        assert "Count and checksum fit" not in page.text


def test_redacted_entry_is_gone_from_the_set_and_that_is_told(reader, cast, publish):
    event = world.event(f"{CANARY} talks")
    publish(event, world.event("Other talks"))
    address = cited_at(reader, "/cite/events/")
    redact(
        event.public_id,
        editions=[1],
        then=Then.TOMBSTONE,
        reason="A court.",
        by=cast.chief_editor,
        approved_by=cast.editor,
    )
    page = page_at(reader, address)
    assert "1 event of this edition has been redacted since" in page.text
    assert CANARY not in page.text


def test_wrong_filters_and_lists_are_refused(reader, publish):
    publish(world.event("Talks"))
    for address in ("/cite/events/", "/cite/events.bib", "/cited/events/"):
        response = reader.get(f"{address}?kind=nonsense&x=1")
        assert response.status_code == 400
        assert "kind: There is no" in response.content.decode()
        assert "x: this address has no such parameter." in response.content.decode()
        assert reader.get(address.replace("events", "nonsense")).status_code == 404
    assert reader.get("/cite/events.xml").status_code == 404
    assert reader.get("/cited/events/?edition=2").status_code == 404


def test_nothing_can_be_cited_before_the_first_edition(reader, db):
    for address in ("/cite/events/", "/cite/events.bib", "/cited/events/", "/entries/E1/cite/"):
        assert reader.get(address).status_code == 404


def test_set_is_paged(reader, publish, monkeypatch):
    publish(*(world.event(f"Talks {year}", date=str(year)) for year in range(1990, 2045)))
    address = cited_at(reader, "/cite/events/")
    page = page_at(reader, address)
    assert len(page.with_class("entry-row")) == 50
    page = page_at(reader, f"/cited/events/{page.link('Next')}")
    assert len(page.with_class("entry-row")) == 5
    assert "Count and checksum fit" in page.text


def test_many_changes_are_counted_and_the_first_shown(reader, publish, monkeypatch):
    monkeypatch.setattr("record.sets.MOST_SHOWN", 2)
    publish(world.event("Talks"))
    address = cited_at(reader, "/cite/events/")
    publish(*(world.event(f"More talks {one}") for one in range(3)))
    page = page_at(reader, address)
    assert list(changes(page)) == ["In the set now: 3"]
    assert len([link for link in page.all("a") if link.text == "History"]) == 2


def test_ids_stand_for_every_kind_of_value(publish, full):
    query = f"from=1990&date=none&kind=none,{full.term.slug}&contested=true,false"
    filters = pages_of("event").filterset(QueryDict(query), record=Record(1))
    assert filters.errors == {}
    assert asked_in_ids(filters) == {
        "from": "1990",
        "date": "none",
        "kind": f"none,{full.term.public_id}",
        "contested": "true,false",
    }
    again = pages_of("event").filterset(
        QueryDict("&".join(f"{k}={v}" for k, v in asked_in_ids(filters).items())), record=Record(1)
    )
    assert entry_set(again).members == entry_set(filters).members


@pytest.mark.parametrize("number", [1, 3])
def test_sets_cost_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    events = [
        world.event(f"Talks {one}", citations=[{"source": world.source(f"Source {one}")}])
        for one in range(number)
    ]
    publish(*events)
    with django_assert_num_queries(6):
        page_at(reader, "/cite/events/")
    address = cited_at(reader, "/cite/events/")
    for event in events:
        world.change(event, editor_note="Again.")
    publish(*events, *(world.event(f"More {one}") for one in range(number)))
    with django_assert_num_queries(8):
        page = page_at(reader, address)
    assert list(changes(page)) == [f"In the set now: {number}", f"Changed: {number}"]
