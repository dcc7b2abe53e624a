"""The changes feed as ActivityStreams, as the IIIF Change Discovery API has it."""

import pytest

from record.models import Version
from tests import world
from tests.answers import API, answer, refusal
from tests.changes import happened

pytestmark = pytest.mark.django_db

HERE = f"http://testserver{API}"
CONTEXT = "http://iiif.io/api/discovery/1/context.json"


@pytest.fixture
def history(kept):
    return kept(happened)


def get(reader, address, accept="*/*"):
    response = reader.get(address, headers={"Accept": accept})
    assert response.status_code == 200, response.content
    return response.json()


def pages_from(reader, address, relation):
    while address:
        page = get(reader, address)
        assert page["id"] == address
        yield page
        address = page.get(relation, {}).get("id")


@pytest.mark.parametrize("length", [2, 3, 100])
def test_pages_lead_forth_and_back_through_the_same_activities(
    reader, history, monkeypatch, length
):
    monkeypatch.setattr("record.api_activities.LENGTH", length)
    collection = get(reader, f"{HERE}/activities/")
    forth = list(pages_from(reader, collection["first"]["id"], "next"))
    back = list(pages_from(reader, collection["last"]["id"], "prev"))
    assert forth == back[::-1]
    found = [activity for page in forth for activity in page["orderedItems"]]
    stored = Version.objects.order_by("edition", "public_id").values_list("edition", "public_id")
    assert [each["id"] for each in found] == [
        f"{HERE}/entries/{public_id}/versions/{edition}/#activity" for edition, public_id in stored
    ]
    assert collection == {
        "@context": CONTEXT,
        "id": f"{HERE}/activities/",
        "type": "OrderedCollection",
        "totalItems": len(found),
        "first": {"id": f"{HERE}/activities/?since=0", "type": "OrderedCollectionPage"},
        "last": {"id": forth[-1]["id"], "type": "OrderedCollectionPage"},
    }
    assert [each["endTime"] for each in found] == sorted(each["endTime"] for each in found)
    assert reader.get(found[0]["id"].partition("#")[0]).status_code == 200


def test_pages_stay_when_more_is_published(reader, history, monkeypatch, people):
    monkeypatch.setattr("record.api_activities.LENGTH", 2)
    first = f"{HERE}/activities/?since=0"
    *before, last = pages_from(reader, first, "next")
    world.publish_all(*(world.term(f"Word {one}") for one in range(3)), **people)
    after = list(pages_from(reader, first, "next"))
    assert after[: len(before)] == before
    assert after[len(before)]["id"] == last["id"]


def test_activities_say_what_happened(reader, history):
    one, other, loser, winner = (entry.public_id for entry in history)
    activities = get(reader, f"{HERE}/activities/?since=1")["orderedItems"]
    told = {(each["type"], each["object"]["id"].split("/")[-2]) for each in activities}
    assert {("Update", one), ("Delete", other), ("Move", loser)} <= told
    created = get(reader, f"{HERE}/activities/?since=0")["orderedItems"][0]
    assert created["type"] == "Create"
    (moved,) = [each for each in activities if each["type"] == "Move"]
    assert moved["object"] == {"id": f"{HERE}/actors/{loser}/", "type": "Document"}
    assert moved["target"] == {"id": f"{HERE}/actors/{winner}/", "type": "Document"}
    assert moved["summary"] == "They are one."
    assert moved["endTime"].endswith("Z")


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", f'application/ld+json;profile="{CONTEXT}"'),
        (f'application/ld+json;profile="{CONTEXT}"', f'application/ld+json;profile="{CONTEXT}"'),
        ("application/activity+json", "application/activity+json"),
        ("application/json", "application/json"),
    ],
)
def test_media_type_is_the_one_asked_for(reader, db, accept, content_type):
    response = reader.get(f"{HERE}/activities/", headers={"Accept": accept})
    assert (response.status_code, response["Content-Type"]) == (200, content_type)


def test_stream_as_of_an_edition_keeps_to_it(reader, history):
    collection = answer_of(reader, edition=3)
    assert collection["totalItems"] == Version.objects.filter(edition__lte=3).count()
    page = get(reader, collection["last"]["id"])
    assert "edition=3" in page["id"]
    assert page["orderedItems"][-1]["id"].endswith("/versions/3/?edition=3#activity")


def answer_of(reader, **query):
    return reader.get(f"{API}/activities/", query).json()


def test_stream_of_nothing_has_no_activities(reader, db):
    collection = answer_of(reader)
    assert collection["totalItems"] == 0
    assert get(reader, collection["last"]["id"])["orderedItems"] == []


def test_wrong_cursor_is_refused_in_a_sentence(reader, history):
    (error,) = refusal(reader, "activities/", 400, since="x")["errors"]
    assert error["detail"].startswith("“x” is no cursor.")


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, people, django_assert_num_queries, number):
    world.publish_all(*(world.term(f"Word {one}") for one in range(number)), **people)
    with django_assert_num_queries(3):
        assert len(answer_of(reader, since=0)["orderedItems"]) == number
    with django_assert_num_queries(3):
        assert answer_of(reader)["totalItems"] == number


def test_root_of_the_api_leads_to_both_feeds(reader, db):
    root = answer(reader, "")
    assert (root["changes"], root["activities"]) == (f"{HERE}/changes/", f"{HERE}/activities/")
