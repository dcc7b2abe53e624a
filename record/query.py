"""What a reader's words look for: every word, phrases in quotation marks, beginnings of words.

Nothing else has a meaning. What looks as if it should have one is named in ``ignored``.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import category

from django.utils.translation import gettext, gettext_lazy

from chronicle.localised import listed
from record.folding import WORD, fold

MOST_WORDS = 20  # of a query; more are refused
LONGEST_WORD = 500  # letters; PostgreSQL refuses to look for words of more than 2,046 bytes
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
OPERATOR = re.compile(r"(AND|OR|NOT|NEAR)(?![^\W_])")
SIGNS = re.compile(r"[-+^~|&!*]+(?=$|[^\W_])")  # at the beginning of a piece
ENDING = re.compile(r"(?<=[^\W_])\*$")
# Translators: what of a search was ignored: “Ignored: the sign -, and NOT – every word is …”.
UNPAIRED = gettext_lazy("a quotation mark without its pair")
# Translators: as “a quotation mark without its pair”.
NO_TEXT = gettext_lazy("characters that are no text")


class TooManyWords(ValueError):
    """A query of more than ``MOST_WORDS`` words. All are promised, so none is left out."""


class Term(NamedTuple):
    """Folded words that stand together. ``prefix``: the last may be unfinished."""

    words: tuple[str, ...]
    prefix: bool = False

    def places(self, words: Sequence[str]) -> list[int]:
        """Where it begins among folded words, each time."""
        *whole, last = self.words
        length = len(self.words)
        return [
            at
            for at in range(len(words) - length + 1)
            if list(words[at : at + length - 1]) == whole
            and (
                words[at + length - 1] == last
                or (self.prefix and words[at + length - 1].startswith(last))
            )
        ]

    @property
    def text(self) -> str:
        """The term as it can be typed: a phrase between quotation marks."""
        return f'"{" ".join(self.words)}"' if self.phrase else self.words[0]

    @property
    def phrase(self) -> bool:
        return len(self.words) > 1


@dataclass(frozen=True)
class Query:
    """Terms that an entry must hold, all of them; and what of the text has no meaning here."""

    terms: tuple[Term, ...]
    ignored: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        return [word for term in self.terms for word in term.words]

    @property
    def text(self) -> str:
        """The query as it can be typed."""
        return " ".join(term.text for term in self.terms)

    @property
    def findable(self) -> bool:
        """Whether anything can hold it."""
        return bool(self.terms) and all(len(word) <= LONGEST_WORD for word in self.words)

    @property
    def notice(self) -> str:
        """What was ignored, in one sentence; empty where nothing was."""
        if not self.ignored:
            return ""
        message = gettext(
            "Ignored: %(what)s – every word is looked for; quotation marks hold words together, "
            "and * at the end of a word stands for any ending."
        )
        return message % {"what": listed(self.ignored)}

    def unfinished(self) -> "Query":
        """The same, of which the last word, even of a phrase, is still being typed."""
        return Query(tuple(_last_unfinished(list(self.terms))), self.ignored)

    def without(self, terms: Container[Term]) -> "Query":
        return Query(tuple(term for term in self.terms if term not in terms))

    def with_words(self, instead: Mapping[str, str]) -> "Query":
        """The same with other words for some."""
        return Query(
            tuple(
                term._replace(words=tuple(instead.get(word, word) for word in term.words))
                for term in self.terms
            )
        )

    def held_by(self, text: str) -> bool:
        """Whether ``text`` holds every term."""
        words = fold(text).split()
        return all(term.places(words) for term in self.terms)

    def touches(self, text: str) -> bool:
        """Whether ``text`` holds any term."""
        words = fold(text).split()
        return any(term.places(words) for term in self.terms)

    def up_to(self, most: int) -> "Query":
        """Its first ``most`` words."""
        terms: list[Term] = []
        for term in self.terms:
            room = most - sum(len(kept.words) for kept in terms)
            if room < len(term.words):
                terms += [Term(term.words[:room])] if room else []
                left = gettext("all after the first %(most)d words") % {"most": most}
                return Query(tuple(terms), (*self.ignored, left))
            terms.append(term)
        return self


def parse(text: str) -> Query:
    """The last word may be unfinished, as may any with ``*`` behind it; never of a phrase."""
    clean = "".join(" " if category(letter) in ("Cc", "Cs") else letter for letter in text)
    ignored = [str(NO_TEXT)] if clean.split() != text.split() else []
    pieces = clean.translate(QUOTES).split('"')
    if len(pieces) % 2 == 0:  # of an odd number of quotation marks, the last has no pair
        pieces[-2:] = [" ".join(pieces[-2:])]
        ignored.append(str(UNPAIRED))
    terms: list[Term] = []
    for number, piece in enumerate(pieces):
        if number % 2:
            phrase = tuple(fold(piece).split())
            terms += [Term(phrase)] if phrase else []
        else:
            terms += _loose(piece, ignored)
    if not terms and WORD.search(clean):
        return Query(tuple(_last_unfinished(_terms(clean))))  # "or" alone is a word
    if WORD.search(pieces[-1]):
        terms = _last_unfinished(terms)
    return Query(tuple(terms), tuple(dict.fromkeys(ignored)))


def parse_strictly(text: str) -> Query:
    """The same; ``TooManyWords`` where there are more than are looked for."""
    query = parse(text)
    if len(query.words) > MOST_WORDS:
        message = gettext("These are %(number)d words: at most %(most)d can be looked for at once.")
        raise TooManyWords(message % {"number": len(query.words), "most": MOST_WORDS})
    return query


def _loose(piece: str, ignored: list[str]) -> list[Term]:
    """The terms of what stands outside quotation marks; what has no meaning goes to ``ignored``."""
    terms: list[Term] = []
    for word in piece.split():
        operator = OPERATOR.match(word)
        if operator:
            ignored.append(operator[0])
            word = word[operator.end() :]
        signs = SIGNS.match(word)
        if signs:
            ignored.append(_sign(signs[0][:1]))
            word = word[signs.end() :]
        found = _terms(word)
        if found and ENDING.search(word):
            found = _last_unfinished(found)
        elif "*" in word:
            ignored.append(_sign("*"))
        terms += found
    return terms


def _sign(sign: str) -> str:
    # Translators: as “a quotation mark without its pair”; %(sign)s is “-”, “*” …
    return gettext("the sign %(sign)s") % {"sign": sign}


def _terms(text: str) -> list[Term]:
    return [Term((word,)) for word in fold(text).split()]


def _last_unfinished(terms: list[Term]) -> list[Term]:
    return [*terms[:-1], *(Term(term.words, prefix=True) for term in terms[-1:])]
