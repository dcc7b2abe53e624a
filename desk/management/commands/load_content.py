from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from desk.fixtures import load_content
from desk.management.wording import progress_on, refusal, user_named


class Command(BaseCommand):
    help = (
        "Fill an empty desk with the content of a folder of fixtures. Nothing becomes public: "
        "use “publish” for that."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            type=Path,
            nargs="?",
            default=settings.BASE_DIR / "fixtures",
            help="the folder; the project's own fixtures if left out",
        )
        parser.add_argument("--by", required=True, metavar="NAME", help="who loads it")
        parser.add_argument(
            "--reason", default="Loaded from fixtures.", help="why, for the history"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load_content(
                options["folder"],
                by=user_named(options["by"]),
                reason=options["reason"],
                progress=progress_on(self.stderr) if options["verbosity"] else None,
            )
        except ValidationError as error:
            raise refusal(error) from error
        each = ", ".join(f"{name} {count}" for name, count in counts.items())
        self.stdout.write(f"Loaded {sum(counts.values())} entries ({each}).")
