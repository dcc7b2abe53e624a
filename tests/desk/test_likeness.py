"""Which names are alike enough to be those of one thing."""

import random
import time

import pytest

from desk.likeness import Name, alike


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Heydar Aliyev", "Aliyev, Heydər"),
        ("Heydar Aliyev", "Heydar Aliev"),
        ("The Council of Ministers", "Council of the Ministers"),
        ("Lakeside", "LAKESIDE"),
        ("Istanbul summit", "İstanbul sumit"),
    ],
)
def test_names_of_one_thing_are_alike(first, second):
    assert alike([Name("A1", first), Name("A2", second)]) == [
        (Name("A1", first), Name("A2", second))
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Resolution 822", "Resolution 853"),
        ("First meeting by the lake", "Second meeting by the lake"),
        ("The Republic", "The Republic of the Lake"),
        ("Northern Council of Ministers", "Southern Council of Ministers"),
        ("Proposal A", "Proposal B"),
        ("…", "–"),
    ],
)
def test_names_of_two_things_are_not(first, second):
    assert alike([Name("A1", first), Name("A2", second)]) == []


def test_names_are_compared_within_their_group_and_never_with_the_entry_s_own():
    names = [Name("A1", "Lakeside", "person"), Name("A2", "Lakeside", "state")]

    assert alike([*names, Name("A1", "Lakeside.", "person")]) == []


def test_each_pair_is_told_once_by_the_names_most_alike_the_lower_id_first():
    names = [
        Name("A10", "Heydar Aliev"),
        Name("A10", "H. Aliyev"),
        Name("A9", "Heydar Aliyev"),
        Name("A9", "H. Aliyev"),
    ]

    assert alike(names) == [(Name("A9", "H. Aliyev"), Name("A10", "H. Aliyev"))]


def test_pairs_of_some_entries_alone():
    names = [Name(f"A{number}", "The Lake Council") for number in range(1, 5)]

    found = alike(names, of={"A2"})
    assert {(first.entry, second.entry) for first, second in found} == {
        ("A1", "A2"),
        ("A2", "A3"),
        ("A2", "A4"),
    }


def test_ten_thousand_names_take_seconds_and_one_among_them_an_instant():
    dice = random.Random(7)  # noqa: S311 - names, not secrets
    syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
    words = ["".join(dice.choices(syllables, k=dice.randint(2, 4))) for _ in range(3000)]
    names = [
        Name(f"A{number}", " ".join(dice.choices(words, k=dice.randint(2, 4))))
        for number in range(10_000)
    ]
    names.append(Name("A10000", names[5].text))
    started = time.process_time()
    found = alike(names)
    whole = time.process_time() - started
    started = time.process_time()
    one = alike(names, of={"A5"})

    assert (names[5], names[-1]) in found
    assert one == [(names[5], names[-1])]
    assert whole < 20  # two seconds where nobody else works
    assert time.process_time() - started < 1
