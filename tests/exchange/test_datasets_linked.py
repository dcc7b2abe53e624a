"""Whom the rows of a dataset mean: the same in one import, in two, and where one goes on."""

from pathlib import Path
from typing import Any

import pytest

from exchange.datasets import importing
from exchange.management.commands.import_dataset import MAPPINGS
from tests import world
from tests.exchange.datasets import GED, PLAIN, as_csv, counts, documents, run, told

pytestmark = pytest.mark.django_db

PLACES = """
[row]
type = "place"
scheme = "places"
value = "{id}"
part_of = { link = "within" }
names = { text = "{name}", preferred = "yes" }

[links.within]
type = "place"
"""
BY_NUMBER = PLACES + 'scheme = "places"\nvalue = "{in}"\nnames = { text = "number {in}" }\n'
BY_NAME = PLACES + 'find = ["name"]\nnames = { text = "{in}" }\n'


@pytest.fixture
def places(tmp_path: Path, administrator) -> Any:
    """Import rows, each as ``id name in``, by one of the mappings."""

    def imported(mapping: str, *rows: str) -> Any:
        (tmp_path / "places.toml").write_text(mapping)
        cells = [dict(zip(("id", "name", "in"), row.split(), strict=True)) for row in rows]
        return run(tmp_path, as_csv(cells), tmp_path / "places.toml", by=administrator)

    return imported


def parts() -> list[tuple[str, str | None]]:
    return [(each["names"][0]["text"], each["part_of"]) for each in documents("place")]


@pytest.mark.parametrize("size", [1, 2, 500])
def test_what_a_place_is_called_like_is_no_other_country(
    size: int, tmp_path: Path, administrator, monkeypatch
):
    monkeypatch.setattr(importing, "ROWS", size)
    country = {"where_coordinates": "The Vale", "where_prec": "6", "latitude": "34"}
    data = [as_csv([GED]), as_csv([GED, GED | country | {"id": "102"}, GED | {"id": "103"}])]

    reports = [run(tmp_path, each, "ucdp_ged", by=administrator) for each in [*data, data[1]]]

    assert [counts(report) for report in reports] == [(1, 0, 0, 0), (2, 0, 1, 0), (0, 0, 3, 0)]
    assert [name for name, _ in parts()] == ["The Vale", "Lakeside town", "The Vale"]


@pytest.mark.parametrize("size", [1, 2, 500])
def test_a_name_of_several_is_refused_whether_they_are_there_or_come(
    size: int, places: Any, monkeypatch
):
    monkeypatch.setattr(importing, "ROWS", size)

    report = places(BY_NAME, "1 Vale Earth", "2 Vale Earth", "3 Lake Vale")

    several = "Several of the places can be meant: "
    assert [(line, why[: len(several)]) for line, _, why in told(report)] == [(4, several)]
    assert [name for name, _ in parts()] == ["Earth", "Vale", "Vale"]


def test_a_link_finds_by_name_what_a_row_before_it_made(places: Any):
    places(BY_NAME, "1 Vale Earth", "2 Lake Vale")

    assert parts() == [("Earth", None), ("Vale", "L1"), ("Lake", "L2")]


def test_a_row_that_names_itself_makes_nothing_else(places: Any):
    report = places(BY_NUMBER, "1 Vale 1", "2 Lake 1")

    assert told(report) == [(2, "", "Its part_of would be the entry itself.")]
    assert parts() == [("number 1", None), ("Lake", "L1")]


MEMBERS = """
[row]
type = "actor"
scheme = "people"
value = "{id}"
kind = "person"
existed = "{born}"
names = { text = "{name}" }
tenures = { role = "member", organisation = { link = "of" } }

[links.of]
type = "actor"
find = ["name"]
kind = "{kind}"
names = { text = "{of}" }
"""


@pytest.mark.parametrize(
    ("faulty", "lines"), [({"born": "31/12/1950"}, [2]), ({"kind": "club"}, [2, 4])]
)
def test_a_fault_of_a_row_is_none_of_what_it_names_of_the_same_type(
    faulty: dict[str, str], lines: list[int], tmp_path: Path, administrator
):
    mapping = tmp_path / "members.toml"
    mapping.write_text(MEMBERS)
    anna = {"id": "1", "name": "Anna", "born": "1950", "kind": "group", "of": "Club"}
    rows = [anna | faulty, anna | {"id": "2", "of": "Choir"}, anna | faulty | {"id": "3"}]
    rows[2]["born"] = "1950"

    report = run(tmp_path, as_csv(rows), mapping, by=administrator)

    assert [line for line, *_ in told(report)] == lines


