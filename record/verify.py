#!/usr/bin/env python3
"""Check the record of a Chronicle site, or a downloaded package of it: every edition, and every
version in it.

    python3 verify.py https://chronicle.example.org
    python3 verify.py chronicle-edition-12.zip
    python3 verify.py https://chronicle.example.org --noted 12=7ccad342fdb4d095…

It needs Python 3.9 or newer and nothing else, for a package not even the network, and trusts
nothing that the site says of itself: it computes each checksum anew. Of a package, zipped or
unpacked, it compares every file with SHA256SUMS as well; for tables and all else that is not an
edition or a version, that is all there is, and whoever made the file could have written it. What it
cannot know is whether the site shows everybody the same record. So note the newest edition's number
and checksum, which it prints at the end, and give them with --noted the next time: if anything up
to that edition was changed meanwhile, it will say so. Whoever gets the same checksum as you was
shown the same record.

* A version's checksum is the SHA-256 of its salt followed by its document in canonical form
  (RFC 8785). Of a version that was redacted, for safety or by law, document and salt are gone; its
  checksum stays, and the edition still vouches for it. A later edition has to say that it did that;
  of a package that was made before that edition, the report says how many such versions there are.
* An edition's checksum is the SHA-256 of the canonical form of its number, time, reason, roles,
  whether four eyes held, its versions (id, change, checksum) sorted by id, and the checksum of the
  edition before.

Exit status: 0, all good; 1, something does not fit; 2, it could not be read to the end.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import io
import json
import os
import sys
import time
import urllib.error
import urllib.request
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Protocol

Data = dict[str, Any]
SAID = ("number", "published_at", "reason", "by", "approved_by", "four_eyes")
REDACTION, REDACTED = "redaction", "redacted"  # a change, and a state
AGENT = "Chronicle-verify/1 (a reader who checks the record)"
LARGEST = 512 * 1024 * 1024  # bytes of one answer
LONGEST = 64 * 1024 * 1024  # bytes of one line
MOST_MISSING = 20  # editions, after which no more are asked for
PATIENCE = 60  # seconds that an answer may take
TRIES = 5  # of one address, where the site says that it is busy


# Checking: nothing here knows where the data comes from ------------------------------------------


class Unreadable(Exception):
    """The record could not be read to the end; says where and why."""


class Copy(Protocol):
    """A copy of the record: a site, or a download. ``None`` is what it does not have."""

    def newest(self) -> int:
        """Number of its newest edition."""

    def edition(self, number: int) -> Data | None:
        """What the edition says of itself, with ``versions`` and ``previous``."""

    def version(self, public_id: str, number: int) -> Data | None:
        """What the edition said about an entry, with ``document`` and ``salt``."""


@dataclass
class Report:
    """What was looked at, and sentences about what does not fit."""

    editions: int = 0
    versions: int = 0
    redacted: int = 0
    redacted_later: int = 0  # by editions that the copy does not have
    newest: str = ""
    newest_number: int = 0
    faults: list[str] = field(default_factory=list)


def canonical(value: Any) -> str:
    """RFC 8785, for this record: it holds no fractions, and all names of members are ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def edition_checksum(edition: Data) -> str:
    """What the edition's checksum has to be."""
    versions = [
        {name: version[name] for name in ("id", "change", "checksum")}
        for version in sorted(edition["versions"], key=lambda version: version["id"])
    ]
    said = {name: edition[name] for name in SAID}
    return sha256(canonical({**said, "versions": versions, "previous": edition["previous"]}))


def version_checksum(version: Data) -> str:
    """What the version's checksum has to be."""
    return sha256(version["salt"] + canonical(version["document"]))


