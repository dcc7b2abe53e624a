"""Dates in words, as EDTF: found, widened, joined and resolved, block by block."""

import re
from collections.abc import Iterator

from reading.recognition.context import Context, Sentences
from reading.recognition.deictics import is_dateline
from reading.recognition.found import DateFound
from reading.recognition.joining import joined
from reading.recognition.mentions import Mention
from reading.recognition.modifiers import widened
from reading.recognition.resolving import Resolver
from reading.recognition.scanning import mentions_in
from reading.recognition.writing import edtf_of, is_valid
from sources.selectors import FoldedText, Span

REACH = 24  # characters around a date that are looked at
# Dates that tell of another time than the text’s own: “until 1911”, “the petition of March 1903”.
IN_PASSING = re.compile(
    r"(?i)(?:\b(?:until|till|since|before)|\b(?!(?:night|morning|evening|day|days|dawn|date|eve|year|"
    r"years|month|week|weekend|period|out|instead|end|middle|start|beginning|part)\b)[a-z]{3,} of)"
    r"(?: the)? $"
)


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
    floor = 0
    for mention in mentions_in(text):
        wider = widened(text, mention, floor=floor)
        before, after = (
            text[max(0, wider.start - REACH) : wider.start],
            text[wider.end : wider.end + REACH],
        )
        wider.alone = wider.start < REACH and not before.strip(" -*•") and not after.strip(" .:;-")
        wider.dateline = is_dateline(text, wider.start, wider.end)
        wider.aside = wider.aside or bool(IN_PASSING.search(before))
        floor = wider.end
        yield wider
