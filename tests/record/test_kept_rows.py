"""Rows of lists are rendered once an edition, and never say what an earlier one said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def facts(page):
    return [element.text for element in page.with_class("entry-row-facts")]


def test_row_names_what_it_refers_to_as_of_the_edition(publish, reader):
    place = world.place("Lakeside")
    publish(world.event(place=place, citations=[{"claims": ["entry", "date", "place"]}]))
    assert facts(page_at(reader, "/events/")) == ["Place Lakeside"]

    row = place.names.get()
    publish(world.change(place, names=[{"text": "Riverside", "preferred": True, "key": row.key}]))

    assert facts(page_at(reader, "/events/")) == ["Place Riverside"]


def test_row_says_what_its_newest_version_says(publish, reader):
    event = world.event("A first meeting")
    publish(event)
    before = page_at(reader, "/events/").with_class("entry-row-title")

    publish(world.change(event, title="A second meeting"))

    after = page_at(reader, "/events/").with_class("entry-row-title")
    assert [title.text for title in [*before, *after]] == ["A first meeting", "A second meeting"]


def test_rows_that_are_kept_are_not_read_for_again(publish, reader):
    publish(world.event("A first meeting"), world.event("A second meeting"))
    with CaptureQueriesContext(connection) as first:
        rendered = page_at(reader, "/events/").with_class("entry-row")
    with CaptureQueriesContext(connection) as again:
        kept = page_at(reader, "/events/").with_class("entry-row")

    assert [row.text for row in kept] == [row.text for row in rendered]
    assert len(kept) == 2
    assert len(again) < len(first)
