from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from desk.management.wording import refusal
from desk.refusals import Refused
from sources.coverage import BlockCoverage, Coverage, coverage_of
from sources.finding import source_named
from sources.models import Source
from sources.selectors import FoldedText
from sources.texts import headings_of, read_text, text_of


class Command(BaseCommand):
    help = (
        "Print each block of a source's text with the claims that cite it, what is set aside and "
        "why, and what is neither. Exit status 1 where a sentence is neither."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="id or slug of the source, like S1")
        parser.add_argument(
            "--text",
            type=Path,
            metavar="FILE",
            help="a file of the source's text; left out, the newest that the desk holds",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = source_named(options["source"])
            text, headings = _text_of(source, options["text"])
            found = coverage_of(source, FoldedText(text, headings), headings=headings)
        except ValidationError as error:
            raise refusal(error) from error
        for each in found.blocks:
            self.stdout.write(_told(each))
        self.stdout.write(_summary(found))
        if not found.is_whole:
            left = [f"block {b.block.number}: {text}" for b in found.blocks for text in b.open]
            raise CommandError("\n".join([*found.failures, *left]))


def _text_of(source: Source, file: Path | None) -> tuple[str, list[int]]:
    if file is not None:
        blocks = read_text(file).blocks
        return text_of(blocks), headings_of(blocks)
    held = source.texts.first()
    if held is None:
        raise Refused(f"The desk holds no text of {source.public_id}: name one with --text.")
    return held.text, held.headings


def _told(each: BlockCoverage) -> str:
    lines = [f"\n[{each.block.number}] {each.block.text}"]
    lines += [f"    {cited.citation}: {', '.join(cited.claims)}" for cited in each.cited]
    lines += [
        "    set aside" + (f" from “{row.start}”" if row.start else "") + f": {row.reason}"
        for row in each.set_aside
    ]
    lines += [f"    OPEN: {sentence}" for sentence in each.open]
    return "\n".join(lines)


def _summary(found: Coverage) -> str:
    counts = {
        "blocks": len(found.blocks),
        "headings": sum(each.is_heading for each in found.blocks),
        "cited": sum(bool(each.cited) for each in found.blocks),
        "set aside": sum(bool(each.set_aside) and not each.cited for each in found.blocks),
        "with open sentences": sum(bool(each.open) for each in found.blocks),
    }
    return "\n" + "\n".join(f"{count:8} {name}" for name, count in counts.items())
