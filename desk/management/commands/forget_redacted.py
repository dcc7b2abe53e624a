import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from desk.management.wording import refusal
from desk.vacuuming import found_in_files, vacuum


class Command(BaseCommand):
    help = (
        "To be run after a redaction: writes the database's files anew, so that no byte of what "
        "was deleted stays in them. Everybody else waits meanwhile. Exit status 1 where something "
        "stays. It does not reach backups, replicas, nor what others have downloaded."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--words",
            type=Path,
            metavar="FILE",
            help="with SQLite: look for these words in the files afterwards, one a line, written "
            "as they were; - for what is typed, so that they stand in no file of yours",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for sentence in vacuum():
                self.stdout.write(sentence)
        except ValidationError as error:
            raise refusal(error) from error
        except DatabaseError as error:
            raise CommandError(f"The database could not be written anew: {error}") from error
        if options["words"] is None:
            return
        if connection.vendor != "sqlite":
            raise CommandError("Words can be looked for in SQLite's files alone.")
        words = _words(options["words"])
        if found := found_in_files(words):
            raise CommandError("The files still hold: " + ", ".join(found))
        self.stdout.write(f"None of {len(words)} is in the files.")


def _words(file: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
    return list(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
