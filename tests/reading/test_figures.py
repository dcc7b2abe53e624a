"""Figures with what they count, as the quantities of an event take them."""

from decimal import Decimal

import pytest

from reading.recognition import figures_in
from reading.recognition.numbers import text_of, value_of
from sources.selectors import FoldedText


def counted(text: str) -> list[tuple]:
    return [figure[1:] for figure in figures_in(FoldedText(text, []))]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("47", "47"),
        ("1,200", "1200"),
        ("10 000", "10000"),
        ("3.5 million", "3500000"),
        ("4bn", "4000000000"),
        ("two hundred", "200"),
        ("a hundred and twenty", "120"),
        ("twenty-five thousand three hundred", "25300"),
        ("half a million", "500000"),
        ("half a dozen", "6"),
        ("two dozen", "24"),
        ("one thousand million", "1000000000"),
    ],
)
def test_a_number_is_as_much_as_its_words_say(words: str, value: str):
    assert value_of(words) == Decimal(value)
    assert text_of(value_of(words)) == value


@pytest.mark.parametrize(
    ("words", "low", "best", "high", "exact", "what", "unit"),
    [
        ("47 people", None, "47", None, True, "people", ""),
        ("some 1,200 refugees", None, "1200", None, False, "refugees", ""),
        ("between 300 and 400 soldiers", "300", None, "400", False, "soldiers", ""),
        ("5,000-8,000 settlers", "5000", None, "8000", False, "settlers", ""),
        ("three to four million dollars", "3000000", None, "4000000", False, "", "dollars"),
        ("at least 20 killed", "20", None, None, False, "killed", ""),
        ("at least 20 were killed", "20", None, None, False, "killed", ""),
        ("up to 5,000", None, None, "5000", False, "", ""),
        ("20 or more houses", "20", None, None, False, "houses", ""),
        ("two hundred", None, "200", None, True, "", ""),
        ("a dozen tanks", None, "12", None, True, "tanks", ""),
        ("one soldier", None, "1", None, True, "soldier", ""),
        ("57 OSCE participating states", None, "57", None, True, "OSCE participating states", ""),
        ("3,000 Azerbaijani soldiers", None, "3000", None, True, "Azerbaijani soldiers", ""),
        ("3.5 million dollars", None, "3500000", None, True, "", "dollars"),
        ("$4bn", None, "4000000000", None, True, "", "$"),
        ("US$5m", None, "5000000", None, True, "", "US$"),
        ("12 per cent", None, "12", None, True, "", "%"),
        ("15% of the voters", None, "15", None, True, "voters", "%"),
        ("five tonnes of wheat", None, "5", None, True, "wheat", "tonnes"),
        ("20 square kilometres", None, "20", None, True, "", "square kilometres"),
    ],
)
def test_a_figure_is_read_with_what_it_counts(words, low, best, high, exact, what, unit):
    assert counted(f"They saw {words}.") == [(words, low, best, high, exact, what, unit)]


@pytest.mark.parametrize(
    "words",
    [
        "them on 12 May 1994",
        "it in July 1994",
        "Article 5 rights",
        "resolution 822",
        "the two presidents",
        "it for two years, 44 days and three weeks",
        "the 44-day war",
        "one of them at 10.30 or 11 p.m.",
        "it won by 12 to 3",
        "the 5th column and a second man",
        "section 3.2.1",
        "555-1234",
    ],
)
def test_what_counts_nothing_is_no_figure(words: str):
    assert counted(f"They saw {words}.") == []


def test_a_change_is_no_range():
    assert [figure[:4] for figure in counted("It grew from 12,000 to 85,000 members.")] == [
        ("12,000", None, "12000", None),
        ("85,000 members", None, "85000", None),
    ]
