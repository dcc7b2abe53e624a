"""A copy of a site's record in a SQLite file, kept in step by following its changes."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from chronicle_client.entries import LISTS, Data, Page
from chronicle_client.errors import AnotherRecord, ChronicleError, Damaged, Refused
from chronicle_client.held import Held
from chronicle_client.reading import reading
from chronicle_client.site import MOST, Chronicle
from chronicle_client.tables import (
    EDITION,
    NOT_REDACTED,
    REDACTED,
    VERSION,
    document_in,
    opened,
    row_of,
    row_of_stored,
    saying_where,
    writing,
)
from chronicle_client.verify import (
    REDACTION,
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
CURSOR = re.compile(r"([0-9]{1,9})(?:/([A-Z][0-9]+))?")


def silent(words: str) -> None:
    """Nobody is told."""


class Mirror:
    """The record in a file. To be closed, as by ``with``.

    Every page of changes is written at once or not at all, with the place it ends at; whoever
    reads ``entries`` sees whole editions alone. So it can be broken off and gone on with.
    ``Damaged`` where the file is another one, ``InUse`` where another process has it.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.database = opened(self.path)
        self.held = Held(self.database)

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
        query = "SELECT * FROM entries WHERE ?1 IS NULL OR type = ?1 ORDER BY id"
        with saying_where(self.path):
            for row in self.database.execute(query, [type_name]):
                if document := document_in(row):
                    yield document

    # Filling it ------------------------------------------------------------------------------

    def follow(self, site: Chronicle, *, limit: int = MOST, progress: Progress = silent) -> int:
        """Take all changes since; how many versions they were. One request a page, at least one;
        one more where there were none.

        ``AnotherRecord`` where they do not go on from what is here, ``Damaged`` where one does not
        fit its checksum or cannot be read, or something is left out: then nothing of that page is
        taken. ``InUse``.
        """
        taken = 0
        while True:
            since = self.cursor
            page = self._after(since, site, limit)
            with (
                reading(f"What {site.url} says after {since}", Damaged),
                writing(self.database, self.path),
            ):
                if page.next is not None and page.cursor == since:
                    raise Damaged(f"{site.url} goes on after {since} at {page.cursor}: no end.")
                if self.cursor == since:  # or else another process took it
                    self._take(page)
                    self._say("site", site.url)
                    taken += len(page.entries)
            progress(f"edition {self.edition} of {page.edition}, {taken} versions")
            if page.next is None:
                break
        if not taken:
            self._compare(site)
        return taken

    def _after(self, since: str, site: Chronicle, limit: int) -> Page:
        try:
            return site.changes(since, limit=limit)
        except Refused as refused:
            if "since" not in refused.parameters:
                raise
            raise AnotherRecord(
                f"{self.path} is at {since}, which {site.url} does not reach: it has another "
                "record now, or an older copy was restored."
            ) from refused

    def _compare(self, site: Chronicle) -> None:
        """Whether the site has the newest edition that is here, as it is here."""
        number = self.held.newest()
        if number:
            with reading(f"Edition {number} of {site.url}", Damaged):
                self._require_same(site.edition(number))

    def _take(self, page: Page) -> None:
        since, until = place_of(self.cursor), place_of(page.cursor)
        if until < since:
            raise Damaged(f"After {self.cursor} comes {page.cursor}, which is before it.")
        for edition in page.editions.values():
            self._take_edition(edition)
        for entry in page.entries:
            where = f"{entry.id} in edition {entry.version.edition}"
            if not since < (entry.version.edition, entry.id) <= until:
                raise Damaged(f"{where} is not between {self.cursor} and {page.cursor}.")
            if entry.version.redacts and entry.version.change != REDACTION:
                raise Damaged(f"{where} is no redaction, and redacts.")
            self.database.execute(VERSION, row_of(entry))
            for number in entry.version.redacts:
                self.database.execute(
                    "UPDATE versions SET document = NULL, salt = NULL, state = ?, redacted_in = ?"
                    " WHERE id = ? AND edition = ?",
                    [REDACTED, entry.version.edition, entry.id, number],
                )
        for number in range(since[0], until[0]):
            self._require_whole(number)
        self._stand_at(page.cursor)

    def _require_whole(self, number: int) -> None:
        """``Damaged`` unless the edition is here with all its versions."""
        edition = self.held.edition(number)
        if edition is None:
            raise Damaged(f"Edition {number} is missing.")
        for fault in edition_faults(edition, number, None, is_first=number == 1):
            raise Damaged(fault)

    def _take_edition(self, edition: Data) -> None:
        self._require_same(edition)
        self.database.execute(EDITION, edition)

    def _require_same(self, edition: Data) -> None:
        """``AnotherRecord`` unless it is the one that is here, or goes on from it."""
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

    def start_from_package(self, path: Path | str) -> None:
        """Load a data package that was downloaded, into an empty mirror. It is verified first."""
        try:
            faults = verify_package(Path(path)).faults
            if faults:
                raise Damaged(f"{path} does not verify: {' '.join(faults[:3])}")
            with Package(Path(path)) as package, self._beginning(f"{path}"):
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
        document is of an older schema, as lists have it in that of today, and for each tombstone
        of that edition, so that its checksum can be computed.
        """
        number = site.newest() if edition is None else edition
        with self._beginning(f"What {site.url} says"):
            for plural in LISTS.values() if number else ():
                for entry in site.entries(plural, edition=number):
                    if entry.fits_checksum():
                        self.database.execute(VERSION, row_of(entry))
                    else:
                        self._take_stored(site.stored(entry.id, entry.version.edition))
            if number:
                said = site.edition(number)
                self._take_edition(said)
                for version in said["versions"]:
                    if self.held.version(version["id"], number) is None:
                        self._take_stored(site.stored(version["id"], number))
            self._say("began", str(number))
            self._say("site", site.url)
            self._stand_at(str(number))

    @contextmanager
    def _beginning(self, what: str) -> Iterator[None]:
        """A transaction in an empty mirror; ``Damaged`` where ``what`` cannot be read."""
        with reading(what, Damaged), writing(self.database, self.path):
            if self.cursor != "0":
                raise ChronicleError(
                    f"{self.path} holds edition {self.edition} already: follow it."
                )
            yield

    def _take_stored(self, line: Data) -> None:
        document = line["document"]
        if document is not None and version_checksum(line) != line["checksum"]:
            where = f"{line['id']} in edition {line['edition']}"
            raise Damaged(f"{where} does not fit its checksum.")
        text = None if document is None else canonical(document)
        self.database.execute(VERSION, row_of_stored(line, text))

    # Verifying it ----------------------------------------------------------------------------

    def verify(self, *, progress: Progress = silent) -> Report:
        """Compute the checksum of every version that is here anew, and of every edition.

        Of editions before ``began`` it cannot know whether all that stood is here.
        """
        with saying_where(self.path):
            return self._verified(progress)

    def _verified(self, progress: Progress) -> Report:
        report, before, began, newest = Report(), None, self.began, self.edition
        for number in range(began or 1, newest + 1):
            edition = self.held.edition(number)
            if edition is None:
                report.faults.append(f"Edition {number} is missing.")
            else:
                report.editions += 1
                report.newest, report.newest_number = edition["checksum"], number
                report.faults += edition_faults(edition, number, before, is_first=number == 1)
                report.faults += versions_faults(self.held, edition, newest, report, progress)
            before = edition
        for public_id, number in self.database.execute(
            "SELECT id, edition FROM versions WHERE edition < ?", [began]
        ).fetchall():
            version = self.held.version(public_id, number)
            report.versions += 1
            report.faults += version_faults(version, version, number) if version else []
        for public_id, number, redacted_in in self.database.execute(NOT_REDACTED, [newest]):
            report.faults.append(
                f"{public_id} in edition {number} was not redacted by edition {redacted_in}."
            )
        return report

    # What it says of itself ------------------------------------------------------------------

    def _stand_at(self, cursor: str) -> None:
        self._say("edition", str(place_of(cursor)[0] - 1))
        self._say("cursor", cursor)

    def _said(self, name: str) -> str:
        query = "SELECT value FROM mirror WHERE name = ?"
        with saying_where(self.path):
            value: str = self.database.execute(query, [name]).fetchone()[0]
        return value

    def _say(self, name: str, value: str) -> None:
        self.database.execute("UPDATE mirror SET value = ? WHERE name = ?", [value, name])


def place_of(cursor: str) -> tuple[int, str]:
    """The edition that is not here as a whole, and the last id of it that is; empty: none."""
    found = CURSOR.fullmatch(cursor)
    if found is None:
        raise Damaged(f"“{cursor}” is no cursor of changes.")
    number, part = int(found[1]), found[2]
    return (number, part) if part else (number + 1, "")
