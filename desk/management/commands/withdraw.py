from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from desk.management.wording import add_people, people_in, refusal
from desk.publishing import withdraw


class Command(BaseCommand):
    help = (
        "Withdraw published entries in one edition. Their addresses then say that they were "
        "withdrawn, and why. Refused while other published entries refer to them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="+", metavar="ID", help="public ids, like E14")
        parser.add_argument("--reason", required=True, help="why; shown in public")
        add_people(parser, by="who withdraws them")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = withdraw(
                options["ids"],
                **people_in(options),
                reason=options["reason"],
            )
        except ValidationError as error:
            raise refusal(error) from error
        gone = ", ".join(edition.versions.order_by("public_id").values_list("public_id", flat=True))
        self.stdout.write(f"Published edition {edition.number}: {gone} withdrawn.")
