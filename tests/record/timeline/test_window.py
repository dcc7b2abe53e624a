"""Windows of a timeline, and the scale along them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.dates import bounds_of_stored
from record.timeline.scale import PAD, Scale
from record.timeline.window import FEWEST, FIRST_DAY, LAST_DAY, Window

DAYS = st.integers(FIRST_DAY, LAST_DAY)
WINDOWS = st.tuples(DAYS, DAYS).map(lambda days: Window(min(days), max(days)).at_least(FEWEST))


def between(first: str, last: str) -> Window:
    return Window(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())


@pytest.mark.parametrize(
    ("window", "edtf", "words"),
    [
        (between("1990-01-01", "1994-12-31"), "1990/1994", "1990 – 1994"),
        (between("1990-01-01", "1990-12-31"), "1990", "1990"),
        (between("1990-03-01", "1990-05-31"), "1990-03/1990-05", "March – May 1990"),
        (between("1990-03-02", "1990-03-09"), "1990-03-02/1990-03-09", "2 – 9 March 1990"),
        (between("0001-01-01", "9999-12-31"), "0001/9999", "0001 – 9999"),
    ],
)
def test_window_is_written_as_briefly_as_it_can_be(window, edtf, words):
    assert (window.edtf, window.words) == (edtf, words)


@given(WINDOWS)
def test_window_is_read_as_it_is_written(window):
    bounds = bounds_of_stored(window.edtf)
    assert (bounds.first_day, bounds.last_day) == (window.first, window.last)


@given(WINDOWS)
def test_windows_beside_are_windows_too(window):
    nearer, farther, whole = window.inner(), window.outer(), window.whole()
    for other in (nearer, farther, whole, window.moved(-1), window.moved(1)):
        assert FIRST_DAY <= other.first <= other.last <= LAST_DAY
    assert nearer.days < window.days or window.days <= FEWEST
    assert farther.days > window.days or farther == Window(FIRST_DAY, LAST_DAY)
    assert whole.holds(window)


def test_windows_of_years_move_by_whole_years():
    window = between("1990-01-01", "1999-12-31")
    assert window.inner().edtf == "1992/1996"
    assert window.moved(1).edtf == "1994/2003"
    assert window.moved(-1).edtf == "1986/1995"


@given(WINDOWS, st.sampled_from([21.0, 46.0]))
def test_ticks_are_in_order_within_and_apart(window, width):
    scale = Scale(window, width)
    ticks = scale.ticks()
    assert [tick.day for tick in ticks] == sorted({tick.day for tick in ticks})
    assert all(window.first <= tick.day <= window.last for tick in ticks)
    assert all(PAD <= scale.x(tick.day) <= width - PAD for tick in ticks)
    assert len(ticks) <= width / 2


@pytest.mark.parametrize(
    ("window", "labels"),
    [
        (between("1990-01-01", "1993-12-31"), ["1990", "1991", "1992", "1993"]),
        (between("1975-01-01", "2024-12-31"), ["1980", "2000", "2020"]),
        (between("1990-01-01", "1990-01-07"), ["1 January 1990"]),
    ],
)
def test_ticks_are_as_fine_as_their_names_have_room(window, labels):
    assert [tick.label for tick in Scale(window, 21.0).ticks()] == labels
