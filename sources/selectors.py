"""Finding a passage by its opening and closing words in a text.

Words are compared as ``record.verbatim`` has it, and match whole words only, as in browsers' text
fragments.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from record.models import CheckState
from record.verbatim import FOLDED as FOLDED  # as the words of texts and selectors are compared
from record.verbatim import Span as Span
from record.verbatim import begins_whole, ends_whole
from record.verbatim import fold as fold
from record.verbatim import occurrences as occurrences

MOST_KEPT = 10_000  # passages of one text


@dataclass(frozen=True)
class Block:
    """One blank-line-separated piece of a text, counted from 1, and where it stands."""

    number: int
    section: str
    text: str
    span: Span  # in the folded text of the whole


class FoldedText:
    """A text ready to be searched: its blocks, and all of them folded into one line."""

    def __init__(self, text: str, headings: list[int]) -> None:
        pieces = [piece.strip() for piece in re.split(r"\n[^\S\n]*\n\s*", text.strip())]
        self.blocks: list[Block] = []
        section, folded, end = "", [], -1
        titles = set(headings)
        for number, piece in enumerate(pieces, start=1):
            if number in titles:
                section = " ".join(piece.split())
            plain = fold(piece)
            # A piece of nothing but invisible characters is a block, but takes no space.
            span = Span(end + 1, end + 1 + len(plain))
            self.blocks.append(Block(number, section, piece, span))
            if plain:
                folded.append(plain)
                end = span.end
        self.text = " ".join(folded)
        self._found: dict[tuple[str, ...], list[Span]] = {}

    def passages(self, selector: dict[str, Any]) -> list[Span]:
        """Every passage that the selector fits, in order. At most two are looked for.

        Kept: looking takes some milliseconds in a long text, and reviews look again and again.
        """
        words = {name: fold(selector[name] or "") for name in selector}
        asked = tuple(words[name] for name in ("start", "end", "prefix", "suffix"))
        if asked not in self._found:
            if len(self._found) >= MOST_KEPT:
                self._found.clear()
            self._found[asked] = list(islice(_passages(self.text, words), 2))
        return self._found[asked]

    def state(self, selector: dict[str, Any]) -> CheckState:
        """Whether the selector fits exactly one passage."""
        match self.passages(selector):
            case []:
                return CheckState.MISSING
            case [_]:
                return CheckState.EXACT
            case _:
                return CheckState.AMBIGUOUS

    def blocks_of(self, span: Span) -> list[int]:
        """Numbers of the blocks that a passage touches."""
        first = bisect_right(self.blocks, span.start, key=lambda block: block.span.end)
        last = bisect_left(self.blocks, span.end, key=lambda block: block.span.start)
        if span.start >= span.end:
            return []
        touched = self.blocks[first:last]
        return [block.number for block in touched if block.span.start < block.span.end]


def is_preceded(text: str, position: int, prefix: str) -> bool:
    """Whether the words of ``prefix`` end at ``position``, or a space before it."""
    if not prefix:
        return True
    end = position - text.endswith(f"{prefix} ", 0, position)
    start = end - len(prefix)
    return text.endswith(prefix, 0, end) and begins_whole(text, start, prefix)


def is_followed(text: str, position: int, suffix: str) -> bool:
    """Whether the words of ``suffix`` begin at ``position``, or a space after it."""
    if not suffix:
        return True
    start = position + text.startswith(" ", position)
    return text.startswith(suffix, start) and ends_whole(text, start + len(suffix), suffix)


def _passages(text: str, words: dict[str, str]) -> Iterator[Span]:
    """Openings with the words before them, each up to the first closing that follows it."""
    if not words["start"]:
        return
    for start, end in occurrences(text, words["start"]):
        if not is_preceded(text, start, words["prefix"]):
            continue
        if words["end"]:
            closings = occurrences(text, words["end"], end)
            last = next((c.end for c in closings if is_followed(text, c.end, words["suffix"])), -1)
            if last < 0:
                return  # nor is there one after any later opening
            yield Span(start, last)
        elif is_followed(text, end, words["suffix"]):
            yield Span(start, end)
