"""The changes feed: every version once, in the order of editions, wherever one begins."""

import pytest
from django.db import connection

from desk.redaction import Then, redact
from record.changes_feed import Only
from record.models import Edition, Version
from tests import world
from tests.answers import API, answer, checksum_holds, document_text, refusal
from tests.changes import CANARY, happened

pytestmark = pytest.mark.django_db
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN (COSTS OFF)"}
WALK = {
    "sqlite": "USING COVERING INDEX record_version_of_type"
    " (<expr>=? AND (edition_id,public_id)>(?,?) AND edition_id<?)",
    "postgresql": 'Index Cond: (("left"((public_id)::text, 1) = ',
}


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


@pytest.fixture
def chiefs(cast):
    return {"by": cast.chief_editor, "approved_by": cast.administrator, "reason": "For a reason."}


@pytest.fixture
def history(kept):
    return kept(happened)


def follow(reader, *, since=None, **query):
    """Every result of the feed from there on, and where it ends."""
    results, cursor = [], since
    while True:
        asked = query if cursor is None else {**query, "since": cursor}
        body = answer(reader, "changes/", **asked)
        results += body["results"]
        cursor = body["cursor"]
        if body["next"] is None:
            return results, cursor
        assert (
            reader.get(body["next"]).json()["results"]
            == (answer(reader, "changes/", **query, since=cursor)["results"])
        )


def named(results):
    return [(result["version"]["edition"], result["id"]) for result in results]


def in_order():
    return sorted(Version.objects.values_list("edition", "public_id"))


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_feed_has_every_version_once_in_order(reader, history, limit):
    results, cursor = follow(reader, limit=limit)
    assert named(results) == in_order()
    assert cursor == "6"


def test_feed_goes_on_from_any_place(reader, history):
    everything, _ = follow(reader)
    for place, (edition, public_id) in enumerate(in_order(), start=1):
        results, _ = follow(reader, since=f"{edition}/{public_id}", limit=2)
        assert results == everything[place:]
    for number in range(7):
        results, _ = follow(reader, since=str(number))
        assert results == [one for one in everything if one["version"]["edition"] > number]


def test_cursor_is_an_edition_where_a_page_ends_with_one(reader, history):
    whole = Version.objects.filter(edition=1).count()
    assert answer(reader, "changes/", limit=whole)["cursor"] == "1"
    part = answer(reader, "changes/", limit=whole - 1)
    assert part["cursor"] == f"1/{part['results'][-1]['id']}"


def test_documents_are_as_they_were_stored(reader, history):
    results, _ = follow(reader)
    stored = {
        (each.edition_id, each.public_id): each
        for each in Version.objects.all()
        if each.redacted_in_id is None
    }
    readable = [each for each in results if each["version"]["redacted_in"] is None]
    assert len(readable) == len(stored)
    for result in readable:
        version = stored[result["version"]["edition"], result["id"]]
        assert document_text(result) == version.document
        assert checksum_holds(result)


def test_page_has_its_editions_with_their_chain(reader, history):
    page = answer(reader, "changes/", since=1)
    assert list(page["editions"]) == ["2", "3", "4", "5", "6"]
    before = Edition.objects.get(number=1).checksum
    for number, edition in page["editions"].items():
        assert (edition["number"], edition["previous"]) == (int(number), before)
        before = edition["checksum"]


def test_kinds_of_changes_are_told(reader, history):
    one, other, loser, winner = (entry.public_id for entry in history)
    told = {
        (each["version"]["edition"], each["id"]): (
            each["version"]["change"],
            each.get("state"),
            each.get("merged_into"),
        )
        for each in follow(reader, ids=f"{one},{other},{loser}")[0]
    }
    assert {place: said for place, said in told.items() if place[0] > 1} == {
        (2, one): ("correction", "redacted", None),
        (3, other): ("withdrawal", "withdrawn", None),
        (4, loser): ("merge", "merged", winner),
        (5, one): ("correction", None, None),
        (6, one): ("redaction", None, None),
    }


def test_redaction_says_what_to_forget_and_the_feed_has_forgotten_it(reader, history):
    one = history[0].public_id
    results = {each["version"]["edition"]: each for each in follow(reader, ids=one)[0]}
    assert [(n, each["version"]["redacts"]) for n, each in results.items()] == [
        *((1, []), (2, []), (5, []), (6, [2])),
    ]
    gone = results[2]
    assert {name: gone[name] for name in gone if name != "version"} == {
        "id": one,
        "type": "event",
        "state": "redacted",
    }
    assert (gone["version"]["redacted_in"], gone["version"]["salt"]) == (6, None)
    assert CANARY not in reader.get(f"{API}/changes/").content.decode()


def test_feed_as_of_an_edition_ends_there(reader, history):
    results, cursor = follow(reader, edition=3, limit=2)
    assert named(results) == [place for place in in_order() if place[0] <= 3]
    assert cursor == "3"
    assert "edition=3" in answer(reader, "changes/", edition=3, limit=1)["next"]


def test_feed_of_one_type_and_of_some_entries(reader, history):
    one, _, loser, _ = (entry.public_id for entry in history)
    results, cursor = follow(reader, type="event", limit=1)
    assert named(results) == [place for place in in_order() if place[1].startswith("E")]
    assert cursor == "6"
    results, _ = follow(reader, ids=f"{one},{loser}", limit=1)
    assert named(results) == [place for place in in_order() if place[1] in (one, loser)]


