"""Files of datasets: CSV, JSON Lines and XLSX, read a row at a time, however many there are."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from exchange.csv_files import delimiter_of
from exchange.formats import OLD_OFFICE
from exchange.problems import NotTaken, quoted
from exchange.sheets import LONGEST_CELL, letters
from exchange.workbooks import read_workbook

MOST_ROWS = 2_000_000
MOST_COLUMNS = 500
HALVES = re.compile("[\ud800-\udfff]")
LINES_OF_START = 20  # by which the separator is known
MOST_READ = 10_000_000  # characters of a cell of CSV: far more than are taken, so that it is told
LARGEST_WORKBOOK = 2 * 1024**3  # bytes that it unpacks to

# What a cell holds: text, several texts (of JSON), or why it cannot be taken.
Content = str | list[str] | NotTaken


@dataclass(frozen=True)
class Line:
    """One row of the file; ``number``: the line of the file where it begins.

    ``fault``: why none of it can be taken.
    """

    number: int
    cells: dict[str, Content]
    fault: str = ""


class Dataset:
    """A file, whose format is known by what it holds. Raises ``NotTaken``.

    ``columns`` and ``total`` read it once from end to end: what cannot be read at all is found
    before anything is done with it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.exists() and not path.is_file():
            raise NotTaken(f"{quoted(str(path))} is no file, and it is read several times.")
        try:
            with path.open("rb") as file:
                start = file.read(512)
        except OSError as error:
            raise NotTaken(f"{quoted(str(path))} cannot be read: {error.strerror}.") from error
        if not start.strip():
            raise NotTaken(f"{quoted(path.name)} is empty.")
        if start.startswith(OLD_OFFICE):
            raise NotTaken(
                f"{quoted(path.name)} is a workbook of the old kind, or has a password. Save it as "
                ".xlsx."
            )
        if start.startswith(b"\x1f\x8b"):
            raise NotTaken(f"{quoted(path.name)} is compressed. Unpack it first.")
        self.is_workbook = start.startswith(b"PK\x03\x04")
        bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
        if bare.startswith(b"["):
            raise NotTaken(f"{quoted(path.name)} is no JSON Lines: those hold one object a line.")
        self.is_json = bare.startswith(b"{")

    @property
    def columns(self) -> list[str]:
        return self._survey[0]

    @property
    def total(self) -> int:
        """Rows, without that of the names."""
        return self._survey[1]

    @cached_property
    def _survey(self) -> tuple[list[str], int]:
        columns: dict[str, None] = {}
        total = 0
        for line in self.lines():
            total += 1
            columns |= dict.fromkeys(line.cells)
            if total > MOST_ROWS or len(columns) > MOST_COLUMNS:
                raise NotTaken(
                    f"{quoted(self.path.name)} has more than {MOST_ROWS:,} rows, or more than "
                    f"{MOST_COLUMNS} columns. Import it in several parts."
                )
        if not total:
            raise NotTaken(f"{quoted(self.path.name)} holds no row.")
        return list(columns), total

    def lines(self) -> Iterator[Line]:
        if self.is_workbook:
            return self._of_sheet()
        return self._of_json() if self.is_json else self._of_csv()

    def _texts(self) -> Iterator[str]:
        """The lines of the file, with their ends."""
        # What is no UTF-8 is read as halves of characters, so that its line is known.
        with self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            for number, text in enumerate(file, start=1):
                if not text.isascii() and HALVES.search(text):
                    raise NotTaken(
                        f"Line {number} of {quoted(self.path.name)} is not in UTF-8. Save it as "
                        "“CSV UTF-8” in the spreadsheet."
                    )
                if "\0" in text:
                    raise NotTaken(
                        f"Line {number} of {quoted(self.path.name)} holds NUL characters."
                    )
                yield text

    def _of_csv(self) -> Iterator[Line]:
        delimiter = delimiter_of("".join(islice(self._texts(), LINES_OF_START)))
        reader = csv.reader(self._texts(), delimiter=delimiter, strict=True)
        begins = 1

        def rows() -> Iterator[tuple[int, Sequence[Content]]]:
            nonlocal begins
            csv.field_size_limit(MOST_READ)  # of the whole process; 131,072 where nothing is said
            try:
                for cells in reader:
                    yield begins, list(cells)
                    begins = reader.line_num + 1
            except csv.Error as error:
                raise NotTaken(
                    f"Line {begins} of {quoted(self.path.name)} cannot be read: {error}."
                ) from None

        return self._with_names(rows(), ragged=False)

    def _of_sheet(self) -> Iterator[Line]:
        sheets = read_workbook(
            self.path.read_bytes(),
            most_rows=MOST_ROWS,
            most_columns=MOST_COLUMNS,
            largest=LARGEST_WORKBOOK,
        )
        for _, rows in sheets:
            yield from self._with_names(rows, ragged=True)
            return
        raise NotTaken(f"{quoted(self.path.name)} holds no sheet that can be seen.")

    def _with_names(
        self, rows: Iterable[tuple[int, Sequence[Content]]], *, ragged: bool
    ) -> Iterator[Line]:
        """``ragged``: a row that ends early is empty to its end, as spreadsheets write them."""
        names: list[str] = []
        for number, cells in rows:
            if not any(not isinstance(cell, str) or cell.strip() for cell in cells):
                continue
            if not names:
                names = self._names(cells)
                continue
            fault = ""
            if len(cells) > len(names) or (len(cells) < len(names) and not ragged):
                fault = (
                    f"This row has {len(cells)} cells, and the file {len(names)} columns. Is there "
                    "a separator too many or too few?"
                )
            whole = [*cells, *[""] * (len(names) - len(cells))]
            named = zip(names, whole, strict=False)
            yield Line(number, {name: _taken(cell) for name, cell in named if name}, fault)

    def _names(self, cells: Sequence[Content]) -> list[str]:
        names = [cell.strip() if isinstance(cell, str) else "" for cell in cells]
        for place, name in enumerate(names):
            if name and name in names[:place]:
                raise NotTaken(
                    f"The column {quoted(name)} stands in {quoted(self.path.name)} twice, the "
                    f"second time in column {letters(place)}."
                )
        return names

    def _of_json(self) -> Iterator[Line]:
        for number, text in enumerate(self._texts(), start=1):
            if text.strip():
                yield _of_json(number, text)


