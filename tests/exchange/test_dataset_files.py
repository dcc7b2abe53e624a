"""Files as they come: damaged, hostile, or simply wrong."""

import gzip
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from desk.models import Revision
from events.models import Event
from exchange.datasets.items import pattern_of
from exchange.datasets.reading import Dataset
from exchange.problems import NotTaken
from tests.exchange.datasets import (
    GED,
    as_csv,
    as_workbook,
    counts,
    documents,
    run,
    told,
)

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ged_sample.csv"


def good(**changes: str) -> bytes:
    return as_csv([GED | changes])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "“data” is empty."),
        (
            good(side_a="Größe").decode().encode("latin-1"),
            "Line 2 of “data” is not in UTF-8. Save it as “CSV UTF-8”",
        ),
        (gzip.compress(b"id,title\n1,A\n", mtime=0), "“data” is compressed. Unpack it first."),
        (good().replace(b"Hill", b"Hi\\0ll"), "Line 2 of “data” holds NUL characters."),
        (b'id,title\n1,"no end', "Line 2 of “data” cannot be read: unexpected end of data."),
        (b"id,title\n", "“data” holds no row."),
        (b"id,id\n1,2\n", "The column “id” stands in “data” twice, the second time in column B."),
        (b'[{"id": 1}]', "“data” is no JSON Lines: those hold one object a line."),
        (b"\xd0\xcf\x11\xe0old", "“data” is a workbook of the old kind, or has a password."),
        (b"PK\x03\x04nothing", "This file is damaged: it cannot be unpacked."),
        (
            b'id,title\n1,"' + b"x" * 10_000_001 + b'"\n',
            "Line 2 of “data” cannot be read: field larger",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_whole(
    data: bytes, sentence: str, tmp_path: Path, administrator
):
    with pytest.raises(NotTaken) as refused:
        run(tmp_path, data.replace(b"\\0", b"\0"), "plain_events", by=administrator)

    assert refused.value.message.startswith(sentence)
    assert Revision.objects.count() == 0


def test_a_pipe_is_refused_as_it_can_be_read_once_only(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(NotTaken) as refused:
        Dataset(tmp_path / "pipe")

    assert refused.value.message.endswith("” is no file, and it is read several times.")


@pytest.mark.parametrize(
    "data",
    [
        b'id;"Deaths, injured, missing";d\n1;2;3\n',
        b"id;Deaths, injured, missing;d\n1;2;3\n",
        b'id|"a;b;c;d"|d\n1|2|3\n',
        b'"Deaths,\ninjured, missing";id;d\n2;1;3\n',
        b"id,a;b;c,d\n1,2,3\n",
    ],
)
def test_the_separator_is_what_stands_between_cells(data: bytes, tmp_path: Path):
    (tmp_path / "data").write_bytes(data)

    dataset = Dataset(tmp_path / "data")

    assert (len(dataset.columns), dataset.total) == (3, 1)
    assert {"id", "d"} < set(dataset.columns)


def test_a_mark_and_ends_of_lines_of_another_kind_are_no_matter(tmp_path: Path, administrator):
    data = b"\xef\xbb\xbf" + good().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

    assert counts(run(tmp_path, data, "ucdp_ged", by=administrator)) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"id": ""}, "id", "This row has no identifier, so that it could not be known again."),
        (
            {"date_start": "3 January"},
            "date_start, date_end, date_prec",
            "“3 January” is not a day, like 2024-05-31.",
        ),
        (
            {"date_start": "2013-01-09"},
            "date_start, date_end, date_prec",
            "The last day, 2013-01-03, is before the first, 2013-01-09.",
        ),
        (
            {"date_end": "2013-01-09"},
            "date_start, date_end, date_prec",
            "The date is said to be one day, but it goes from 2013-01-03 to 2013-01-09.",
        ),
        (
            {"date_prec": "9"},
            "date_start, date_end, date_prec",
            "The precision is “9”; the mapping knows “1”, “2”, “3”, “4”, “5”.",
        ),
        (
            {"type_of_violence": "4"},
            "type_of_violence",
            "The mapping does not say what “4” stands for, only “1”, “2”, “3”.",
        ),
        (
            {"source_article": "Vale News,2013-02-31,Two killed"},
            "source_article",
            (
                "“2013-02-31” does not exist: that month has no such day. The last of February "
                "1999, for example, is 1999-02-28."
            ),
        ),
        ({"latitude": "91"}, "latitude", "Ensure this value is less than or equal to 90."),
        (
            {"longitude": ""},
            "latitude, longitude, where_prec",
            "Give latitude, longitude and precision, or none of them.",
        ),
        (
            {"type_of_violence": ""},
            "type_of_violence",
            "This cannot be empty: it takes an entry by slug, name or id (T1).",
        ),
        ({"low": "many"}, "low", "“many” is not a number, like 1200 or 12.5."),
        (
            {"low": "5"},
            "low, best, high",
            "Low, best and high have to be in ascending order.",
        ),
        (
            {"dyad_name": "x" * 41_000},
            "dyad_name",
            "This has 41,000 characters; at most 40,000 are taken.",
        ),
        (
            {"country": "a\u202eb"},
            "country",
            (
                "There is a character after “nt: Lakeside town, a” that turns the order of the "
                "letters. Take it out."
            ),
        ),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_the_others_are(
    changes: dict[str, str], column: str, reason: str, tmp_path: Path, administrator
):
    rows = [GED | {"id": "1", "country": "Elsewhere"}, GED | changes, GED | {"id": "3"}]

    report = run(tmp_path, as_csv(rows), "ucdp_ged", by=administrator)

    [(line, of, why)] = told(report)
    assert (line, Event.objects.count()) == (3, 2)
    assert column in of
    assert why.replace("(U+202E) ", "") == reason


