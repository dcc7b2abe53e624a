"""Findings against labels: what is right, missed or false; and the command that says so."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from desk.refusals import Refused
from reading.known import known_actors, known_entries, surname_of
from reading.measuring import MARKS, Expression, compared, found_in, read_labels
from reading.recognition import Known
from sources.selectors import FoldedText
from tests import world

HERE = Path(__file__).parent
LABELLED = sorted(path.stem for path in (HERE / "texts").glob("*.txt"))


def known_of(name: str) -> list[Known]:
    """The actors that stand beside a labelled text, as the desk would know them."""
    lines = (HERE / "labels" / f"{name}.actors.jsonl").read_text(encoding="utf-8").splitlines()
    actors = [json.loads(line) for line in lines if line.strip()]
    return [
        Known(
            actor["id"],
            tuple(actor["names"]),
            surname_of(actor["names"][0]) if actor.get("kind") == "person" else "",
        )
        for actor in actors
    ]


@pytest.mark.parametrize("name", LABELLED)
def test_a_labelled_text_is_read_well_enough(name: str):
    text = FoldedText((HERE / "texts" / f"{name}.txt").read_text(encoding="utf-8"), [])
    labels = read_labels((HERE / "labels" / f"{name}.jsonl").read_text(encoding="utf-8"))
    found = found_in(text, known_of(name))
    agreements = [compared(kind, labels[kind], found[kind]) for kind in MARKS]
    assert [(each.kind, each.missed, each.false) for each in agreements if not each.is_good] == []


def test_labels_and_findings_are_paired():
    year, month = Expression(1, "1994", ("1994",)), Expression(2, "May", ("1994-05",))
    other = Expression(2, "May", ("1995-05",))
    more, less = Expression(3, "June", ("1994-06",)), Expression(3, "July", ("1994-07",))
    agreement = compared("date", [year, year, month, more], [year, year, other, less])
    assert agreement.right == [(year, year), (year, year)]
    assert agreement.otherwise == [(month, other)]
    assert (agreement.missed, agreement.false) == ([more], [less])
    assert (agreement.recall, agreement.precision, agreement.is_good) == (0.5, 0.5, False)


def test_an_ambiguous_name_is_right_if_the_label_is_a_candidate():
    label, found = Expression(1, "Aliyev", ("A2",)), Expression(1, "Aliyev", ("A1", "A2"))
    assert compared("actor", [label], [found]).right == [(label, found)]


@pytest.mark.parametrize(
    "line",
    [
        "May 1994",
        "[]",
        '{"block": "1", "words": "May", "kind": "date", "edtf": "1994"}',
        '{"block": 1, "words": "May", "kind": "place", "id": "L1"}',
        '{"block": 1, "words": "May", "kind": "date"}',
    ],
)
def test_what_is_no_label_is_refused_with_its_line(line: str):
    good = '{"block": 1, "words": "May 1994", "kind": "date", "edtf": "1994-05"}'
    with pytest.raises(Refused, match="Line 3 of the labels is none"):
        read_labels(f"{good}\n\n{line}")


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Heydar Aliyev", "Aliyev"),
        ("Levon Ter-Petrosyan", "Ter-Petrosyan"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Martin Luther King, Jr.", "King"),
        ("Pelé", ""),
        ("Adela of Marsk", ""),
    ],
)
def test_a_surname_is_the_last_word_with_its_particles(name: str, surname: str):
    assert surname_of(name) == surname


@pytest.mark.django_db
def test_the_desk_knows_actors_and_places_by_all_their_names(django_assert_num_queries):
    world.actor()
    world.place()
    with django_assert_num_queries(2):
        assert len(known_entries()) == 2
    for number in range(2):
        world.actor(f"Republic {number}")
        world.place(f"Town {number}")
    with django_assert_num_queries(2):
        assert len(known_entries()) == 6


@pytest.mark.django_db
def test_the_command_prints_every_difference_and_fails_below_the_marks(tmp_path: Path):
    world.actor()
    (known,) = known_actors()
    (tmp_path / "text.txt").write_text(f"{known.names[0]} came in May 1994.\n\nNobody in June.")
    label = '{"block": %d, "words": "%s", "kind": "%s", "%s": "%s"}'
    lines = [
        label % (1, known.names[0], "actor", "id", known.public_id),
        label % (1, "May 1994", "date", "edtf", "1994-05"),
        label % (2, "June", "date", "edtf", "1995-06"),
    ]
    (tmp_path / "labels.jsonl").write_text("\n".join(lines))
    out = StringIO()
    with pytest.raises(CommandError, match="Below the marks: dates"):
        call_command(
            "measure_suggestions", tmp_path / "text.txt", tmp_path / "labels.jsonl", stdout=out
        )
    assert out.getvalue().splitlines() == [
        "dates: 2 labelled, 2 found, 1 right: recall 0.500, precision 0.500",
        "    right words, another date: 1",
        "    block 2: “June” 1995-06, found as 1994-06",
        "actors: 1 labelled, 1 found, 1 right: recall 1.000, precision 1.000",
        "    right among several candidates: 0",
    ]
