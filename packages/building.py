"""Making the package of an edition: the same bytes whenever and wherever it is made.

Every file is written to the disk first, so that memory holds a batch of documents and no more, and
so that the zip says beforehand how large each is.
"""

import csv
import hashlib
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from packages import record_files
from packages.codebook import codebook, readme
from packages.descriptor import RECORD, TABLE, datasette, descriptor
from packages.rows import Current, version_row
from packages.tables import all_tables
from record import verify

Progress = Callable[[str, int, int], None]
PIECE = 1 << 20  # bytes copied at a time
SUMS = "SHA256SUMS"
FILE = 0o100644 << 16  # a plain file, for everybody to read
UNIX = 3


def build(number: int, target: Path, *, progress: Progress | None = None) -> None:
    """Write the package of edition ``number`` to ``target``, beside which its pieces are made.

    Reads each document twice: for the history, and for the current state. ``progress`` is told
    ``(stage, done, of)``.
    """
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        pieces = Pieces(Path(folder))
        edition = _write_record(pieces, number)
        if progress:
            progress("history", 1, 3)
        current = Current(number, pieces.row)
        current.write()
        pieces.close()
        if progress:
            progress("tables", 2, 3)
        _describe(pieces, edition, current)
        _zip(pieces, edition, target)
        if progress:
            progress("package", 3, 3)


def sha256_of(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


class Pieces:
    """The files of a package while it is made, by their names in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts: Counter[str] = Counter()
        self._sizes: dict[str, tuple[int, str]] = {}
        self._open = ExitStack()
        self._rows = {table.name: self._table(table.name, table.header) for table in all_tables()}

    def row(self, table: str, cells: list[str]) -> None:
        self.counts[table] += 1
        self._rows[table](cells)

    def put(self, name: str, data: bytes) -> None:
        self._path(name).write_bytes(data)

    def lines(self, name: str) -> Any:
        return self._open.enter_context(self._path(RECORD.format(name)).open("wb"))

    def close(self) -> None:
        self._open.close()

    def names(self) -> list[str]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in files)

    def sizes(self) -> dict[str, tuple[int, str]]:
        """Bytes and SHA-256 of each file, which is read once: by then it is whole."""
        for name in self.names():
            if name not in self._sizes:
                path = self.folder / name
                self._sizes[name] = path.stat().st_size, sha256_of(path)
        return {name: self._sizes[name] for name in sorted(self._sizes)}

    def _table(self, name: str, header: list[str]) -> Callable[[list[str]], Any]:
        text = self._path(TABLE.format(name)).open("w", encoding="utf-8", newline="")
        write: Callable[[list[str]], Any] = csv.writer(
            self._open.enter_context(text), lineterminator="\r\n"
        ).writerow
        write(header)
        return write

    def _path(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        return path


def _write_record(pieces: Pieces, number: int) -> dict[str, Any]:
    """The files of the record, and the tables that say the same; what the last edition says."""
    tables = {table.name: table for table in all_tables()}
    edition: dict[str, Any] = {}
    written = pieces.lines("editions")
    for edition in record_files.editions(number):
        written.write(orjson.dumps(edition) + b"\n")
        pieces.row("editions", tables["editions"].cells(edition))
    written = pieces.lines("versions")
    for rows in record_files.versions(number):
        written.write(record_files.version_lines(rows))
        for *said, _ in rows:
            row = version_row(record_files.Said._make(said))
            pieces.row("versions", tables["versions"].cells(row))
    written = pieces.lines("checks")
    for check in record_files.checks(number):
        written.write(orjson.dumps(check) + b"\n")
    return edition


def _describe(pieces: Pieces, edition: dict[str, Any], current: Current) -> None:
    tables, dangling = all_tables(), current.dangling
    pieces.put("datapackage.json", descriptor(edition, tables, pieces.sizes(), dangling))
    pieces.put("datasette-metadata.json", datasette(edition["number"], tables))
    pieces.put("codebook.md", codebook(edition, tables, pieces.counts, dangling, current.terms))
    pieces.put("README.md", readme(edition))
    pieces.put("verify.py", Path(verify.__file__).read_bytes())
    pieces.put(SUMS, "".join(_sums(pieces)).encode())


def _sums(pieces: Pieces) -> Iterator[str]:
    """As `sha256sum --check` reads them."""
    for name, (_, sha256) in pieces.sizes().items():
        yield f"{sha256}  {name}\n"


def _zip(pieces: Pieces, edition: dict[str, Any], target: Path) -> None:
    """Nothing is compressed, since how would depend on a library; all is of one moment."""
    moment = datetime.fromisoformat(edition["published_at"]).timetuple()[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for name in pieces.names():
            path = pieces.folder / name
            info = zipfile.ZipInfo(name, moment)
            info.create_system, info.external_attr = UNIX, FILE
            info.file_size = path.stat().st_size
            with path.open("rb") as data, archive.open(info, "w") as entry:
                shutil.copyfileobj(data, entry, PIECE)
