"""Words that somebody pastes or selects: where in the text they stand, or what is nearest."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, islice

from desk.refusals import Refused
from reading.held import LONGEST_PASSAGE
from record.text_differences import TextDifference, text_difference
from sources.selecting import widened
from sources.selectors import FoldedText, Span, fold, occurrences

MOST_CANDIDATES = 50
AROUND = 120  # letters of context
LIKE_ENOUGH = 0.5  # of the words, weighed by how rare they are in the text
MOST_COMPARED = 600  # words
WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Candidate:
    """A place where the words stand, with some words around it."""

    span: Span
    block: int
    before: str
    passage: str
    after: str


@dataclass(frozen=True)
class Nearest:
    """What comes nearest to words that are not in the text, and what differs."""

    candidate: Candidate
    difference: TextDifference


def find(text: FoldedText, words: str) -> list[Span]:
    """Where the words stand; whole words if there are such places, else parts of words, widened.

    ``Refused`` without words, and for more than a passage can have.
    """
    folded = fold(words)
    if not folded:
        raise Refused("Paste or type the words that you are looking for.")
    if len(folded) > LONGEST_PASSAGE:
        raise Refused(f"A passage has {LONGEST_PASSAGE:,} letters at most. Paste fewer words.")
    found = list(islice(occurrences(text.text, folded), MOST_CANDIDATES))
    return found or _within_words(text, folded)


def is_exact(text: FoldedText, words: str, span: Span) -> bool:
    """Whether the words are the whole passage, rather than a part of its first or last word."""
    return text.text[span.start : span.end] == fold(words)


def selected(text: FoldedText, words: str, *, block: int, before: str) -> Span | None:
    """Where words were selected in a block, behind the letters ``before`` of that block."""
    if not 1 <= block <= len(text.blocks):
        return None
    # A letter behind keeps the space before it.
    start = text.blocks[block - 1].span.start + len(fold(f"{before}x")) - 1
    folded = fold(words)
    if not folded or not text.text.startswith(folded, start):
        return None
    return widened(text, Span(start, start + len(folded)))


def shown(text: FoldedText, span: Span) -> Candidate:
    whole = text.text
    before, after = whole[max(0, span.start - AROUND) : span.start], whole[span.end :][:AROUND]
    if span.start > AROUND:
        before = f"… {before.partition(' ')[2]}"
    if span.end + AROUND < len(whole):
        after = f"{after.rpartition(' ')[0]} …"
    (block, *_) = text.blocks_of(span)
    return Candidate(span, block, before, whole[span.start : span.end], after)


def nearest(text: FoldedText, words: str) -> Nearest | None:
    """The stretch that shares most with the words, rare ones above all; none if little is shared.

    In time that grows with the text, and with the square of the words, which are cut to 600.
    """
    wanted = [_plain(word) for word in fold(words).split()[:MOST_COMPARED]]
    places = [Span(*match.span()) for match in WORD.finditer(text.text)]
    here = [_plain(text.text[start:end]) for start, end in places]
    times = Counter(here)
    weights = {word: 1 / times[word] for word in set(wanted) if word and word in times}
    if not weights:
        return None
    start = _best_window(here, weights, len(wanted))
    window = here[start : start + 2 * len(wanted)]
    blocks = SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks()
    matched = _together([block for block in blocks if block.size])
    if sum(block.size for block in matched) < LIKE_ENOUGH * len(wanted):
        return None
    # As many words again at either end as were pasted there and match nothing.
    first = max(start + matched[0].b - matched[0].a, 0)
    unmatched = len(wanted) - matched[-1].a - matched[-1].size
    last = min(start + matched[-1].b + matched[-1].size + unmatched, len(places)) - 1
    span = Span(places[first].start, places[last].end)
    found = shown(text, widened(text, span))
    return Nearest(found, text_difference(fold(words), found.passage))


def _together(matched: list[Match]) -> list[Match]:
    """Without single words at either end that stand further off than they are worth."""
    while len(matched) > 1 and _gap(matched[0], matched[1]) > matched[0].size:
        matched = matched[1:]
    while len(matched) > 1 and _gap(matched[-2], matched[-1]) > matched[-1].size:
        matched = matched[:-1]
    return matched


def _gap(one: Match, other: Match) -> int:
    """How many words more stand between them in the text than in what was pasted."""
    return (other.b - one.b) - (other.a - one.a)


def _within_words(text: FoldedText, folded: str) -> list[Span]:
    found: list[Span] = []
    start = text.text.find(folded)
    while start >= 0 and len(found) < MOST_CANDIDATES:
        span = widened(text, Span(start, start + len(folded)))
        if span not in found:
            found.append(span)
        start = text.text.find(folded, start + 1)
    return found


def _best_window(here: Sequence[str], weights: dict[str, float], size: int) -> int:
    """Where the stretch begins, of half as many words again, that weighs most."""
    width = size + size // 2 + 1
    sums = [0.0, *accumulate(weights.get(word, 0.0) for word in here)]
    starts = range(max(len(here) - width, 0) + 1)
    return max(starts, key=lambda at: sums[min(at + width, len(here))] - sums[at])


def _plain(word: str) -> str:
    return re.sub(r"\W", "", word.casefold())
