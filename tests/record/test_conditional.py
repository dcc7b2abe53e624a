import pytest
from django.utils import translation

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
    with django_assert_num_queries(2):
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


def test_every_address_release_and_language_has_a_tag_of_its_own(reader, publish, settings):
    publish(world.event())
    tags = [
        tag(reader),
        tag(reader, f"{ADDRESS}?limit=1"),
        tag(reader, f"{API}/actors/"),
        tag(reader, f"{API}/"),
        tag(reader, ADDRESS, host="localhost"),
    ]
    with translation.override("az"):
        tags.append(tag(reader))
    settings.RELEASE = "another"
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
    assert response["Vary"] == "Accept, Accept-Language"
    assert response.cookies == {}
