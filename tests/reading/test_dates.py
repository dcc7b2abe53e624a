"""Dates in words, as EDTF with the words that say them."""

import pytest

from reading.recognition import dates_in
from sources.selectors import FoldedText


def dated(text: str) -> list[tuple[str, str]]:
    return [(date.words, date.edtf) for date in dates_in(FoldedText(text, []))]


def edtf(words: str) -> list[str]:
    return [date for _, date in dated(words)]


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("3 July 1994", "1994-07-03"),
        ("3rd July 1994", "1994-07-03"),
        ("3rd of July, 1994", "1994-07-03"),
        ("third of July 1994", "1994-07-03"),
        ("July 3, 1994", "1994-07-03"),
        ("July 3rd 1994", "1994-07-03"),
        ("12.IX.1931", "1931-09-12"),
        ("12-Sep-1931", "1931-09-12"),
        ("Dec. 10, 1991", "1991-12-10"),
        ("11 Sept 2001", "2001-09-11"),
        ("12 MARCH 1994", "1994-03-12"),
        ("1994-07-03", "1994-07-03"),
        ("03.07.1994", "1994-07-03"),
        ("31/12/1999", "1999-12-31"),
        ("12/31/1999", "1999-12-31"),
        ("03/07/1994", "[1994-03-07, 1994-07-03]"),
        ("April 1994", "1994-04"),
        ("April, 1994", "1994-04"),
        ("June '94", "1994-06"),
        ("1994", "1994"),
        ("AD 476", "0476"),
        ("1066 AD", "1066"),
        ("24 August AD 79", "0079-08-24"),
        ("c. 1300-c. 1850", "1300~/1850~"),
        ("1990s", "199X"),
        ("nineteen-eighties", "198X"),
        ("1800s", "18XX"),
        ("2000s", "200X"),
        ("19th century", "18XX"),
        ("nineteenth-century", "18XX"),
        ("turn of the 20th century", "1900~"),
        ("spring 1994", "1994-21"),
        ("autumn of 1994", "1994-23"),
        ("winter of 1994-95", "1994-24"),
        ("Q3 1994", "1994-07/1994-09"),
        ("early 1994", "1994-01~/1994-04~"),
        ("mid-1994", "1994-05~/1994-08~"),
        ("end of 1994", "1994-09~/1994-12~"),
        ("early 1990s", "1990~/1993~"),
        ("mid- to late 1990s", "1994~/1999~"),
        ("late 19th century", "1870~/1899~"),
        ("beginning of April 1994", "1994-04-01~/1994-04-10~"),
        ("late February 1996", "1996-02-21~/1996-02-29~"),
        ("first half of 1994", "1994-01/1994-06"),
        ("third quarter of 1994", "1994-07/1994-09"),
        ("second half of the 1990s", "1995/1999"),
        ("second half of April 1994", "1994-04-16/1994-04-30"),
        ("last week of April 1994", "1994-04-24/1994-04-30"),
        ("first three months of 1994", "1994-01/1994-03"),
        ("last two years of the 1990s", "1998/1999"),
        ("last decade of the 19th century", "189X"),
        ("second quarter of the 20th century", "1925/1949"),
        ("about 1990", "1990~"),
        ("c. 1850", "1850~"),
        ("c.1850", "1850~"),
        ("around July 1994", "1994-07~"),
        ("possibly in 1994", "1994?"),
        ("1994 (?)", "1994?"),
        ("perhaps around 1900", "1900%"),
        ("probably in the early 1930s", "1930%/1933%"),
        ("1994 or thereabouts", "1994~"),
        ("3-5 July 1994", "1994-07-03/1994-07-05"),
        ("July 3 to 5, 1994", "1994-07-03/1994-07-05"),
        ("3/4 July 1994", "1994-07-03/1994-07-04"),
        ("3 July to 2 August 1994", "1994-07-03/1994-08-02"),
        ("30 December 1993-2 January 1994", "1993-12-30/1994-01-02"),
        ("30 December to 2 January 1994", "1993-12-30/1994-01-02"),
        ("June-August 1994", "1994-06/1994-08"),
        ("November 1993 to March", "1993-11/1994-03"),
        ("spring and summer of 1994", None),
        ("late 1993-early 1994", "1993-09~/1994-04~"),
        ("1991-94", "1991/1994"),
        ("1994/95", "1994/1995"),
        ("1991 until the early 1990s", "1991/1993~"),
        ("mid-1980s to 1991", "1984~/1991"),
        ("1980s-1990s", "198X/199X"),
        ("2004 to the present", "2004/.."),
        ("about 1991-94", "1991~/1994~"),
    ],
)
def test_a_date_is_read_with_its_words(words: str, date: str | None):
    expected = [(words, date)] if date else [("spring", "1994-21"), ("summer of 1994", "1994-22")]
    assert dated(f"It happened in {words}.") == expected


