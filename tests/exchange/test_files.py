"""Files as they come: what is read of them, and what hostile ones are answered."""

import datetime
import io
import time
import tracemalloc
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.xml.constants import SHEET_MAIN_NS

from chronicle.spreadsheets import NUMBER, escaped, unescaped
from desk.bases import normalised
from exchange.cells import NumberCell
from exchange.exporting import empty_tables
from exchange.formats import LARGEST, read_file, write_file
from exchange.problems import NotTaken
from exchange.tables import tables

HEADER = ["id", "title", "date"]


def workbook(rows: list[list[Any]], title: str = "events", **options: Any) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merge := options.get("merge"):
        sheet.merge_cells(merge)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def repacked(data: bytes, **members: bytes) -> bytes:
    """The archive with other members: names with "/" written as "__"."""
    changed = {
        name.replace("__", "/").replace("-xml", ".xml"): text for name, text in members.items()
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed.pop(name, old.read(name)), zipfile.ZIP_DEFLATED)
        for name, text in changed.items():
            new.writestr(name, text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def cells(data: bytes, name: str = "events.csv") -> list[dict[str, str]]:
    found = read_file(data, name)
    assert found.problems == []
    [sheet] = found.sheets
    return [row.cells for row in sheet.rows]


def refusal(data: bytes, name: str = "events.csv") -> str:
    with pytest.raises(NotTaken) as refused:
        read_file(data, name)
    return refused.value.message


SIGNED = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", " ", "\t", "\r", "\n", "\r\n", "\u00a0", " \t "]),
        st.sampled_from([*"=+-@＝＋－＠'", "'=", "''", "-1", "-1+1", "+1", ""]),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    ),
)


@given(st.one_of(SIGNED, st.text(st.characters(exclude_categories=["Cs"]))))
def test_escaping_is_undone(text: str):
    told = escaped(text)

    assert unescaped(told) == text
    assert NUMBER.fullmatch(text) or told.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert told[:1] not in ("\t", "\r", "\n")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_cells_that_could_be_formulas_come_back_as_they_were(db: None, kind: str):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(SIGNED, min_size=1, max_size=5))
    def check(texts: list[str]) -> None:
        rows = [["id", "title"], *[["x", text] for text in texts]]

        [sheet] = read_file(write_file({"events": rows}, kind), "x").sheets

        came = [normalised(row.cells["title"]) for row in sheet.rows]
        assert came == [normalised(text) for text in texts]

    check()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1200", "1200"),
        ("+12.50", "12.5"),
        ("-0.0", "0"),
        (".5", "0.5"),
        ("007", "7"),
        ("1e-07", "0.0000001"),
        ("12345678901234567890123456789012345678901", "12345678901234567890123456789012345678901"),
        ("0.1234567890123456789012345678901", "0.1234567890123456789012345678901"),
    ],
)
def test_numbers_are_read_exactly(written: str, read: str):
    finder: Any = None
    assert NumberCell("best").value_of(written, finder) == read


@pytest.mark.parametrize(
    "written", ["1_000", "1٢", "١٢", "1,000", "1e999999", "NaN", "Infinity", "- 1", "."]
)
def test_what_is_no_plain_number_is_refused(written: str):
    finder: Any = None
    with pytest.raises(NotTaken) as refused:
        NumberCell("best").value_of(written, finder)

    assert refused.value.message == f"“{written}” is not a number, like 1200 or 12.5."


def test_no_column_of_a_table_stands_twice(db: None):
    assert {
        name: columns
        for name, table in tables().items()
        if len(set(columns := table.columns)) < len(columns)
    } == {}


