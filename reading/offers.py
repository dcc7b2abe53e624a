"""What the recogniser finds in a text, kept: it never changes, and reading takes many pages."""

from bisect import bisect_left
from collections.abc import Sequence
from copy import copy
from typing import NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from reading.offers_kept import kept_dates, kept_names
from reading.recognition import (
    DateFound,
    FigureFound,
    Known,
    NameFound,
    dates_in,
    figures_in,
    names_in,
)
from sources.models import SourceText
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


# As long as the folded text itself is kept (`sources.keeping`).
_dates_of: WeakKeyDictionary[FoldedText, list[DateFound]] = WeakKeyDictionary()
_names_of: WeakKeyDictionary[FoldedText, tuple[tuple[Known, ...], list[NameFound]]] = (
    WeakKeyDictionary()
)


def dates_and_names(text: SourceText, folded: FoldedText, known: Sequence[Known]) -> Offers:
    """Of the whole text, since what stands before decides: “that same year”, a surname alone.

    Kept in the database when a text is loaded. Where they are not, the dates of a book take some
    three seconds, the first time in a process; its names half a second, the first time and when
    the desk has come to know another name.
    """
    dates = _dates_of.get(folded)
    if dates is None:
        dates = kept_dates(text, folded)
        dates = _dates_of[folded] = dates_in(folded) if dates is None else dates
    looked_for, names = _names_of.get(folded, (None, []))
    if looked_for != (wanted := tuple(known)):
        kept = kept_names(text, folded, wanted)
        names = names_in(folded, wanted, dates=dates) if kept is None else kept
        _names_of[folded] = wanted, names
    return Offers(dates, names, ())


def with_figures(offers: Offers, text: FoldedText, numbers: Sequence[int]) -> Offers:
    """With the figures of blocks of these numbers, in order, which owe the others only dates."""
    part = copy(text)
    part.blocks = [text.blocks[number - 1] for number in numbers]
    here = Span(part.blocks[0].span.start, part.blocks[-1].span.end)
    return offers._replace(figures=figures_in(part, dates=_within(offers.dates, here)))


def _within(found: Sequence[Found], span: Span) -> Sequence[Found]:
    first = bisect_left(found, span.start, key=lambda each: each.span.start)
    last = bisect_left(found, span.end, key=lambda each: each.span.start)
    return [each for each in found[first:last] if each.span.end <= span.end]