def _of_json(number: int, text: str) -> Line:
    try:
        value = json.loads(
            text,
            parse_int=str,  # so that all digits stay
            parse_float=str,
            parse_constant=_refuse,
            object_pairs_hook=_pairs,
        )
    except NotTaken as error:
        return Line(number, {}, error.message)
    except (ValueError, RecursionError) as error:
        return Line(number, {}, f"This line is no JSON: {error}.")
    if not isinstance(value, dict):
        return Line(number, {}, "This line is no JSON object, like {“name”: “value”}.")
    return Line(number, {name: _of_value(each) for name, each in value.items()})


def _refuse(text: str) -> Any:
    raise NotTaken(f"{text} is no number of JSON.")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = {name.strip(): value for name, value in pairs}
    if len(found) != len(pairs):
        raise NotTaken("This line has two members of one name.")
    return found


def _of_value(value: Any) -> Content:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return _taken(value)
        case list() if not any(isinstance(each, list) for each in value):
            texts = [_of_value(each) for each in value]
            faults = [each for each in texts if isinstance(each, NotTaken)]
            return faults[0] if faults else [each for each in texts if isinstance(each, str)]
    return NotTaken("This is neither text, a number, nor a list of those.")


def _taken(cell: Content) -> Content:
    if isinstance(cell, str):
        if len(cell) > LONGEST_CELL:
            return NotTaken(
                f"This has {len(cell):,} characters; at most {LONGEST_CELL:,} are taken."
            )
        if not cell.isascii() and HALVES.search(cell):
            return NotTaken("This holds half of a character.")
    return cell
