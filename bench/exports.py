"""``python -m bench.exports``: what it takes to make the package of an edition, in time of the
processor and in memory, beside a bare copy of the stored documents. Each in a process of its own,
and one after the other in each round, since a machine's speed varies from minute to minute.
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
from typing import Any

from bench.__main__ import VAR, prepare, say, set_up

BATCH = 500
BARE = "bare copy"
ENOUGH = 1.5  # seconds of each in a round, of which the quickest writing counts


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.exports", description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="those that have this in their names")
    parser.add_argument("--one", choices=[*MEASURED], help="that alone, in this process")
    options = parser.parse_args()
    set_up(options.events)
    if options.one:
        sys.stdout.write(json.dumps(measured(MEASURED[options.one])))
        return 0
    prepare(options.events)
    command = [sys.executable, "-m", "bench.exports", "--events", str(options.events), "--one"]
    names = [name for name in MEASURED if options.only in name or name == BARE]
    rounds = [
        {name: one_process([*command, name]) for name in names} for _ in range(options.rounds)
    ]
    say("| | processor time | share of the bare copy | most memory | written |")
    for name in names:
        one = middle([figures[name] for figures in rounds])
        share = median(figures[BARE]["seconds"] / figures[name]["seconds"] for figures in rounds)
        say(
            f"| {name} | {one['seconds']:.2f} s | {share:.2f} | {one['megabytes']:.0f} MB"
            f" (of which {one['before']:.0f} before) | {one['written'] / 1e6:.0f} MB |"
        )
    return 0


def one_process(command: list[str]) -> dict[str, float]:
    found: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603
    )
    return found


def middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The round that took neither most time nor least."""
    return sorted(rounds, key=lambda one: one["seconds"])[len(rounds) // 2]


def measured(write: Callable[[Path], None]) -> dict[str, float]:
    """What it takes in a process that has answered before, as a server's has."""
    from packages import building, sqlite_file  # noqa: F401 - they read all declarations

    for form in ("csv", "jsonl"):
        b"".join(downloaded(f"/downloads/events.{form}?from=9999"))
    before = _megabytes()
    seconds: list[float] = []
    with tempfile.TemporaryDirectory(dir=VAR) as folder:
        while sum(seconds) < ENOUGH:
            began = _seconds()
            write(Path(folder) / "written")
            seconds.append(_seconds() - began)
        written = sum(path.stat().st_size for path in Path(folder).iterdir())
    return {
        "seconds": min(seconds),
        "megabytes": _megabytes(),
        "before": before,
        "written": written,
    }


def bare_copy(target: Path) -> None:
    """Every stored document, a line for each, by the database's own driver."""
    from django.db import connection

    with target.open("wb") as file, connection.cursor() as cursor:
        cursor.execute("SELECT document FROM record_version ORDER BY id")
        while rows := cursor.fetchmany(BATCH):
            file.writelines(f"{document}\n".encode() for (document,) in rows)


def history(target: Path) -> None:
    """``record/versions.jsonl`` alone."""
    from packages.record_files import version_line, versions
    from record.reading import Record

    with target.open("wb") as file:
        file.writelines(version_line(*one) for one in versions(Record.current().number))


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


MEASURED: dict[str, Callable[[Path], None]] = {
    BARE: bare_copy,
    "versions as JSON Lines": history,
    "events as JSON Lines, downloaded": download("jsonl"),
    "events as CSV, downloaded": download("csv"),
    "package": package,
    "package and SQLite file": package_and_sqlite,
}


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _megabytes() -> float:
    """The most that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
