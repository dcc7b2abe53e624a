"""What the recogniser finds in a text, kept: it never changes, and reading takes many pages."""

from bisect import bisect_left
from collections.abc import Sequence
from copy import copy
from functools import lru_cache
from typing import NamedTuple, TypeVar

from reading.recognition import (
    DateFound,
    FigureFound,
    Known,
    NameFound,
    dates_in,
    figures_in,
    names_in,
)
from sources.selectors import FoldedText, Span

Found = TypeVar("Found", DateFound, NameFound, FigureFound)


class Offers(NamedTuple):
    """What a text, or a stretch of it, offers; in order."""

    dates: Sequence[DateFound]
    names: Sequence[NameFound]
    figures: Sequence[FigureFound]

    def within(self, span: Span) -> "Offers":
        """Those that stand in the stretch as a whole."""
        return Offers(
            _within(self.dates, span), _within(self.names, span), _within(self.figures, span)
        )


def dates_and_names(text: FoldedText, known: Sequence[Known]) -> Offers:
    """Of the whole text, since what stands before decides: “that same year”, a surname alone.

    The first time in a process some seconds for a book; then at once, until a name changes.
    """
    return Offers(_dates(text), _names(text, tuple(known)), ())


def with_figures(offers: Offers, text: FoldedText, numbers: Sequence[int]) -> Offers:
    """With the figures of blocks of these numbers, in order, which owe nothing to other blocks."""
    part = copy(text)
    part.blocks = [text.blocks[number - 1] for number in numbers]
    return offers._replace(figures=figures_in(part))


@lru_cache(maxsize=8)
def _dates(text: FoldedText) -> list[DateFound]:
    return dates_in(text)


@lru_cache(maxsize=8)
def _names(text: FoldedText, known: tuple[Known, ...]) -> list[NameFound]:
    return names_in(text, known)


def _within(found: Sequence[Found], span: Span) -> Sequence[Found]:
    first = bisect_left(found, span.start, key=lambda each: each.span.start)
    last = bisect_left(found, span.end, key=lambda each: each.span.start)
    return [each for each in found[first:last] if each.span.end <= span.end]
