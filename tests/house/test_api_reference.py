"""docs/api.md says what is so."""

import re
from pathlib import Path

import pytest

from actors.filters import ActorFilter
from events.filters import EventFilter
from places.filters import PlaceFilter
from proposals.filters import ProposalFilter
from sources.filters import SourceFilter
from tests import world
from vocabulary.filters import TermFilter

FILTERS = [EventFilter, ProposalFilter, ActorFilter, SourceFilter, PlaceFilter, TermFilter]
TEXT = Path("docs/api.md").read_text()
PLURALS = ["events", "proposals", "actors", "sources", "places", "terms"]


def described():
    """The parameters that the table of filters gives each list."""
    of = {plural: set() for plural in PLURALS}
    scope = set()
    for names, lists in re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|", TEXT, re.MULTILINE):
        if "/api/v1" in names:
            continue
        if lists == "all":
            scope = set(PLURALS)
        elif lists.startswith("all but "):
            scope = set(PLURALS) - {lists.removeprefix("all but ")}
        elif lists != "the same":
            scope = set(lists.split(", "))
        for plural in scope:
            of[plural] |= set(re.findall(r"`(\w+)`", names))
    return of


def test_every_filter_is_in_the_reference_and_no_other():
    assert described() == {
        plural: {*filter_class.base_filters, "ids"} - {"sort"}  # which has a table of its own
        for plural, filter_class in zip(PLURALS, FILTERS, strict=True)
    }


@pytest.mark.django_db(transaction=True)
def test_checksums_are_recomputed_by_the_examples(live_server, cast):
    event = world.event("A meeting", summary="“Ərazi” — in good spirits.\nSecond line.")
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    examples = re.findall(r"```python\n(.+?)```", TEXT, re.DOTALL)
    scope = {}
    for example in examples:
        example = example.replace("http://127.0.0.1:8000", live_server.url)
        exec(example.replace("events/E1/", f"events/{event.public_id}/"), scope)  # noqa: S102
    assert len(examples) == 2
    assert scope["document"]["id"] == event.public_id
    assert scope["edition"]["number"] == 1
