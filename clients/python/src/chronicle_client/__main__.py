"""``python -m chronicle_client``: keep a mirror, verify what was downloaded, resolve a citation."""

import argparse
import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx

from chronicle_client.errors import ChronicleError
from chronicle_client.mirror import Mirror, silent
from chronicle_client.site import Chronicle
from chronicle_client.verify import Report, Unreadable, say, show, verify_package

SQLITE = b"SQLite format 3\0"


def main(
    arguments: Sequence[str] | None = None, *, transport: httpx.BaseTransport | None = None
) -> int:
    """Exit status: 0, all good; 1, something does not fit; 2, it could not be done."""
    given = read_arguments(arguments)
    try:
        if given.command == "mirror":
            return mirror(given, transport)
        if given.command == "citation":
            return citation(given, transport)
        return verify(given.file)
    except (ChronicleError, Unreadable, sqlite3.Error, OSError) as error:
        show("")
        sys.stderr.write(f"{error}\n")
        return 2


def mirror(given: argparse.Namespace, transport: httpx.BaseTransport | None) -> int:
    with _site(given, transport) as site, Mirror(given.file) as held:
        if given.package and held.cursor == "0":
            held.start_from_package(given.package)
        elif given.current and held.cursor == "0":
            held.start_from_lists(site)
        taken = held.follow(site, progress=show if sys.stderr.isatty() else silent)
        show("")
        sys.stdout.write(f"edition: {held.edition}\nversions taken: {taken}\n")
    return 0


def verify(file: Path) -> int:
    report = verified(file)
    sys.stdout.write(f"{say(report)}\n")
    return 1 if report.faults else 0


def verified(file: Path) -> Report:
    """Of a mirror, or else of a data package."""
    if file.is_file() and _begins(file) == SQLITE:
        with Mirror(file) as held:
            return held.verify(progress=show)
    return verify_package(file, progress=show)


def citation(given: argparse.Namespace, transport: httpx.BaseTransport | None) -> int:
    with _site(given, transport) as site:
        found = site.citation(given.name, edition=given.edition)
        if found.id != given.name:
            sys.stdout.write(f"{given.name} was merged into {found.id}:\n")
        sys.stdout.write(f"{found}\n")
    return 0


def _site(given: argparse.Namespace, transport: httpx.BaseTransport | None) -> Chronicle:
    """With a token from the environment, where no list of processes shows it."""
    token = os.environ.get("CHRONICLE_TOKEN", "")
    return Chronicle(given.url, token=token, transport=transport)


def _begins(file: Path) -> bytes:
    with file.open("rb") as data:
        return data.read(len(SQLITE))


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m chronicle_client", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("mirror", help="copy a site's record, or go on with a copy")
    command.add_argument("url", help="of the site, like https://chronicle.example.org")
    command.add_argument("file", type=Path, help="SQLite; made where there is none")
    begin = command.add_mutually_exclusive_group()
    begin.add_argument("--package", type=Path, help="begin with this data package")
    begin.add_argument(
        "--current", action="store_true", help="begin with what stands now, without its history"
    )
    command = commands.add_parser("verify", help="a mirror, or a downloaded data package")
    command.add_argument("file", type=Path)
    command = commands.add_parser("citation", help="say what a citation rests on")
    command.add_argument("url")
    command.add_argument("name", help="like E14/c3")
    command.add_argument("--edition", type=int, help="as of this edition, else the newest")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
