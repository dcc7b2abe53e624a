import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from desk.findings import find_everything
from desk.integrity import integrity_checks
from desk.models import Finding
from desk.naming import names_of
from desk.types import desk_type, entry_keys

FINDINGS, BROKEN = 1, 2
BATCH = 1000


class Command(BaseCommand):
    help = (
        "Look over all entries of the desk with every integrity check, and print what is found "
        "and not accepted: id, name, sentence and address of the form. Exit status 0: nothing; "
        "1: something; 2: a check could not be made."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = False
        for check in integrity_checks():
            try:
                find_everything(check)
            except Exception as error:  # noqa: BLE001 - one that breaks does not hide the others
                broken = True
                self.stderr.write(f"“{check.title}” could not be looked for: {error!r}")
        found = self._print()
        if options["verbosity"]:
            self.stderr.write(_summary(found))
        if broken or found:
            sys.exit(BROKEN if broken else FINDINGS)

    def _print(self) -> int:
        """A line for each finding that is open; how many."""
        findings = Finding.objects.filter(accepted_at=None)
        number = 0
        batch: list[Finding] = []
        for finding in findings.iterator(chunk_size=BATCH):
            number += 1
            batch.append(finding)
            if len(batch) == BATCH:
                self._print_batch(batch)
                batch = []
        self._print_batch(batch)
        return number

    def _print_batch(self, batch: list[Finding]) -> None:
        ids = {finding.public_id for finding in batch}
        names, keys = names_of(ids), entry_keys(ids)
        for finding in batch:
            opts = desk_type(finding.type).model._meta
            key = keys.get(finding.public_id)
            address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[key])
            name = names.get(finding.public_id, finding.public_id)
            self.stdout.write("\t".join([finding.public_id, name, finding.sentence, address]))


def _summary(found: int) -> str:
    if not found:
        return "Nothing is found that has not been accepted."
    return "One finding." if found == 1 else f"{found} findings."
