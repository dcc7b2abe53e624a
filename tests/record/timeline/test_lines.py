"""What a page has read already, as lines of time."""

import pytest

from record.timeline.lines import Dated, Line, drawing_of


def drawn(*dates):
    lines = [Line("Chair", "", "#chair", [Dated("Ada", {"edtf": each}, "#p1") for each in dates])]
    drawing = drawing_of(lines)
    wide = next(axis for axis in drawing.axes if axis.size == "wide")
    return [tick.label for tick in wide.ticks], [
        (mark.shape, mark.x) for mark in drawing.lanes[0].widest.marks
    ]


@pytest.mark.parametrize(
    ("edtf", "ticks", "mark"),
    [
        ("../1998", ["1995", "1996", "1997", "1998"], ("until", "97.83%")),
        ("1998/..", ["1998", "1999", "2000", "2001"], ("from", "2.17%")),
    ],
)
def test_open_end_alone_has_years_that_it_is_open_to(edtf, ticks, mark):
    assert drawn(edtf) == (ticks, [mark])


def test_open_end_beside_something_dated_has_the_time_of_that():
    ticks, marks = drawn("../1998", "1995")
    assert ticks == ["1995", "1996", "1997", "1998"]
    assert [shape for shape, _ in marks] == ["span", "until"]
