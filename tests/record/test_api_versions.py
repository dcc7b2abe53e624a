"""Every version of an entry in the API, as it was stored."""

import pytest

from desk.publishing import withdraw
from desk.redaction import Then, redact
from record.models import Version
from tests import world
from tests.answers import API, answer, canonical, refusal, sha256, wrong_parameters

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


@pytest.fixture
def chiefs(cast):
    return {"by": cast.chief_editor, "approved_by": cast.administrator}


@pytest.fixture
def three(publish, chiefs):
    """One entry: published, corrected, withdrawn."""
    event = world.event("Talks")
    publish(event)
    world.change(event, editor_note="Mended.")
    publish(event, reason="A slip.")
    withdraw([event.public_id], reason="No.", **chiefs)
    return event


def test_versions_are_listed_from_the_newest_without_documents(reader, three):
    body = answer(reader, f"entries/{three.public_id}/versions/")
    stored = list(Version.objects.filter(public_id=three.public_id).order_by("-edition_id"))
    assert body == {
        "edition": 3,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": three.public_id,
                "type": "event",
                "edition": version.edition_id,
                "published_at": f"{version.edition.published_at:%Y-%m-%dT%H:%M:%SZ}",
                "change": change,
                "reason": reason,
                "state": state,
                "schema": version.schema,
                "checksum": version.checksum,
                "salt": version.salt,
                "superseded_in": superseded_in,
                "redacted_in": None,
            }
            for version, (change, reason, state, superseded_in) in zip(
                stored,
                [
                    ("withdrawal", "No.", "withdrawn", None),
                    ("correction", "A slip.", "published", 3),
                    ("new", "First publication.", "published", 2),
                ],
                strict=True,
            )
        ],
        "references": {},
        "checks": {},
    }


def test_versions_are_counted_and_listed_from_the_oldest_where_that_is_asked_for(reader, three):
    address = f"entries/{three.public_id}/versions/"
    body = answer(reader, address, sort="edition", limit=2, count="exact")
    assert ([one["edition"] for one in body["results"]], body["total"]) == ([1, 2], 3)
    rest = reader.get(body["next"]).json()
    assert [one["edition"] for one in rest["results"]] == [3]
    assert answer(reader, address, count="exact", edition=2)["total"] == 2
    assert wrong_parameters(reader, address, sort="date", count="1") == ["sort", "count"]


def test_versions_are_paged(reader, three):
    address = f"entries/{three.public_id}/versions/"
    first = answer(reader, address, limit=2)
    assert [one["edition"] for one in first["results"]] == [3, 2]
    second = reader.get(first["next"]).json()
    assert [one["edition"] for one in second["results"]] == [1]
    assert reader.get(second["previous"]).json()["results"] == first["results"]
    wrong = refusal(reader, address, 400, limit=0, colour="blue")
    assert [error["parameter"] for error in wrong["errors"]] == ["colour", "limit"]


def test_each_version_has_the_document_its_checksum_is_of(reader, three):
    for edition in (1, 2, 3):
        body = answer(reader, f"entries/{three.public_id}/versions/{edition}/")
        assert list(body) == ["edition", "result", "references", "checks", "url"]
        url = f"http://testserver/entries/{three.public_id}/history/?to={edition}"
        assert (body["edition"], body["url"]) == (3, url)
        result = body["result"]
        document = canonical(result.pop("document"))
        stored = Version.objects.get(public_id=three.public_id, edition=edition)
        assert document == stored.document
        assert sha256(result["salt"] + document) == result["checksum"] == stored.checksum
        assert result in answer(reader, f"entries/{three.public_id}/versions/")["results"]


def test_a_redacted_version_says_so_and_nothing_else(reader, publish, chiefs):
    event = world.event("Talks", editor_note=CANARY)
    publish(event)
    world.change(event, editor_note="")
    publish(event)
    assert CANARY in str(answer(reader, f"entries/{event.public_id}/versions/1/"))
    redact(event.public_id, editions=[1], then=Then.STANDING, reason="For safety.", **chiefs)
    result = answer(reader, f"entries/{event.public_id}/versions/1/")["result"]
    checksum = Version.objects.get(public_id=event.public_id, edition=1).checksum
    found = {name: result[name] for name in ("document", "salt", "state", "redacted_in")}
    assert found == {"document": None, "salt": None, "state": "redacted", "redacted_in": 3}
    assert (result["checksum"], result["reason"]) == (checksum, "First publication.")
    assert CANARY not in str(answer(reader, f"entries/{event.public_id}/versions/"))


def test_drafts_are_not_there(reader, publish):
    event = world.event("Talks")
    publish(event)
    world.change(event, editor_note=CANARY)
    draft = world.event("Draft")
    assert CANARY not in str(answer(reader, f"entries/{event.public_id}/versions/1/"))
    assert len(answer(reader, f"entries/{event.public_id}/versions/")["results"]) == 1
    refusal(reader, f"entries/{draft.public_id}/versions/", 404)


@pytest.mark.parametrize("public_id", ["E99", "talks", "E" + "9" * 200, "E1\x00"])
def test_what_is_unknown_is_not_found(reader, publish, public_id):
    publish(world.event("Talks"))
    for rest in ("", "1/"):
        detail = refusal(reader, f"entries/{public_id}/versions/{rest}", 404)["detail"]
        assert detail.startswith(f"Nothing has been published under the id “{public_id[:120]}”. ")


@pytest.mark.parametrize("edition", [0, 2, 4, 10**30])
def test_an_edition_that_did_not_write_it_says_so(reader, publish, edition):
    event = world.event("Talks")
    publish(event)
    publish(world.event("Others"))
    detail = refusal(reader, f"entries/{event.public_id}/versions/{edition}/", 404)["detail"]
    assert detail == f"Edition {edition} wrote no version of {event.public_id}."


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(reader, publish, number, django_assert_num_queries):
    event = world.event("Talks")
    publish(event)
    for again in range(number):
        world.change(event, editor_note=f"Again {again}.")
        publish(event)
    with django_assert_num_queries(2):
        assert len(answer(reader, f"entries/{event.public_id}/versions/")["results"]) == number + 1
    with django_assert_num_queries(2):
        answer(reader, f"entries/{event.public_id}/versions/{number}/")


def test_versions_are_answered_conditionally(reader, three):
    address = f"{API}/entries/{three.public_id}/versions/1/"
    tag = reader.get(address)["ETag"]
    assert reader.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert reader.post(address).status_code == 405
