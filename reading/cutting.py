"""A block of a text cut into pieces, so that passages that overlap can all be marked in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sources.excerpts import in_letters
from sources.selectors import Block, Span

DEEPEST = 3  # passages over one another that are told apart by their look


@dataclass
class Piece:
    """Letters that the same passages and finds cover, and what stands before and after them.

    ``depth``: how many passages cover them, up to three; ``kinds``: of what was found in them.
    ``begins`` and ``ends``: numbers of passages. ``takes``: where the words of the sentence that
    ends here are taken up.
    """

    text: str
    depth: int = 0
    kinds: list[str] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    takes: str = ""


def cut(
    block: Block,
    passages: Sequence[Span],
    found: Iterable[tuple[str, Span]] = (),
    sentences: Sequence[tuple[Span, str]] = (),
) -> list[Piece]:
    """The letters of the block in order. Passages have numbers from 1, sentences addresses.

    Spans are of the folded text of the whole; what reaches beyond the block is cut to it.
    """
    kinds = list(found)
    cited = _letters(block, passages)
    marked = _letters(block, [span for _, span in kinds])
    ends = _letters(block, [span for span, _ in sentences])
    stops = {end: url for (_, end), (_, url) in zip(ends, sentences, strict=True)}
    bounds = {0, len(block.text), *stops}
    for start, end in [*cited, *marked]:
        bounds |= {start, end}
    places = sorted(bounds)
    pieces = []
    for start, end in pairwise(places):
        over = [number for number, span in enumerate(cited, start=1) if _covers(span, start, end)]
        pieces.append(
            Piece(
                text=block.text[start:end],
                depth=min(len(over), DEEPEST),
                kinds=[
                    kind
                    for (kind, _), span in zip(kinds, marked, strict=True)
                    if _covers(span, start, end)
                ],
                begins=[number for number in over if cited[number - 1][0] == start],
                ends=[number for number in over if cited[number - 1][1] == end],
                takes=stops.get(end, ""),
            )
        )
    return pieces


def _letters(block: Block, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Each span that touches the block, in letters of the block."""
    return list(in_letters(block, spans))


def _covers(span: tuple[int, int], start: int, end: int) -> bool:
    return span[0] <= start and end <= span[1]