@pytest.mark.parametrize(
    "words",
    [
        "1,994 people",
        "1994 people came",
        "about 1994 refugees",
        "section 1994",
        "Article 1985",
        "resolution 1994",
        "pp. 1990-1995",
        "S/1994/12",
        "E/CN.4/1996/4",
        "Directive 2004/38/EC",
        "ISO 8601:2004",
        "version 1.2.2003",
        "+994 12 1994",
        "$1994",
        "1994 dollars",
        "a 1500-strong force",
        "44 BC",
        "the 5th century BC",
        "1415 AH",
        "it shipped 2000",
        "sample 1984-B",
        "the 1900-watt version",
        "at 1430 hours",
        "he may march on",
        "March on, they said",
        "Mrs May spoke to April Jones and June Carter",
        "the May Fourth was",
        "the October Revolution",
        "a man in his nineties",
        "the Second World War",
        "the Prague Spring failed",
        "the spring of his life",
        "three years after the war",
        "two days before the vote",
        "31 June 1994",
        "31.06.1994",
        "yesterday, last month and two years ago",
    ],
)
def test_what_is_no_date_is_not_found(words: str):
    assert dated(f"They said {words}.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 3 and 5 July 1994.", [("3", "1994-07-03"), ("5 July 1994", "1994-07-05")]),
        ("On Monday, 3 July 1994.", [("3 July 1994", "1994-07-03")]),
        ("On Monday, July 3.", []),
        (
            "In December, in May and on 3 June 1998.",
            [("December", "1997-12"), ("May", "1998-05"), ("3 June 1998", "1998-06-03")],
        ),
        (
            "The 1995, 1996 and 1997 budgets.",
            [("1995", "1995"), ("1996", "1996"), ("1997", "1997")],
        ),
        ("Between 1900 and 2000 lorries.", []),
        ("The end of the 2015 season.", [("2015", "2015")]),
        ("On pages 1701 to 1993.", []),
        ("On July 3 and 5, 1994.", [("July 3", "1994-07-03"), ("5, 1994", "1994-07-05")]),
        ("In June and July 1994.", [("June", "1994-06"), ("July 1994", "1994-07")]),
        ("In 1992, 1993 and 1994.", [("1992", "1992"), ("1993", "1993"), ("1994", "1994")]),
        ("The 19th and 20th centuries.", [("19th", "18XX"), ("20th centuries", "19XX")]),
        ("Between 3 and 5 July 1994.", [("3 and 5 July 1994", "1994-07-03/1994-07-05")]),
        ("Between 1991 and 1994.", [("1991 and 1994", "1991/1994")]),
        ("The night of 3-4 July 1994.", [("3-4 July 1994", "1994-07-03/1994-07-04")]),
        ("He (1923-2003) came.", [("1923-2003", "1923/2003")]),
        ("Resolution 822 (1993) and the 1975 Act.", [("1993", "1993"), ("1975", "1975")]),
        ("On July 3, 2000 soldiers came in 1994.", [("July 3", "1994-07-03"), ("1994", "1994")]),
        ("In 1994 people fled.", [("1994", "1994")]),
        ("The reign (1994-1990) of 1990.", [("1994", "1994"), ("1990", "1990"), ("1990", "1990")]),
    ],
)
def test_lists_and_ranges(text: str, expected: list[tuple[str, str]]):
    assert dated(text) == expected


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("He came in 1992. He left in March.", ("March", "1992-03")),
        (
            "He came in 1992. In March of the same year he left.",
            ("March of the same year", "1992-03"),
        ),
        (
            "In 1992. On 3 July of the following year.",
            ("3 July of the following year", "1993-07-03"),
        ),
        ("On 3 July 1994. By the 5th, all was over.", ("5th", "1994-07-05")),
        ("On 3 July 1994. The next day it rained.", ("next day", "1994-07-04")),
        ("On 31 December 1994. The day after, it rained.", ("day after", "1995-01-01")),
        ("On 3 July 1994. The following Tuesday it rained.", ("following Tuesday", "1994-07-05")),
        ("On 3 July 1994. Two weeks later it rained.", ("Two weeks later", "1994-07-17~")),
        ("On 3 July 1994. Three months later it rained.", ("Three months later", "1994-10")),
        ("On 3 July 1994. Two years later it rained.", ("Two years later", "1996")),
        ("On 3 July 1994. Exactly one year later.", ("Exactly one year later", "1995-07-03")),
        ("On 3 July 1994. About two years later.", ("About two years later", "1996~")),
        ("In 1994. That same year it rained.", ("That same year", "1994")),
        ("In 1994. The previous year it rained.", ("previous year", "1993")),
        ("In 1994. Late the following year.", ("Late the following year", "1995-09~/1995-12~")),
        ("In July 1994. At the end of the year.", ("end of the year", "1994-09~/1994-12~")),
        ("In July 1994. The following spring.", ("following spring", "1995-21")),
        ("In July 1994. The following September.", ("following September", "1994-09")),
        ("In July 1994. In the autumn he left.", ("autumn", "1994-23")),
        ("In May 1994. In the second quarter.", ("second quarter", "1994-04/1994-06")),
        (
            "In May 1994. In the same month of the previous year.",
            ("same month of the previous year", "1993-05"),
        ),
        ("On 3 December 1994. They left in January.", ("January", "1995-01")),
        ("It had begun on 3 December 1994, and ended in February.", ("February", "1995-02")),
        ("On 3 January 1994. The last had left in December.", ("December", "1993-12")),
        (
            "It closed on 1 December 1994, moved in May, and opened on 9 June 1995.",
            ("9 June 1995", "1995-06-09"),
        ),
        ("In 1955. In the sixties he left.", ("sixties", "196X")),
        ("In the 1870s and '80s.", ("'80s", "188X")),
    ],
)
def test_what_words_leave_out_is_taken_from_before(text: str, last: tuple[str, str]):
    assert dated(text)[-1] == last


