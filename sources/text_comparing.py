"""What differs between two texts of a source: block by block, and within blocks word by word."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from record.text_differences import TextDifference, text_difference
from sources.passage import blocks_words

MOST_WORK = 4_000_000  # of comparing blocks: some 300 ms
MOST = 50  # differences of one page


class Place(NamedTuple):
    """Blocks of the one text that stand where those of the other do; counted from 0."""

    first: int
    last: int  # the one after
    start: int
    end: int


@dataclass(frozen=True)
class BlockChange:
    """A run of blocks that differ; ``before`` and ``after`` name them, empty for none."""

    kind: Literal["changed", "removed", "added"]
    before: str
    after: str
    text: TextDifference


@dataclass(frozen=True)
class Comparison:
    """One page of what differs; ``earlier`` and ``later`` are numbers of pages, 0 for none."""

    changes: Sequence[BlockChange]
    total: int
    same: int
    earlier: int
    later: int


def compare(before: Sequence[str], after: Sequence[str], *, page: int) -> Comparison:
    """Of two texts' blocks. A page takes some tenths of a second at most."""
    places = _places(before, after)
    last = max(-(-len(places) // MOST), 1)
    number = min(max(page, 1), last)
    shown = places[(number - 1) * MOST : number * MOST]
    return Comparison(
        [_change(before, after, place) for place in shown],
        len(places),
        len(after) - sum(place.end - place.start for place in places),
        number - 1,
        number + 1 if number < last else 0,
    )


def _places(before: Sequence[str], after: Sequence[str]) -> list[Place]:
    """Where the two differ. Where blocks repeat so often that comparing them would take long,
    everything between what both begin and end with is one difference."""
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if not old and not new:
        return []
    counts = Counter(new)
    if sum(times * counts[text] for text, times in Counter(old).items()) > MOST_WORK:
        return [Place(start, start + len(old), start, start + len(new))]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        Place(start + a, start + b, start + c, start + d)
        for kind, a, b, c, d in codes
        if kind != "equal"
    ]


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(before), len(after)))


def _change(before: Sequence[str], after: Sequence[str], place: Place) -> BlockChange:
    old, new = before[place.first : place.last], after[place.start : place.end]
    return BlockChange(
        "changed" if old and new else "removed" if old else "added",
        blocks_words(range(place.first + 1, place.last + 1)),
        blocks_words(range(place.start + 1, place.end + 1)),
        text_difference("\n\n".join(old), "\n\n".join(new)),
    )