def test_what_one_list_has_twice_is_one_row(tmp_path: Path, administrator):
    world.term("Meeting", by=administrator)
    world.term("Participant", vocabulary=world.Vocabulary.ROLE, by=administrator)
    rows = [PLAIN | {"actors": "The Vale; the vale; Hill Front"}]

    report = run(tmp_path, as_csv(rows), "plain_events", by=administrator)

    assert told(report) == []
    [event] = documents("event")
    assert [row["actor"] for row in event["participants"]] == ["A1", "A2"]


STATES = """
[row]
type = "event"
scheme = "list"
value = "{id}"
title = "{id}"
kind = "meeting"

[[row.participants]]
actor = { link = "state" }
role = "participant"

[links.state]
type = "actor"
find = ["identifier", "name"]
scheme = "wikidata"
value = "{number}"
kind = "state"
names = { text = "{state}" }
"""


@pytest.fixture
def states(tmp_path: Path, administrator) -> Any:
    """Import rows of a number and a name; ids of whom they mean, and what was rejected."""
    world.term("Meeting", by=administrator)
    world.term("Participant", vocabulary=world.Vocabulary.ROLE, by=administrator)
    (tmp_path / "states.toml").write_text(STATES)

    def imported(*rows: tuple[str, str]) -> list[str]:
        cells = [
            {"id": f"e{place}", "number": number, "state": state}
            for place, (number, state) in enumerate(rows)
        ]
        report = run(tmp_path, as_csv(cells), tmp_path / "states.toml", by=administrator)
        return [each["participants"][0]["actor"] for each in documents("event")], told(report)

    return imported


@pytest.mark.parametrize("size", [1, 500])
def test_what_has_an_identifier_is_not_meant_by_another_of_one_name(
    size: int, states: Any, administrator, monkeypatch
):
    monkeypatch.setattr(importing, "ROWS", size)
    world.actor("Hill", by=administrator)
    rows = [("Q3", "Hill"), ("Q1", "Vale"), ("Q2", "Vale"), ("Q4", "Hill"), ("Q3", "HILL")]

    assert states(*rows) == (["A1", "A2", "A3", "A4", "A1"], [])
    assert states(*rows, ("Q5", "Vale")) == (["A1", "A2", "A3", "A4", "A1", "A5"], [])


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("パリ", "バリ", False),
        ("राम", "रोम", False),
        ("Край", "Краи", False),
        ("Peña", "Pena", False),
        ("Block +", "Block -", False),
        ("???", "!!!", False),
        ("The vale\u200f", "the  VALE", True),
        ("Hill–Front", "Hill-Front", True),
    ],
)
def test_names_are_the_same_in_either_case_and_not_without_accents_or_signs(
    one: str, other: str, are_one: bool, states: Any
):
    assert states(("", one), ("", other)) == (["A1", "A1" if are_one else "A2"], [])


def test_an_identifier_that_is_refused_is_told_with_its_column_and_refuses_no_other(states: Any):
    rows = [("1", "Hill"), ("Q1", "Hill"), ("1", "Hill")]

    wrong = "What wikidata calls things looks like Q7251."
    assert states(rows[0]) == ([], [(2, "number", wrong)])
    assert states(*rows) == (
        ["A1"],
        [(2, "number", wrong), (4, "number, state", f"What it names cannot be made: {wrong}")],
    )


def test_what_cannot_be_made_is_told_of_whoever_names_it_by_way_of_another(
    tmp_path: Path, administrator
):
    text = (MAPPINGS / "ucdp_ged.toml").read_text().replace("gleditsch-ward", "wikidata")
    (tmp_path / "ged.toml").write_text(text)
    rows = [GED, GED | {"id": "102"}]

    report = run(tmp_path, as_csv(rows), tmp_path / "ged.toml", by=administrator)

    why = "What wikidata calls things looks like Q7251."
    assert told(report) == [
        (2, "country_id", why),
        (3, "country_id", f"What it names cannot be made: {why}"),
    ]


def test_what_is_found_by_name_is_called_by_the_first_name_that_it_has(
    tmp_path: Path, administrator
):
    names = '[[links.within.names]]\nif = "%s"\ntext = "{%s}"\nlanguage = "%s"\n'
    mapping = BY_NAME.replace('names = { text = "{in}" }\n', "")
    mapping += names % ("in", "in", "en") + names % ("dans", "dans", "fr")
    (tmp_path / "places.toml").write_text(mapping)
    rows = [
        {"id": "1", "name": "Lake", "in": "", "dans": "Vallon"},
        {"id": "2", "name": "Hill", "in": "Vale", "dans": "Val"},
        {"id": "3", "name": "Wood", "in": "", "dans": "vallon"},
    ]

    run(tmp_path, as_csv(rows), tmp_path / "places.toml", by=administrator)

    assert [(each["id"], each["part_of"]) for each in documents("place")] == [
        ("L1", None),
        ("L2", "L1"),
        ("L3", None),
        ("L4", "L3"),
        ("L5", "L1"),
    ]