def test_an_inferred_date_says_why():
    text = FoldedText("It began in 1994. Nobody came. They left in June 1995 or in March.", [])
    dates = dates_in(text)
    assert [(date.inferred, date.why) for date in dates] == [
        (False, ""),
        (False, ""),
        (True, "Year taken from “June 1995” in the same sentence."),
    ]


@pytest.mark.parametrize(
    ("between", "where"),
    [
        ("", "in the sentence before"),
        ("Nobody came. ", "two sentences before"),
        ("Nobody came. " * 12 + "\n\n", "in block 1"),
    ],
)
def test_why_says_how_far_before(between: str, where: str):
    dates = dates_in(FoldedText(f"It began in 1994. {between}It ended in June.", []))
    assert dates[-1].why == f"Year taken from “1994” {where}."


def test_a_year_in_passing_is_not_the_year_that_is_told():
    text = "He came in 1994. Under the 1975 Act this was legal (Law 12 of 1980). In June he left."
    assert dated(text)[-1] == ("June", "1994-06")
    assert dated(text.replace("of 1980", "(1980)"))[-1] == ("June", "1994-06")


@pytest.mark.parametrize(
    "passing",
    [
        "until the autumn of 1911",
        "since 1861",
        "as the petition of March 1903",
        "as it had in 1902",
    ],
)
def test_a_date_of_another_time_gives_no_year_to_the_next_sentence(passing: str):
    text = f"On 3 February 1908 it burned. It stood there, {passing}. In April they rebuilt it."
    assert dated(text)[-1] == ("April", "1908-04")


