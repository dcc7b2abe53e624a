from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from desk.management.wording import refusal, user_named
from desk.publishing import withdraw


class Command(BaseCommand):
    help = (
        "Withdraw published entries in one edition. Their addresses then say that they were "
        "withdrawn, and why. Refused while other published entries refer to them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="+", metavar="ID", help="public ids, like E14")
        parser.add_argument("--reason", required=True, help="why; shown in public")
        parser.add_argument("--by", required=True, metavar="NAME", help="who withdraws them")
        parser.add_argument(
            "--approved-by",
            metavar="NAME",
            help="who approves it; left out, the same person, which only a desk of one allows",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = user_named(options["by"])
        approver = options["approved_by"]
        try:
            edition = withdraw(
                options["ids"],
                by=by,
                approved_by=user_named(approver) if approver else by,
                reason=options["reason"],
            )
        except ValidationError as error:
            raise refusal(error) from error
        gone = ", ".join(edition.versions.order_by("public_id").values_list("public_id", flat=True))
        self.stdout.write(f"Published edition {edition.number}: {gone} withdrawn.")
