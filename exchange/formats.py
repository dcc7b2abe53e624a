"""Which format a file has, by what it holds and not by what it is called."""

from collections.abc import Iterator, Mapping, Sequence

from exchange.csv_files import read_csv, read_csv_zip, write_csv_zip
from exchange.problems import NotTaken
from exchange.sheets import Raw, Sheets, read_sheets
from exchange.workbooks import CONTENT_TYPE, read_workbook, write_workbook
from exchange.zips import opened

LARGEST = 10 * 1024 * 1024  # bytes of a file
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# What a file can be written as: what it is called, its ending, its type, its writer.
FORMATS = {
    "xlsx": ("XLSX workbook", "xlsx", CONTENT_TYPE, write_workbook),
    "csv": ("ZIP of CSV files", "zip", "application/zip", write_csv_zip),
}


def read_file(data: bytes, name: str) -> Sheets:
    """Raises ``NotTaken`` with one sentence where it cannot be read at all."""
    if len(data) > LARGEST:
        raise too_large(len(data))
    if not data.strip():
        raise NotTaken("This file is empty.")
    return read_sheets(_raw(data, name))


def too_large(size: int) -> NotTaken:
    have, most = size / 1024 / 1024, LARGEST // 1024 // 1024
    return NotTaken(
        f"This file has {have:.1f} MB; at most {most} MB are taken. Import it in several parts."
    )


def write_file(tables: Mapping[str, Sequence[Sequence[str]]], kind: str) -> bytes:
    _, _, _, write = FORMATS[kind]
    return write(tables)


def _raw(data: bytes, name: str) -> Iterator[tuple[str, Iterator[Raw]]]:
    if data.startswith(OLD_OFFICE):
        raise NotTaken("This is a workbook of the old kind, or has a password. Save it as .xlsx.")
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data) if _is_workbook(data) else read_csv_zip(data)
    if data.startswith((b"%PDF", b"{", b"<")):
        raise NotTaken("This is neither an XLSX workbook nor CSV.")
    return read_csv(data, name)


def _is_workbook(data: bytes) -> bool:
    with opened(data) as archive:
        return "[Content_Types].xml" in archive.namelist()
