"""Words as they are compared with a text: the same words, whatever signs it is printed with.

Texts and words are compared after Unicode NFC and folding of white space, quotation marks and
dashes, without signs that nobody sees; never fuzzily. An apostrophe between letters is part of a
word.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′`´ʼʻ‹›", "'")
    | dict.fromkeys("“”„‟″«»「」", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣-", "-")
)
# Unicode's format characters, but for those that are seen: signs before Arabic and Syriac numbers,
# ends of verses, and how hieroglyphs and the like stand together.
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)


class Span(NamedTuple):
    """Where a passage stands in the folded text: from ``start`` up to ``end``."""

    start: int
    end: int


def fold(text: str) -> str:
    """``text`` as it is compared. Case is kept. Folding what is folded changes nothing."""
    # Composed twice: some characters become folded ones, and letters can come to meet accents.
    plain = INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(FOLDED))
    return " ".join(unicodedata.normalize("NFC", plain).split())


def bare(text: str) -> str | None:
    """``text`` as it is compared, where a database would not find its words in it as it is written,
    for signs that nobody sees; else ``None``."""
    return fold(text) if INVISIBLE.search(text) else None


def occurrences(text: str, words: str, start: int = 0) -> Iterator[Span]:
    """Where folded ``words`` stand in folded ``text`` as whole words, overlapping ones as well."""
    while (start := text.find(words, start)) >= 0:
        end = start + len(words)
        if begins_whole(text, start, words) and ends_whole(text, end, words):
            yield Span(start, end)
        start += 1


# Letter by letter: expressions would have to be compiled for each selector, which takes longer.


def begins_whole(text: str, start: int, words: str) -> bool:
    """Whether no word runs into ``words``, which begin there."""
    if not _is_word(words[:1]):
        return True
    before = text[max(start - 2, 0) : start]
    return not _is_word(before[-1:]) and not (before[1:] == "'" and _is_word(before[0]))


def ends_whole(text: str, end: int, words: str) -> bool:
    """Whether ``words``, which end there, run into no word."""
    if not _is_word(words[-1:]):
        return True
    after = text[end : end + 2]
    return not _is_word(after[:1]) and not (after[:1] == "'" and _is_word(after[1:]))


def _is_word(letter: str) -> bool:
    """As ``\\w`` in expressions; no letter is none."""
    return letter.isalnum() or letter == "_"
