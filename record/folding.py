"""Text as search compares it, without case, accents and signs; and the way back to its letters."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
# Letters that Unicode does not decompose, as people without them on the keyboard type them.
FOLDED = str.maketrans({"ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae"})


class Token(NamedTuple):
    """A folded word, and where its letters stand in the text: ``text[start:end]``."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=16)  # what an entry is called is folded for each language that lists it
def fold(text: str) -> str:
    """``text`` without case and accents, as words separated by spaces."""
    return " ".join(WORD.findall(_bare(text)))


def tokens(text: str) -> list[Token]:
    """The words of ``fold(text)``, each with its place in ``text``."""
    # Letter by letter it comes to the same: nothing in `_bare` looks at a letter's neighbours.
    if text.isascii() or all(map(_stays_one, set(text))):  # nearly always, and much faster
        bare = text.lower() if text.isascii() else "".join(map(_bare_letter, text))
        new = tuple.__new__
        return [new(Token, (match[0], match.start(), match.end())) for match in WORD.finditer(bare)]
    pieces = [_bare_letter(letter) for letter in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    found = []
    for match in WORD.finditer("".join(pieces)):
        end = places[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1  # an accent that is written as a character of its own
        found.append(Token(match[0], places[match.start()], end))
    return found


def _bare(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.casefold().translate(FOLDED)


@lru_cache(maxsize=4096)
def _stays_one(letter: str) -> bool:
    """Whether it is folded into one letter, and is no accent of the one before."""
    return len(_bare_letter(letter)) == 1 and not unicodedata.combining(letter)


@lru_cache(maxsize=4096)  # letters of a text come again and again; ten times as fast
def _bare_letter(letter: str) -> str:
    return _bare(letter)
