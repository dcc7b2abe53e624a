"""Suggestions while somebody types: few, by name, from one query."""

import pytest

from desk.publishing import withdraw
from record import suggestions as suggesting
from record.reading import Record
from record.suggestions import MOST, suggestions
from tests import world

pytestmark = pytest.mark.django_db


def suggested(text: str) -> list[tuple[str, str]]:
    return [(found.name, found.also) for found in suggestions(Record.current(), text)]


def test_entries_are_suggested_by_the_beginnings_of_any_of_their_names(people):
    names = [{"text": "Khankendi", "preferred": True}, {"text": "Xankəndi", "language": "az"}]
    world.publish_all(
        world.place("Khankendi", names=names, by=people["by"]),
        world.event("Words by the lake", summary="In Xankəndi.", by=people["by"]),
        **people,
    )

    assert {
        text: suggested(text) for text in ("xan", "KHAN", "lake wo", "words", "x", "", '"')
    } == {
        "xan": [("Khankendi", "Xankəndi")],
        "KHAN": [("Khankendi", "")],
        "lake wo": [("Words by the lake", "")],
        "words": [("Words by the lake", "")],
        "x": [],
        "": [],
        '"': [],
    }


def test_names_that_begin_so_come_first_and_every_type_has_its_turn(people):
    events = [world.event(f"The lake {number}", by=people["by"]) for number in range(MOST + 1)]
    lake = world.event("Lake talks", by=people["by"])
    world.publish_all(*events, lake, world.place("Lakeside", by=people["by"]), **people)

    found = suggestions(Record.current(), "lake")
    assert len(found) == MOST
    assert [(one.type, one.name) for one in found[:2]] == [
        ("event", "Lake talks"),
        ("place", "Lakeside"),
    ]


def test_withdrawn_entries_and_drafts_are_not_suggested(people, chief_editor):
    walk = world.event("A walk", by=people["by"])
    world.publish_all(walk, **people)
    withdraw([walk.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")
    world.event("A walking draft", by=people["by"])

    assert suggested("walk") == []


@pytest.mark.parametrize("number", [1, 3])
def test_suggestions_cost_one_query(people, number, django_assert_num_queries):
    world.publish_all(*(world.event("A walk", by=people["by"]) for _ in range(number)), **people)
    record = Record.current()

    with django_assert_num_queries(1):
        assert len(suggestions(record, "walk")) == number


def test_few_are_looked_at_however_many_fit(people, monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_COMPARED", 2)
    world.publish_all(*(world.event("A walk", by=people["by"]) for _ in range(3)), **people)

    assert len(suggested("walk")) == 2
