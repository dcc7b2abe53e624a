"""Partial dates: bounds, refusals, documents."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from chronicle.dates import (
    OPEN_END,
    OPEN_START,
    Bounds,
    PartialDate,
    bounds_of,
)

CONFORMANCE = [
    json.loads(line)
    for line in (Path(__file__).parent / "data/edtf_conformance.jsonl").read_text().splitlines()
]
OUTSIDE = ["0000", "-01XX", "-0001~", "XXXX-XX-23"]
INSIDE = [case for case in CONFORMANCE if case["valid"] and case["edtf"] not in OUTSIDE]
INVALID = [case["edtf"] for case in CONFORMANCE if not case["valid"]]


def refusal(value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        bounds_of(value)  # type: ignore[arg-type]
    assert len(caught.value.messages) == 1
    return caught.value.messages[0]


def spell(bounds: Bounds) -> tuple[str, str]:
    earliest, latest = bounds.earliest, bounds.latest
    return (
        earliest.isoformat() if earliest else "-inf",
        latest.isoformat() if latest else "inf",
    )


def test_conformance_file_is_whole():
    assert (len(CONFORMANCE), len(INSIDE), len(INVALID)) == (42, 30, 8)


@pytest.mark.parametrize("case", INSIDE, ids=lambda case: case["edtf"])
def test_bounds_agree_with_two_implementations(case):
    assert spell(bounds_of(case["edtf"])) == (case["earliest"], case["latest"])


@pytest.mark.parametrize("edtf", INVALID)
def test_bounds_refuse_what_two_implementations_refuse(edtf):
    assert refusal(edtf)


@pytest.mark.parametrize(
    "edtf", [*OUTSIDE, "Y17000", "Y-17E7", "000X", "-1984/1984", "[-0044, 1984]", "9999-24"]
)
def test_bounds_refuse_years_out_of_range_and_say_so(edtf):
    assert "outside the years 1 to 9999" in refusal(edtf)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
        ("2000-02-29", "2000-02-29", "2000-02-29"),
        ("1999-02-XX", "1999-02-01", "1999-02-28"),
        ("2000-02-XX", "2000-02-01", "2000-02-29"),
        ("2004-XX-31", "2004-01-31", "2004-12-31"),
        ("156X-02-29", "1560-02-29", "1568-02-29"),
        ("1984-1X", "1984-10-01", "1984-12-31"),
        ("1984-X1", "1984-01-01", "1984-11-30"),
        ("1984-12-3X", "1984-12-30", "1984-12-31"),
        ("19X5", "1905-01-01", "1995-12-31"),
        ("../1984", "-inf", "1984-12-31"),
        ("/1984", "-inf", "1984-12-31"),
        ("1984/", "1984-01-01", "inf"),
        ("199X/..", "1990-01-01", "inf"),
        ("2004/2004-06", "2004-01-01", "2004-06-30"),
        ("2001-34/2001-35", "2001-04-01", "2001-09-30"),
        ("2001-25", "2001-03-01", "2001-06-30"),
        ("2001-41", "2001-07-01", "2001-12-31"),
        ("{..1983-12-31,1984-10}", "-inf", "1984-10-31"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
        ("2004-01-01T00:00:00+00:00", "2004-01-01", "2004-01-01"),
        ("  1984\n", "1984-01-01", "1984-12-31"),
    ],
)
def test_bounds_of_what_one_implementation_gets_wrong(edtf, earliest, latest):
    assert spell(bounds_of(edtf)) == (earliest, latest)


@pytest.mark.parametrize(
    "edtf",
    [
        "1999-02-29",
        "1900-02-29/1901",
        "15X1-02-29",
        "1985-04-31",
        "1984-12-4X",
        "2004-13",
        "2004-00",
        "2004-2X",
        "2001-42",
        "2001-21-05",
        "2005/2004",
        "2004-12/2004-06",
        "[1672..1670]",
        "[1670..1672-05]",
        "[1984]",
        "{1984]",
        "[1984,]",
        "[1984,..1985]",
        "[1985..,1984]",
        "[..]",
        "../..",
        "/",
        "../",
        "1984//1985",
        "1984/1985/1986",
        "2004 / 2005",
        "1985-4-12",
        "19850412",
        "12004",
        "1985-04T10:10:10",
        "1985-04-12T25:00:00",
        "1985-04-12T10:10:10-00:00",
        "1984/1985-04-12T10:10:10",
        "1950S0",
        "?1950S2",
        "1950S2-06",
        "?1984~",
        "2001-21^x",
        "196x",
        "١٩٨٤",
        "\uff11984",
        "198\ud800",
        "1984\x00",
        "1984\n1985",
        "1984%%",
        "[" * 100,
        "9" * 1_000_000,
        "1984,".join(["["] * 30),
    ],
)
def test_bounds_refuse(edtf):
    refusal(edtf).encode()


@pytest.mark.parametrize("value", [None, 1984, 1984.5, b"1984", date(1984, 1, 1), [], {}, object()])
def test_bounds_refuse_what_is_not_text(value):
    assert refusal(value) == "A date is text in EDTF, for example 1997-07 or 1984~."


def test_refusal_says_what_is_wrong_and_what_is_allowed():
    assert refusal("2005/2004") == (
        "“2005/2004” ends before it begins. Write the earlier date first, as in 1993/2003."
    )
    assert refusal("1984!") == (
        "“!” cannot stand in a date. "
        "Dates are written with 0–9, - / . ? ~ % and X, for example 1997-07~."
    )


def test_open_ends_are_sentinels_outside_the_calendar():
    assert date.min.toordinal() - 1 == OPEN_START
    assert date.max.toordinal() + 1 == OPEN_END
    assert bounds_of("../1984").first_day == OPEN_START
    assert bounds_of("1984/..").last_day == OPEN_END


def test_document_has_bounds_and_null_for_what_is_open_or_empty():
    assert PartialDate("0985/..", "from 985", inferred=True).as_document() == {
        "edtf": "0985/..",
        "earliest": "0985-01-01",
        "latest": None,
        "as_given": "from 985",
        "inferred": True,
    }
    assert PartialDate("../1984").as_document()["as_given"] is None


def test_document_returns_the_same_date():
    given_date = PartialDate("[1667, 1760-12]", "in 1667 or December 1760", inferred=True)
    assert PartialDate.from_document(given_date.as_document()) == given_date
    assert PartialDate.from_document({"edtf": "1984"}) == PartialDate("1984")


@pytest.mark.parametrize(
    "value",
    [
        None,
        "1984",
        [],
        {},
        {"edtf": None},
        {"edtf": 1984},
        {"edtf": "1999-02-29"},
        {"edtf": "1984", "colour": "red"},
        {"edtf": "1984", 1: 2, "\ud800": 3},
        {"edtf": "1984", "as_given": 1984},
        {"edtf": "1984", "as_given": "two\nlines"},
        {"edtf": "1984", "as_given": "\ud800"},
        {"edtf": "1984", "as_given": "x" * 501},
        {"edtf": "1984", "inferred": 1},
        {"edtf": "1984", "inferred": None},
        {"edtf": "1984", "earliest": "1984-01-02"},
        {"edtf": "1984", "earliest": None},
        {"edtf": "1984/..", "latest": "9999-12-31"},
    ],
)
def test_document_refuses(value):
    with pytest.raises(ValidationError) as caught:
        PartialDate.from_document(value)
    " ".join(caught.value.messages).encode()


def test_partial_date_is_equal_however_its_text_came():
    assert PartialDate(" 1984 ", "Fe\u0301vrier ") == PartialDate("1984", "F\u00e9vrier")
