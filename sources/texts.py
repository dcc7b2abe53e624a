"""The desk's copies of source texts: reading them from files, correcting and keeping them."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from desk.bases import normalised
from desk.refusals import Refused
from record.canonical import digest
from sources.asides import bind
from sources.formats.plain import split
from sources.formats.reading import blocks_of_file
from sources.formats.shapes import MOST_BLOCKS, MOST_CHARACTERS, Block, LoadedText
from sources.models import Source, SourceText
from sources.selectors import FoldedText

HEADING = re.compile(r"#{1,6}[^\S\n]+(?=\S)")
ESCAPED = re.compile(r"\\(?=[#\\])")
# What no text has a use for: control characters, and halves of characters that no UTF-8 can hold.
UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def read_text(file: Path) -> LoadedText:
    """What the file holds, of any format that is read. ``Refused`` where it cannot be."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error
    return blocks_of_file(str(file), data)


def text_of(blocks: Sequence[Block]) -> str:
    """The text as the desk keeps it: blocks with a blank line between them."""
    return "\n\n".join(block.text for block in blocks)


def headings_of(blocks: Sequence[Block]) -> list[int]:
    """Numbers of the blocks that are section headings."""
    return [number for number, block in enumerate(blocks, start=1) if block.is_heading]


def blocks_of(text: str, headings: Sequence[int]) -> list[Block]:
    """A text that the desk keeps, as it was before: the inverse of the two above."""
    titles = set(headings)
    return [Block(each.text, each.number in titles) for each in FoldedText(text, []).blocks]


def marked_up(blocks: Sequence[Block]) -> str:
    """Blocks as somebody corrects them: ``# `` before a heading, blank lines between blocks."""
    return "\n\n".join(
        f"# {block.text}" if block.is_heading else _escaped(block.text) for block in blocks
    )


def corrected(text: str) -> list[Block]:
    """The inverse of ``marked_up``. ``Refused`` where nothing is left, or too much is there."""
    text = normalised(text)
    if found := UNKEPT.search(text):
        before = text[max(0, found.start() - 20) : found.start()]
        raise Refused(f"There is a character that nobody can see after “{before}”. Take it out.")
    blocks = [_block(piece) for piece in split(text)]
    if not blocks:
        raise Refused("There is no text.")
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"It has {len(text):,} characters; at most {MOST_CHARACTERS:,} are kept.")
    if len(blocks) > MOST_BLOCKS:
        raise Refused(f"It has {len(blocks):,} blocks; at most {MOST_BLOCKS:,} are kept.")
    return blocks


def _block(piece: str) -> Block:
    if found := HEADING.match(piece):
        return Block(piece[found.end() :], is_heading=True)
    return Block(piece[1:] if ESCAPED.match(piece) else piece)


def _escaped(text: str) -> str:
    return f"\\{text}" if HEADING.match(text) or ESCAPED.match(text) else text


def lock(source: Source) -> None:
    """Before a text of it is kept: whoever keeps another one is waited for. In a transaction."""
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)


@transaction.atomic
def store_text(source: Source, text: str, *, headings: list[int], by: Any) -> SourceText:
    """Keep ``text`` (from ``text_of``) as the newest text of the source.

    A text that the desk holds already is kept once, with the headings given now. ``Refused``
    where a heading is no block of the text.
    """
    folded = FoldedText(text, [])
    count = len(folded.blocks)
    wrong = [number for number in headings if not 1 <= number <= count]
    if wrong:
        raise Refused(
            f"The text has {count} blocks; there is no {', '.join(map(str, wrong))} among them."
        )
    held, _ = SourceText.objects.update_or_create(
        source=source,
        sha256=digest(text),
        defaults={
            "text": text,
            "headings": sorted(set(headings)),
            "loaded_by": by,
            "loaded_at": timezone.now(),
        },
    )
    bind(source, folded)
    return held
