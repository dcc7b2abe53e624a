from datetime import date

import pytest

from record.overview import Outside, Picture, numbers, picture
from record.reading import Record
from tests import world

pytestmark = pytest.mark.django_db


def published(cast, *dates: str | None) -> Record:
    events = [world.event(f"Meeting {at}", date=edtf) for at, edtf in enumerate(dates)]
    world.publish_all(*events, by=cast.editor, approved_by=cast.chief_editor)
    return Record.current()


def drawn(cast, *dates: str | None) -> Picture:
    found = picture(published(cast, *dates), "event")
    assert found is not None
    return found


def test_numbers_count_what_is_published_by_type(cast):
    record = published(cast, "1997", "1998")
    world.event("A draft")

    assert numbers(record) == {
        "actor": 0,
        "event": 2,
        "place": 0,
        "proposal": 0,
        "source": 1,
        "term": 1,
    }


def test_overview_costs_one_query_each(cast, django_assert_num_queries):
    record = published(cast, "1997", "1997-07", "2001/2003")

    with django_assert_num_queries(1):
        numbers(record)
    with django_assert_num_queries(1):
        picture(record, "event")


def test_picture_has_a_bar_for_each_year_between_the_first_and_the_last(cast):
    found = drawn(cast, "1997-07", "1997-12-31", "1999")

    assert [(bar.first, bar.last, bar.total) for bar in found.bars] == [
        (1997, 1997, 2),
        (1998, 1998, 0),
        (1999, 1999, 1),
    ]
    assert (found.step, found.highest, found.unplaced) == (1, 2, 0)
    assert [bar.height for bar in found.bars] == [100, 0, 50]


def test_picture_tells_what_ends_within_the_year_from_what_may_reach_further(cast):
    found = drawn(cast, "1997", "1997/1998", "1997/..", "199X")

    assert [(bar.first, bar.total, bar.within) for bar in found.filled] == [
        (1990, 1, 0),
        (1997, 3, 1),
    ]


def test_picture_counts_apart_what_has_no_beginning(cast):
    found = drawn(cast, "1997", None, "../1996")

    assert (found.first, found.last, found.unplaced) == (1997, 1997, 2)


def test_picture_of_nothing_dated_is_none(cast):
    assert picture(published(cast, None), "event") is None


def test_picture_of_centuries_has_few_bars(cast):
    found = drawn(cast, "0001", "1997", "9999-12-31")

    assert (found.step, len(found.bars)) == (200, 50)
    assert [(bar.first, bar.last) for bar in found.filled] == [
        (1, 199),
        (1800, 1999),
        (9800, 9999),
    ]
    assert found.bars[-1].last <= date.max.year


def test_picture_labels_at_most_five_years(cast):
    found = drawn(cast, "1990", "2026")

    assert [label.year for label in found.labels] == [1990, 1998, 2006, 2014, 2022]


def test_picture_tells_of_the_few_that_would_press_the_others_to_one_edge(cast):
    found = drawn(cast, "1800", *(f"19{year}" for year in range(80, 99)))

    assert (found.first, found.last) == (1980, 1998)
    assert (found.earlier, found.later) == (Outside(1800, 1800, 1), None)
    assert [row.total for row in found.told] == [1] * 20
    found = drawn(cast, "2500", "2600", *(f"19{year}" for year in range(60, 98)))
    assert found.later == Outside(2500, 2600, 2)


def test_picture_leaves_nothing_out_that_would_hardly_change_it(cast):
    found = drawn(cast, "1975", *(f"19{year}" for year in range(80, 99)))

    assert (found.first, found.last, found.earlier, found.later) == (1975, 1998, None, None)
