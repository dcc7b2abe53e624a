from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from desk.management.wording import add_people, people_in, refusal
from desk.redaction import Then, redact


class Command(BaseCommand):
    help = (
        "Take what published versions of an entry say out of the record and the desk, for good, "
        "where safety or law asks for it. Number, checksum and reason stay. Run forget_redacted "
        "afterwards."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", metavar="ID", help="public id, like E14")
        parser.add_argument(
            "--editions",
            nargs="+",
            type=int,
            required=True,
            metavar="N",
            help="the editions whose versions of it are redacted",
        )
        parser.add_argument(
            "--then",
            choices=Then.values,
            required=True,
            help="what stands afterwards: what is published now, the working copy, or a tombstone",
        )
        parser.add_argument(
            "--forget-address",
            action="store_true",
            help="of a tombstone: the address holds what has to go, too",
        )
        parser.add_argument("--reason", required=True, help="why; shown in public")
        add_people(parser, by="who redacts")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = redact(
                options["id"],
                editions=options["editions"],
                then=Then(options["then"]),
                forget_address=options["forget_address"],
                **people_in(options),
                reason=options["reason"],
            )
        except ValidationError as error:
            raise refusal(error) from error
        self.stdout.write(f"Published edition {edition.number}: {options['id']} redacted.")
        self.stdout.write("Now run: python manage.py forget_redacted")
