"""The best hits first, the same on both engines."""

import pytest

from record import ranking
from record.models import Version
from record.paging import BadCursor
from record.query import parse
from record.ranking import ranked, ranked_page
from record.reading import Record
from tests import world

pytestmark = pytest.mark.django_db


def labels(query: str, record: Record | None = None) -> list[str]:
    record = record or Record.current()
    hits = ranked(record, parse(query)).hits
    versions = Version.objects.in_bulk([hit.version for hit in hits])
    return [versions[hit.version].label for hit in hits]


def test_titles_come_before_summaries_and_these_before_those_that_refer(people):
    bridge = world.place("The Bridge", by=people["by"])
    world.publish_all(
        world.event("A walk", date="1990", summary="Over the old bridge.", by=people["by"]),
        world.event("A bridge is built", date="1999", by=people["by"]),
        world.event("A swim", date="1980", place=bridge, by=people["by"]),
        **people,
    )

    assert labels("bridge") == ["The Bridge", "A bridge is built", "A walk", "A swim"]


def test_words_in_a_title_weigh_more_than_the_same_in_a_summary(people):
    world.publish_all(
        world.event("A walk", summary="A report by the lake.", by=people["by"]),
        world.event("The lake", summary="A report.", by=people["by"]),
        **people,
    )

    assert labels("report lake") == ["The lake", "A walk"]


def test_phrases_stand_together_and_beginnings_end_anyhow(people):
    world.publish_all(
        world.event("Talks by the lake", by=people["by"]),
        world.event("The lake, by night", by=people["by"]),
        **people,
    )

    found = {
        query: sorted(labels(query)) for query in ('"by the lake"', "by lake", "la* by", "la by")
    }
    assert found == {
        '"by the lake"': ["Talks by the lake"],
        "by lake": ["Talks by the lake", "The lake, by night"],
        "la* by": ["Talks by the lake", "The lake, by night"],
        "la by": [],
    }


def test_entries_found_by_a_name_say_by_which(people):
    town = world.place(
        "Khankendi",
        names=[{"text": "Khankendi", "preferred": True}, {"text": "Xankəndi", "language": "az"}],
        by=people["by"],
    )
    world.publish_all(world.event("A visit", place=town, by=people["by"]), **people)

    hits = ranked(Record.current(), parse("xankendi")).hits
    assert [(hit.type, hit.through) for hit in hits] == [
        ("place", []),
        ("event", [town.public_id]),
    ]


def test_hits_are_of_the_edition_that_is_asked(people):
    walk = world.event("A walk", by=people["by"])
    world.publish_all(walk, **people)
    world.change(walk, by=people["by"], title="A stroll")
    world.publish_all(walk, **people)

    assert [labels(query, Record(number)) for query in ("walk", "stroll") for number in (1, 2)] == [
        ["A walk"],
        [],
        [],
        ["A stroll"],
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_ranking_costs_two_queries(people, number, django_assert_num_queries):
    world.publish_all(*(world.event("A walk", by=people["by"]) for _ in range(number)), **people)
    record = Record.current()

    with django_assert_num_queries(2):
        assert len(ranked(record, parse("walk")).hits) == number
    with django_assert_num_queries(0):
        assert ranked(record, parse("!")).hits == []


def test_of_very_many_only_some_are_compared_and_it_is_said(people, monkeypatch):
    monkeypatch.setattr(ranking, "MOST_RANKED", 2)
    world.publish_all(
        *(
            world.event(f"Walk {year}", date=str(year), by=people["by"])
            for year in (1990, 1991, 1992)
        ),
        **people,
    )

    found = ranked(Record.current(), parse("walk"))
    assert (len(found.hits), found.whole) == (2, False)
    assert sorted(labels("walk")) == ["Walk 1991", "Walk 1992"]


def test_pages_are_cut_by_rank():
    hits = list(range(5))
    first = ranked_page(hits, cursor=None, limit=2)
    second = ranked_page(hits, cursor=first.next, limit=2)
    last = ranked_page(hits, cursor=second.next, limit=2)

    assert [page.items for page in (first, second, last)] == [[0, 1], [2, 3], [4]]
    assert (first.previous, second.previous, last.previous, last.next) == (None, "0", "2", None)
    assert ranked_page([], cursor=None, limit=2).items == []
    for cursor in ("1", "6", "-2", "x", "٢", "2" * 5000, "2\0"):
        with pytest.raises(BadCursor):
            ranked_page(hits, cursor=cursor, limit=2)