def test_the_sentence_itself_shows_what_is_counted_from():
    text = (
        "A treaty of March 1992 failed, as one of 1991 had. Two years later, by May 1994, it held"
    )
    found = dates_in(FoldedText(text, []))[2]
    assert (found.words, found.edtf) == ("Two years later", "1994")
    assert found.why == "Counted from “March 1992” in the sentence before."


def test_a_date_beside_it_says_what_is_meant():
    found = dates_in(FoldedText("It began in 1924. Fifty years on, in 1975, it ended.", []))[1]
    assert (found.words, found.edtf) == ("Fifty years on", "1975")
    assert found.why == "Told by “1975” beside it."


def test_what_looks_back_is_not_counted_from():
    text = "On 3 July 1994 he came. A month earlier it had rained. Exactly one year later he left."
    assert edtf(text) == ["1994-07-03", "1994-06", "1995-07-03"]


def test_entries_of_a_chronology_take_the_year_of_their_heading():
    blocks = ["1947", "3 June. A plan.", "15 August. The Act of 1935 ends.", "20 August. More."]
    text = "\n\n".join([*blocks, "1948", "30 January. End."])
    assert edtf(text) == [
        *("1947", "1947-06-03", "1947-08-15", "1935", "1947-08-20"),
        *("1948", "1948-01-30"),
    ]


def test_a_report_counts_from_its_dateline():
    text = (
        "GENEVA, 14 March 2008 (Agency) - They met on Thursday and will meet on Monday. Talks "
        "broke down last month, two weeks ago, or yesterday; earlier this year there were none."
    )
    assert dated(text) == [
        ("14 March 2008", "2008-03-14"),
        ("last month", "2008-02"),
        ("two weeks ago", "2008-02-29~"),
        ("yesterday", "2008-03-13"),
        ("earlier this year", "2008"),
    ]


def test_a_report_leaves_out_the_year_of_its_dateline():
    text = (
        "PORT ALDEN, Jan. 12, 2004 (Wire) - They meet on Feb. 3.\n\nThe road was shut on May 3, "
        "2001. In June it opened; by 2002 it was full.\n\nThey last met on Dec. 9."
    )
    assert edtf(text) == [
        *("2004-01-12", "2004-02-03", "2001-05-03", "2001-06", "2002", "2003-12-09"),
    ]


def test_dates_do_not_reach_over_blocks():
    assert dated("They met on 3\n\nJuly 1994") == [("July 1994", "1994-07")]