def test_types_are_told_together_and_each_entry_by_its_own_type_alone(reader, history):
    one, _, loser, _ = (entry.public_id for entry in history)
    results, _ = follow(reader, type="actor,event,actor", limit=2)
    assert named(results) == [place for place in in_order() if place[1][0] in "AE"]
    results, _ = follow(reader, type="actor", ids=f"{one},{loser}")
    assert named(results) == [place for place in in_order() if place[1] == loser]
    body = answer(reader, "changes/", type="proposal", ids=f"{one},{loser}")
    assert (body["results"], body["next"], body["cursor"]) == ([], None, "6")


@pytest.fixture
def many_places(history):
    """So many versions that a planner has a reason to walk past them, and knows it."""
    held = Version.objects.filter(edition=6).values().get()
    Version.objects.bulk_create(
        Version(**{**held, "id": None, "public_id": f"L{number}"}) for number in range(1, 3001)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE record_version")


@pytest.mark.parametrize("types", [("proposal",), ("actor", "proposal")])
def test_types_are_walked_in_an_index_of_their_own(many_places, types):
    """So that what has no version of a type is not looked through for one."""
    statement, values = Only(types).statement("document", (2, "", 6), 51)
    with connection.cursor() as cursor:
        cursor.execute(f"{EXPLAIN[connection.vendor]} {statement}", values)
        lines = [str(row[-1]).strip() for row in cursor.fetchall()]
    walked = [line for line in lines if WALK[connection.vendor] in line]
    assert len(walked) == len(types), lines
    assert [line for line in lines if "SCAN record_version" in line or "Seq Scan" in line] == []


def test_end_of_the_feed_gives_a_cursor_for_what_comes(reader, history, publish):
    _, cursor = follow(reader)
    body = answer(reader, "changes/", since=cursor)
    assert (body["results"], body["editions"], body["next"], body["cursor"]) == ([], {}, None, "6")
    publish(world.term("Parley"))
    results, cursor = follow(reader, since=cursor)
    assert ([each["type"] for each in results], cursor) == (["term"], "7")


def test_feed_of_an_empty_record_can_be_followed_from_there(reader, cast, publish):
    body = answer(reader, "changes/")
    assert (body["edition"], body["cursor"], body["next"], body["results"]) == (0, "0", None, [])
    publish(world.term("Parley"))
    assert len(follow(reader, since=body["cursor"])[0]) == 1


@pytest.mark.parametrize(
    ("query", "named_wrong", "said"),
    [
        ({"since": "tomorrow"}, "since", "“tomorrow” is no cursor. Give the number of an edition"),
        ({"since": "0/E1"}, "since", "“0/E1” is no cursor."),
        ({"since": ""}, "since", "“” is no cursor."),
        ({"since": "-1"}, "since", "“-1” is no cursor."),
        ({"since": "٣"}, "since", "“٣” is no cursor."),
        ({"since": "9" * 30}, "since", f"“{'9' * 30}” is no cursor."),
        ({"since": "99"}, "since", "There is no edition 99. The newest is edition 6. Whoever"),
        ({"since": "99/E1"}, "since", "There is no edition 99."),
        ({"since": "4", "edition": 3}, "since", "Edition 4 came after edition 3, which"),
        ({"since": ["1", "2"]}, "since", "Give this once."),
        ({"type": "novel"}, "type", "“novel” is none of: term, source, place, actor, event,"),
        ({"ids": "E1,X1"}, "ids", "“X1” is no id; ids are like T1, S1, L1, A1, E1, P1."),
        ({"limit": 0}, "limit", "This is a whole number from 1 to 200."),
        ({"cursor": "1"}, "cursor", "This address has no such parameter."),
    ],
)
def test_what_cannot_be_answered_is_said_in_sentences(reader, history, query, named_wrong, said):
    (error,) = refusal(reader, "changes/", 400, **query)["errors"]
    assert error["parameter"] == named_wrong
    assert error["detail"].startswith(said)


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, publish, django_assert_num_queries, number):
    publish(*(world.event(f"Talks {one}") for one in range(number)))
    with django_assert_num_queries(5):
        results = answer(reader, "changes/", type="event")["results"]
    assert len(results) == number


@pytest.mark.parametrize("number", [1, 3])
def test_redactions_cost_one_query_more(reader, publish, chiefs, django_assert_num_queries, number):
    for one in range(number):
        event = world.event(f"Talks {one}")
        publish(event)
        world.change(event, title=f"Talks again {one}")
        publish(event)
        redact(event.public_id, editions=[3 * one + 1], then=Then.STANDING, **chiefs)
    with django_assert_num_queries(6):
        results = answer(reader, "changes/", type="event")["results"]
    assert sum(len(each["version"]["redacts"]) for each in results) == number


def test_asking_in_vain_costs_one_query(reader, history, django_assert_num_queries):
    mark = reader.get(f"{API}/changes/", {"since": 6})["ETag"]
    with django_assert_num_queries(1):
        again = reader.get(f"{API}/changes/", {"since": 6}, headers={"If-None-Match": mark})
    assert again.status_code == 304
