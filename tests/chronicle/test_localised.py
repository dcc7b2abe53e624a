"""Days, moments and letters as languages write them."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from markupsafe import Markup

from chronicle.dates import display
from chronicle.localised import capfirst, day_in_words, lower, moment_in_words


@pytest.mark.parametrize(
    ("code", "first", "second"),
    [
        ("en-gb", "1 May 1994", "2 May 1994"),
        ("fr", "1er mai 1994", "2 mai 1994"),
        ("ru", "1 мая 1994\u202fг.", "2 мая 1994\u202fг."),
        ("az", "1 may 1994", "2 may 1994"),
        ("hy", "1994 թ. մայիսի 1", "1994 թ. մայիսի 2"),
    ],
)
def test_days_are_written_as_the_language_writes_them(code: str, first: str, second: str) -> None:
    with override(code):
        assert [day_in_words(date(1994, 5, day)) for day in (1, 2)] == [first, second]


def test_moments_have_their_time_behind_the_day() -> None:
    moment = datetime(1994, 5, 1, 9, 5, 7, tzinfo=UTC)
    assert moment_in_words(moment) == "1 May 1994, 09:05"
    assert moment_in_words(moment, seconds=True) == "1 May 1994, 09:05:07"


def test_the_first_of_a_month_is_written_so_within_an_interval() -> None:
    with override("fr"):
        assert display("1994-05-01/1994-05-03").split()[0] == "1er"
        assert display("1994-05-01/1994-06-03").startswith("1er mai")


@pytest.mark.parametrize(
    ("code", "small", "capital"),
    [("az", "istinad ı", "İstinad ı"), ("en-gb", "istinad i", "Istinad i")],
)
def test_letters_change_their_case_as_the_language_has_it(
    code: str, small: str, capital: str
) -> None:
    with override(code):
        assert capfirst(small) == capital
        assert lower(capital.replace("ı", "I")) == small
        assert capfirst(Markup("<b>i</b>")) == Markup("<b>i</b>")
        assert type(capfirst(Markup("i"))) is Markup
