"""The reading room: a page of a source's text with the claims that rest on it beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from desk.naming import names_of
from reading.bar import BarPiece, Figure, State, bar_of, figure_of, runs_of, state_of
from reading.claiming import Claimed, Entries
from reading.cutting import Piece, cut
from reading.held import PAGE, Held
from reading.known import known_entries
from reading.offers import Offers, dates_and_names, with_figures
from reading.recognition import FigureFound
from sources.coverage import BlockCoverage, Coverage, coverage_of, sentences_of
from sources.models import SetAside
from sources.selectors import Span


@dataclass(frozen=True)
class Offered:
    """Something found in a block: its words, what it is taken for, and why or whom it may mean."""

    kind: str
    words: str
    says: str


@dataclass(frozen=True)
class ShownBlock:
    """A block as the page shows it; ``claimed`` in the order of the numbers in its ``pieces``."""

    number: int
    is_heading: bool
    state: State
    pieces: Sequence[Piece]
    claimed: Sequence[Claimed]
    set_aside: Sequence[SetAside]
    offered: Sequence[Offered]


class Reading:
    """A text with all that is claimed of it, and what it offers.

    Some ten queries: those of ``coverage_of``, and two for the names that the desk knows.
    """

    def __init__(self, held: Held) -> None:
        self.held = held
        self.coverage: Coverage = coverage_of(held.source, held.folded, headings=held.text.headings)
        self.dates_and_names = dates_and_names(held.text, held.folded, known_entries())

    @cached_property
    def blocks(self) -> list[tuple[BlockCoverage, State, Offers]]:
        found = []
        for each in self.coverage.blocks:
            offers = self.dates_and_names.within(each.block.span)
            found.append((each, state_of(each, offers), offers))
        return found

    @property
    def figure(self) -> Figure:
        return figure_of(self.blocks)

    @cached_property
    def bar(self) -> list[BarPiece]:
        return bar_of([(each, state) for each, state, _ in self.blocks])

    @property
    def runs(self) -> list[BarPiece]:
        return runs_of(self.bar)

    def offers_in(self, span: Span) -> Offers:
        """What a passage offers, figures included."""
        numbers = self.held.folded.blocks_of(span)
        return with_figures(self.dates_and_names, self.held.folded, numbers).within(span)

    def next_open(self, position: int) -> Span | None:
        """The first sentence from there on that offers something and is not claimed yet."""
        for each in self.coverage.blocks:
            if each.block.span.end <= position:
                continue
            for sentence in each.open_at:
                if sentence.start < position:
                    continue
                offers = self.dates_and_names.within(sentence)
                if offers.dates or offers.names:
                    return sentence
        return None

    def page(self, number: int, *, offered: bool) -> list[ShownBlock]:
        """Fifty blocks. Three queries, for the names of entries."""
        shown = self.blocks[(number - 1) * PAGE : number * PAGE]
        entries = Entries(cited for each, _, _ in shown for cited in each.cited)
        ids = {
            public_id
            for _, _, offers in shown
            for name in offers.names
            for public_id in name.candidates
        }
        names = names_of(ids) if offered else {}
        return [self._block(*each, entries, names, offered=offered) for each in shown]

    def _block(
        self,
        each: BlockCoverage,
        state: State,
        offers: Offers,
        entries: Entries,
        names: dict[str, str],
        *,
        offered: bool,
    ) -> ShownBlock:
        block = each.block
        offers = with_figures(offers, self.held.folded, [block.number]) if offered else offers
        cited = sorted(each.cited, key=lambda one: one.span)
        sentences = [] if each.is_heading else sentences_of(self.held.folded, block)
        return ShownBlock(
            number=block.number,
            is_heading=each.is_heading,
            state=state,
            pieces=cut(
                block,
                [one.span for one in cited],
                spans_of(offers) if offered else (),
                [(span, self.held.passage_url(span)) for span in sentences],
            ),
            claimed=entries.claimed(cited),
            set_aside=each.set_aside,
            offered=offered_in(offers, names) if offered else (),
        )


def spans_of(offers: Offers) -> list[tuple[str, Span]]:
    """Where what was found stands, with its kind."""
    return [
        *(("date", each.span) for each in offers.dates),
        *(("name", each.span) for each in offers.names),
        *(("figure", each.span) for each in offers.figures),
    ]


def offered_in(offers: Offers, names: dict[str, str]) -> list[Offered]:
    """In words, each once."""
    found = [
        *(
            Offered("date", each.words, f"{each.edtf}, inferred" if each.inferred else each.edtf)
            for each in offers.dates
        ),
        *(
            Offered("name", each.words, " or ".join(_called(each.candidates, names)))
            for each in offers.names
        ),
        *(Offered("figure", each.words, figure_words(each)) for each in offers.figures),
    ]
    return list(dict.fromkeys(found))


def _called(ids: Sequence[str], names: dict[str, str]) -> list[str]:
    return [f"{names.get(public_id, public_id)} ({public_id})" for public_id in ids]


def figure_words(figure: FigureFound) -> str:
    """What is counted, and how many: ``delegates: about 40``."""
    if figure.best is not None:
        number = figure.best if figure.exact else f"about {figure.best}"
    else:
        number = "–".join(each or "…" for each in (figure.low, figure.high))
    return f"{figure.what or 'what?'}: {number} {figure.unit}".strip()
