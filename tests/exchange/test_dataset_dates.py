"""Dates as datasets write them: never more precise than they are."""

from pathlib import Path

import pytest

from chronicle.dates import PartialDate
from desk.refusals import Refused
from exchange.cells import DateCell
from exchange.datasets.mapping import read_mapping
from exchange.problems import NotTaken

MAPPING = """
[row]
type = "event"
scheme = "list"
value = "{a}"
title = "{a}"
kind = "meeting"
date = """


def read(folder: Path, date: str, **cells: str) -> str:
    """What a mapping makes of a row's cells: EDTF, which the desk can read."""
    path = folder / "mapping.toml"
    path.write_text(MAPPING + date)
    edtf = read_mapping(path, ["a", "b", "c"]).row.values["date"].text(cells)  # type: ignore[union-attr]
    if edtf:
        PartialDate(edtf).validate()
    return edtf


def written(how: str) -> str:
    return f'{{ text = "{{a}}", format = "{how}" }}'


BY_PRECISION = """{ from = "{a}", to = "{b}", precision = "{c}", means = { 1 = "day", 2 = "within",
    3 = "month", 4 = "year", 5 = "about", 6 = "lasting" } }""".replace("\n", "")
IN_PARTS = '{ year = "{a}", month = "{b}", day = "{c}" }'
LASTING = '{ from = "{a}", to = "{b}", as = "lasting" }'


@pytest.mark.parametrize(
    ("date", "cells", "edtf"),
    [
        (BY_PRECISION, ("2020-10-01", "", "1"), "2020-10-01"),
        (BY_PRECISION, ("2020-10-01", "2020-10-03", "2"), "[2020-10-01..2020-10-03]"),
        (BY_PRECISION, ("2020-10-01", "", "3"), "2020-10"),
        (BY_PRECISION, ("2020-10-01", "2020-10-17", "3"), "2020-10"),
        (BY_PRECISION, ("2020-10-01", "", "4"), "2020"),
        (BY_PRECISION, ("2020-10-01", "", "5"), "2020-10-01~"),
        (BY_PRECISION, ("2020-10-01", "", "6"), "2020-10-01/"),
        (BY_PRECISION, ("", "", "2"), ""),
        ('{ from = "{a}", to = "{b}", as = "within" }', ("2020-10-01",) * 2, "2020-10-01"),
        (LASTING, ("2003-10-31", "2008-01-02"), "2003-10-31/2008-01-02"),
        (LASTING, ("2003-10-31", "2003-10-31"), "2003-10-31"),
        (LASTING, ("2003-10-31", ""), "2003-10-31/"),
        (LASTING, ("", "2008-01-02"), "/2008-01-02"),
        (LASTING, ("", ""), ""),
        (IN_PARTS, ("1970", "7", "2"), "1970-07-02"),
        (IN_PARTS, ("1970", "07.0", "0"), "1970-07"),
        (IN_PARTS, ("1970", "0", "00"), "1970"),
        (IN_PARTS, ("1970", "", ""), "1970"),
        (IN_PARTS, ("0", "0", ""), ""),
        (written("DD/MM/YYYY"), ("2/11/1999",), "1999-11-02"),
        (written("MM/DD/YYYY"), ("12/31/1999",), "1999-12-31"),
        (written("DD Month YYYY"), ("01 January 2020",), "2020-01-01"),
        (written("DD-Month-YYYY"), ("1-sep-2020",), "2020-09-01"),
        (written("Month YYYY"), ("Sep. 2020",), "2020-09"),
        (written("MM/YYYY"), ("2/1990",), "1990-02"),
        (written("YYYYMMDD"), ("20200101",), "2020-01-01"),
        (written("DD/MM/YYYY"), ("00/00/1990",), "1990"),
        (written("YYYY-MM-DD hh:mm"), ("2020-10-01 12:34",), "2020-10-01"),
        (written("YYYY-MM-DDThh:mm:ssZ"), ("2020-10-01T12:34:56.7Z",), "2020-10-01"),
        ('{ text = "{a}", format = ["DD/MM/YYYY", "YYYY"] }', ("1990",), "1990"),
        (written("DD/MM/YYYY"), ("",), ""),
        (
            '{ from = { text = "{a}", format = "MM/DD/YYYY" }, to = "{b}", as = "within" }',
            ("10/01/2020", "2020-10-31"),
            "2020-10",
        ),
        ('"{a}"', ("1990-01-02 00:00:00",), "1990-01-02"),
        ('"{a}"', ("1990-01-02T00:00:00Z",), "1990-01-02"),
        ('{ first = ["{a}", "{b}"] }', ("", "1990-01-02 00:00:00.000"), "1990-01-02"),
    ],
)
def test_days_and_how_precise_they_are_become_a_date(
    date: str, cells: tuple[str, ...], edtf: str, tmp_path: Path
):
    assert read(tmp_path, date, **dict(zip("abc", cells, strict=False))) == edtf


