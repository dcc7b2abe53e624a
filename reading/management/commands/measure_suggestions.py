from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from desk.management.wording import refusal
from reading.known import known_actors
from reading.measuring import MARKS, Agreement, compared, found_in, read_labels
from sources.selectors import FoldedText
from sources.texts import read_text, text_of

NAMES = {"date": "dates", "actor": "actors"}


class Command(BaseCommand):
    help = (
        "Compare the dates and names of actors that are suggested in a text with those labelled by "
        "hand, and print recall, precision and every difference. Actors are those of the desk. "
        "Exit status 1 below the marks: "
        + "; ".join(
            f"{NAMES[kind]}: recall {mark.recall}, precision {mark.precision}"
            for kind, mark in MARKS.items()
        )
        + "."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", type=Path, help="the text, in UTF-8")
        parser.add_argument("labels", type=Path, help="its labels, in JSON Lines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = FoldedText(text_of(read_text(options["text"]).blocks), [])
            labels = read_labels(options["labels"].read_text(encoding="utf-8-sig"))
        except ValidationError as error:
            raise refusal(error) from error
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['labels']} cannot be read: {error}.") from error
        found = found_in(text, known_actors())
        agreements = [compared(kind, labels[kind], found[kind]) for kind in MARKS if labels[kind]]
        for agreement in agreements:
            self.stdout.write(_told(agreement))
        if below := [NAMES[each.kind] for each in agreements if not each.is_good]:
            raise CommandError(f"Below the marks: {', '.join(below)}.")


def _told(agreement: Agreement) -> str:
    right = len(agreement.right)
    summary = (
        f"{NAMES[agreement.kind]}: {agreement.labelled} labelled, {agreement.found} found, "
        f"{right} right: recall {agreement.recall:.3f}, precision {agreement.precision:.3f}"
    )
    lines = [summary]
    if agreement.kind == "date":
        lines.append(f"    right words, another date: {len(agreement.otherwise)}")
    else:
        several = sum(len(found.meanings) > 1 for _, found in agreement.right)
        lines.append(f"    right among several candidates: {several}")
    lines += [
        f"    {label}, found as {' or '.join(found.meanings)}"
        for label, found in agreement.otherwise
    ]
    lines += [f"    missed: {label}" for label in agreement.missed]
    lines += [f"    not labelled: {found}" for found in agreement.false]
    return "\n".join(lines)
