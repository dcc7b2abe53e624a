from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction

from desk.management.wording import progress_on, refusal, user_named
from sources.finding import source_named
from sources.rechecking import recheck
from sources.selectors import FoldedText
from sources.texts import headings_of, lock, read_text, store_text, text_of


class Command(BaseCommand):
    help = (
        "Keep a private copy of a source's text at the desk, to check citations against. "
        "Blocks are the pieces between blank lines, counted from 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="id or slug of the source, like S1")
        parser.add_argument("file", type=Path, help="the text: plain, Markdown, HTML, DOCX or PDF")
        parser.add_argument(
            "--headings",
            type=block_numbers,
            metavar="4,8,31",
            help="numbers of the blocks that are section headings; as found if left out",
        )
        parser.add_argument("--by", metavar="NAME", help="who loads it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = source_named(options["source"])
            loaded = read_text(options["file"])
            found_there = options["headings"] is None
            headings = headings_of(loaded.blocks) if found_there else options["headings"]
            by = user_named(options["by"]) if options["by"] else None
            with transaction.atomic():
                lock(source)
                held = store_text(source, text_of(loaded.blocks), headings=headings, by=by)
                found = recheck(held, progress=progress_on(self.stderr))
        except ValidationError as error:
            raise refusal(error) from error
        blocks = FoldedText(held.text, held.headings).blocks
        self.stdout.write(f"{source.public_id} {source.title}")
        self.stdout.write(f"{len(blocks)} blocks, SHA-256 {held.sha256}")
        self.stdout.write(f"Read as {loaded.format}.")
        for note in loaded.notes:
            self.stdout.write(note)
        self.stdout.write("Headings, as found:" if found_there else "Headings:")
        for block in blocks:
            if block.number in held.headings:
                self.stdout.write(f"{block.number:6}  {block.text}")
        if found_there:
            self.stdout.write("Where one is wrong, say which they are with --headings.")
        self.stdout.write(str(found))


def block_numbers(text: str) -> list[int]:
    return [int(piece) for piece in text.split(",") if piece.strip()]
