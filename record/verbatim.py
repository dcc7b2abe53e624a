"""Words as they are compared with a text: the same words, whatever signs it is printed with.

Texts and words are compared after Unicode NFC and folding of white space, quotation marks and
dashes; never fuzzily. An apostrophe between letters is part of a word.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼʻ", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣-", "-")
    | {"\u00ad": None, "\u200b": None, "\u2060": None, "\ufeff": None}
)


class Span(NamedTuple):
    """Where a passage stands in the folded text: from ``start`` up to ``end``."""

    start: int
    end: int


def fold(text: str) -> str:
    """``text`` as it is compared. Case is kept. Folding what is folded changes nothing."""
    # Composed twice: some characters become folded ones, and letters can come to meet accents.
    plain = unicodedata.normalize("NFC", text).translate(FOLDED)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def occurrences(text: str, words: str, start: int = 0) -> Iterator[Span]:
    """Where folded ``words`` stand in folded ``text`` as whole words, overlapping ones as well.

    Looked for as letters first, which takes a hundredth of what an expression would.
    """
    boundaries = re.compile(_whole(words))
    while (start := text.find(words, start)) >= 0:
        if boundaries.match(text, start):
            yield Span(start, start + len(words))
        start += 1


def _whole(words: str) -> str:
    return f"{no_word_before(words)}{re.escape(words)}{no_word_after(words)}"


def no_word_before(words: str) -> str:
    return r"(?<!\w)(?<!\w')" if re.match(r"\w", words) else ""


def no_word_after(words: str) -> str:
    return r"(?!'?\w)" if re.search(r"\w$", words) else ""
