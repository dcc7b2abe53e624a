"""The part of the earth that a map shows."""

import pytest
from django.http import QueryDict

from places.map.asking import asked_of
from places.map.window import ASPECT, LEAST, Window

WORLD = Window(-180, -90, 180, 90).fitted()


@pytest.mark.parametrize(
    ("points", "west", "east"),
    [
        ([(40.0, 45.0)], 45, 45),
        ([(40.0, 45.0), (41.0, -9.0)], -9, 45),
        ([(-18.0, 178.0), (-13.0, -172.0)], 178, 188),
        ([(0.0, 180.0), (0.0, -180.0)], -180, -180),
    ],
)
def test_window_around_goes_the_short_way_round(points, west, east):
    window = Window.around(points)
    assert (window.west, window.east) == (west, east)


@pytest.mark.parametrize(
    "points",
    [
        [(40.0, 45.0)],
        [(90.0, 0.0), (-90.0, 0.0)],
        [(-18.1, 178.4), (-13.8, -171.8)],
        [(89.0, 0.0), (89.0, 90.0), (89.0, 180.0), (89.0, -90.0)],
        [(-60.0, -179.0), (70.0, 0.0), (0.0, 179.0)],
    ],
)
def test_padded_window_has_the_picture_s_shape_and_all_points(points):
    window = Window.around(points).padded(4)
    shape = window.width * window.narrowing / window.height
    assert shape == pytest.approx(ASPECT, rel=0.01)
    assert window.height >= 4
    shares = [window.share(*point) for point in points]
    assert None not in shares


def test_steps_lead_in_out_and_to_the_side():
    window = Window(44, 38, 51, 42).fitted()
    assert window.inner().height == pytest.approx(window.height / 2, rel=0.02)
    assert window.outer().height == pytest.approx(window.height * 2, rel=0.02)
    assert window.moved(1, 0).west > window.west
    assert window.moved(0, 1).south > window.south
    assert WORLD.outer() == WORLD
    assert Window(0, 0, 1, LEAST).fitted().inner().height >= LEAST
    assert window.moved(0, 1).moved(0, 1).moved(0, 1).moved(0, 30).north <= 90


@pytest.mark.parametrize(
    ("window", "text", "words"),
    [
        (
            Window(44, 38, 51, 42).fitted(),
            "43.58,38,51.42,42",
            "38°\xa0N to 42°\xa0N, 43.6°\xa0E to 51.4°\xa0E",
        ),
        (WORLD, "-180,-90,180,90", "90°\xa0S to 90°\xa0N, all around the earth"),
        (
            Window(178, -18, 187.75, -11.7).fitted(),
            "177.99,-18,-172.24,-11.7",
            "18°\xa0S to 11.7°\xa0S, 178°\xa0E to 172.2°\xa0W",
        ),
    ],
)
def test_window_is_written_in_addresses_and_in_words(window, text, words):
    assert (window.text, window.words) == (text, words)
    again = asked_of(QueryDict(f"window={text}")).window
    assert again is not None
    assert (again.west, again.height) == pytest.approx((window.west, window.height), abs=0.5)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("here", "“here” is not four numbers."),
        ("1,2,3", "“1,2,3” is not four numbers."),
        ("1,2,3,nan", "“1,2,3,nan” is not four numbers."),
        ("1,inf,3,4", "“1,inf,3,4” is not four numbers."),
        ("-181,0,1,1", "“-181,0,1,1” leaves the earth: degrees east are from -180 to 180."),
        ("0,0,1,91", "“0,0,1,91” leaves the earth: degrees north are from -90 to 90."),
        ("0,5,1,5", "“0,5,1,5” has its south above its north, or no height."),
        ("5,0,5,1", "“5,0,5,1” has no width."),
    ],
)
def test_window_that_is_none_is_said(text, wrong):
    asked = asked_of(QueryDict(f"window={text}"))
    assert asked.window is None
    assert asked.wrong == [
        f"The part to show: {wrong} Write west, south, east and north in degrees, like 44,38,51,42."
    ]


def test_window_is_to_be_given_once():
    assert asked_of(QueryDict("window=1,1,2,2&window=1,1,3,3")).wrong == [
        "“window” is to be given once."
    ]
