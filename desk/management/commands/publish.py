from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from desk.management.large import for_many_rows
from desk.management.wording import add_people, people_in, progress_on, refusal
from desk.submissions import EDITORIAL
from desk.unpublished import publish_submission, publish_unpublished, unpublished_ids
from record.models import Change


class Command(BaseCommand):
    help = (
        "Publish everything that is new or changed at the desk as the next edition, or one "
        "submission."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--reason", help="why; public, as part of the edition")
        what.add_argument(
            "--submission",
            type=int,
            metavar="NUMBER",
            help="only this one, with its own reason; a draft is submitted first",
        )
        add_people(parser, by="who submits it")
        parser.add_argument(
            "--change",
            choices=[str(change) for change in EDITORIAL],
            default=str(Change.CORRECTION),
            help="the kind of change of entries that were public before (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["submission"] or unpublished_ids()):
            self.stdout.write("There is nothing new or changed to publish.")
            return
        progress = progress_on(self.stderr) if options["verbosity"] else None
        try:
            with for_many_rows():
                if options["submission"]:
                    edition = publish_submission(
                        options["submission"], **people_in(options), progress=progress
                    )
                else:
                    edition = publish_unpublished(
                        **people_in(options),
                        reason=options["reason"],
                        change=Change(options["change"]),
                        progress=progress,
                    )
        except ValidationError as error:
            raise refusal(error) from error
        count = edition.versions.count()
        self.stdout.write(f"Published edition {edition.number}: {count} entries.")
