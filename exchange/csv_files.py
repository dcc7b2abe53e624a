"""CSV: one table a file, or a ZIP of them. UTF-8, comma, semicolon, tab or vertical bar."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from chronicle.spreadsheets import MARK, escaped
from exchange.problems import NotTaken, quoted
from exchange.sheets import LONGEST_CELL, MOST_COLUMNS, Raw
from exchange.zips import opened

COPIES = re.compile(r"[\s_-]*(\(\d+\)|copy|copie|kopie)$", re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*("|$)')
START = 10_000  # characters by which the separator is known
WRITTEN_AT = (1980, 1, 1, 0, 0, 0)  # so that the same tables make the same bytes


def read_csv(data: bytes, name: str) -> Iterator[tuple[str, Iterator[Raw]]]:
    """The table that the file is named for. Raises ``NotTaken``."""
    yield _table_named(name), _rows(data, name)


def read_csv_zip(data: bytes) -> Iterator[tuple[str, Iterator[Raw]]]:
    with opened(data) as archive:
        for member in archive.infolist():
            path = PurePosixPath(member.filename)
            if member.is_dir() or path.parts[0] == "__MACOSX" or path.name.startswith("."):
                continue
            if path.suffix.lower() != ".csv":
                raise NotTaken(
                    f"{quoted(member.filename)} is no CSV file; the ZIP holds only those."
                )
            yield _table_named(path.name), _rows(archive.read(member), path.name)


def delimiter_of(start: str) -> str:
    """The separator that the first two rows have most of, outside of quotes."""
    rows = [row for row in QUOTED.sub("", start).splitlines() if row.strip()]
    header, first = [*rows, "", ""][:2]
    return max(
        ",;\t|", key=lambda each: (min(header.count(each), first.count(each)), header.count(each))
    )


def write_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([escaped(cell) for cell in row])
    return f"{MARK}{text.getvalue()}".encode()


def write_csv_zip(tables: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.csv", WRITTEN_AT), write_csv(rows))
    return data.getvalue()


def _table_named(name: str) -> str:
    """``events (2).csv`` is the table ``events``."""
    return COPIES.sub("", PurePosixPath(name).name.removesuffix(".csv").removesuffix(".CSV"))


def _rows(data: bytes, name: str) -> Iterator[Raw]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotTaken(
            f"{quoted(name)} is not in UTF-8. Save it as “CSV UTF-8” in the spreadsheet."
        ) from None
    if "\0" in text:
        raise NotTaken(f"{quoted(name)} holds NUL characters, so it is no CSV file.")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter_of(text[:START]), strict=True
    )
    number = 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise NotTaken(
                    f"Row {number} of {quoted(name)} has {len(cells)} columns; "
                    f"at most {MOST_COLUMNS} are read."
                )
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise NotTaken(
                    f"Row {number} of {quoted(name)} has a cell of more than "
                    f"{LONGEST_CELL:,} characters."
                )
            yield number, list(cells)
            # As a spreadsheet counts: a cell with several lines is one row.
            number += 1
    except csv.Error as error:
        raise NotTaken(f"Row {number} of {quoted(name)} cannot be read: {error}.") from None
