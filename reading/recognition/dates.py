"""Dates in words, as EDTF: found, widened, joined and resolved, block by block."""

import re
from collections.abc import Iterator

from reading.recognition.context import Context, Sentences
from reading.recognition.deictics import is_dateline
from reading.recognition.found import DateFound
from reading.recognition.joining import LIST, joined
from reading.recognition.mentions import Mention
from reading.recognition.modifiers import widened
from reading.recognition.resolving import Resolver
from reading.recognition.scanning import mentions_in
from reading.recognition.writing import edtf_of, is_valid
from sources.selectors import FoldedText, Span

REACH = 24  # characters around a date that are looked at
# Dates that tell of another time than the text’s own: “until 1911”, “the petition of March 1903”,
# “it had last been raised in 1991”.
IN_PASSING = re.compile(
    r"(?i)(?:, of|\b(?:until|till|since|before)|\b(?!(?:night|morning|evening|days?|dawn|date|eve|"
    r"years?|month|week|weekend|period|out|instead|end|middle|start|beginning|part)\b)"
    r"[^\W\d]{3,} of)(?: the)? $|\bhad [^.;:,]*$"
)
# “In December 1953 the idea had been put forward.”
IN, HAD = re.compile(r"\b(?:[Ii]n|[Oo]n) $"), re.compile(r"[^.;:,]*\bhad\b")


def dates_in(text: FoldedText) -> list[DateFound]:
    """Every date that the text names in words, in order, without overlap.

    Linear in the text: 100,000 words take about a second.
    """
    starts = [block.span.start for block in text.blocks]
    context = Context(Sentences(text.text, starts))
    found = []
    for block in text.blocks:
        words = text.text[block.span.start : block.span.end]
        resolver = Resolver(context, words, block, _mentions(words))
        for mention, why in resolver.resolved():
            edtf = edtf_of(mention)
            if is_valid(edtf):
                span = Span(block.span.start + mention.start, block.span.start + mention.end)
                said = words[mention.start : mention.end]
                found.append(DateFound(span, said, edtf, bool(why), why))
    return found


def _mentions(text: str) -> list[Mention]:
    """Those of a block: each widened by the words that change it, ranges put together."""
    return joined(text, list(_widened(text)))


def _widened(text: str) -> Iterator[Mention]:
    last: Mention | None = None
    for mention in mentions_in(text):
        wider = widened(text, mention, floor=last.end if last else 0)
        _place(text, wider, last)
        yield wider
        last = wider


def _place(text: str, mention: Mention, last: Mention | None) -> None:
    """Say what the words around it, and the one before it in a list, make of a date."""
    before = text[max(0, mention.start - REACH) : mention.start]
    after = text[mention.end : mention.end + 2 * REACH]
    mention.alone = mention.start < REACH and not before.strip(" -*•") and not after.strip(" .:;-")
    mention.dateline = is_dateline(text, mention.start, mention.end)
    listed = last is not None and LIST.fullmatch(text, last.end, mention.start)
    had = IN.search(before) and HAD.match(after)
    if had or IN_PASSING.search(before) or (last is not None and listed and last.aside):
        mention.aside = True
