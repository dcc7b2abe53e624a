"""Dates in words, as EDTF: found, widened, joined and resolved, block by block."""

from collections.abc import Iterator
from itertools import chain

from reading.recognition.context import Context, Sentences, told_of
from reading.recognition.found import DateFound
from reading.recognition.framing import (
    closing_day,
    height_of_top,
    is_dateline,
    is_stamp,
    is_top_line,
)
from reading.recognition.joining import LIST, joined
from reading.recognition.mentions import Mention
from reading.recognition.modifiers import widened
from reading.recognition.recurring import without_recurring
from reading.recognition.resolving import Resolver
from reading.recognition.scanning import mentions_in
from reading.recognition.telling import place, prevailing_year
from reading.recognition.writing import edtf_of, is_valid
from sources.selectors import FoldedText, Span

REACH = 24  # characters around a date that are looked at


def dates_in(text: FoldedText) -> list[DateFound]:
    """Every date that the text names in words, in order, without overlap.

    Linear in the text: 100,000 words take about a second.
    """
    starts = [block.span.start for block in text.blocks]
    words_of = [text.text[block.span.start : block.span.end] for block in text.blocks]
    mentions_of = [_mentions(words) for words in words_of]
    year = prevailing_year(chain.from_iterable(mentions_of))
    context = Context(Sentences(text.text, starts), year)
    context.top = height_of_top(words_of)
    if closing := closing_day(words_of, mentions_of):
        place, day = closing
        position, said = starts[place] + day.start, words_of[place][day.start : day.end]
        context.dateline = told_of(day, position, text.blocks[place].number, said, back=False)
    found = []
    for block, words, mentions in zip(text.blocks, words_of, mentions_of, strict=True):
        resolver = Resolver(context, words, block, mentions)
        for mention, why in resolver.resolved():
            edtf = edtf_of(mention)
            if is_valid(edtf):
                span = Span(block.span.start + mention.start, block.span.start + mention.end)
                said = words[mention.start : mention.end]
                found.append(DateFound(span, said, edtf, bool(why), why))
    return found


def _mentions(text: str) -> list[Mention]:
    """Those of a block: each widened by the words that change it, ranges put together."""
    return without_recurring(text, joined(text, list(_widened(text))))


def _widened(text: str) -> Iterator[Mention]:
    last: Mention | None = None
    for mention in mentions_in(text):
        wider = widened(text, mention, floor=last.end if last else 0)
        _place(text, wider, last)
        yield wider
        last = wider


def _place(text: str, mention: Mention, last: Mention | None) -> None:
    """Say what stands around a date, and the one before it in a list, make of it."""
    before = text[max(0, mention.start - REACH) : mention.start]
    after = text[mention.end : mention.end + 2 * REACH]
    mention.alone = mention.start < REACH and not before.strip(" -*•") and not after.strip(" .:;-")
    mention.dateline = is_dateline(text, mention.start, mention.end)
    mention.top_line = is_top_line(text, mention.start, mention.end)
    mention.written = mention.dateline or is_stamp(text, mention.start)
    listed = last is not None and LIST.fullmatch(text, last.end, mention.start)
    place(text, mention, listed_with=last if listed else None)
