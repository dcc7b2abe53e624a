"""Addresses of new entries."""

import pytest

from desk.types import desk_type
from exchange.names import Names
from exchange.slugs import free_slug
from tests import world
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def test_a_new_entry_gets_no_address_that_is_or_was_another_page(cast: Cast):
    event = world.event("The first talks", by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.chief_editor)
    world.change(event, by=cast.contributor, slug="talks-of-1997")
    names = Names(of_another_desk=False)

    assert free_slug(names, desk_type("event"), ["The first talks"]) == "the-first-talks-2"
    assert free_slug(names, desk_type("event"), ["Compare"]) == "compare"
    assert free_slug(names, desk_type("proposal"), ["Compare"]) == "proposal-compare"
