import pytest

from record.models import Check
from tests import world
from tests.answers import API

pytestmark = pytest.mark.django_db

ADDRESS = f"{API}/events/"


@pytest.fixture
def publish(cast):
    def published(*entries):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)

    return published


def tag(client, address=ADDRESS, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response["ETag"]


def status(client, seen, address=ADDRESS):
    return client.get(address, headers={"If-None-Match": seen}).status_code


def test_unchanged_list_is_not_sent_again(reader, publish, django_assert_num_queries):
    publish(world.event())
    seen = tag(reader)
    with django_assert_num_queries(1):
        response = reader.get(ADDRESS, headers={"If-None-Match": seen})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", seen)
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=30, must-revalidate"


def test_new_edition_is_sent(reader, publish):
    event = world.event()
    publish(event)
    seen = tag(reader)
    world.change(event, title="Not yet published")
    assert status(reader, seen) == 304
    publish(event)
    assert status(reader, seen) == 200


def test_new_check_is_sent(reader, publish):
    event = world.event(citations=[{"start": "Some words"}])
    publish(event)
    seen = tag(reader)
    Check.objects.create(
        public_id=event.public_id,
        citation="c1",
        selector="0" * 64,
        text="0" * 64,
        state="missing",
        checked_on="2027-01-02",
    )
    assert status(reader, seen) == 200


def test_every_address_and_deployment_has_a_tag_of_its_own(reader, publish, monkeypatch):
    publish(world.event())
    tags = [
        tag(reader),
        tag(reader, f"{ADDRESS}?limit=1"),
        tag(reader, f"{API}/actors/"),
        tag(reader, f"{API}/"),
        tag(reader, ADDRESS, host="localhost"),
    ]
    tags.append(tag(reader, accept="application/json"))
    monkeypatch.setattr("record.conditional.deployed", lambda: "another")
    tags.append(tag(reader))
    assert len(set(tags)) == 7


def test_what_depends_on_the_desk_alone_changes_no_tag(reader, publish):
    publish(world.event())
    seen = tag(reader)
    world.event("A draft")
    assert tag(reader) == seen


@pytest.mark.parametrize("address", ["events/E999/", "events/?limit=0", "nothing/", "editions/7/"])
def test_refusal_has_no_tag_and_is_not_kept(reader, address):
    response = reader.get(f"{API}/{address}", headers={"If-None-Match": 'W/"x"'})
    assert response.status_code in (400, 404)
    assert "ETag" not in response
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=30, must-revalidate"


@pytest.mark.parametrize("address", ["", "events/", "editions/", "schema/"])
def test_caches_ask_again_and_keep_no_cookie(reader, address):
    response = reader.get(f"{API}/{address}")
    assert "immutable" not in response["Cache-Control"]
    assert "must-revalidate" in response["Cache-Control"]
    assert response["Vary"] == "Accept"
    assert response.cookies == {}


# Preconditions (RFC 9110, 13) -------------------------------------------------------------------

LOST = ["/api/v1/events/E999/", "/api/v1/events/?limit=0", "/api/v1/nothing/", "/events/nothing/"]


@pytest.mark.parametrize(
    "address", [*LOST, "/api/v1/editions/7/", "/editions/7/", "/events/?kind="]
)
@pytest.mark.parametrize("precondition", [{"If-None-Match": "*"}, {"If-Match": '"x"'}])
@pytest.mark.parametrize("method", ["get", "head"])
def test_precondition_does_not_change_what_is_no_200(reader, db, address, precondition, method):
    plain = getattr(reader, method)(address)
    assert plain.status_code in (302, 400, 404)
    response = getattr(reader, method)(address, headers=precondition)
    assert (response.status_code, response.content) == (plain.status_code, plain.content)
    assert "ETag" not in response


def test_any_representation_is_known_where_there_is_one(reader, publish):
    publish(world.event())
    response = reader.get(ADDRESS, headers={"If-None-Match": "*"})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == tag(reader)


def test_tag_is_compared_weakly_and_may_be_one_of_several(reader, publish):
    publish(world.event())
    seen = tag(reader)
    assert status(reader, seen.removeprefix("W/")) == 304
    assert status(reader, f'"other", {seen}') == 304
    assert status(reader, '"other"') == 200
    assert status(reader, "no tag at all") == 200


@pytest.mark.parametrize("address", [ADDRESS, "/events/"])
def test_no_tag_of_ours_fits_a_strong_comparison(reader, publish, address):
    publish(world.event())
    seen = tag(reader, address)
    for required in (seen, '"other"', seen.removeprefix("W/")):
        response = reader.get(address, headers={"If-Match": required, "If-None-Match": seen})
        assert (response.status_code, response["Cache-Control"]) == (412, "no-store")
    response = reader.get(address, headers={"If-Match": "*"})
    assert (response.status_code, response["ETag"]) == (200, seen)
    response = reader.get(address, headers={"If-Match": "*", "If-None-Match": seen})
    assert response.status_code == 304


def test_what_no_tag_fits_is_a_problem_in_the_api(reader, publish):
    publish(world.event())
    answered = reader.get(ADDRESS, headers={"If-Match": '"other"'})
    assert answered["Content-Type"] == "application/problem+json"
    assert answered.json() == {
        "type": "about:blank",
        "title": "Precondition Failed",
        "status": 412,
        "detail": "If-Match fits strong tags alone, and those here are weak: leave it out.",
        "instance": ADDRESS,
    }


@pytest.mark.parametrize("method", ["options", "post", "put", "delete"])
@pytest.mark.parametrize("name", ["If-Match", "If-None-Match"])
def test_other_methods_know_no_preconditions(reader, publish, method, name):
    publish(world.event())
    plain = getattr(reader, method)(ADDRESS)
    for value in ("*", '"other"', tag(reader)):
        response = getattr(reader, method)(ADDRESS, headers={name: value})
        assert (response.status_code, "ETag" in response) == (plain.status_code, False)
    assert plain.status_code == (204 if method == "options" else 405)


def test_day_of_a_change_is_ignored_as_nothing_has_one(reader, publish):
    publish(world.event())
    for name in ("If-Modified-Since", "If-Unmodified-Since"):
        headers = {name: "Sat, 01 Jan 2000 00:00:00 GMT"}
        assert reader.get(ADDRESS, headers=headers).status_code == 200


def test_tag_of_json_is_none_of_yaml_nor_of_a_refusal(reader, publish):
    yaml = "application/vnd.oai.openapi"
    seen = tag(reader, f"{API}/schema/", accept="application/json")
    response = reader.get(f"{API}/schema/", headers={"If-None-Match": seen, "Accept": yaml})
    assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, yaml)
    publish(world.event())
    response = reader.get(ADDRESS, headers={"If-None-Match": tag(reader), "Accept": "text/html"})
    assert response.status_code == 406