def test_a_row_that_is_rejected_takes_no_slug(tmp_path: Path, administrator):
    rows = [GED | {"id": "9", "latitude": "95"}, GED, GED | {"id": "8", "low": "9"}]

    report = run(tmp_path, as_csv(rows), "ucdp_ged", by=administrator)

    assert counts(report) == (1, 0, 0, 2)
    assert [each["slug"] for each in documents("place")] == ["the-vale", "lakeside-town"]


def test_a_cell_that_is_too_long_is_of_its_row_alone(tmp_path: Path, administrator):
    rows = [
        GED | {"id": "1", "other": "x" * 140_000},
        GED | {"id": "2", "other": "", "country": "x" * 140_000},
        GED | {"id": "3", "other": ""},
    ]

    report = run(tmp_path, as_csv(rows), "ucdp_ged", by=administrator)

    [(line, _, why)] = told(report)
    assert (line, why) == (3, "This has 140,000 characters; at most 40,000 are taken.")
    assert counts(report) == (2, 0, 0, 1)


def test_a_column_of_the_desk_is_told_where_no_column_of_the_file_is_in_it(
    tmp_path: Path, administrator
):
    mapping = tmp_path / "mapping.toml"
    head = '[row]\ntype = "event"\nscheme = "list"\nvalue = "{id}"'
    mapping.write_text(f'{head}\ntitle = "{{title}}"\nkind = "meeting"')

    report = run(tmp_path, as_csv([{"id": "1", "title": "A"}]), mapping, by=administrator)

    assert [(line, column) for line, column, _ in told(report)] == [(2, "kind")]


def test_a_long_stretch_of_white_space_takes_no_time():
    pattern, _ = pattern_of("{publisher},{day:day},{headline}")
    began = time.monotonic()

    assert pattern.fullmatch(f"x{' ' * 39_000}y") is None

    assert time.monotonic() - began < 1


def test_a_line_of_white_space_is_no_row(tmp_path: Path, administrator):
    data = good().replace(b"\r\n", b"\r\n \r\n", 1) + b" \t\r\n"

    report = run(tmp_path, data, "ucdp_ged", by=administrator)

    assert (report.read, counts(report)) == (1, (1, 0, 0, 0))


def test_ragged_rows_and_rows_that_stand_twice_are_told(tmp_path: Path, administrator):
    data = as_csv([GED, GED | {"side_b": "Another"}]) + b"1,2,3\r\n"

    report = run(tmp_path, data, "ucdp_ged", by=administrator)

    assert told(report) == [
        (3, "id", "A row before this one has the same identifier, 101."),
        (
            4,
            "",
            (
                f"This row has 3 cells, and the file {len(GED)} columns. Is there a separator too "
                "many or too few?"
            ),
        ),
    ]


def test_formulas_of_a_workbook_are_told_by_their_column(tmp_path: Path, administrator):
    (tmp_path / "book.xlsx").write_bytes(as_workbook([GED]))
    book: Workbook = load_workbook(tmp_path / "book.xlsx")
    sheet: Any = book.active
    sheet.cell(2, list(GED).index("best") + 1).value = "=1+1"
    book.save(tmp_path / "book.xlsx")

    report = run(tmp_path, (tmp_path / "book.xlsx").read_bytes(), "ucdp_ged", by=administrator)

    assert told(report) == [(2, "best", "This is a formula. Put its value in its place.")]


