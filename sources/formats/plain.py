"""Plain text: blocks are the pieces between blank lines."""

import re
from itertools import pairwise

from sources.formats.shapes import Block, LoadedText, gathered

BLANK = re.compile(r"\n[^\S\n]*\n\s*")
LONG_LINE = 100  # characters, which nobody who ends lines by hand writes
MOST_WORDS = 12  # of a heading
ENDS_A_SENTENCE = re.compile(r"[.!?:;,…][\"'”’»)\]]*$")
NO_HEADING = re.compile(r"[/©@|]|\b(photo|image|share)\w*", re.IGNORECASE)


def blocks_of_text(text: str) -> LoadedText:
    """Where there is no blank line, and lines are long, each line is a block."""
    pieces, notes = split(text), []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(pieces) == 1 and 2 * sum(len(line) > LONG_LINE for line in lines) > len(lines) > 1:
        pieces = lines
        notes.append("It has no blank lines, so that each line was taken as a block.")
    headings = guessed(pieces)
    blocks = [Block(piece, number in headings) for number, piece in enumerate(pieces, start=1)]
    return LoadedText(gathered(blocks), "plain text", notes)


def split(text: str) -> list[str]:
    """The pieces between blank lines."""
    return [piece.strip() for piece in BLANK.split(text.strip()) if piece.strip()]


def guessed(pieces: list[str]) -> list[int]:
    """Numbers of the blocks that look like section headings.

    Those are short single lines between longer blocks that do not end as sentences do; neither
    the first block, which is the title, nor the last.
    """
    return [
        number
        for number, (piece, following) in enumerate(pairwise(pieces[1:]), start=2)
        if _looks_like_a_heading(piece) and not _looks_like_a_heading(following)
    ]


def _looks_like_a_heading(text: str) -> bool:
    return (
        "\n" not in text
        and len(text.split()) <= MOST_WORDS
        and not ENDS_A_SENTENCE.search(text)
        and not NO_HEADING.search(text)
    )
