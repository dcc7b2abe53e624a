"""``fields``, ``omit`` and ``expand``: what results hold, and what is said where they cannot."""

import pytest

from record import expanding
from record.models import Version
from record.types import type_named
from tests import world
from tests.answers import answer, checksum_holds, refusal

pytestmark = pytest.mark.django_db


def names_in(body):
    return sorted(body["references"])


def test_fields_are_given_with_what_each_is_known_by(reader, full):
    whole = answer(reader, "events/")["results"][0]
    body = answer(reader, "events/", fields="title,date.edtf,participants.actor,version.edition")
    assert body["results"] == [
        {
            "id": whole["id"],
            "type": "event",
            "title": whole["title"],
            "date": {"edtf": whole["date"]["edtf"]},
            "participants": [
                {"key": row["key"], "actor": row["actor"]} for row in whole["participants"]
            ],
            "version": {"edition": 1},
        }
        for whole in answer(reader, "events/")["results"]
    ]
    actors = {row["actor"] for one in body["results"] for row in one["participants"]}
    assert (names_in(body), body["checks"]) == (sorted(actors), {})
    detail = answer(reader, f"events/{whole['id']}/", fields="title,date.edtf")
    assert detail["result"] == {
        name: value
        for name, value in body["results"][0].items()
        if name in ("id", "type", "title", "date")
    }
    assert (detail["references"], detail["url"][:30]) == ({}, "http://testserver/events/the-t")


def test_what_is_left_out_is_all_that_goes(reader, full):
    whole = answer(reader, f"events/{full.event.public_id}/")
    body = answer(reader, f"events/{full.event.public_id}/", omit="citations,date.as_given,version")
    result = dict(whole["result"])
    del result["citations"], result["version"]
    del result["date"]["as_given"]
    assert body["result"] == result
    gone = set(whole["references"]) - set(body["references"])
    assert gone == {row["source"] for row in whole["result"]["citations"]} - set(str(result))
    assert (whole["checks"] != {}, body["checks"]) == (True, {})
    both = answer(
        reader, f"events/{full.event.public_id}/", fields="title,date", omit="date.inferred"
    )
    assert list(both["result"]["date"]) == ["as_given", "earliest", "edtf", "latest"]


def test_checks_go_with_selectors(reader, full):
    address = f"events/{full.event.public_id}/"
    whole = answer(reader, address)["checks"]
    assert answer(reader, address, fields="citations")["checks"] == whole
    assert answer(reader, address, fields="citations.selector.start")["checks"] == whole
    assert answer(reader, address, fields="citations.claims")["checks"] == {}


@pytest.mark.parametrize("name", ["term", "source", "place", "actor", "event", "proposal"])
def test_everything_that_can_be_put_in_place_is_what_is_stored(reader, full, name):
    entry_type = type_named(name)
    allowed = refusal(reader, f"{entry_type.plural}/", 400, expand="colour")["errors"][0]["allowed"]
    entry = getattr(full, name)
    address = f"{entry_type.plural}/{entry.public_id}/"
    body = answer(reader, address, expand=",".join(allowed))
    whole = answer(reader, address)
    found = []

    def back(value):
        """The same with ids again."""
        if isinstance(value, list):
            return [back(each) for each in value]
        if isinstance(value, dict) and "version" in value and value["id"] != entry.public_id:
            found.append(value)
            return value["id"]
        if isinstance(value, dict):
            return {key: back(each) for key, each in value.items()}
        return value

    assert back(body["result"]) == whole["result"]
    assert found
    for each in found:
        assert checksum_holds(each)
        assert each["version"]["sha256"] == Version.objects.get(public_id=each["id"]).checksum
    assert set(body["checks"]) >= set(whole["checks"])


def test_fields_reach_into_what_stands_in_place(reader, full):
    address = f"events/{full.event.public_id}/"
    whole = answer(reader, address)["result"]
    body = answer(
        reader,
        address,
        expand="place,participants.actor",
        fields="place.names.text,participants.actor.names,participants.role",
    )
    place = answer(reader, f"places/{whole['place']}/")["result"]
    assert body["result"]["place"] == {
        "id": place["id"],
        "type": "place",
        "names": [{"key": row["key"], "text": row["text"]} for row in place["names"]],
    }
    actors = [row["actor"] for row in body["result"]["participants"]]
    assert [sorted(actor) for actor in actors] == [["id", "names", "type"]] * len(actors)
    assert names_in(body) == sorted({row["role"] for row in whole["participants"]})
    without = answer(reader, address, expand="place", omit="place.version,citations")["result"]
    assert sorted(without["place"]) == sorted(set(place) - {"version"})


