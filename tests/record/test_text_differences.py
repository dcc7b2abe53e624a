"""Two texts, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.text_differences import Stretch, said, text_difference


def shown(before: str, after: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in text_difference(before, after).stretches]


def test_changed_words_stand_between_those_that_stayed():
    assert shown(
        "In July 1997 two delegations met in the town.",
        "In August 1997 two small delegations met in the town.",
    ) == [
        ("same", "In "),
        ("removed", "July"),
        ("added", "August"),
        ("same", " 1997 two"),
        ("added", " small"),
        ("same", " delegations met in the town."),
    ]


def test_a_word_between_two_changes_belongs_to_them():
    assert shown(
        "They met on the red house by the lake", "They met at the blue house by the lake"
    ) == [
        ("same", "They met "),
        ("removed", "on the red"),
        ("added", "at the blue"),
        ("same", " house by the lake"),
    ]


def test_texts_that_share_little_stand_whole():
    found = text_difference("One thing was said here.", "Quite another was written down there.")

    assert found.stretches == [
        Stretch("removed", "One thing was said here."),
        Stretch("added", "Quite another was written down there."),
    ]
    assert (found.marked, found.too_long) == (False, False)


def test_of_a_long_text_the_excerpt_has_what_changed_with_words_around():
    words = [f"word{number}" for number in range(200)]
    before = " ".join(words)
    words[100] = "other"

    found = text_difference(before, " ".join(words))

    assert [(each.kind, each.text.split(), each.cut) for each in found.excerpt] == [
        ("same", [f"word{number}" for number in range(88, 100)], "before"),
        ("removed", ["word100"], ""),
        ("added", ["other"], ""),
        ("same", [f"word{number}" for number in range(101, 113)], "after"),
    ]


def test_between_two_changes_far_apart_the_excerpt_leaves_words_out():
    words = [f"word{number}" for number in range(200)]
    before = " ".join(words)
    words[0], words[199] = "first", "last"

    middle = text_difference(before, " ".join(words)).excerpt[2]

    assert (middle.text.split(), middle.cut, middle.after_cut.split()) == (
        [f"word{number}" for number in range(1, 13)],
        "between",
        [f"word{number}" for number in range(187, 199)],
    )


def test_of_a_short_text_there_is_no_excerpt():
    assert text_difference("one two three four five", "one two three four six").excerpt == []


@given(st.text("ab \n.", max_size=60), st.text("ab \n.", max_size=60))
def test_both_texts_can_be_read_from_the_difference(before, after):
    stretches = text_difference(before, after).stretches

    assert said(stretches, "same", "removed") == before
    assert said(stretches, "same", "added") == after


def _distinct() -> tuple[str, str]:
    words = [str(number) for number in range(15000)]
    return " ".join(words), " ".join(w if n % 2 else f"x{w}" for n, w in enumerate(words))


def _sentences() -> tuple[str, str]:
    words = [chr(97 + place * place % 26) for place in range(50_000)]
    for place in range(0, len(words), 12):
        words[place] += "."
    before = " ".join(words)
    for place in range(5, len(words), 500):
        words[place] = "other"
    return before, " ".join(words)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        _distinct(),
        _sentences(),
        ("a b " * 25_000, "b a " * 25_000),
        ("A. " * 33_000 + "x", "y " + "A. " * 33_000),
        ("a" * 100_000, "b" * 100_000),
        ("\n" * 100_000, " " * 100_000),
    ],
)
def test_texts_of_a_hundred_thousand_letters_are_compared_quickly(before, after):
    began = time.process_time()
    found = text_difference(before, after)
    took = time.process_time() - began

    assert said(found.stretches, "same", "removed") == before
    assert took < 1  # some 0.1 of it are needed


def test_what_would_be_too_much_work_is_said_to_be():
    found = text_difference("A. " * 33_000 + "x", "y " + "A. " * 33_000)

    assert (found.too_long, [each.kind for each in found.stretches]) == (True, ["removed", "added"])
