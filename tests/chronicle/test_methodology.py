"""The page on method."""

import pytest

from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db


def test_method_counts_what_is_not_known(reader, people):
    world.publish_all(world.event("Dated"), world.event("Undated", date=None), **people)
    page = page_at(reader, "/method/")
    assert page.link("1 event") == "/events/?date=none"
    assert page.link("2 events") == "/events/?single_source=true"
    assert page.link("1 source") == "/sources/"
    assert len(page_at(reader, "/events/?date=none").with_class("entry-row")) == 1
    assert len(page_at(reader, "/events/?single_source=true").with_class("entry-row")) == 2


def test_method_of_an_empty_record_says_nothing_of_events(reader):
    page = page_at(reader, "/method/")
    assert "0 sources" in page.text
    assert "event" not in [link.split("/")[1][:5] for link in page.links if "?" in link]


def test_method_costs_the_same_whatever_there_is(reader, people, django_assert_num_queries):
    world.publish_all(world.event("One"), world.event("Two", date=None), **people)
    with django_assert_num_queries(5):
        page_at(reader, "/method/")
