"""Dates as datasets write them: never more precise than they are."""

from pathlib import Path

import pytest

from chronicle.dates import PartialDate
from desk.refusals import Refused
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


BY_PRECISION = """{ from = "{a}", to = "{b}", precision = "{c}", means = { 1 = "day", 2 = "within",
    3 = "month", 4 = "year", 5 = "about", 6 = "lasting" } }""".replace("\n", "")
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
    ],
)
def test_a_date_that_is_not_as_precise_as_it_looks_is_refused(
    date: str, cells: tuple[str, ...], sentence: str, tmp_path: Path
):
    with pytest.raises(NotTaken) as refused:
        read(tmp_path, date, **dict(zip("abc", cells, strict=False)))

    assert refused.value.message == sentence


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
    ],
)
def test_a_mistake_in_how_a_date_is_made_is_told_with_its_place(
    date: str, sentence: str, tmp_path: Path
):
    with pytest.raises(Refused) as refused:
        read(tmp_path, date)

    assert sentence in "\n".join(refused.value.messages)
