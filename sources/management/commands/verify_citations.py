from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from desk.management.wording import refusal
from record.models import CheckState
from sources.evidence import UNCHECKED
from sources.finding import source_named
from sources.texts import read_text, text_of
from sources.verification import verify_citations

STATES = [*CheckState.values, UNCHECKED, "without a selector"]


class Command(BaseCommand):
    help = (
        "Look up the passage of every citation of the current edition, and add what is found "
        "to the public checks. Exit status 1 where a passage is missing or ambiguous."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", help="id or slug of the only source to look at")
        parser.add_argument(
            "--text",
            type=Path,
            metavar="FILE",
            help="a file of the source's text; left out, the texts that the desk holds",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name, file = options["source"], options["text"]
        try:
            findings = verify_citations(
                on=timezone.now().date(),
                source=source_named(name).public_id if name else None,
                text=text_of(read_text(file).blocks) if file else None,
            )
        except ValidationError as error:
            raise refusal(error) from error
        for state in STATES:
            self.stdout.write(f"{findings.counts[state]:8} {state}")
        if findings.failures:
            raise CommandError("\n".join(findings.failures))
