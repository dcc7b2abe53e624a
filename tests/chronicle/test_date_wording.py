"""Partial dates in a reader's words, and in what HTML can say."""

import pytest
from django.utils.translation import override, trans_real

from chronicle.date_showing import html_date, partial_date
from chronicle.dates import PartialDate, _displayed, display
from tests.wording import Some


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1997", "1997"),
        ("0985", "0985"),
        ("1997-07", "July 1997"),
        ("1992-01-30", "30 January 1992"),
        ("2005?", "2005, uncertain"),
        ("1984~", "about 1984"),
        ("1984%", "about 1984, uncertain"),
        ("2004-06-11~", "about 11 June 2004"),
        ("?2004-06-~11", "11 June 2004, year uncertain, day approximate"),
        ("2004-06~-11", "11 June 2004, year and month approximate"),
        ("2004-%06-11", "11 June 2004, month uncertain and approximate"),
        ("2005-01-31/2005-02-04", "31 January – 4 February 2005"),
        ("2005-02-02/2005-02-04", "2 – 4 February 2005"),
        ("2005-02-02/2005-02-02", "2 February 2005 – 2 February 2005"),
        ("2004-12-31/2005-01-02", "31 December 2004 – 2 January 2005"),
        ("2005-01/2005-03", "January – March 2005"),
        ("1993/2003", "1993 – 2003"),
        ("1993/2003-05", "1993 – May 2003"),
        ("1984?/2004~", "1984 (uncertain) – about 2004"),
        ("2020/..", "from 2020"),
        ("../2004", "until 2004"),
        ("1984/", "from 1984, no end given"),
        ("/1984?", "until 1984 (uncertain), no beginning given"),
        ("196X", "1960s"),
        ("196X~", "1960s, approximate"),
        ("199X/..", "from the 1990s"),
        ("196X/197X", "from the 1960s to the 1970s"),
        ("19XX", "some year from 1900 to 1999"),
        ("1XXX-XX", "1000–1999, year and month unknown"),
        ("1X8X", "1X8X (X: any digit), year unknown"),
        ("156X-12-25", "25 December, in one of the years 1560–1569"),
        ("1999-XX", "1999, month unknown"),
        ("1999-01-XX", "January 1999, day unknown"),
        ("1985-XX-XX", "1985, month and day unknown"),
        ("1560-XX-25", "1560, month unknown, day 25"),
        ("1984-1X", "1984, month October, November or December"),
        ("1984-0X", "1984, month January to September"),
        ("1984-12-X5", "December 1984, day 5, 15 or 25"),
        ("2004-06-XX/2004-07-03", "from June 2004 (day unknown) to 3 July 2004"),
        ("1950S2", "1950, to 2 significant digits: 1900–1999"),
        ("2001-21", "spring 2001"),
        ("2001-32", "southern-hemisphere winter 2001"),
        ("2001-34", "second quarter of 2001"),
        ("2001-40?", "first half of 2001, uncertain"),
        ("[2005-01-31..2005-02-04]", "between 31 January 2005 and 4 February 2005"),
        ("[1667, 1760-12]", "one of: 1667, December 1760"),
        ("[1667?,1670..1672]", "one of: 1667 (uncertain), 1670 to 1672"),
        ("{1960,1961-12}", "all of: 1960, December 1961"),
        ("[1760-12..]", "December 1760 or later"),
        ("{..1984}", "all of: 1984 and earlier"),
        ("2004-01-01T10:10:10Z", "1 January 2004, 10:10:10 UTC"),
        ("2004-01-01T10:10:10-05:00", "1 January 2004, 10:10:10 UTC−05:00"),
        ("1985-04-12T23:20:30", "12 April 1985, 23:20:30"),
    ],
)
def test_display_says_what_the_date_says(edtf, words):
    assert display(edtf) == words
    assert str(PartialDate(edtf)) == words


def test_display_returns_what_it_cannot_read():
    assert (display("1999-02-29"), display("no date")) == ("1999-02-29", "no date")


def test_display_is_in_the_current_language():
    assert display("1997-07") == "July 1997"
    with override("de"):
        assert display("1997-07") == "Juli 1997"
    assert display("1997-07") == "July 1997"


@pytest.mark.parametrize(
    ("code", "edtf", "words"),
    [
        ("fr", "1997-07", "juillet 1997"),
        ("fr", "1992-01-30", "30 janvier 1992"),
        ("fr", "0985-01-30", "30 janvier 0985"),
        ("fr", "2005-02-02/2005-02-04", "2 – 4 février 2005"),
        ("fr", "2005-01/2005-03", "janvier – mars 2005"),
        ("fr", "156X-12-25", "25 décembre, in one of the years 1560–1569"),
        ("fr", "1984-1X", "1984, month octobre, novembre ou décembre"),
        ("fr", "1984~", "vers 1984"),
        ("fr", "?2004-06-~11", "11 juin 2004, année : incertaine, day approximate"),
        ("fr", "196X", "années 1960"),
        ("fr", "196X/197X", "des années 1960 aux années 1970"),
        ("fr", "2001-21", "printemps 2001"),
        ("fr", "[1667, 1760-12]", "une date parmi : 1667, décembre 1760"),
        ("ru", "1997-07", "июль 1997\u202fг."),
        ("ru", "1992-01-30", "30 января 1992\u202fг."),
        ("ru", "2005-01-31/2005-02-04", "31 января – 4 февраля 2005\u202fг."),
        ("ru", "1984-05/", "начало: май 1984\u202fг.; конец не указан"),
        ("ru", "1999-XX", "1999, неизвестно: месяц"),
        ("az", "1992-01-30", "30 yanvar 1992"),
        ("hy", "1992-01-30", "1992 թ. հունվարի 30"),
        ("hy", "2005-02-02/2005-02-04", "2005 թ. փետրվարի 2 – 4"),
        ("hy", "2005-01-31/2005-02-04", "2005 թ. հունվարի 31 – փետրվարի 4"),
    ],
)
def test_display_writes_dates_as_the_language_does(
    monkeypatch: pytest.MonkeyPatch, code: str, edtf: str, words: str
):
    monkeypatch.setitem(trans_real._translations, code, Some(code, WORDS.get(code, {})))
    with override(code):
        _displayed.cache_clear()
        assert display(edtf) == words
    _displayed.cache_clear()


WORDS = {
    "fr": {
        "about %(date)s": "vers %(date)s",
        "year": "année",
        "%(what)s uncertain": "%(what)s : incertaine",
        "%(year)ss": "années %(year)s",
        "the %(year)ss": "années %(year)s",
        "from %(start)s to %(end)s": "des %(start)s aux %(end)s",
        "spring %(year)s": "printemps %(year)s",
        "one of: %(dates)s": "une date parmi : %(dates)s",
    },
    "ru": {
        "from %(date)s, no end given": "начало: %(date)s; конец не указан",
        "%(what)s unknown": "неизвестно: %(what)s",
        "month": "месяц",
    },
}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (PartialDate("1997-07"), "July 1997 [1997-07]"),
        (PartialDate("1984~").as_document(), "about 1984 []"),
        ("19XX", "some year from 1900 to 1999 []"),
        (None, " []"),
    ],
)
def test_dates_and_documents_are_shown_alike(value, shown):
    assert f"{partial_date(value)} [{html_date(value)}]" == shown
