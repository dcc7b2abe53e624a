"""Finding a passage by its opening and closing words in a text.

Texts and words are compared after Unicode NFC and folding of white space, quotation marks and
dashes; never fuzzily. Words match whole words only, as in browsers' text fragments, for which
an apostrophe between letters is part of a word.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from record.models import CheckState

FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼʻ", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣-", "-")
    | {"\u00ad": None, "\u200b": None, "\u2060": None, "\ufeff": None}
)


MOST_KEPT = 10_000  # passages of one text


class Span(NamedTuple):
    """Where a passage stands in the folded text: from ``start`` up to ``end``."""

    start: int
    end: int


def fold(text: str) -> str:
    """``text`` as it is compared. Case is kept. Folding what is folded changes nothing."""
    # Composed twice: some characters become folded ones, and letters can come to meet accents.
    plain = unicodedata.normalize("NFC", text).translate(FOLDED)
    return " ".join(unicodedata.normalize("NFC", plain).split())


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


def occurrences(text: str, words: str, start: int = 0) -> Iterator[Span]:
    """Where folded ``words`` stand in folded ``text`` as whole words, overlapping ones as well.

    Looked for as letters first, which takes a hundredth of what an expression would.
    """
    boundaries = re.compile(_whole(words))
    while (start := text.find(words, start)) >= 0:
        if boundaries.match(text, start):
            yield Span(start, start + len(words))
        start += 1


def is_preceded(text: str, position: int, prefix: str) -> bool:
    """Whether the words of ``prefix`` end at ``position``, or a space before it."""
    if not prefix:
        return True
    start = position - len(prefix) - text.endswith(f"{prefix} ", 0, position)
    return start >= 0 and bool(re.compile(_preceded(prefix)).match(text, start, position))


def is_followed(text: str, position: int, suffix: str) -> bool:
    """Whether the words of ``suffix`` begin at ``position``, or a space after it."""
    return bool(re.compile(_followed(suffix)).match(text, position))


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


def _whole(words: str) -> str:
    return f"{_no_word_before(words)}{re.escape(words)}{_no_word_after(words)}"


def _preceded(words: str) -> str:
    return f"{_no_word_before(words)}{re.escape(words)} ?$" if words else ""


def _followed(words: str) -> str:
    return f"(?= ?{re.escape(words)}{_no_word_after(words)})" if words else ""


def _no_word_before(words: str) -> str:
    return r"(?<!\w)(?<!\w')" if re.match(r"\w", words) else ""


def _no_word_after(words: str) -> str:
    return r"(?!'?\w)" if re.search(r"\w$", words) else ""
