"""Other words for those that nothing holds: words of the record that sound or look like them.

Compared are all words that the search has indexed, brought to how they sound, by the letters that
they share in order (the standard library's difflib). Only what finds something is offered.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

from django.db import connection

from record.folding import tokens
from record.models import Version
from record.query import Query, Term
from record.reading import Record, document_of
from record.search import MATCH, expression
from record.statements import STANDS
from record.types import type_named

MOST = 3
MOST_TRIED = 6  # other wordings that are looked for; most find something
MOST_COMPARED = 3  # words of a query that others are looked for
SHORTEST, LONGEST = 3, 60  # letters of a word that is compared
LEAST_ALIKE = 0.75  # share of letters that are the same
SHORT = 4  # letters; so few can be changed into very much, so the first has to stay
WORDS = {
    "sqlite": "SELECT term, doc FROM record_search_terms",
    "postgresql": "SELECT word, ndoc FROM ts_stat('SELECT words FROM record_search')",
}
# Spellings of one sound, as transcriptions differ in them; after folding.
SOUNDS = (
    ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("zh", "j"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("ts", "c"), ("ck", "k"), ("x", "h"), ("q", "k"), ("g", "k"), ("y", "i"),
    ("w", "v"),
)  # fmt: skip
DOUBLED = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """A folded word, spelt as all that sound like it: "sargsyan" and "sarkisian" nearly agree."""
    for spelt, plain in SOUNDS:
        word = word.replace(spelt, plain)
    return DOUBLED.sub(r"\1", word)


class Vocabulary:
    """The words that are indexed, by how they sound; of one sound, the most frequent first."""

    def __init__(self, held: Iterable[tuple[str, int]]) -> None:
        self.by_sound: dict[str, list[str]] = {}
        for word, _ in sorted(held, key=lambda entry: (-entry[1], entry[0])):
            if SHORTEST <= len(word) <= LONGEST and not word.isdecimal():
                self.by_sound.setdefault(sound(word), []).append(word)

    def like(self, word: str) -> list[str]:
        """Words like ``word``, the nearest first. Some 2 ms for each thousand in the vocabulary."""
        wanted = sound(word)
        near = get_close_matches(wanted, self.by_sound, n=MOST_TRIED, cutoff=LEAST_ALIKE)
        found = [
            other
            for sounding in near
            if len(wanted) > SHORT or sounding[0] == wanted[0]
            for other in self.by_sound[sounding]
        ]
        return [other for other in found if other != word]


def unheld(record: Record, query: Query) -> list[Term]:
    """The terms that nothing in the edition holds. One query."""
    holding = _holding(record, [Query((term,)) for term in query.terms])
    return [term for number, term in enumerate(query.terms) if number not in holding]


def did_you_mean(record: Record, query: Query, missing: Sequence[Term]) -> list[str]:
    """The query with other words for the ``missing`` terms, as somebody would type it.

    Two queries at most, and one for the vocabulary the first time in an edition.
    """
    if not missing or not record.checksum:
        return []
    vocabulary = _vocabulary(record.checksum)
    tried = list(islice(_others(query, missing, vocabulary), MOST_TRIED))
    holding = _holding(record, tried) if tried else {}
    versions = Version.objects.in_bulk(holding.values())
    found = (_as_written(tried[number], versions[pk]) for number, pk in sorted(holding.items()))
    return list(dict.fromkeys(found))[:MOST]


def _others(query: Query, missing: Sequence[Term], vocabulary: Vocabulary) -> Iterator[Query]:
    """The query with the nearest words for all that is missing; then with the next ones."""
    words = [word for term in missing for word in term.words if SHORTEST <= len(word) <= LONGEST]
    like = {word: others for word in words[:MOST_COMPARED] if (others := vocabulary.like(word))}
    for turn in range(MOST_TRIED):
        if any(turn < len(others) for others in like.values()):
            instead = {word: others[min(turn, len(others) - 1)] for word, others in like.items()}
            yield query.with_words(instead)


def _holding(record: Record, queries: Sequence[Query]) -> dict[int, int]:
    """A version that holds all of the query, by the query's place; none where nothing does."""
    one = (
        "SELECT {number} AS number, (SELECT version.id FROM record_search"
        " CROSS JOIN record_version AS version WHERE {match}"
        " AND version.id = record_search.rowid & 4294967295 AND {stands} LIMIT 1) AS version"
    )
    match = MATCH[connection.vendor]
    findable = {number: query for number, query in enumerate(queries) if query.findable}
    if not findable:
        return {}
    statements = [one.format(number=number, match=match, stands=STANDS) for number in findable]
    values: list[str | int] = []
    for query in findable.values():
        values += [expression(query), record.number, record.number]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        return {number: pk for number, pk in cursor.fetchall() if pk is not None}


@lru_cache(maxsize=1)
def _vocabulary(checksum: str) -> Vocabulary:
    """While the newest edition has this checksum: words that one adds are there from then on.

    Of all editions together; what an edition asked for does not hold is not offered.
    """
    with connection.cursor() as cursor:
        cursor.execute(WORDS[connection.vendor])
        return Vocabulary(cursor.fetchall())


def _as_written(query: Query, version: Version) -> str:
    """The query in the letters of a version that holds it, as it can be typed."""
    facts = type_named(version.type).facts(document_of(version))
    letters: dict[str, str] = {}
    for text in (*facts.names, *facts.words):
        for token in tokens(text):
            letters.setdefault(token.word, text[token.start : token.end])
    return query.with_words(letters).text
