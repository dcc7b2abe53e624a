from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from desk.fixtures import content_files


class Command(BaseCommand):
    help = (
        "Write what the desk holds as fixtures, over those in the folder. Desk notes are left "
        "out, as fixtures are public."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            type=Path,
            nargs="?",
            default=settings.BASE_DIR / "fixtures",
            help="the folder; the project's own fixtures if left out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in content_files().items():
            (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"Wrote {folder / name}")
