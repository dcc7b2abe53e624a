"""Where the marks of a map stand: nothing over another, nothing lost."""

import random
from itertools import combinations

import pytest

from places.map.placing import GLYPH, Mark, Spot, _label_box, placed
from places.map.window import ASPECT, Window
from record.timeline.measuring import width_of

WINDOW = Window(0, 0, 45, 30)  # not narrowed: pure arithmetic
WIDTH = 45.0  # an em a degree


def spot(latitude: float, longitude: float, name: str = "Here", precision: str = "point") -> Spot:
    return Spot(name, latitude, longitude, precision, 1, name, name)


def boxes(marks: list[Mark]) -> list[tuple[Mark, object]]:
    found: list[tuple[Mark, object]] = []
    for mark in marks:
        found.append((mark, mark.drawn))
        if mark.label:
            found.append((mark, _label_box(mark, mark.side, width_of(mark.label))))
    return found


def test_what_stands_apart_has_its_place_and_its_name():
    south, north = placed([spot(10, 10, "South"), spot(20, 30, "North")], WINDOW, WIDTH)
    assert (south.x, south.y, south.label, south.side) == (10, 20, "South", "right")
    assert (north.x, north.y) == (30, 10)


def test_what_is_outside_is_not_drawn():
    assert placed([spot(-1, 10), spot(10, 46)], WINDOW, WIDTH) == []


def test_what_is_in_the_way_joins_the_one_that_matters_more():
    (mark,) = placed([spot(10, 10, "Here"), spot(10, 11, "There"), spot(10, 10)], WINDOW, WIDTH)
    assert (mark.x, mark.number, mark.label) == (10, 3, "Here and 2 more places")


@pytest.mark.parametrize(("latitude", "longitude"), [(10, 0), (10, 45), (0, 10), (30, 10)])
def test_number_at_an_edge_is_not_cut_off(latitude, longitude):
    (mark,) = placed([spot(latitude, longitude)] * 1234, WINDOW, WIDTH)
    assert (mark.box.left >= 0, mark.box.right <= WIDTH) == (True, True)
    assert (mark.box.top >= 0, mark.box.bottom <= WIDTH / ASPECT) == (True, True)


def test_name_stands_where_there_is_room():
    (at_the_edge,) = placed([spot(10, 44.5, "At the edge")], WINDOW, WIDTH)
    assert at_the_edge.side == "left"
    one, other = placed([spot(10, 10, "Westward"), spot(10, 13, "Eastward")], WINDOW, WIDTH)
    assert (one.side, other.side) == ("left", "right")


@pytest.mark.parametrize(("precision", "radius"), [("point", 0), ("settlement", 0), ("area", 1.3)])
def test_what_has_no_spot_is_drawn_wide(precision, radius):
    (mark,) = placed([spot(10, 10, precision=precision)], WINDOW, WIDTH)
    assert mark.radius == radius
    assert mark.side == ("middle" if radius else "right")


def test_circle_grows_with_what_is_shown():
    far = placed([spot(10, 10, precision="country")], WINDOW, WIDTH)[0].radius
    near = placed([spot(10, 10, precision="country")], Window(9, 9, 12, 11), WIDTH)[0].radius
    assert (far, near) == (2.0, 22.5)


@pytest.mark.parametrize("number", [20, 300, 3000])
def test_nothing_meets_and_nothing_is_lost(number):
    numbers = random.Random(number)  # noqa: S311 - the same each time
    spots = [
        spot(numbers.uniform(0, 30), numbers.uniform(0, 45), "W" * numbers.randint(1, 80))
        for _ in range(number)
    ]
    marks = placed(spots, WINDOW, WIDTH)
    assert sum(mark.number for mark in marks) == number
    assert len(marks) < WIDTH * WIDTH / ASPECT / GLYPH
    assert not any(one.box.meets(other.box) for one, other in combinations(marks, 2))
    assert not any(
        a.meets(b) for (one, a), (other, b) in combinations(boxes(marks), 2) if one is not other
    )


def test_how_many_more_is_said_whole_or_not_at_all():
    several = [spot(10, 10, "A town with a long name, by the lake"), spot(10, 11, "There")]
    (mark,) = placed(several, WINDOW, WIDTH)
    assert (mark.number, mark.label) == (2, "")
