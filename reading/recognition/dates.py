"""Dates in words, as EDTF: found, widened, joined and resolved, block by block."""

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
        if not text[: wider.start].strip(" -*•") and not text[wider.end :].strip(" .:;-"):
            wider.alone = True
        wider.dateline = is_dateline(text, wider.start, wider.end)
        floor = wider.end
        yield wider
