from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desk.management.wording import progress_on
from packages.making import NotMade, alone, clear, make, missing
from record.models import Edition


class Command(BaseCommand):
    help = (
        "Make the packages of data that /data/ offers: of every edition that has none, or of one. "
        "What was made before a redaction is deleted. Where nothing is to be done it does nothing, "
        "so it can be run every few minutes."
    )
    # They load all pages and the desk: 35 MB, and a second of each run that has nothing to do.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--edition", type=int, metavar="N", help="this one alone, made anew if it is there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["edition"]
        try:
            with alone():
                if gone := clear():
                    self.stdout.write(f"Deleted what was out of date: {gone}.")
                editions = missing() if number is None else [self._edition(number)]
                for edition in editions:
                    progress = progress_on(self.stderr) if options["verbosity"] else None
                    here = make(edition, progress=progress)
                    self.stdout.write(f"Edition {edition.number}: {here}")
        except NotMade as error:
            raise CommandError(str(error)) from error
        if not editions:
            self.stdout.write("There is a package of every edition.")

    def _edition(self, number: int) -> Edition:
        edition = Edition.objects.filter(number=number).first()
        if edition is None:
            raise CommandError(f"There is no edition {number}.")
        return edition
