"""A copy of a site's record in a SQLite file, kept in step by following its changes."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from chronicle_client.entries import LISTS, Data, Page
from chronicle_client.errors import AnotherRecord, ChronicleError, Damaged
from chronicle_client.site import MOST, Chronicle
from chronicle_client.tables import (
    EDITION,
    REDACTED,
    VERSION,
    document_in,
    opened,
    row_of,
    row_of_stored,
    writing,
)
from chronicle_client.verify import (
    Package,
    Report,
    Unreadable,
    canonical,
    edition_faults,
    verify_package,
    version_checksum,
    version_faults,
    versions_faults,
)

Progress = Callable[[str], None]


def silent(words: str) -> None:
    """Nobody is told."""


class Mirror:
    """The record in a file. To be closed, as by ``with``.

    Every page of changes is written at once or not at all, with the place it ends at; whoever
    reads ``entries`` sees whole editions alone. So it can be broken off and gone on with.
    ``Damaged`` where the file is another one.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.database = opened(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()

    @property
    def cursor(self) -> str:
        """Where the feed goes on."""
        return self._said("cursor")

    @property
    def edition(self) -> int:
        """The last edition of which all is here."""
        return int(self._said("edition"))

    @property
    def began(self) -> int:
        """Of editions up to this one, what stood in it alone is here; 0: everything is."""
        return int(self._said("began"))

    def entries(self, type_name: str | None = None) -> Iterator[Data]:
        """Documents that stand in ``edition``, by id: all, or those of one type (``event``)."""
        rows = self.database.execute(
            "SELECT document FROM entries WHERE ?1 IS NULL OR type = ?1 ORDER BY id", [type_name]
        )
        for row in rows:
            if document := document_in(row):
                yield document

    # Filling it ------------------------------------------------------------------------------

    def follow(self, site: Chronicle, *, limit: int = MOST, progress: Progress = silent) -> int:
        """Take all changes since; how many versions they were. One request a page, at least one.

        ``AnotherRecord`` where they do not go on from what is here, ``Damaged`` where one does not
        fit its checksum: then nothing of that page is taken.
        """
        taken = 0
        while True:
            since = self.cursor
            page = site.changes(since, limit=limit)
            with writing(self.database):
                if self.cursor == since:  # or else another process took it
                    self._take(page)
                    self._say("site", site.url)
            taken += len(page.entries)
            progress(f"edition {self.edition} of {page.edition}, {taken} versions")
            if page.next is None:
                return taken

    def _take(self, page: Page) -> None:
        for edition in page.editions.values():
            self._take_edition(edition)
        for entry in page.entries:
            self.database.execute(VERSION, row_of(entry))
            for number in entry.version.redacts:
                self.database.execute(
                    "UPDATE versions SET document = NULL, salt = NULL, state = ?, redacted_in = ?"
                    " WHERE id = ? AND edition = ?",
                    [REDACTED, entry.version.edition, entry.id, number],
                )
        self._stand_at(page.cursor)

    def _take_edition(self, edition: Data) -> None:
        number = edition["number"]
        held = dict(
            self.database.execute(
                "SELECT number, checksum FROM editions WHERE number IN (?, ?)", [number - 1, number]
            ).fetchall()
        )
        if held.get(number - 1, edition["previous"]) != edition["previous"] or (
            held.get(number, edition["checksum"]) != edition["checksum"]
        ):
            raise AnotherRecord(
                f"Edition {number} does not go on from what {self.path} holds: the site has "
                "another record now, or an older copy was restored. Begin anew in another file."
            )
        self.database.execute(EDITION, edition)

    def start_from_package(self, path: Path | str) -> None:
        """Load a data package that was downloaded, into an empty mirror. It is verified first."""
        self._require_empty()
        try:
            faults = verify_package(Path(path)).faults
            if faults:
                raise Damaged(f"{path} does not verify: {' '.join(faults[:3])}")
            with Package(Path(path)) as package, writing(self.database):
                for edition in package.lines("record/editions.jsonl"):
                    self._take_edition(edition)
                for line in package.lines("record/versions.jsonl"):
                    self._take_stored(line)
                self._stand_at(str(package.newest()))
        except Unreadable as error:
            raise Damaged(str(error)) from error

    def start_from_lists(self, site: Chronicle, *, edition: int | None = None) -> None:
        """Take what stands in an edition (the newest, unless given), into an empty mirror.

        What was said before is not here then. One request a page; one more for each entry whose
        document is of an older schema, as lists have it in that of today.
        """
        self._require_empty()
        number = edition or site.newest()
        with writing(self.database):
            for plural in LISTS.values() if number else ():
                for entry in site.entries(plural, edition=number):
                    if entry.fits_checksum():
                        self.database.execute(VERSION, row_of(entry))
                    else:
                        self._take_stored(site.stored(entry.id, entry.version.edition))
            if number:
                self._take_edition(site.edition(number))
            self._say("began", str(number))
            self._say("site", site.url)
            self._stand_at(str(number))

    def _take_stored(self, line: Data) -> None:
        document = line["document"]
        if document is not None and version_checksum(line) != line["checksum"]:
            where = f"{line['id']} in edition {line['edition']}"
            raise Damaged(f"{where} does not fit its checksum.")
        text = None if document is None else canonical(document)
        self.database.execute(VERSION, row_of_stored(line, text))

    def _require_empty(self) -> None:
        if self.cursor != "0":
            raise ChronicleError(f"{self.path} holds edition {self.edition} already: follow it.")

    # Verifying it ----------------------------------------------------------------------------

    def verify(self, *, progress: Progress = silent) -> Report:
        """Compute the checksum of every version that is here anew, and of every edition."""
        report, began, newest = Report(), self.began, self.edition
        copy = Held(self.database)
        before = copy.edition(began) if began else None
        for number in range(began + 1, newest + 1):
            edition = copy.edition(number)
            if edition is None:
                report.faults.append(f"Edition {number} is missing.")
            else:
                report.editions += 1
                report.newest, report.newest_number = edition["checksum"], number
                report.faults += edition_faults(edition, number, before, is_first=number == 1)
                report.faults += versions_faults(copy, edition, newest, report, progress)
            before = edition
        for public_id, number in self.database.execute(
            "SELECT id, edition FROM versions WHERE edition <= ?", [began]
        ).fetchall():
            version = copy.version(public_id, number)
            report.versions += 1
            report.faults += version_faults(version, version, number) if version else []
        return report

    # What it says of itself ------------------------------------------------------------------

    def _stand_at(self, cursor: str) -> None:
        number, part, _ = cursor.partition("/")
        self._say("cursor", cursor)
        self._say("edition", str(int(number) - bool(part)))

    def _said(self, name: str) -> str:
        query = "SELECT value FROM mirror WHERE name = ?"
        value: str = self.database.execute(query, [name]).fetchone()[0]
        return value

    def _say(self, name: str, value: str) -> None:
        self.database.execute("UPDATE mirror SET value = ? WHERE name = ?", [value, name])


class Held:
    """The mirror as `verify` reads a copy of the record."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def newest(self) -> int:
        found = self.database.execute("SELECT max(number) FROM editions").fetchone()[0]
        return int(found or 0)

    def edition(self, number: int) -> Data | None:
        row = self.database.execute("SELECT * FROM editions WHERE number = ?", [number]).fetchone()
        if row is None:
            return None
        versions = self.database.execute(
            "SELECT id, change, checksum FROM versions WHERE edition = ?", [number]
        )
        return dict(row) | {
            "four_eyes": bool(row["four_eyes"]),
            "versions": [dict(version) for version in versions],
        }

    def version(self, public_id: str, number: int) -> Data | None:
        query = "SELECT * FROM versions WHERE id = ? AND edition = ?"
        row = self.database.execute(query, [public_id, number]).fetchone()
        return None if row is None else dict(row) | {"document": document_in(row)}