def verify(
    copy: Copy,
    *,
    noted: dict[int, str] | None = None,
    documents: bool = True,
    partial: bool = False,
    progress: Callable[[str], None] = lambda words: None,
) -> Report:
    """Look at every edition from the first to the newest. ``Unreadable`` where that breaks off.

    ``noted``: checksums of editions that were noted down before. ``documents``: whether the
    versions are read as well, one by one, or the chain of editions alone. ``partial``: whether
    later editions, which the copy does not have, may have redacted what it has.
    """
    report, before, newest = Report(), None, copy.newest()
    noted, lives = dict(noted or {}), Lives()
    for number in range(1, newest + 1):
        edition = copy.edition(number)
        if edition is None:
            report.faults.append(f"Edition {number} is missing.")
            lives.missing.add(number)
        else:
            report.editions += 1
            report.newest, report.newest_number = edition["checksum"], number
            report.faults += edition_faults(edition, number, before, is_first=number == 1)
            if documents:
                report.faults += versions_faults(copy, edition, newest, report, progress, lives)
        if number in noted and (edition or {}).get("checksum") != noted.pop(number):
            report.faults.append(f"Edition {number} has another checksum than you noted.")
        if len(lives.missing) > MOST_MISSING:
            report.faults.append(f"Nothing after edition {number} of {newest} was looked at.")
            break
        before = edition
    else:
        report.faults += lives.faults(copy, newest, report, partial=partial)
    for number in sorted(noted):
        last = report.newest_number
        report.faults.append(f"Edition {number}, which you noted, is not there: {last} is last.")
    return report


def edition_faults(
    edition: Data, number: int, before: Data | None, *, is_first: bool
) -> Iterator[str]:
    """What does not fit in one edition; ``before`` is the one it follows, ``None`` if missing."""
    if edition["number"] != number:
        yield f"Edition {number} says that it is edition {edition['number']}."
    if edition_checksum(edition) != edition["checksum"]:
        yield (
            f"Edition {number}: its checksum does not fit what it holds (time, reason, roles, "
            "versions, or the checksum of the edition before)."
        )
    if is_first and edition["previous"] is not None:
        yield "Edition 1 names an edition before it."
    if before is not None:
        if edition["previous"] != before["checksum"]:
            yield f"Edition {number} follows another checksum than edition {number - 1} has."
        if edition["published_at"] < before["published_at"]:
            yield f"Edition {number} was published before edition {number - 1}."
    for public_id, times in Counter(version["id"] for version in edition["versions"]).items():
        if times > 1:
            yield f"Edition {number} has {times} versions of {public_id}."


def versions_faults(
    copy: Copy,
    edition: Data,
    newest: int,
    report: Report,
    progress: Callable[[str], None],
    lives: Lives | None = None,
) -> Iterator[str]:
    """What does not fit in the versions of one edition; or, given ``lives``, with those before."""
    number, total = edition["number"], len(edition["versions"])
    for place, listed in enumerate(edition["versions"], start=1):
        progress(f"edition {number} of {newest}, version {place} of {total}")
        public_id = listed["id"]
        version = copy.version(public_id, number)
        report.versions += 1
        if version is None:
            yield f"{public_id} in edition {number} is missing."
        else:
            report.redacted += version["document"] is None
            yield from version_faults(version, listed, number)
        if lives is not None:
            yield from lives.follow(listed, version, number)


def version_faults(version: Data, listed: Data, number: int) -> Iterator[str]:
    """What does not fit in one version; ``listed``: how its edition names it."""
    where = f"{listed['id']} in edition {number}"
    if version["checksum"] != listed["checksum"]:
        yield f"{where} has another checksum than the edition says."
    if version["change"] != listed["change"]:
        yield f"{where} is another kind of change than the edition says."
    document = version["document"]
    if document is None:
        if not version["redacted_in"]:
            yield f"{where} has no document, and no edition says that it was redacted."
        elif version["state"] != REDACTED:
            yield f"{where} has no document, but is said to be {version['state']}."
    elif version_checksum(version) != listed["checksum"]:
        yield f"{where}: its document does not fit its checksum."
    elif document["id"] != listed["id"]:
        yield f"{where} is a document of {document['id']}."
    else:
        yield from document_faults(version, where)


def document_faults(version: Data, where: str) -> Iterator[str]:
    """What is said of a version, but not by its document, which fits its checksum."""
    document = version["document"]
    if version["state"] != (state := document.get("state", "published")):
        yield f"{where} is said to be {version['state']}; its document says {state}."
    if version["type"] != document["type"]:
        yield f"{where} is of another type than its document says."
    if version.get("slug", document["slug"]) != document["slug"]:  # packages alone have it
        yield f"{where} has another slug than its document says."
    if version["redacted_in"] is not None:
        yield f"{where} has a document, but is said to be redacted."