ONLY_ONE = "It is said to be some time between two days, but there is only one, 2020-10-01."


@pytest.mark.parametrize(
    ("date", "cells", "sentence"),
    [
        (BY_PRECISION, ("2020-10-01", "", "2"), ONLY_ONE),
        (BY_PRECISION, ("2020-10-01", "2020-10-01", "2"), ONLY_ONE),
        ('{ from = "{a}", to = "{b}", as = "within" }', ("2020-10-01", ""), ONLY_ONE),
        (BY_PRECISION, ("", "2020-10-01", "2"), "There is a last day, and no first."),
        (
            BY_PRECISION,
            ("2020-10-01", "2020-11-01", "3"),
            "The date is said to be one month, but it goes from 2020-10-01 to 2020-11-01.",
        ),
        (IN_PARTS, ("1970", "0", "2"), "A day is known with its month, and a month with its year."),
        (IN_PARTS, ("", "1", ""), "A day is known with its month, and a month with its year."),
        (IN_PARTS, ("70", "1", "1"), "“70” is not a year, like 1997."),
        (IN_PARTS, ("1970", "21", ""), "“21” is not a month, like 7 or 07."),
        (IN_PARTS, ("1970", "1", "-9"), "“-9” is not a day, like 20."),
        (written("DD/MM/YYYY"), ("31/12/99",), "“31/12/99” is not written like DD/MM/YYYY."),
        (written("DD/MM/YYYY"), ("12/31/1999",), "“31” is not a month, like 7 or 07."),
        (written("YYYYMMDD"), ("2020111",), "“2020111” is not written like YYYYMMDD."),
        (written("DD Month YYYY"), ("1 Juin 2020",), "“1 Juin 2020” is not written like DD Month"),
    ],
)
def test_a_date_that_is_not_as_precise_as_it_looks_is_refused(
    date: str, cells: tuple[str, ...], sentence: str, tmp_path: Path
):
    with pytest.raises(NotTaken) as refused:
        read(tmp_path, date, **dict(zip("abc", cells, strict=False)))

    assert refused.value.message.startswith(sentence)


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        (
            '{ from = "{a}", precision = "{c}", means = { 1 = "day", 2 = "within" } }',
            "row.date.means.2: “within” takes two days: say to as well.",
        ),
        (
            '{ from = "{a}", as = "lasting" }',
            "row.date.as: “lasting” takes two days: say to as well.",
        ),
        *(
            (written(each), f"row.date.format: “{each}” is no format. It is made of YYYY, MM or")
            for each in ("DD/MM/YY", "dd/mm/yyyy", "DD/YYYY", "YYYY-MM-MM", "DD. de Month YYYY")
        ),
        ('{ month = "{a}" }', "row.date.year: A date has a year."),
        ('{ year = "{a}", precision = "{b}" }', "row.date.precision: “precision” does not go with"),
    ],
)
def test_a_mistake_in_how_a_date_is_made_is_told_with_its_place(
    date: str, sentence: str, tmp_path: Path
):
    with pytest.raises(Refused) as refused:
        read(tmp_path, date)

    assert sentence in "\n".join(refused.value.messages)


def test_what_is_no_date_is_shown_whole():
    with pytest.raises(NotTaken) as refused:
        DateCell("date").read({"date": "01 January 2020"}, ..., None)  # type: ignore[arg-type]

    assert refused.value.message.startswith(
        "“01 January 2020” is no date: “J” cannot stand in a date. Dates are written with"
    )
