"""Marks of a timeline: within the window, apart from each other, none of them lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.dates import OPEN_END, OPEN_START
from record.timeline.measuring import cut, width_of
from record.timeline.placing import GAP, Item, Mark, placed
from record.timeline.scale import Scale
from record.timeline.window import FEWEST, FIRST_DAY, LAST_DAY, Window

NAMES = st.text("abcMW iləж中’.", max_size=80)
DAYS = st.integers(FIRST_DAY, LAST_DAY)
SLIPS = 1e-6  # of adding up


@st.composite
def windows(draw) -> Window:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Window(first, last).at_least(FEWEST)


@st.composite
def items_in(draw, window: Window) -> list[Item]:
    """Of the days in the window and some beyond, crowded or not, with open ends and numbers."""
    near = st.integers(max(window.first - 400, FIRST_DAY), min(window.last + 400, LAST_DAY))
    day = st.one_of(near, st.sampled_from([window.first, window.last]))
    found = []
    for number in range(draw(st.integers(0, 60))):
        first, last = sorted((draw(day), draw(day)))
        first = draw(st.sampled_from([first, first, OPEN_START]))
        last = draw(st.sampled_from([first or last, last, last, OPEN_END]))
        if first <= window.last and last >= window.first:
            several = draw(st.sampled_from([1, 1, 1, 12, 10_000]))
            label = draw(NAMES) if several == 1 else ""
            found.append(Item(first, last, several, f"E{number}", label))
    return found


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from([21.0, 46.0]), st.integers(1, 14), st.integers(1, 4))
def test_marks_lie_within_apart_and_add_up(data, width, rows, alike):
    window = data.draw(windows())
    items = data.draw(items_in(window))
    marks = placed(items, Scale(window, width), rows=rows, alike=alike)

    assert sum(mark.item.number for mark in marks) == sum(item.number for item in items)
    assert [mark.left for mark in marks] == sorted(mark.left for mark in marks)
    assert all(0 <= mark.row < rows for mark in marks)
    assert_within_and_apart(marks, width)
    # Of those that stand alone, each is itself.
    alone = [mark.item for mark in marks if mark.item.id]
    assert len(alone) == len(set(alone) & set(items))


def assert_within_and_apart(marks: list[Mark], width: float) -> None:
    for row in {mark.row for mark in marks}:
        end = -GAP
        for mark in (mark for mark in marks if mark.row == row):
            left, right = mark.reach
            assert -SLIPS <= left <= right <= width + SLIPS
            assert left >= end + GAP - SLIPS
            end = right


def test_a_day_is_in_the_middle_and_a_span_between_its_bounds():
    window = Window(1001, 1100)
    day, span = placed(
        [Item(1050, 1050, id="E1", label="A day"), Item(1060, 1090, id="E2")],
        Scale(window, 46.0),
        rows=3,
        alike=3,
    )
    scale = Scale(window, 46.0)
    assert (day.shape, (day.left + day.right) / 2) == ("day", pytest.approx(scale.x(1050.5)))
    assert (span.shape, span.left, span.right) == ("span", scale.x(1060), scale.x(1091))
    assert (day.label, day.label_at, day.row) == ("A day", "after", 0)


def test_open_ends_are_arrows_of_one_length_and_what_goes_across_is_one_bar():
    scale = Scale(Window(1001, 2000), 46.0)
    marks = placed(
        [
            Item(1500, OPEN_END, id="E1"),
            Item(OPEN_START, 1500, id="E2"),
            Item(900, OPEN_END, id="E3"),
            Item(800, OPEN_END, id="E4"),
        ],
        scale,
        rows=3,
        alike=3,
    )
    assert [(mark.shape, mark.item.number) for mark in marks] == [
        ("span", 2),
        ("until", 1),
        ("from", 1),
    ]
    assert (marks[0].left, marks[0].right) == (0, 46)
    assert marks[2].left == scale.x(1500)


def test_ten_thousand_on_one_day_are_one_mark():
    scale = Scale(Window(1001, 1100), 46.0)
    items = [Item(1050, 1050, id=f"E{number}", label="A day") for number in range(10_000)]
    (mark,) = placed(items, scale, rows=4, alike=3)
    assert (mark.shape, mark.item) == ("count", Item(1050, 1050, 10_000))


def test_words_that_have_no_room_after_the_mark_stand_before_it_or_are_cut():
    scale = Scale(Window(1001, 1100), 46.0)
    name = "A meeting of delegations by the lake which nobody would call a short one, as told"
    (late,) = placed([Item(1099, 1099, id="E1", label="By the lake")], scale, rows=1, alike=3)
    assert (late.label, late.label_at) == ("By the lake", "before")
    (long,) = placed([Item(1050, 1050, id="E1", label=name)], scale, rows=1, alike=3)
    assert long.label.endswith("…")
    assert name.startswith(long.label.removesuffix("…"))


@given(NAMES, st.floats(0, 60))
def test_what_is_cut_fits(text, room):
    short = cut(text, room)
    assert width_of(short) <= room or short == ""
    assert short in ("", text) or text.startswith(short.removesuffix("…"))
