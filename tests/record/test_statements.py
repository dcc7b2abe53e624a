"""What is asked of the database in words of our own."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from record.models import Link, Version
from record.statements import STILL_STANDS, Among
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(people: Any) -> list[Any]:
    made = [world.event(title, by=people["by"]) for title in ("One", "Two", "Three")]
    world.publish_all(*made, **people)
    return made


def test_among_finds_what_is_named_by_text(events: list[Any]):
    labels = ["Two", "One", "Two", "It's “none” of\nthese", ""]

    found = Version.objects.filter(Among(F("label"), labels)).order_by("label")

    assert [version.label for version in found] == ["One", "Two"]


def test_among_finds_what_is_named_by_number_and_through_a_relation(events: list[Any]):
    ids = [event.public_id for event in events]
    versions = set(Version.objects.filter(public_id__in=ids).values_list("pk", flat=True))

    assert {each.pk for each in Version.objects.filter(Among(F("pk"), versions))} == versions
    links = Link.objects.filter(Among(F("version"), versions))
    assert {link.version_id for link in links} == versions
    by_entry = Link.objects.filter(Among(F("version__public_id"), ids))
    assert set(by_entry) == set(links)
    assert not Link.objects.exclude(Among(F("version"), versions)).filter(type="event").exists()


def test_among_takes_one_parameter_however_many_there_are(events: list[Any]):
    ids = [event.public_id for event in events] + [f"E{number}" for number in range(400_000)]

    with CaptureQueriesContext(connection) as queries:
        found = Version.objects.filter(Among(F("public_id"), ids), type="event")
        assert found.count() == 3

    assert len(queries) == 1


def test_among_values_of_one_walk_and_none(events: list[Any]):
    ids = (event.public_id for event in events)
    found = Version.objects.filter(Among(F("public_id"), ids))
    assert (found.count(), found.count()) == (3, 3)
    some = Version.objects.exclude(Among(F("public_id"), [None, events[0].public_id]))
    assert some.filter(type="event").count() == 2


def test_among_nothing_asks_nothing(events: list[Any], django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        assert list(Version.objects.filter(Among(F("public_id"), []))) == []
    with django_assert_num_queries(1):
        assert Version.objects.exclude(Among(F("public_id"), set())).count() > 3


def test_what_stands_of_some_entries_is_found_by_their_ids(events: list[Any], people: Any):
    world.change(events[0], by=people["by"], title="Other")
    world.publish_all(events[0], **people)
    ids = [event.public_id for event in events]

    standing = Version.objects.filter(Among(F("public_id"), ids), STILL_STANDS)

    assert {version.label for version in standing} == {"Other", "Two", "Three"}
    links = Link.objects.filter(Among(F("public_id"), ids), STILL_STANDS)
    assert {link.version_id for link in links} == {version.pk for version in standing}


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'",
    reason="PostgreSQL plans by what its tables hold, which is next to nothing here",
)
def test_sqlite_does_not_walk_all_versions_for_those_of_some_entries(events: list[Any]):
    ids = [event.public_id for event in events]

    plan = Version.objects.filter(Among(F("public_id"), ids), STILL_STANDS).order_by().explain()

    assert "(public_id=?)" in plan
