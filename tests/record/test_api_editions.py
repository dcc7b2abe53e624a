import json

import pytest

from desk.publishing import withdraw
from tests import world
from tests.answers import API, answer, canonical, refusal, sha256, wrong_parameters

pytestmark = pytest.mark.django_db


def three_editions(cast):
    """An event published, corrected and withdrawn; its kind and source published with it."""
    event = world.event("A meeting")
    people = {"by": cast.contributor, "approved_by": cast.editor}
    editions = [
        world.publish_all(event, **people),
        world.publish_all(world.change(event, title="The meeting"), reason="A title.", **people),
        withdraw(
            [event.public_id],
            by=cast.chief_editor,
            reason="Not ours.",
            approved_by=cast.administrator,
        ),
    ]
    return event, editions


@pytest.fixture
def three(kept):
    return kept(three_editions)


def test_editions_are_listed_from_the_newest(reader, three):
    body = answer(reader, "editions/")
    assert [edition["number"] for edition in body["results"]] == [3, 2, 1]
    _, editions = three
    assert body == {
        "edition": 3,
        "next": None,
        "previous": None,
        "results": [
            {
                "number": edition.number,
                "published_at": f"{edition.published_at:%Y-%m-%dT%H:%M:%SZ}",
                "reason": edition.reason,
                "by": edition.by,
                "approved_by": edition.approved_by,
                "four_eyes": True,
                "checksum": edition.checksum,
            }
            for edition in reversed(editions)
        ],
        "references": {},
        "checks": {},
    }


def test_editions_are_paged(reader, three):
    first = answer(reader, "editions/", limit=2)
    assert [edition["number"] for edition in first["results"]] == [3, 2]
    second = reader.get(first["next"]).json()
    assert [edition["number"] for edition in second["results"]] == [1]
    assert second["next"] is None
    back = reader.get(second["previous"]).json()
    assert back["results"] == first["results"]


def test_editions_are_listed_as_asked_for(reader, three):
    def numbers(body):
        return [edition["number"] for edition in body["results"]]

    oldest = answer(reader, "editions/", sort="number", limit=2, count="exact")
    assert (numbers(oldest), oldest["total"]) == ([1, 2], 3)
    last = reader.get(oldest["next"]).json()
    assert numbers(last) == [3]
    assert reader.get(last["previous"]).json()["results"] == oldest["results"]
    some = answer(reader, "editions/", ids="1,3,7", edition=2, count="exact")
    assert (numbers(some), some["total"]) == ([1], 1)
    cursor = oldest["next"].partition("cursor=")[2].partition("&")[0]
    assert wrong_parameters(reader, "editions/", cursor=cursor) == ["cursor"]
    assert wrong_parameters(reader, "editions/", ids="E1", sort="date", count="1") == [
        "sort",
        "count",
        "ids",
    ]


def test_edition_has_its_versions(reader, three):
    event, editions = three
    body = answer(reader, "editions/2/")
    version = body["result"].pop("versions")
    assert version == [
        {
            "id": event.public_id,
            "type": "event",
            "change": "correction",
            "state": "published",
            "checksum": version[0]["checksum"],
            "slug": "a-meeting",
            "name": "The meeting",
        }
    ]
    assert body["result"]["previous"] == editions[0].checksum
    assert body["url"] == "http://testserver/editions/2/"
    assert (body["edition"], body["references"], body["checks"]) == (3, {}, {})
    third = answer(reader, "editions/3/")["result"]["versions"]
    assert [(one["id"], one["state"], one["name"]) for one in third] == [
        (event.public_id, "withdrawn", None)
    ]


def test_chain_of_checksums_can_be_recomputed_from_what_is_served(reader, three):
    previous = None
    for number in (1, 2, 3):
        result = answer(reader, f"editions/{number}/")["result"]
        checksum = result.pop("checksum")
        result["versions"] = [
            {name: version[name] for name in ("id", "change", "checksum")}
            for version in sorted(result["versions"], key=lambda version: version["id"])
        ]
        assert result["previous"] == previous
        assert sha256(canonical(result)) == checksum
        previous = checksum


def test_version_checksums_of_an_edition_are_those_of_the_entries(reader, three):
    listed = {one["id"]: one for one in answer(reader, "editions/1/")["result"]["versions"]}
    for plural in ("terms", "sources"):
        for result in answer(reader, f"{plural}/")["results"]:
            assert listed[result["id"]]["checksum"] == result["version"]["sha256"]
            assert listed[result["id"]]["slug"] == result["slug"]


@pytest.mark.parametrize("number", ["0", "4", "9" * 30, "00"])
def test_edition_that_is_not_yet_is_not_found(reader, three, number):
    assert refusal(reader, f"editions/{number}/", 404)["detail"] == "There are editions 1 to 3."


@pytest.mark.parametrize("number", ["-1", "one", "1.0", "9" * 5000])
def test_number_that_is_none_is_not_found(reader, three, number):
    response = reader.get(f"{API}/editions/{number}/")
    assert response.status_code == 404
    assert json.loads(response.content)["title"] == "Not Found"


def test_large_edition_is_whole_and_reads_no_document(reader, people, django_assert_num_queries):
    world.publish_all(*(world.term(f"Term {one:03}") for one in range(120)), **people)
    with django_assert_num_queries(4) as queries:
        response = reader.get(f"{API}/editions/1/")
    assert len(response.json()["result"]["versions"]) == 120
    assert len(response.content) < 1000 + 120 * 250
    read = " ".join(query["sql"] for query in queries.captured_queries)
    columns = ('"checksum"', '"document"', '"salt"', '"search_text"')
    assert [name for name in columns if name in read] == ['"checksum"']


@pytest.mark.parametrize("entries", [1, 3])
def test_edition_queries_do_not_grow(reader, cast, django_assert_num_queries, entries):
    people = {"by": cast.contributor, "approved_by": cast.editor}
    for number in range(entries):
        world.publish_all(*(world.term(f"{number} {one}") for one in range(entries)), **people)
    with django_assert_num_queries(2):
        answer(reader, "editions/")
    with django_assert_num_queries(4):
        answer(reader, f"editions/{entries}/")
