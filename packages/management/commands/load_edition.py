from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from desk.management.wording import progress_on, refusal, user_named
from packages.loading import load_edition


class Command(BaseCommand):
    help = (
        "Make an empty installation serve the record of a package from /data/ of another: every "
        "edition, document, id and checksum. The package is verified first. Its desk then says "
        "what the record says; texts of sources are in no package."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("package", type=Path, metavar="FILE.zip")
        parser.add_argument("--by", required=True, metavar="NAME", help="who loads it")
        parser.add_argument(
            "--reason", default="Loaded from a package.", help="why, for the history of the desk"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = load_edition(
                options["package"],
                by=user_named(options["by"]),
                reason=options["reason"],
                progress=progress_on(self.stderr) if options["verbosity"] else None,
            )
        except ValidationError as error:
            raise refusal(error) from error
        self.stdout.write(f"Loaded up to edition {edition.number}: {edition.checksum}")
