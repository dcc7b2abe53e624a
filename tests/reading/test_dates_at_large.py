"""Dates as prose of many professions writes them: reports, accounts, judgments, diaries."""

import pytest

from tests.reading.test_dates import dated, edtf


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("end-2004", "2004-09~/2004-12~"),
        ("year-end 2005", "2005-09~/2005-12~"),
        ("first half 2004", "2004-01/2004-06"),
        ("first two quarters of 2004", "2004-01/2004-06"),
        ("2Q 2004", "2004-04/2004-06"),
        ("first decades of the 20th century", "1900~/1930~"),
        ("later 1990s", "1997~/1999~"),
        ("3d of May, 1805", "1805-05-03"),
        ("3 May [1921]", "1921-05-03"),
        ("4/VII/1976", "1976-07-04"),
        ("1976/07/04", "1976-07-04"),
        ("New Year's Eve 1999", "1999-12-31"),
        ("Christmas 1991", "1991-12-25~"),
        ("1348/9", "1348/1349"),
    ],
)
def test_a_date_is_read_in_more_professions(words: str, date: str):
    assert dated(f"It happened in {words}.") == [(words, date)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("(c. 1412 - 3 May 1466)", ["1412~/1466-05-03"]),
        ("In the 1960s and 70s.", ["196X", "197X"]),
        ("From 4 to 8 March and from 5 to 9 May 2011.", [
            "2011-03-04/2011-03-08", "2011-05-05/2011-05-09"]),
        ("From December 1993 until the following May.", ["1993-12/1994-05"]),
        ("It was rebuilt 1790, and enlarged 1884.", ["1790", "1884"]),
        ("Notes issued before 1 June stay valid until 31 October 2014.", [
            "2014-06-01", "2014-10-31"]),
        ("It rose in FY2004.", ["2004"]),
        ("On 3 June 1994 it fell, and on 5 and 6 of that month burned.", [
            "1994-06-03", "1994-06-05", "1994-06-06"]),
        ("In 1996 he came. Three years after that he left.", ["1996", "1999"]),
        ("In 1996 he came. The decade before had been quiet.", ["1996", "198X"]),
        ("In 1996 he came. Half a year later he left.", ["1996"]),
        ("In May 1996 he came. Half a year later he left.", ["1996-05", "1996-11~"]),
        ("It ended at the turn of the millennium.", ["2000~"]),
        ("In 1896 he came. He left at the turn of the century.", ["1896", "1900~"]),
        ("In May 1994 he came. By year's end he had left.", ["1994-05", "1994-09~/1994-12~"]),
        ("In 1974 he came. By the end of the century", ["1974", "1970~/1999~"]),
        ("In autumn 1998 they met; in winter they fell out.", ["1998-23", "1998-24"]),
        ("In October 1998 they met. In the spring they fell out.", ["1998-10", "1999-21"]),
        ("It had begun in May 1994 and held until April 2016, when it broke. In June he left.", [
            "1994-05", "2016-04", "2016-06"]),
        ("It began on 14 August 2004 and ended on 28 May.", ["2004-08-14", "2005-05-28"]),
        ("In the year 2013-14. It opened on 3 September.", ["2013/2014", "2013-09-03"]),
        ("In January 1915 he fell ill, returned in October, and died the following June.", [
            "1915-01", "1915-10", "1916-06"]),
        ("He lived there until 1991. In May of that year", ["1991", "1991-05"]),
        (("Memorandum\n\nTo: Mr Orlo\n\nFrom: A. Tamm\n\nDate: 14 October 2010\n\n"
         "The lease, signed in March 2005, ends on 31 December. He left in June."), [
            "2010-10-14", "2005-03", "2010-12-31", "2010-06"]),
        ("On 4 April 2007 one came out. A second, announced for the following week, did not.", [
            "2007-04-04", "2007-04-11~"]),
        ("On 5 July 1891 it met. The bones came home in September 1911. On the following Sunday",
         ["1891-07-05", "1911-09"]),
        ("2013 was good. Begun as a pilot in 2009, it came of age in June.", [
            "2013", "2009", "2013-06"]),
        ("In 2013/14 it came to 38 million, against 33 in 2012/13. It ran from 19 August.", [
            "2013/2014", "2012/2013", "2013-08-19"]),
        ("This is of 1 April 2013 to 31 March 2014. In May 2013 it began; it ended by 31 March.", [
            "2013-04-01/2014-03-31", "2013-05", "2014-03-31"]),
        (("On 5 May 1938 a pact, first published in 1961, was signed. Vorn, which had learnt of it "
         "in early 1939, protested on 16 May."), [
             "1938-05-05", "1961", "1939-01~/1939-04~", "1939-05-16"]),
        ("ALDER, 14 September 2011 (Wire) - They met. Ask me again in the spring.", [
            "2011-09-14", "2012-21"]),
        ("He left in December 1994, when a trial that began in January failed.", [
            "1994-12", "1994-01"]),
    ],
)  # fmt: skip
def test_dates_of_more_professions(text: str, dates: list[str]):
    assert edtf(text) == dates


@pytest.mark.parametrize(
    "words",
    [
        "S/PV.1994",
        "one in three of 1990 respondents",
        "Office 2003",
        "42 U.S.C. 1983",
        "in his mid-eighties",
        "temperatures in the 80s",
        "between 1900 and 2000 people",
        "a loan of 2000",
        "rent is due on the 1st of each month",
        "on Christmas Day the shop is shut",
        "on the twelfth floor",
    ],
)
def test_more_that_is_no_date(words: str):
    assert dated(f"It said {words}.") == []


@pytest.mark.parametrize(
    "words",
    [
        "It meets every year in May",
        "Snow usually closes the pass by late November",
        "Each September they return",
        "The feast is kept on 4 July every year",
        "Rent is due on 1 January and 1 July of each year",
        "They meet on the first Monday of May",
        "The coldest month is January, the warmest July",
        "It rains in spring and in the autumn",
        "She said that April had gone",
        "He moved to 12 March Street",
    ],
)
def test_what_comes_back_is_no_date(words: str):
    assert edtf(f"It was founded in 1994. {words}.") == ["1994"]