def test_a_date_that_nothing_resolves_is_not_found():
    assert dated("They met on 3 July.") == []


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "On 4 July 2016 I left. She says that it froze in January 1987. On 9 July I came.",
            ("9 July", "2016-07-09"),
        ),
        (
            "On 4 July 2016 I came to Kell. The old town burned in 1702. I stayed until 9 July.",
            ("9 July", "2016-07-09"),
        ),
        (
            "On 3 May 2008 we met. The pact, signed at Lom on 26 June 2005, held. On 9 May we met.",
            ("9 May", "2008-05-09"),
        ),
        (
            "In March 1951 it burned. The founder, who was born in 1890, died in October.",
            ("October", "1951-10"),
        ),
        ("In May 2016 I had a job. In June I had none.", ("June", "2016-06")),
        (
            "On 3 May 2016 we met. In 1987, he said, it froze. In March it snowed.",
            ("March", "1987-03"),
        ),
        (
            "On 3 May 2016 we left. Ten years earlier we had come by train. That autumn it rained.",
            ("That autumn", "2006-23"),
        ),
        (
            "It began on 20 September 1952. By October it was over; in February",
            ("February", "1953-02"),
        ),
        (
            "On 5 February 2004, on 3 March, on 2 June. On 10 January he left.",
            ("10 January", "2005-01-10"),
        ),
        ("On 3 February 1998 it opened. We may close before winter.", ("winter", "1998-24")),
        ("Built in 1991. It was lit in the summer of '98.", ("summer of '98", "1998-22")),
    ],
)
def test_the_year_is_that_of_the_story(text: str, last: tuple[str, str]):
    assert dated(text)[-1] == last


@pytest.mark.parametrize(
    "line",
    [
        "From our correspondent in Selkmouth, 14 November 2013",
        "UES/C/2013/417 14 November 2013",
        "Geneva (14 November 2013)",
        "14 November 2013",
    ],
)
def test_a_line_under_the_title_says_when_a_report_was_written(line: str):
    text = (
        f"The bridge\n\n{line}\n\nA treaty broke down in 2004.\n\n"
        "On 3 March it opened. It may close early next year."
    )
    assert dated(text)[2:] == [("3 March", "2013-03-03"), ("early next year", "2014-01~/2014-04~")]


def test_what_is_posted_later_does_not_change_the_story():
    text = "Updated 7 June 2021\n\nIn August 2009 we left.\n\nOn 3 September we came. Last year I"
    assert edtf(text) == ["2021-06-07", "2009-08", "2009-09-03", "2020"]


def test_years_of_books_and_accounts():
    assert edtf("The Annex (1974; 2nd edn 1981), written in 1904-7; some accounts have 1914.") == [
        *("1974", "1981", "1904/1907", "1914"),
    ]
    assert edtf("Tithe Registers of the Karst, 1640-1790.") == ["1640/1790"]
    assert edtf("Tables 1990-1999, at a rate of 1500 to one, 1500-2000 boats.") == []


def test_a_month_that_comes_back_is_no_date():
    assert dated("In 1994 they fell dry by May in most years, and by spring every year.")[1:] == []


@pytest.mark.parametrize(
    ("title", "text", "dates"),
    [
        (
            "Minutes of the meeting held on Thursday 16 March 2006, 10.00 a.m. to 1 p.m.",
            "It agreed in June 2004 to meet in October.\n\nThe crew was freed on 4 February.",
            ["2004-06", "2004-10", "2006-02-04"],
        ),
        (
            "Reporting period: 28 June - 18 July 2004",
            "In October 1999 they came.\n\nBy 31 July they go. Last year it ended in November.",
            ["1999-10", "2004-07-31", "2003-11"],
        ),
        (
            "Annual report\nfor the year ended 31 March 2008",
            "In June the board met. In October two members left.\n\nA hall will open in May.",
            ["2007-06", "2007-10", "2008-05"],
        ),
    ],
)
def test_a_report_says_at_the_top_of_which_time_it_is(title: str, text: str, dates: list[str]):
    assert edtf(f"The bridge\n\n{title}\n\n{text}")[1:] == dates


def test_a_report_is_signed_with_its_day():
    story = (
        "The pact of 1998 was renewed in June 2016.\n\nOn 18 April a man was killed. It ends on 31"
    )
    signed = f"{story} December.\n\nLibrary Research Service, 23 May 2017"
    assert edtf(signed) == ["1998", "2016-06", "2017-04-18", "2017-12-31", "2017-05-23"]
    memoir = "In June 1951 it began. In July it ended.\n\nParis, 23 May 1999"
    assert edtf(memoir) == ["1951-06", "1951-07", "1999-05-23"]


