"""The histogram: bars that promise what their links find."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from events.filters import EventFilter
from places.filters import PlaceFilter
from record.histogram import MOST_BARS, Histogram, histogram, share_of
from record.reading import Record
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db


def publish(cast, *dates: str | None) -> None:
    events = [world.event(f"Meeting {at}", date=edtf) for at, edtf in enumerate(dates)]
    world.publish_all(*events, by=cast.editor, approved_by=cast.chief_editor)


def filtered(query: str = "") -> EventFilter:
    return EventFilter(QueryDict(query), record=Record.current())


def drawn(query: str = "") -> Histogram:
    found = histogram(filtered(query))
    assert found is not None
    return found


def bars(query: str = "") -> dict[tuple[int | None, int], tuple[int, int]]:
    """Entries possibly and certainly in the years of each bar that has any."""
    return {(bar.first, bar.last): (bar.possible, bar.certain) for bar in drawn(query).filled}


def test_there_is_a_bar_for_each_year_between_the_first_and_the_last(cast):
    publish(cast, "1997-07", "1997-12-31", "1999")

    found = drawn()
    assert [(bar.first, bar.last, bar.possible) for bar in found.bars] == [
        (1997, 1997, 2),
        (1998, 1998, 0),
        (1999, 1999, 1),
    ]
    assert [bar.height for bar in found.bars] == [100, 0, 50]
    assert [bar.labelled for bar in found.bars] == [True] * 3
    assert (found.step, found.highest, found.undated) == (1, 2, 0)


def test_what_is_certainly_in_a_year_is_told_from_what_may_be(cast):
    publish(cast, "1996", "1997", "1997/1998", "1998/..", "199X", "../1996", "1999")

    assert bars() == {
        **{(year, year): (2, 0) for year in range(1990, 1996)},
        (1996, 1996): (3, 1),
        (1997, 1997): (3, 1),
        (1998, 1998): (3, 0),
        (1999, 1999): (3, 1),
    }


@pytest.mark.parametrize("beside", ["", "kind=meeting&", "q=meeting&"])
def test_each_bar_s_numbers_are_what_its_link_finds(cast, beside):
    publish(cast, "0800", "1997", "1997/1998", "1998/..", "199X", "../1996", "2026-05", None)

    for bar in drawn(beside).filled:
        assert filtered(bar.query).qs.count() == bar.possible
        assert filtered(f"{bar.query}&within=certainly").qs.count() == bar.certain
    assert filtered(drawn(beside).undated_query).qs.count() == drawn(beside).undated == 1


def test_bars_follow_the_other_filters_and_not_the_dates(cast):
    publish(cast, "1997", "1998")
    visit = world.event("A visit", date="1998", kind=world.term("Visit"))
    world.publish_all(visit, by=cast.editor, approved_by=cast.chief_editor)

    assert bars("kind=visit") == {(1998, 1998): (1, 1)}
    assert len(drawn("kind=visit").bars) == 2  # the axis stays where it is
    assert bars("from=1997&to=1997&within=certainly") == {
        (1997, 1997): (1, 1),
        (1998, 1998): (2, 2),
    }


def test_chosen_range_is_marked(cast):
    publish(cast, "1995", "1999")

    def chosen(query):
        return [bar.first for bar in drawn(query).bars if bar.chosen]

    assert chosen("") == []
    assert chosen("from=1996-05&to=1997") == [1996, 1997]
    assert chosen("from=1998") == [1998, 1999]
    assert chosen("to=1995") == [1995]
    assert chosen("from=2010") == []


def test_address_of_a_bar_keeps_the_other_filters_and_the_way_dates_compare(cast):
    publish(cast, "0997", "0999")

    found = drawn("kind=meeting&within=certainly&from=1&date=none&cursor=x&find_actor=x")
    assert found.bars[0].query == "kind=meeting&within=certainly&from=0997&to=0997"
    assert found.undated_query == "kind=meeting&date=none"
    assert found.all_query == "kind=meeting"


def test_few_early_entries_share_a_bar_so_that_the_others_have_finer_ones(cast):
    publish(cast, "1801", *["1990", "1995"] * 30)

    found = drawn()
    assert found.step == 1
    assert (found.bars[0].first, found.bars[0].last, found.bars[0].possible) == (None, 1989, 1)
    assert found.bars[0].query == "to=1989"
    assert len(found.bars) == 7


def test_of_few_bars_each_has_its_year_beneath_it_and_of_many_every_fifth(cast):
    publish(cast, "1997")
    assert [bar.labelled for bar in drawn().bars] == [True]
    publish(cast, "2001")
    assert [bar.first for bar in drawn().bars if bar.labelled] == [2000]


def test_picture_of_centuries_has_few_bars(cast):
    publish(cast, "0001", "1997", "9999-12-31")

    found = drawn()
    assert len(found.bars) <= MOST_BARS
    assert [(bar.first, bar.last) for bar in found.filled] == [
        (1, 499),
        (1500, 1999),
        (9500, 9999),
    ]
    assert found.bars[-1].last <= date.max.year


def test_entries_without_dates_have_none(cast):
    publish(cast, None)
    assert histogram(filtered()) is None
    assert histogram(PlaceFilter(None, record=Record.current())) is None


def test_histogram_costs_one_query_once_known_and_one_more_under_filters(
    cast, django_assert_num_queries
):
    publish(cast, "1997", "1997-07", "2001/2003")

    for query, first, then in (("", 2, 1), ("from=1997", 1, 1), ("q=meeting", 2, 1)):
        for queries in (first, then):
            record = Record(1)
            with django_assert_num_queries(queries):
                histogram(EventFilter(QueryDict(query), record=record))


def test_page_has_the_bars_as_links_and_the_same_in_numbers(cast, reader):
    publish(cast, "1997", "1997/1998", "1998/1999", None)

    page = page_at(reader, "/events/?q=meeting")
    (drawn_bars,) = page.with_class("histogram-bars")
    assert (
        drawn_bars.text == "1997: 2 possibly, 1 certainly 1997 1998: 2 possibly, 0 certainly 1998"
    )
    address = "/events/?" + urlencode({"q": "meeting", "from": "1997", "to": "1997"})
    assert page.link("1997") == address
    chosen = page_at(reader, address)
    assert [element.text for element in chosen.all("a", aria_current="true")][3:5] == [
        "1997: 2 possibly, 1 certainly",
        "1997",
    ]
    assert chosen.link("All dates") == "/events/?q=meeting"


def test_what_is_there_can_be_seen_beside_any_number():
    assert [share_of(number, 10_000) for number in (0, 1, 500, 10_000)] == [0, 2, 5, 100]
    assert share_of(0, 0) == 0
