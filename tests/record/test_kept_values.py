"""Values of facets that are kept in memory, from edition to edition."""

import pytest
from django.http import QueryDict

from desk.redaction import Then, redact
from events.filters import EventFilter
from record.kept_values import KeptValues, count_values
from record.reading import Record
from record.tallies import LinkTally, count
from tests import world

pytestmark = pytest.mark.django_db

PLACES = {"place": LinkTally(("place",)), "any": LinkTally(("place", "kind"), by="predicate")}


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def test_next_edition_is_read_once_and_alone(publish, django_assert_num_queries):
    lakeside, kept = world.place("Lakeside"), KeptValues("event", PLACES)
    first = world.event("First", place=lakeside)
    publish(first)
    kept.read(Record.current().checksum)
    publish(world.event("Second", place=lakeside), world.event("Third", place=world.place("Hall")))
    newest = Record.current()
    for queries in (1, 0):
        with django_assert_num_queries(queries):
            kept.read(newest.checksum)
    versions = [*newest.versions("event").values_list("pk", flat=True), 0]  # the last has no links
    assert sorted(kept.count(versions)["place"].values()) == [1, 1, 2]
    assert kept.count(versions)["any"] == {"place": 3, "kind": 3, "none": 1}
    assert kept.count(versions[:0])["any"] == {"none": 0}


def test_redacted_version_is_dropped(publish, cast):
    event = world.event("First", place=world.place("Lakeside"))
    number = publish(event).number
    kept = KeptValues("event", PLACES)
    kept.read(Record.current().checksum)
    (version,) = Record.current().versions("event").values_list("pk", flat=True)
    people = {"by": cast.chief_editor, "approved_by": cast.administrator}
    redact(event.public_id, editions=[number], then=Then.TOMBSTONE, reason="For safety.", **people)
    assert kept.count([version])["any"] == {"place": 1, "kind": 1, "none": 0}
    kept.read(Record.current().checksum)
    assert kept.count([version])["any"] == {"none": 1}


def test_nothing_stays_of_another_record_than_the_one_that_is_read(publish):
    """As when a database takes the place of another while a process runs."""
    publish(world.event("First", place=world.place("Lakeside")))
    kept = KeptValues("event", PLACES)
    kept.read("0" * 64)  # the checksum of no edition that is here
    (version,) = Record.current().versions("event").values_list("pk", flat=True)
    of_the_other = version + 1_000_000
    kept._of[of_the_other] = kept._of[version]
    kept.read(Record.current().checksum)
    assert kept.count([version])["any"] == {"place": 1, "kind": 1, "none": 0}
    assert kept.count([of_the_other])["any"] == {"none": 1}


@pytest.mark.parametrize("query", ["", "kind=meeting", "from=1994&date=none", "q=meeting"])
def test_filtered_and_as_of_an_edition_it_counts_as_the_database_does(full, publish, query):
    publish(world.event("A last meeting", place=world.place("Hall")))
    newest = Record.current()
    for record in (newest, newest.at(1)):
        filters = EventFilter(QueryDict(query), record=record)
        found = count_values(filters, list(filters.facets), newest=newest.checksum)
        assert found == count(filters.qs, filters.tallies())
