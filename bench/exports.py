"""``python -m bench.exports``: what it takes to make the package of an edition, in time of the
processor and in memory, beside bare copies of the stored documents. Each in a process of its own,
and one after the other in each round, since a machine's speed varies from minute to minute.

Each way out has its limit: a bare copy of the documents of the same rows, asked for in the same
order and with the same columns. Its share of the copy as they lie is of the same documents, too.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.__main__ import VAR, prepare, say, set_up

BATCH = 500
COPY = "bare copy of "
VERSIONS, EVENTS = f"{COPY}all versions, as they lie", f"{COPY}events, as they lie"
IN_ORDER, BY_DATE = f"{COPY}all versions, by edition and id", f"{COPY}events, by date"
ENOUGH = 1.5  # seconds of each in a round, of which the quickest writing counts


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.exports", description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--only", default="", help="those with this in their names, and bare copies"
    )
    parser.add_argument("--one", choices=[*MEASURED], help="that alone, in this process")
    options = parser.parse_args()
    set_up(options.events)
    if options.one:
        sys.stdout.write(json.dumps(measured(MEASURED[options.one])))
        return 0
    prepare(options.events)
    command = [sys.executable, "-m", "bench.exports", "--events", str(options.events), "--one"]
    names = [name for name in MEASURED if options.only in name or name.startswith(COPY)]
    rounds = [
        {name: one_process([*command, name]) for name in names} for _ in range(options.rounds)
    ]
    say("| | processor time | share of its limit | of the copy as they lie | memory | written |")
    say("|---|---|---|---|---|---|")
    for name in names:
        one = middle([figures[name] for figures in rounds])
        shares = " | ".join(
            f"{share(rounds, name, copy):.2f}" if copy else "–"
            for copy in (MEASURED[name].limit, MEASURED[name].lying)
        )
        say(
            f"| {name} | {one['seconds']:.2f} s | {shares} | {one['megabytes']:.0f} MB"
            f" (of which {one['before']:.0f} before) | {one['written'] / 1e6:.0f} MB |"
        )
    return 0


def share(rounds: list[dict[str, dict[str, float]]], name: str, copy: str) -> float:
    return median(figures[copy]["seconds"] / figures[name]["seconds"] for figures in rounds)


def one_process(command: list[str]) -> dict[str, float]:
    found: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603
    )
    return found


def middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The round that took neither most time nor least."""
    return sorted(rounds, key=lambda one: one["seconds"])[len(rounds) // 2]


def measured(export: "Export") -> dict[str, float]:
    """What it takes in a process that has answered before, as a server's has; or in one that makes
    packages alone, as ``manage.py build_data``."""
    from packages import building, sqlite_file  # noqa: F401 - they read all declarations

    if export.is_served:
        for form in ("csv", "jsonl"):
            b"".join(downloaded(f"/downloads/events.{form}?from=9999"))
    before = _megabytes()
    seconds: list[float] = []
    with tempfile.TemporaryDirectory(dir=VAR) as folder:
        while sum(seconds) < ENOUGH:
            began = _seconds()
            export.write(Path(folder) / "written")
            seconds.append(_seconds() - began)
        written = sum(path.stat().st_size for path in Path(folder).iterdir())
    return {
        "seconds": min(seconds),
        "megabytes": _megabytes(),
        "before": before,
        "written": written,
    }


def bare_copy(columns: str, rest: str) -> Callable[[Path], None]:
    """Stored documents, a line for each, by the database's own driver."""

    def write(target: Path) -> None:
        from django.db import connection

        with target.open("wb") as file, connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM record_version {rest}")  # noqa: S608 - our own
            while rows := cursor.fetchmany(BATCH):
                file.writelines(f"{row[0]}\n".encode() for row in rows)

    return write


def history(target: Path) -> None:
    """``record/versions.jsonl`` alone."""
    from packages.record_files import version_lines, versions
    from record.reading import Record

    with target.open("wb") as file:
        file.writelines(map(version_lines, versions(Record.current().number)))


def package(target: Path) -> None:
    from packages.building import build
    from record.reading import Record

    build(Record.current().number, target)


def package_and_sqlite(target: Path) -> None:
    from packages.sqlite_file import write_sqlite

    package(target)
    write_sqlite(target, target.with_suffix(".sqlite3"))


def download(form: str) -> Callable[[Path], None]:
    """The list of all events as a file, as a reader asks for it."""

    def write(target: Path) -> None:
        with target.open("wb") as file:
            file.writelines(downloaded(f"/downloads/events.{form}"))

    return write


def downloaded(address: str) -> Iterator[bytes]:
    answer: Any = _client().get(address, headers={"host": "127.0.0.1"})
    pieces: Iterator[bytes] = answer.streaming_content
    return pieces


@cache
def _client() -> Any:
    """One for all: a new one lists all static files, as a server does when it starts."""
    from django.test import Client

    return Client()


def one_after_another(target: Path) -> None:
    """All that a server and its builder write, in one process: what it holds in the end."""
    for each in (history, download("jsonl"), download("csv"), package):
        each(target)


class Export(NamedTuple):
    """``limit`` and ``lying``: the bare copies that it is a share of, if it is of any."""

    write: Callable[[Path], None]
    limit: str = ""
    lying: str = ""
    is_served: bool = True


LINE = "document, edition_id, schema, change, salt, checksum, sort_key, public_id"
SAID = (
    "document, public_id, type, edition_id, superseded_in_id, redacted_in_id, change, state,"
    " schema, slug, salt, checksum"
)
OF_EVENTS = "WHERE type = 'event' AND state = 'published' AND superseded_in_id IS NULL"
MEASURED: dict[str, Export] = {
    VERSIONS: Export(bare_copy("document", "ORDER BY id")),
    IN_ORDER: Export(bare_copy(SAID, "ORDER BY edition_id, public_id"), lying=VERSIONS),
    EVENTS: Export(bare_copy("document", f"{OF_EVENTS} ORDER BY id")),
    BY_DATE: Export(bare_copy(LINE, f"{OF_EVENTS} ORDER BY sort_key, public_id"), lying=EVENTS),
    "versions as JSON Lines": Export(history, IN_ORDER, VERSIONS),
    "events as JSON Lines, downloaded": Export(download("jsonl"), BY_DATE, EVENTS),
    "events as CSV, downloaded": Export(download("csv"), BY_DATE, EVENTS),
    "package": Export(package, IN_ORDER, VERSIONS, is_served=False),
    "package and SQLite file": Export(package_and_sqlite, IN_ORDER, VERSIONS, is_served=False),
    "one after another": Export(one_after_another),
}


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _megabytes() -> float:
    """The most that this process has held so far; ``ru_maxrss`` begins with what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main())
