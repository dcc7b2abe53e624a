"""How somebody stood on a day, from responses that are dated as exactly as could be told."""

import datetime

import pytest

from chronicle.dates import OPEN_END
from proposals.stances import answers_of, around, changing_days, standing_on


def day(text):
    return datetime.date.fromisoformat(text).toordinal()


def answers(*rows):
    """``stance`` and EDTF; after an @ it is the event's date that counts."""
    responses, dates = [], {}
    for place, (stance, edtf) in enumerate(rows):
        event, own = None, edtf
        if edtf and edtf.startswith("@"):
            event, own = f"E{place}", None
            dates[event] = {"edtf": edtf[1:]}
        date = {"edtf": own} if own else None
        responses.append({"stance": stance, "date": date, "event": event})
    return answers_of({"responses": responses}, dates)


def stood(on, *rows):
    return [
        (each.answer.stance, each.certain)
        for each in standing_on(OPEN_END if on is None else day(on), answers(*rows))
    ]


ACCEPTS, REJECTS = ("accepts", "1997-09"), ("rejects", "1998")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("1997-08-31", []),
        ("1997-09-01", [("accepts", False)]),
        ("1997-09-30", [("accepts", True)]),
        ("1998-06-01", [("accepts", True), ("rejects", False)]),
        ("1998-12-31", [("rejects", True)]),
        (None, [("rejects", True)]),
    ],
)
def test_answer_stands_from_when_it_can_have_been_given(on, expected):
    assert stood(on, ACCEPTS, REJECTS) == expected


def test_two_answers_in_an_order_that_nobody_knows_both_stand():
    rows = ("accepts", "1997-09"), ("rejects", "1997")
    assert stood("1999-01-01", *rows) == [("rejects", True), ("accepts", True)]


def test_date_of_the_event_counts_where_the_answer_has_none():
    assert stood("1997-07-02", ("accepts", "@1997-07-02")) == [("accepts", True)]
    assert stood("1997-07-01", ("accepts", "@1997-07-02")) == []


def test_undated_answer_is_possible_on_any_day():
    assert stood("0985-01-01", ("rejects", None)) == [("rejects", False)]
    assert stood(None, ("rejects", None)) == [("rejects", True)]


@pytest.mark.parametrize("on", ["1990-01-01", "1998-12-31", "2025-01-01"])
def test_none_found_holds_before_and_after_the_day_of_looking(on):
    assert stood(on, ("none found", "1998")) == [("none found", True)]


def test_none_found_gives_way_to_an_answer_that_is_certain():
    rows = ("none found", "1996"), ("none found", "1995"), ("accepts", "1997-09")
    assert stood("1997-08-01", *rows) == [("none found", True)]
    assert stood("1997-09-15", *rows) == [("none found", True), ("accepts", False)]
    assert stood("1997-10-01", *rows) == [("accepts", True)]


def test_steps_go_to_the_days_on_which_something_can_change():
    days = changing_days(answers(ACCEPTS, REJECTS, ("none found", "2024"), ("accepts", None)))
    assert days == [day(each) for each in ("1997-09-01", "1997-09-30", "1998-01-01", "1998-12-31")]
    assert around(day("1997-09-30"), days) == (days[0], days[2])
    assert around(days[0] - 1, days) == (None, days[0])
    assert around(days[-1], days) == (days[-2], None)
