"""What of an entry's own words was looked for: the passage with the most of it, and marks in it.

Compared folded, marked in the letters of the document. Templates escape and set the marks.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from record.folding import Token, tokens
from record.query import Query, Term

LONGEST_PASSAGE = 260  # characters, without what is cut off at a word
CUT = "…"


class Piece(NamedTuple):
    """Part of a text. ``marked``: it was looked for."""

    text: str
    marked: bool


class Span(NamedTuple):
    """Where a term stands in a text."""

    start: int
    end: int
    term: int


def marked(text: str, query: Query) -> list[Piece]:
    """The whole text in pieces."""
    return _pieces(text, _spans(tokens(text), query.terms))


def passage(texts: Iterable[str], query: Query) -> list[Piece]:
    """From the text that holds most of the terms, the part that does; of none, the first's start.

    No more than ``LONGEST_PASSAGE`` characters, cut between words. Nothing of no texts.
    """
    best: tuple[int, str, list[Token], list[Span]] | None = None
    for text in texts:
        words = tokens(text)
        spans = _spans(words, query.terms)
        count = len({span.term for span in spans})
        if best is None or count > best[0]:
            best = count, text, words, spans
    if best is None:
        return []
    _, text, words, spans = best
    start, end = _window(text, words, spans)
    inside = [
        Span(span.start - start, span.end - start, span.term)
        for span in spans
        if start <= span.start and span.end <= end
    ]
    return [
        *[Piece(f"{CUT} ", marked=False)] * (start > 0),
        *_pieces(text[start:end], inside),
        *[Piece(f" {CUT}", marked=False)] * (end < len(text)),
    ]


def _spans(words: Sequence[Token], terms: Sequence[Term]) -> list[Span]:
    """Every place of every term, in the order of the text; of two that overlap, the first."""
    folded = [token.word for token in words]
    found = [
        Span(words[at].start, words[at + len(term.words) - 1].end, number)
        for number, term in enumerate(terms)
        for at in term.places(folded)
    ]
    spans: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return spans


def _window(text: str, words: Sequence[Token], spans: Sequence[Span]) -> tuple[int, int]:
    """The part to show: from a little before the place from which most terms are near."""
    if len(text) <= LONGEST_PASSAGE:
        return 0, len(text)
    start = 0
    if spans:
        first = max(spans, key=lambda span: (_terms_near(span, spans), -span.start))
        wanted = first.start - LONGEST_PASSAGE // 4
        if wanted > 0:
            starts = [word.start for word in words if wanted <= word.start <= first.start]
            start = starts[0] if starts else first.start
    ends = [word.end for word in words if start < word.end <= start + LONGEST_PASSAGE]
    last = ends[-1] if ends else min(start + LONGEST_PASSAGE, len(text))
    return start, len(text) if words and last == words[-1].end else last


def _terms_near(first: Span, spans: Sequence[Span]) -> int:
    reach = first.start + LONGEST_PASSAGE * 3 // 4
    return len({span.term for span in spans if first.start <= span.start and span.end <= reach})


def _pieces(text: str, spans: Sequence[Span]) -> list[Piece]:
    pieces = []
    at = 0
    for span in spans:
        pieces += [Piece(text[at : span.start], marked=False)] * (span.start > at)
        pieces.append(Piece(text[span.start : span.end], marked=True))
        at = span.end
    return [*pieces, Piece(text[at:], marked=False)] if at < len(text) else pieces
