"""What differs between two versions of an entry, from the API."""

import pytest

from desk.publishing import withdraw
from desk.redaction import Then, redact
from tests import world
from tests.answers import answer, refusal

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"
BEGAN = "The talks began with one guest in the old hall."


@pytest.fixture
def publish(people):
    return lambda *entries: world.publish_all(*entries, **people)


def diff(reader, entry, **query):
    return answer(reader, f"entries/{entry.public_id}/diff/", **query)


def changes(body):
    return [
        (".".join(each["path"]), each["change"], each["before"], each["after"])
        for each in body["result"]["changes"]
    ]


def test_the_last_two_are_compared_and_any_two_on_request(reader, publish):
    event = world.event("Talks", summary=BEGAN)
    publish(event)
    publish(world.change(event, summary=BEGAN.replace("one guest", "two guests")))
    publish(world.change(event, title="Long talks"))
    body = diff(reader, event)
    assert list(body) == ["edition", "result", "references", "checks", "url"]
    assert changes(body) == [("title", "changed", "Talks", "Long talks")]
    result = body["result"]
    assert (result["from"]["edition"], result["to"]["edition"]) == (2, 3)
    versions = answer(reader, f"entries/{event.public_id}/versions/")["results"]
    assert [result["to"], result["from"]] == versions[:2]
    assert body["url"].endswith(f"/entries/{event.public_id}/history/?from=2&to=3")
    assert reader.get(body["url"]).status_code == 200
    one, two = diff(reader, event, **{"from": 1})["result"]["changes"]
    assert [one["path"], two["path"]] == [["title"], ["summary"]]
    assert (two["claim"], two["where"], two["evidence"]) == ("summary", "summary", False)
    assert two["words"] == [
        {"kind": "same", "text": "The talks began with "},
        {"kind": "removed", "text": "one guest"},
        {"kind": "added", "text": "two guests"},
        {"kind": "same", "text": " in the old hall."},
    ]
    assert diff(reader, event, to=2)["result"]["from"]["edition"] == 1
    assert changes(diff(reader, event, **{"from": 2}, to=2)) == []
    assert changes(diff(reader, event, edition=2)) == [
        ("summary", "changed", BEGAN, BEGAN.replace("one guest", "two guests"))
    ]


def test_parts_and_what_they_stand_on_come_and_go(reader, publish):
    actor = world.actor("An envoy")
    event = world.event("Talks")
    publish(event, actor)
    first = diff(reader, event)["result"]
    assert first["from"] is None
    assert {each["change"] for each in first["changes"]} == {"added"}
    world.change(event, participants=[world.participant(actor)])
    key = event.participants.get().key
    world.cite(event, claims=[key])
    publish(world.change(event))
    body = diff(reader, event)
    part, cited = body["result"]["changes"]
    assert (part["path"], part["claim"], part["after"]["actor"]) == (
        ["participants", key],
        key,
        actor.public_id,
    )
    assert part["where"] == f"participant {key} (An envoy)"
    assert (cited["path"][0], cited["claim"], cited["evidence"]) == ("citations", None, True)
    assert sorted(body["references"]) == sorted(
        {actor.public_id, part["after"]["role"], cited["after"]["source"]}
    )


def test_what_is_gone_says_so(reader, cast, publish):
    event = world.event("Talks", editor_note=CANARY)
    publish(event)
    publish(world.change(event, editor_note=""))
    chiefs = {"by": cast.chief_editor, "approved_by": cast.administrator}
    assert CANARY in str(diff(reader, event, to=2))
    redact(event.public_id, editions=[1], then=Then.STANDING, reason="For safety.", **chiefs)
    body = diff(reader, event, to=2)
    assert (body["result"]["redacted"], body["result"]["changes"]) == (1, [])
    assert CANARY not in str(body)
    withdraw([event.public_id], reason="No.", **chiefs)
    assert changes(diff(reader, event)) == [("state", "changed", "published", "withdrawn")]


def test_a_draft_is_not_compared(reader, publish):
    event = world.event("Talks")
    publish(event)
    world.change(event, title=CANARY)
    assert CANARY not in str(diff(reader, event))


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ({"to": 2}, "to", "“2” is no edition that wrote a version of {id}. These did: 1, 3."),
        ({"from": "x"}, "from", "“x” is no edition that wrote a version of {id}."),
        ({"from": 3, "to": 1}, "from", "Edition 3 came after edition 1, of “to”."),
        ({"to": [1, 3]}, "to", "Give this once."),
        ({"colour": "blue"}, "colour", "This address has no such parameter."),
    ],
)
def test_what_cannot_be_compared_is_refused(reader, publish, query, parameter, detail):
    event = world.event("Talks")
    publish(event)
    publish(world.event("Others"))
    publish(world.change(event, title="Long talks"))
    body = refusal(reader, f"entries/{event.public_id}/diff/", 400, **query)
    [error] = body["errors"]
    assert error["parameter"] == parameter
    assert error["detail"].startswith(detail.format(id=event.public_id))


def test_what_is_unknown_is_not_found(reader, db):
    assert refusal(reader, "entries/E99/diff/", 404)["detail"].startswith("Nothing has been")


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(reader, publish, number, django_assert_num_queries):
    event = world.event("Talks")
    publish(event)
    for again in range(number):
        event.subjects.add(world.term(f"Subject {again}"))
        publish(world.change(event))
    with django_assert_num_queries(5):
        diff(reader, event)