@dataclass
class Lives:
    """What versions say of other editions, collected on the way and compared with those.

    ``standing``, by id: edition, ``superseded_in`` and type of the last version. ``redactions``:
    editions, and the ids of what they redact. ``redacted``: the same, and the edition it was of.
    """

    standing: dict[str, tuple[int, int | None, str]] = field(default_factory=dict)
    redactions: set[tuple[int, str]] = field(default_factory=set)
    redacted: list[tuple[int, str, int]] = field(default_factory=list)
    missing: set[int] = field(default_factory=set)  # editions

    def follow(self, listed: Data, version: Data | None, number: int) -> Iterator[str]:
        """What does not fit between a version, ``None`` if missing, and the one before it."""
        public_id = listed["id"]
        if listed["change"] == REDACTION:
            self.redactions.add((number, public_id))
        since, until, kind = self.standing.pop(public_id, (0, None, ""))
        if since and until != number and until not in self.missing:
            yield f"{public_id} in edition {since} stands {_until(until)}, not until {number}."
        if version is None:
            return
        if since and version["type"] != kind:
            yield f"{public_id} in edition {number} is of another type than in edition {since}."
        self.standing[public_id] = (number, version["superseded_in"], sys.intern(version["type"]))
        if version["document"] is None and version["redacted_in"]:
            self.redacted.append((version["redacted_in"], public_id, number))

    def faults(self, copy: Copy, newest: int, report: Report, *, partial: bool) -> Iterator[str]:
        """What does not fit once all editions have been walked through."""

        @lru_cache(maxsize=1)
        def published_since(number: int) -> Data:
            edition = copy.edition(number) or {"versions": []}
            return {version["id"]: version["change"] for version in edition["versions"]}

        ended = sorted(
            (until, public_id, since)
            for public_id, (since, until, _) in self.standing.items()
            if until is not None and until not in self.missing
        )
        for until, public_id, since in ended:
            if until <= newest or public_id not in published_since(until):
                yield f"{public_id} in edition {since} stands {_until(until)}, not to this day."
        for number, public_id, since in sorted(self.redacted):
            is_redaction = (number, public_id) in self.redactions or (
                number > newest and published_since(number).get(public_id) == REDACTION
            )
            if partial and number > newest:
                report.redacted_later += 1
            elif number not in self.missing and not (is_redaction and number > since):
                yield f"{public_id} in edition {since} was not redacted by edition {number}."


def _until(number: int | None) -> str:
    return "to this day" if number is None else f"until edition {number}"


# Reading a site --------------------------------------------------------------------------------


class Site:
    """The record as a site's API gives it: one request after the other, and never too many."""

    def __init__(self, address: str, *, per_second: float) -> None:
        self.api = address.rstrip("/") + "/api/v1/"
        self.pause = 1 / per_second
        self.next = 0.0

    def newest(self) -> int:
        found = self._get("editions/?limit=1")
        if found is None:
            raise Unreadable(f"There is no Chronicle at {self.api}")
        return int(found["edition"])

    def edition(self, number: int) -> Data | None:
        return self._result(f"editions/{number}/")

    def version(self, public_id: str, number: int) -> Data | None:
        return self._result(f"entries/{public_id}/versions/{number}/")

    def _result(self, address: str) -> Data | None:
        found = self._get(address)
        return None if found is None else found["result"]

    def _get(self, address: str) -> Data | None:
        """The answer, ``None`` where there is nothing; where the site is busy, asked again."""
        headers = {"User-Agent": AGENT, "Accept": "application/json"}
        request = urllib.request.Request(self.api + address, headers=headers)  # noqa: S310
        for attempt in range(1, TRIES + 1):
            time.sleep(max(0.0, self.next - time.monotonic()))
            self.next = time.monotonic() + self.pause
            try:
                with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                    return self._read(answer.read(LARGEST + 1), address)
            except urllib.error.HTTPError as error:
                if error.code == 404:
                    return None
                if error.code not in (429, 502, 503, 504) or attempt == TRIES:
                    raise Unreadable(f"{self.api}{address} answers {error.code}.") from error
                wait = error.headers.get("Retry-After", "")
                self.next += min(int(wait), 300) if wait.isdigit() else 2**attempt
            except (OSError, ValueError, RecursionError, http.client.HTTPException) as error:
                raise Unreadable(f"{self.api}{address} cannot be read: {error}") from error
        return None

    def _read(self, body: bytes, address: str) -> Data:
        if len(body) > LARGEST:
            raise Unreadable(f"{self.api}{address} is larger than {LARGEST} bytes.")
        found = json.loads(body)
        if not isinstance(found, dict):
            raise Unreadable(f"{self.api}{address} is no answer of Chronicle's API.")
        return found


