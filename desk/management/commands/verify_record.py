from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desk.management.wording import progress_on
from record.verification import verify


class Command(BaseCommand):
    help = (
        "Read the whole record and check that it is what was published: checksums, the chain "
        "of editions, references, links, search. Changes nothing; exit status 1 at any fault."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify(progress_on(self.stderr) if options["verbosity"] else None)
        for name, count in report.counts.items():
            self.stdout.write(f"{count:8} {name}")
        if report.faults:
            found = "one fault" if len(report.faults) == 1 else f"{len(report.faults)} faults"
            raise CommandError("\n".join([f"{found}:", *report.faults]))
        self.stdout.write("all good")
