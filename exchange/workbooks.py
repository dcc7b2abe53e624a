"""XLSX: a workbook with one sheet a table. Every cell is written as text."""

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from defusedxml import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from chronicle.spreadsheets import escaped
from exchange.problems import NotTaken, quoted
from exchange.sheets import LONGEST_CELL, MOST_COLUMNS, Raw, letters
from exchange.zips import LARGEST_UNPACKED, opened

# What openpyxl raises for a workbook that is none; parsers of XML raise kinds of SyntaxError.
DAMAGED = (
    *(SyntaxError, LookupError, ValueError, TypeError, OSError, AttributeError, ArithmeticError),
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
)
MOST_GAPS = 50_000  # rows of all sheets: empty ones that are formatted, or left out, count too
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE = 1024 * 1024  # bytes
# What stands in a format for itself, or says the colour, condition or language.
LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
DAY, MONTH, YEAR = 10, 7, 4  # characters of 2024-05-31
AS_TEXT = "@"  # or a spreadsheet would make days of dates, and numbers of keys


def read_workbook(
    data: bytes,
    *,
    most_rows: int = MOST_GAPS,
    most_columns: int = MOST_COLUMNS,
    largest: int = LARGEST_UNPACKED,
) -> Iterator[tuple[str, Iterator[Raw]]]:
    """Its sheets, row by row. Raises ``NotTaken``."""
    with opened(data, largest=largest) as archive:
        if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
            raise NotTaken("This workbook holds macros. Save it as .xlsx, without them.")
    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
    except Exception as error:
        raise _unreadable(error) from error
    counted = count(1)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                if _is_merged(sheet):
                    raise NotTaken(
                        f"The sheet {quoted(sheet.title)} holds merged cells. Split them, so that "
                        "each row has its own."
                    )
                yield sheet.title, _rows(sheet, counted, most_rows, most_columns)
    finally:
        book.close()


def write_workbook(tables: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """``tables``: rows by name, the first of them the header. No cell is a formula."""
    book = Workbook(write_only=True)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for place in range(len(rows[0])):
            sheet.column_dimensions[letters(place)].width = 22
        for number, row in enumerate(rows):
            sheet.append([_cell(sheet, text, is_header=not number) for text in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _cell(sheet: Any, text: str, *, is_header: bool) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, escaped(text))
    cell.data_type = "s"
    cell.number_format = AS_TEXT
    cell.alignment = Alignment(vertical="top", wrap_text=not is_header)
    if is_header:
        cell.font = Font(bold=True)
    return cell


def _is_merged(sheet: Any) -> bool:
    """Read a piece at a time, as it can be very long; openpyxl does not tell."""
    mark, end = b"<mergeCell ", b""
    try:
        with sheet.parent._archive.open(sheet._worksheet_path) as file:
            while piece := file.read(PIECE):
                if mark in end + piece:
                    return True
                end = piece[-len(mark) :]
    except Exception as error:
        raise _unreadable(error) from error
    return False


def _rows(sheet: Any, counted: Iterator[int], most_rows: int, most_columns: int) -> Iterator[Raw]:
    sheet.reset_dimensions()  # what a file says of its size need not be so
    blank = None  # openpyxl gives one and the same for all rows that the file leaves out
    try:
        for number, cells in enumerate(sheet.iter_rows(max_col=most_columns), start=1):
            if next(counted) > most_rows:
                raise NotTaken(
                    f"This workbook has more than {most_rows:,} rows up to row {number:,} of the "
                    f"sheet {quoted(sheet.title)}. Delete the empty rows at its end."
                )
            if cells is blank and number > 1:
                continue
            texts = _without_end([_text(cell) for cell in cells])
            blank = blank if texts else cells
            yield number, texts
    except NotTaken:
        raise
    except Exception as error:
        raise _unreadable(error) from error


def _without_end(cells: list[str | NotTaken]) -> list[str | NotTaken]:
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _text(cell: Any) -> str | NotTaken:
    """The cell as text, as somebody would have typed it; or why it cannot be read."""
    value = cell.value
    if cell.data_type == "f":
        return NotTaken("This is a formula. Put its value in its place.")
    if cell.data_type == "e":
        return NotTaken(f"This is an error of the spreadsheet, {value}.")
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime.date() if (shown := _shown_of(cell.number_format)) < DAY:
            return value.isoformat()[:shown]
        case datetime.datetime():
            midnight = value.time() == datetime.time()
            return value.date().isoformat() if midnight else value.isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat()
    text = str(value)
    if len(text) > LONGEST_CELL:
        return NotTaken(f"This has more than {LONGEST_CELL:,} characters.")
    return text


def _shown_of(number_format: str) -> int:
    """How many characters of a day are shown: spreadsheets keep a month as its first day."""
    letters_of = LITERALS.sub("", number_format).lower()
    if "y" not in letters_of or "d" in letters_of:
        return DAY
    return MONTH if "m" in letters_of else YEAR


def _unreadable(error: Exception) -> NotTaken:
    """Whatever openpyxl raises for a workbook that is none: it has no error of its own for it."""
    if isinstance(error, NotTaken):
        return error
    if isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException):
        return NotTaken("This workbook declares entities of its own, which are not read.")
    if isinstance(error, DAMAGED):
        return NotTaken("This is no XLSX workbook, or it is damaged. Save it again as .xlsx.")
    raise error