# Reading a package -----------------------------------------------------------------------------

SUMS = "SHA256SUMS"
UNREADABLE = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    EOFError,
    RuntimeError,  # of a zip: a password, or packed as we cannot read; of JSON: nested too deeply
    zipfile.BadZipFile,
    zlib.error,
)


class Package:
    """The record as a downloaded package has it: a zip, or the folder that it was unpacked to.

    To be closed, as by ``with``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.zip: zipfile.ZipFile | None = None
        self.strange: list[str] = []  # links, pipes and the like in the folder
        self.editions: dict[int, Data] = {}
        self.disordered = 0  # lines of editions
        self.homeless = 0  # versions of no edition
        try:
            self.zip = None if path.is_dir() else zipfile.ZipFile(path)
            self.there = Counter(self.zip.namelist() if self.zip else self._walk())
            self._read_editions()
            self._list_versions()
        except UNREADABLE as error:
            self.close()
            raise Unreadable(f"{path} is no package of a record: {error}") from error
        self.rest = self.lines("record/versions.jsonl")
        self.next: Data | None = next(self.rest, None)

    def _walk(self) -> Iterator[str]:
        """Names of the files in the folder, and of nothing that leads elsewhere or never ends."""

        def fail(error: OSError) -> None:
            raise error

        for folder, folders, files in os.walk(self.path, onerror=fail):
            for path in (Path(folder, name) for name in folders + files):
                name = path.relative_to(self.path).as_posix()
                if path.is_symlink() or not (path.is_file() or path.is_dir()):
                    self.strange.append(name)
                elif path.is_file():
                    yield name

    def _read_editions(self) -> None:
        last = 0
        for row in self.lines("record/editions.jsonl"):
            number = row["number"]
            self.disordered += not isinstance(number, int) or number <= last
            self.editions[number] = {**row, "versions": []}
            last = number

    def _list_versions(self) -> None:
        for version in self.lines("record/versions.jsonl"):
            if "slug" not in version:
                raise ValueError("a version has no slug")
            listed = {name: version[name] for name in ("id", "change", "checksum")}
            edition = self.editions.get(version["edition"])
            self.homeless += edition is None
            (edition or {"versions": []})["versions"].append(listed)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *error: object) -> None:
        self.rest.close()
        self.close()

    def close(self) -> None:
        if self.zip is not None:
            self.zip.close()

    def newest(self) -> int:
        return max(self.editions, default=0)

    def edition(self, number: int) -> Data | None:
        return self.editions.get(number)

    def version(self, public_id: str, number: int) -> Data | None:
        """Asked for in the order in which they stand in the file, of which one line is held."""
        wanted = (number, public_id)
        while self.next is not None and (self.next["edition"], self.next["id"]) < wanted:
            self.next = next(self.rest, None)
        if self.next is None or (self.next["edition"], self.next["id"]) != wanted:
            return None
        found, self.next = self.next, next(self.rest, None)
        return found

    def file_faults(self) -> Iterator[str]:
        """What does not fit between the files and SHA256SUMS."""
        try:
            with self.open(SUMS) as data:
                sums = data.read(LARGEST).decode().split("\n")
        except UNREADABLE:
            yield f"{SUMS} is missing, or cannot be read."
            return
        listed = dict(line.split("  ", 1)[::-1] for line in sums if "  " in line)
        for name in sorted(self.strange):
            yield f"{name} is a link, or no file."
        for name, times in sorted(self.there.items()):
            if times > 1:
                yield f"{name} is there {times} times."
            if name not in listed and name != SUMS:
                yield f"{name} is not in {SUMS}."
        for name, sha in sorted(listed.items()):
            try:
                fits = self.sha256_of(name) == sha
            except UNREADABLE:
                yield f"{name} is missing, or cannot be read."
            else:
                if not fits:
                    yield f"{name} is not as {SUMS} says."
        if self.disordered:
            yield f"There are {self.disordered} lines of editions out of their order."
        if self.homeless:
            yield f"There are {self.homeless} versions of no edition."

    def sha256_of(self, name: str) -> str:
        made = hashlib.sha256()
        with self.open(name) as data:
            while piece := data.read(1 << 20):
                made.update(piece)
        return made.hexdigest()

    def lines(self, name: str) -> Generator[Data, None, None]:
        with self.open(name) as data:
            while line := data.readline(LONGEST + 1):
                if len(line) > LONGEST:
                    raise ValueError(f"{name} has a line of more than {LONGEST} bytes")
                yield json.loads(line)

    def open(self, name: str) -> IO[bytes]:
        if name not in self.there:
            raise FileNotFoundError(f"{name} is not in {self.path}")
        if self.zip is None:
            return (self.path / name).open("rb")
        data: Any = self.zip.open(name)
        return io.BufferedReader(data)  # which reads lines in half of the time


def verify_package(
    path: Path,
    *,
    noted: dict[int, str] | None = None,
    documents: bool = True,
    progress: Callable[[str], None] = lambda words: None,
) -> Report:
    """`verify` of a package, and whether its files are those that it says it has."""
    try:
        with Package(path) as package:
            faults = list(package.file_faults())
            report = verify(
                package, noted=noted, documents=documents, partial=True, progress=progress
            )
    except UNREADABLE as error:
        raise Unreadable(f"{path} cannot be read to the end: {error!r}") from error
    report.faults[:0] = faults
    return report


# For people --------------------------------------------------------------------------------------


def show(words: str) -> None:
    """What is being looked at, in one line that is written over; on a terminal alone."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{words:<70.70}")
        sys.stderr.flush()