def test_every_cell_of_a_workbook_is_read_as_it_would_be_typed():
    data = workbook(
        [
            HEADER,
            ["E1", 1994, datetime.datetime(1994, 7, 3)],  # noqa: DTZ001
            ["E2", True, datetime.date(1994, 7, 3)],
            ["E3", 12.5, datetime.datetime(1994, 7, 3, 12, 30)],  # noqa: DTZ001
            [None, None, None],
            ["E4", "'=1+1", "1994-07"],
        ]
    )

    assert cells(data) == [
        {"id": "E1", "title": "1994", "date": "1994-07-03"},
        {"id": "E2", "title": "yes", "date": "1994-07-03"},
        {"id": "E3", "title": "12.5", "date": "1994-07-03T12:30:00"},
        {"id": "E4", "title": "=1+1", "date": "1994-07"},
    ]


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("dd/mm/yyyy", "1994-07-03"),
        ("mmm-yy", "1994-07"),
        ('[$-419]mmmm" of days "yyyy;@', "1994-07"),
        (r"yyyy\-\m\d", "1994"),
        ("yyyy", "1994"),
        ("h:mm", "1994-07-03"),
    ],
)
def test_a_day_of_a_workbook_is_as_precise_as_it_is_shown(number_format: str, shown: str):
    book, data = Workbook(), io.BytesIO()
    sheet: Any = book.active
    sheet.title = "events"
    sheet.append(["id", "date"])
    sheet.append(["E1", datetime.date(1994, 7, 3)])
    sheet["B2"].number_format = number_format
    book.save(data)

    assert cells(data.getvalue()) == [{"id": "E1", "date": shown}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_the_delimiter_it_has(delimiter: str):
    lines = [HEADER, ["E1", "Talks", "1994"]]
    data = "\ufeff" + "\r\n".join(delimiter.join(line) for line in lines)

    assert cells(data.encode(), "events (2).csv") == [
        {"id": "E1", "title": "Talks", "date": "1994"}
    ]


def test_formulas_and_errors_are_told_by_their_cells():
    found = read_file(workbook([HEADER, ["E1", "=1+1", "#N/A"]]), "x.xlsx")

    assert [(each.row, each.column, each.message) for each in found.problems] == [
        (2, "title", "This is a formula. Put its value in its place."),
        (2, "date", "This is an error of the spreadsheet, #N/A."),
    ]


def test_no_cell_that_is_written_is_a_formula(db: None):
    book = {"events": [["id", "title"], ["", '=HYPERLINK("http://x")']]}

    with zipfile.ZipFile(io.BytesIO(write_file(book, "xlsx"))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert b"'=HYPERLINK" in zipfile.ZipFile(io.BytesIO(write_file(book, "csv"))).read("events.csv")


def test_empty_tables_are_headers_alone(db: None):
    assert empty_tables(["term"])["term.labels"] == [
        ["entry", "key", "language", "label", "definition"]
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "This is a workbook of the old kind"),
        (b"%PDF-1.7", "This is neither an XLSX workbook nor CSV."),
        (b'{"id": 1}', "This is neither an XLSX workbook nor CSV."),
        (b"PK\x03\x04" + b"x" * 100, "This file is damaged: it cannot be unpacked."),
        (b"id,title\n\xff\xfe,x", "“events.csv” is not in UTF-8."),
        (b"id,title\nE1,a\0b", "“events.csv” holds NUL characters"),
        (b'id,title\nE1,"a', "Row 2 of “events.csv” cannot be read"),
        (b"x" * (LARGEST + 1), "This file has 10.0 MB; at most 10 MB are taken."),
        (b"," * 200, "Row 1 of “events.csv” has 201 columns"),
        (b"id\n" + b"x" * 50_000, "Row 2 of “events.csv” has a cell of more than 40,000"),
        (b"id\n" + b"x\n" * 20_001, "This file has more than 20,000 rows."),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(db: None, data: bytes, sentence: str):
    assert refusal(data).startswith(sentence)


def test_workbooks_that_cannot_be_read_are_said_in_a_sentence(db: None):
    good = workbook([HEADER, ["E1", "Talks", "1994"]])
    bomb = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'">]><worksheet>&a;</worksheet>'
    string = b'<sheetData><row><c t="s"><v>9</v></c></row></sheetData></worksheet>'
    string = b'<worksheet xmlns="%s">' % SHEET_MAIN_NS.encode() + string
    said = {
        "macros": refusal(repacked(good, **{"xl__vbaProject.bin": b"x"})),
        "merged": refusal(workbook([HEADER, ["E1", "Talks"]], merge="A2:B2")),
        "damaged": refusal(repacked(good, **{"xl__workbook-xml": b"<workbook"})),
        "no string": refusal(repacked(good, **{"xl__worksheets__sheet1-xml": string})),
        "no book": refusal(repacked(good, **{"xl__workbook-xml": b"<html/>"})),
        "entities": refusal(repacked(good, **{"xl__worksheets__sheet1-xml": bomb})),
        "many": refusal(workbook([HEADER, *[["E1", "x", ""]] * 20_001])),
    }

    assert {name: sentence.partition(".")[0] for name, sentence in said.items()} == {
        "macros": "This workbook holds macros",
        "merged": "The sheet “events” holds merged cells",
        "damaged": "This is no XLSX workbook, or it is damaged",
        "no string": "This is no XLSX workbook, or it is damaged",
        "no book": "This file holds no table",
        "entities": "This workbook declares entities of its own, which are not read",
        "many": "This file has more than 20,000 rows",
    }


def test_archives_that_unpack_to_much_are_not_unpacked(db: None):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.csv", b"x" * (70 * 1024 * 1024))
    small = io.BytesIO()
    with zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.csv", b"x" * (2 * 1024 * 1024))
    tracemalloc.start()
    began = time.monotonic()

    sentence = refusal(packed.getvalue())

    assert sentence == "This archive unpacks to more than 60 MB. Import it in several parts."
    assert refusal(small.getvalue()) == "This archive unpacks to far more than tables do."
    assert time.monotonic() - began < 5
    assert tracemalloc.get_traced_memory()[1] < 20 * 1024 * 1024
    tracemalloc.stop()


def test_a_sheet_that_claims_a_million_rows_and_columns_is_read_to_its_bounds(db: None):
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
        b"</sheetData></worksheet>"
    )
    began = time.monotonic()

    sentence = refusal(repacked(workbook([HEADER]), **{"xl__worksheets__sheet1-xml": sheet}))

    assert sentence == (
        "This workbook has more than 50,000 rows up to row 50,001 of the sheet “events”. "
        "Delete the empty rows at its end."
    )
    assert time.monotonic() - began < 20


def test_rows_that_many_sheets_leave_out_count_together(db: None):
    book = Workbook()
    for name in list(tables())[:3]:
        sheet = book.create_sheet(name)
        sheet.append(["id"])
        sheet.cell(row=30_000, column=1, value="x")
    data = io.BytesIO()
    book.save(data)
    began = time.monotonic()

    sentence = refusal(data.getvalue())

    assert sentence.startswith("This workbook has more than 50,000 rows up to row 20,001 of the")
    assert time.monotonic() - began < 20