def test_what_will_be_is_after_the_last_date_told():
    text = "She died on 4 February 2014. In November 2010 she won. The funeral will be on 12 {}."
    assert edtf(text.format("March"))[-1] == "2014-03-12"
    assert edtf(text.format("January"))[-1] == "2015-01-12"
    assert dates_in(FoldedText(text.format("March"), []))[-1].why == (
        "Year taken from “4 February 2014”, the last date told, as this is to come."
    )


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("In November 1951 it fell; on 27 February, however, it had met.", "1951-02-27"),
        ("That changed in the autumn of 1991, when Tamm, in office since April, left.", "1991-04"),
        ("In March 1994 the minister, in office since October, left.", "1993-10"),
        ("In 1926 it began. By the end of that year they had left. In January it", "1927-01"),
        ("It was agreed in May 2006. He had in June 2004 asked for it. By the end of that year it",
         "2004-09~/2004-12~"),
        ("In 2000 it fell. He wrote on 10 May and again a month later.", "2000-06"),
        ("There were 3 in the first quarter of 2004, 5 in the second.", "2004-04/2004-06"),
        ("On 6 July 2004 it burned. He said on 9 July that none had fired that day.", "2004-07-06"),
        ("On 9 November 1993 it began. A pact was signed the following week.", "1993-11-16~"),
        ("On 3 July 1994 it fell. They met on the night of the 7th.", "1994-07-07"),
    ],
)  # fmt: skip
def test_dates_told_out_of_order_or_by_halves(text: str, last: str):
    assert edtf(text)[-1] == last


def test_the_same_period_of_another_year_is_that_of_the_last_date():
    text = "In the second quarter of 2017 there were 143, against 96 in the same period of {}."
    assert dated(text.format("2016"))[1] == ("same period of 2016", "2016-04/2016-06")
    assert edtf(text.format("the previous year"))[1] == "2016-04/2016-06"


def test_a_day_is_not_counted_from_a_month():
    text = "On 5 February 1952 it fell. The trial opened in March. The next day he was moved."
    assert edtf(text) == ["1952-02-05", "1952-03"]


def test_verbs_are_no_parts_of_dates():
    text = "Beginning in 1994 it grew. Works will start in May 1995 and end in June 1996."
    assert edtf(text) == ["1994", "1995-05", "1996-06"]


@pytest.mark.parametrize(
    "text",
    [
        "In 1994, the spawning season, which ran from mid-May to early July, was bad.",
        "Since 1994 buses leave at 8.10 and 15.40, May to October.",
        "It opened in 1994. Book by March for the summer.",
        "It opened in 1994. Four centuries on, the heirs still send a letter.",
    ],
)
def test_what_is_so_every_year_or_today_is_no_date(text: str):
    assert edtf(text) == ["1994"]


def test_why_says_when_the_year_is_not_the_nearest():
    text = "On 8 December 2010 it fell. In January it rose. It burned in 1702. In May it fell."
    january, may = (date.why for date in dates_in(FoldedText(text, [])) if date.inferred)
    assert january.endswith(" in the sentence before: the one after it, as the text goes on.")
    assert may.endswith("; “1702” is nearer, but not of the same time.")


def test_the_history_that_a_report_tells_keeps_its_year():
    blocks = [
        "In 1992 war began. In May 1993 the city fell.",
        "In June the parties met.",
        "Recent developments",
        "On 12 January 2017 they met. He leaves on 2 February.",
        "Office of Research, 3 January 2017",
    ]
    found = ["1992", "1993-05", "1993-06", "2017-01-12", "2017-02-02", "2017-01-03"]
    assert edtf("\n\n".join(blocks)) == found


def test_a_day_alone_in_a_new_block_of_a_report_is_of_the_time_reported_of():
    text = (
        "Update\nCovering the week 12-18 May 2015\n\nThe last raid was in December.\n\nOn the 16th"
    )
    assert edtf(f"{text} they came.")[1:] == ["2014-12", "2015-05-16"]