def test_entries_in_place_are_of_the_edition_that_is_read(reader, people):
    place = world.place("Lakeside")
    event = world.event("Talks", place=place)
    world.publish_all(event, **people)
    name = place.names.get()
    name.text = "Harbour"
    name.save()
    world.publish_all(world.change(place), **people)

    def name_as_of(edition):
        result = answer(reader, "events/", expand="place", edition=edition)["results"][0]
        return result["place"]["names"][0]["text"], result["place"]["version"]["edition"]

    assert [name_as_of(1), name_as_of(2)] == [("Lakeside", 1), ("Harbour", 2)]


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ({"fields": "titel"}, "fields", "“titel” is no field here. Perhaps: title."),
        (
            {"fields": "title,participants.actr"},
            "fields",
            "“participants.actr” is no field here. Perhaps: participants.actor",
        ),
        (
            {"fields": "title.length"},
            "fields",
            "“title.length” is nothing: “title” is one value, with no fields of its own.",
        ),
        (
            {"omit": "participants.actor.names"},
            "omit",
            "“participants.actor.names” is a field of another entry, which stands here by its id",
        ),
        ({"omit": "id"}, "omit", "“id” is always given: it says what the rest is of."),
        (
            {"omit": "participants.key"},
            "omit",
            "“participants.key” is always given: it says what the rest is of.",
        ),
        ({"fields": ""}, "fields", "Name fields, with commas between them."),
        (
            {"expand": "plaec"},
            "expand",
            "“plaec” names no entries that can be put in place. Perhaps: place.",
        ),
        (
            {"expand": "participants.tenure"},
            "expand",
            "“participants.tenure” names parts of entries; whole entries alone are put in place.",
        ),
        ({"expand": ""}, "expand", "Name what is to be put in place."),
        (
            {"expand": "place", "fields": "title"},
            "expand",
            "“place” is not among what is asked for with “fields” and “omit”.",
        ),
        (
            {"expand": "place", "limit": 51},
            "limit",
            "With “expand” this is a whole number from 1 to 50.",
        ),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(reader, db, query, parameter, detail):
    [error] = refusal(reader, "events/", 400, **query)["errors"]
    assert error["parameter"] == parameter
    assert error["detail"].startswith(detail)


def test_what_is_allowed_is_said_level_by_level(reader, db):
    allowed = refusal(reader, "events/", 400, fields="date.year")["errors"][0]["allowed"]
    members = ("edtf", "earliest", "latest", "as_given", "inferred")
    assert allowed == [f"date.{name}" for name in members]
    allowed = refusal(reader, "events/", 400, expand="date")["errors"][0]["allowed"]
    assert allowed == [
        *("subjects", "citations.source", "citations.cited_via", "kind", "place", "part_of"),
        *("follows", "participants.actor", "participants.role"),
    ]


def test_more_than_fit_are_refused(reader, full, monkeypatch):
    monkeypatch.setattr(expanding, "MOST", 1)
    [error] = refusal(reader, "events/", 400, expand="place,kind,participants.actor")["errors"]
    assert error["detail"].endswith(
        "entries in place of their ids, and 1 at most can be: ask for fewer results with “limit”, "
        "or for fewer fields."
    )


def test_ids_within_what_a_source_asserts_are_named(reader, people):
    elsewhere = world.place("Harbour")
    disputing = {"claims": ["place"], "stance": "disputes", "asserts": elsewhere.public_id}
    citations = [{"claims": ["entry", "date", "place"]}, disputing]
    event = world.event("Talks", place=world.place("Lakeside"), citations=citations)
    world.publish_all(event, elsewhere, **people)
    body = answer(reader, "events/", fields="citations.asserts")
    assert names_in(body) == [elsewhere.public_id]
    assert names_in(answer(reader, "events/", fields="citations.stance")) == []


def test_editions_and_versions_have_fields_too(reader, full):
    event = full.event.public_id
    body = answer(reader, "editions/", fields="checksum")
    assert body["results"] == [{"number": 1, "checksum": full.edition.checksum}]
    assert "versions" not in answer(reader, "editions/1/", omit="versions")["result"]
    assert answer(reader, f"entries/{event}/versions/", fields="change")["results"] == [
        {"id": event, "edition": 1, "change": "new"}
    ]
    refusal(reader, f"entries/{event}/versions/", 400, expand="place")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(reader, people, rows, django_assert_num_queries):
    for number in range(rows):
        actors = [world.actor(f"Actor {number}-{each}") for each in range(rows)]
        event = world.event(
            f"Event {number}",
            place=world.place(f"Place {number}"),
            participants=[world.participant(actor) for actor in actors],
        )
        world.publish_all(event, **people)
    with django_assert_num_queries(3):  # names and editions are not kept
        answer(reader, "events/", fields="title,participants.actor")
    with django_assert_num_queries(2):
        answer(reader, "events/", fields="title,date")
    with django_assert_num_queries(5):
        answer(reader, "events/", expand="place,participants.actor", omit="title")
    with django_assert_num_queries(3):
        answer(reader, f"events/{event.public_id}/", expand="place", fields="place.names")