def test_other_sheets_of_a_workbook_can_hold_what_they_like(tmp_path: Path, administrator):
    (tmp_path / "book.xlsx").write_bytes(as_workbook([GED]))
    book: Workbook = load_workbook(tmp_path / "book.xlsx")
    notes: Any = book.create_sheet("Codebook")
    notes["A1"] = "=1+1"
    notes.merge_cells("A1:C1")
    book.save(tmp_path / "book.xlsx")

    report = run(tmp_path, (tmp_path / "book.xlsx").read_bytes(), "ucdp_ged", by=administrator)

    assert (counts(report), told(report)) == ((1, 0, 0, 0), [])


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path, administrator):
    run(tmp_path, good(where_coordinates="=cmd()"), "ucdp_ged", by=administrator)

    assert Event.objects.get().title.endswith(": =cmd(), The Vale")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "This line is no JSON: Expecting property name"),
        (b"[1]", "This line is no JSON object, like"),
        (b'{"id": 1, "id": 2}', "This line has two members of one name."),
        (b'{"id": 1, " id": 2}', "This line has two members of one name."),
        (b'{"id": NaN}', "NaN is no number of JSON."),
        (b'{"id": "\\ud800"}', "This holds half of a character."),
        (b'{"id": {"a": 1}}', "This is neither text, a number, nor a list of those."),
        (b'{"id": ' + b"[" * 100_000, "This line is no JSON:"),
        (
            b'{"id": ' + b"[" * 600 + b"]" * 600 + b"}",
            "This is neither text, a number, nor a list of those.",
        ),
    ],
)
def test_a_line_of_json_that_is_wrong_is_told(
    line: bytes, reason: str, tmp_path: Path, administrator
):
    data = json.dumps(GED).encode() + b"\n" + line + b"\n"

    report = run(tmp_path, data, "ucdp_ged", by=administrator)

    [(number, _, why)] = told(report)
    assert (number, why[: len(reason)], Event.objects.count()) == (2, reason, 1)


def test_the_command_tells_what_became_of_the_rows(tmp_path: Path, administrator, capsys):
    file, report = tmp_path / "ged.csv", tmp_path / "report.csv"
    file.write_bytes(as_csv([GED, GED | {"id": "102", "best": "-"}]))
    options = {"by": administrator.username, "reason": "Try.", "mapping": "ucdp_ged"}

    call_command("import_dataset", file, report=report, **options)

    out, err = capsys.readouterr()
    assert out.splitlines()[:3] == [
        "Rows of ged.csv: 2 read, 1 made, 0 changed, 0 matched and unchanged, 1 rejected.",
        "Made with them: 2 actors, 2 places, 3 sources, 3 terms.",
        "  line 3, best: “-” is not a number, like 1200 or 12.5.",
    ]
    assert (out.splitlines()[3][:33], err) == ("Everything new stands in submissi", "")
    assert report.read_text(encoding="utf-8-sig").splitlines() == [
        "line,column,reason",
        '3,best,"“-” is not a number, like 1200 or 12.5."',
    ]


def test_the_command_tells_what_became_of_the_rows_though_the_report_cannot_be_written(
    tmp_path: Path, administrator, capsys
):
    (tmp_path / "ged.csv").write_bytes(good())
    options = {"by": administrator.username, "reason": "Try.", "mapping": "ucdp_ged"}

    with pytest.raises(CommandError, match="cannot be written: Is a directory"):
        call_command("import_dataset", tmp_path / "ged.csv", report=tmp_path, **options)

    assert capsys.readouterr().out.startswith("Rows of ged.csv: 1 read, 1 made, ")


def test_the_command_refuses_a_mapping_that_is_not_there(tmp_path: Path, administrator):
    (tmp_path / "ged.csv").write_bytes(good())

    with pytest.raises(CommandError) as refused:
        call_command(
            "import_dataset", tmp_path / "ged.csv", mapping="no", by="administrator", reason="Try."
        )

    assert str(refused.value) == "“no” cannot be read: No such file or directory."


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample is not here, only beside the project")
def test_a_hundred_rows_of_the_real_dataset_come_in(tmp_path: Path, administrator):
    lines = SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)

    report = run(tmp_path, "".join(lines[:101]).encode(), "ucdp_ged", by=administrator)

    # In two of them the dataset has a best figure that is lower than its lowest.
    assert counts(report)[0] + counts(report)[3] == report.read
    assert {reason for *_, reason in told(report)} <= {
        "Low, best and high have to be in ascending order."
    }
    assert Event.objects.count() == counts(report)[0]
