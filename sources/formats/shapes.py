"""What is read from a file. Nothing here or beside it imports Django: it runs in a child process.

``sources.formats.reading`` is the one door, and the one file that the desk imports.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_CHARACTERS = 3_000_000  # of one text: some 500,000 words
MOST_BLOCKS = 20_000
MOST_MARKS = 7  # times as many characters in a page as in its text


@dataclass(frozen=True)
class Block:
    """One piece of a text, without blank lines in it."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True)
class LoadedText:
    """The blocks of a file in order, what format it was found to have, and what to know of it."""

    blocks: list[Block]
    format: str
    notes: list[str] = field(default_factory=list)


class Unreadable(Exception):
    """The file gives no text; the message says why, in a sentence without its name."""


def gathered(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that have words. ``Unreadable`` as soon as there are too many, or none."""
    found: list[Block] = []
    characters = 0
    for block in blocks:
        if not block.text.strip():
            continue
        found.append(block)
        characters += len(block.text)
        if len(found) > MOST_BLOCKS:
            raise Unreadable(f"It has more than {MOST_BLOCKS:,} blocks.")
        check_length(characters)
    if not found:
        raise Unreadable("It holds no text.")
    return found


def check_length(characters: int) -> None:
    """``Unreadable`` where a text of so many is too long."""
    if characters > MOST_CHARACTERS:
        raise Unreadable(f"It has more than {MOST_CHARACTERS:,} characters.")