def say(report: Report) -> str:
    later = f", {report.redacted_later} of them by editions after this one"
    lines = [
        f"editions: {report.editions}",
        f"versions: {report.versions}, of which {report.redacted} are redacted"
        + (later if report.redacted_later else ""),
        # Faults name what was read, which may be no text that can be printed.
        *(fault.encode("unicode_escape").decode() for fault in report.faults),
    ]
    if report.faults:
        return "\n".join([*lines, "not good"])
    if report.newest:
        lines.append(f"to note: {report.newest_number}={report.newest}")
    return "\n".join([*lines, "all good"])


def noted_down(text: str) -> tuple[int, str]:
    number, _, checksum = text.partition("=")
    if not number.isdigit() or len(checksum) != 64:
        raise argparse.ArgumentTypeError("give the number of an edition, =, and its checksum")
    return int(number), checksum.lower()


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Check the record of a Chronicle site, or a package of it: every edition and "
        "every version.",
        epilog="Exit status: 0, all good; 1, something does not fit; 2, it could not be read.",
    )
    parser.add_argument(
        "record",
        help="a site's address, like https://chronicle.example.org; or a downloaded package, "
        "zipped or unpacked",
    )
    parser.add_argument(
        "--noted",
        metavar="NUMBER=CHECKSUM",
        type=noted_down,
        action="append",
        default=[],
        help="an edition's checksum that you noted before; can be given several times",
    )
    parser.add_argument(
        "--editions-only", action="store_true", help="the chain of editions, without documents"
    )
    parser.add_argument(
        "--per-second", type=float, default=20, help="requests a second, at most (20)"
    )
    given = parser.parse_args(arguments)
    if not is_address(given.record) and not Path(given.record).exists():
        parser.error(
            "give the address of a site, with https:// or http://, or a file that is there"
        )
    if given.per_second <= 0:
        parser.error("--per-second is a number above 0")
    return given


def is_address(record: str) -> bool:
    return record.startswith(("http://", "https://"))


def main(arguments: list[str] | None = None) -> int:
    given = read_arguments(arguments)
    asked: Data = {
        "noted": dict(given.noted),
        "documents": not given.editions_only,
        "progress": show,
    }
    try:
        if is_address(given.record):
            report = verify(Site(given.record, per_second=given.per_second), **asked)
        else:
            report = verify_package(Path(given.record), **asked)
    except Unreadable as error:
        show("")
        sys.stderr.write(f"\n{error}\n")
        return 2
    except UNREADABLE as error:
        sys.stderr.write(f"\nWhat it says is not as it is described: {error!r}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("\nBroken off.\n")
        return 2
    show("")
    sys.stdout.write(f"{say(report)}\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
