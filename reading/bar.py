"""The bar that shows a whole text: how far it has been read, block by block."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reading.offers import Offers
from sources.coverage import BlockCoverage

WIDTH = 10_000  # units, whatever the width of the window
MOST_PIECES = 400
HEIGHTS = {"FLAGGED": 45, "QUIET": 12, "PARTLY": 60, "CITED": 100, "ASIDE": 25, "HEADING": 4}


class State(StrEnum):
    """How far a block has been read; the value is what it is called."""

    FLAGGED = "a date or a known name, and no claim"
    QUIET = "no claim"
    PARTLY = "cited in part"
    CITED = "cited throughout"
    ASIDE = "set aside"
    HEADING = "heading"

    @property
    def slug(self) -> str:
        return self.name.lower()

    @property
    def height(self) -> int:
        """Of a hundred: how states are told apart without their colours."""
        return HEIGHTS[self.name]

    @property
    def top(self) -> int:
        """What is flagged hangs from above; the rest stands on the ground."""
        return 0 if self is State.FLAGGED else 100 - self.height


@dataclass(frozen=True)
class BarPiece:
    """A block, or of a long text some blocks that follow one another."""

    first: int
    last: int
    x: int
    width: int
    state: State
    says: str


@dataclass(frozen=True)
class Figure:
    """How many blocks with a date, and with a date or a known name, are claimed or set aside."""

    dated: int
    dated_covered: int
    flagged: int


def state_of(each: BlockCoverage, offers: Offers) -> State:
    """``offers``: what its block offers."""
    if each.is_heading:
        return State.HEADING
    if each.cited:
        return State.PARTLY if each.open else State.CITED
    if each.set_aside and not each.open:
        return State.ASIDE
    if offers.dates or offers.names:
        return State.FLAGGED
    return State.QUIET


def figure_of(states: Sequence[tuple[BlockCoverage, State, Offers]]) -> Figure:
    dated = [state for _, state, offers in states if offers.dates and state is not State.HEADING]
    return Figure(
        dated=len(dated),
        dated_covered=sum(state not in (State.FLAGGED, State.QUIET) for state in dated),
        flagged=sum(state is State.FLAGGED for _, state, _ in states),
    )


def bar_of(blocks: Sequence[tuple[BlockCoverage, State]]) -> list[BarPiece]:
    """Each piece as wide as its text is long; 400 pieces at most."""
    size = -(-len(blocks) // MOST_PIECES) or 1
    groups = [blocks[start : start + size] for start in range(0, len(blocks), size)]
    total = sum(_length(each) for each, _ in blocks) or 1
    pieces, read = [], 0
    for group in groups:
        start = read * WIDTH // total
        read += sum(_length(each) for each, _ in group)
        states = Counter(state for _, state in group)
        pieces.append(
            BarPiece(
                first=group[0][0].block.number,
                last=group[-1][0].block.number,
                x=start,
                width=max(read * WIDTH // total - start, 1),
                state=next(state for state in State if state in states),
                says=", ".join(
                    f"{number} {state}" if len(group) > 1 else str(state)
                    for state, number in states.items()
                ),
            )
        )
    return pieces


def runs_of(pieces: Sequence[BarPiece]) -> list[BarPiece]:
    """The same for words: neighbours of which the same is said, as one."""
    runs: list[BarPiece] = []
    for piece in pieces:
        if runs and piece.says == runs[-1].says and piece.first == piece.last:
            before = runs.pop()
            width = before.width + piece.width
            piece = BarPiece(before.first, piece.last, before.x, width, piece.state, piece.says)
        runs.append(piece)
    return runs


def _length(each: BlockCoverage) -> int:
    return each.block.span.end - each.block.span.start + 1
