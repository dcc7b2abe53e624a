"""Making the selector of a passage: as few words as fit nothing else in the whole text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile

from desk.refusals import Refused
from sources.selectors import FoldedText, Span, is_followed, is_preceded, occurrences

Selector = dict[str, str]
LONGEST = 300  # characters of each member, as the columns of citations hold
SHORT = 5  # words: such a passage is its own opening words
MOST_AROUND = 24  # words before, and words after
WORD_BEFORE = re.compile(r"(?<=\w)(?=\w)|(?<=\w')(?=\w)")
WORD_AFTER = re.compile(r"(?<=\w)(?='?\w)")


def selector_for(text: FoldedText, span: Span) -> Selector:
    """The shortest selector whose only passage in the text is the one at ``span``.

    Opening and closing words alone where they suffice, with the fewest words around them
    otherwise; members that are not needed are empty. ``Refused`` where there is none, saying why.
    """
    passage = text.text[span.start : span.end]
    if not passage.strip():
        raise Refused("There are no words in it.")
    if passage != passage.strip() or not _is_whole(text.text, span):
        raise Refused("A passage begins and ends with whole words.")
    for selector in _Making(text.text, span).selectors():
        if text.passages(selector) == [span]:
            return selector
    raise Refused(
        "The same words stand elsewhere in the text, between the same words before and after: "
        "no selector tells them apart. Choose more of the text."
    )


def widened(text: FoldedText, span: Span) -> Span:
    """The passage without space around it, and with the whole of its first and last words."""
    whole, (start, end) = text.text, span
    start, end = max(start, 0), min(end, len(whole))
    while start < end and whole[start] == " ":
        start += 1
    while start < end and whole[end - 1] == " ":
        end -= 1
    while start < end and WORD_BEFORE.match(whole, start):
        start -= 1
    while start < end and WORD_AFTER.match(whole, end):
        end += 1
    return Span(start, end)


def _is_whole(whole: str, span: Span) -> bool:
    return not (WORD_BEFORE.match(whole, span.start) or WORD_AFTER.match(whole, span.end))


class _Making:
    """Selectors of one passage, by how many words each member has.

    More words in a member never fit more of the text. So wherever some numbers of words fit the
    passage alone, greater ones do, and the least are found by going along that edge.
    """

    def __init__(self, whole: str, span: Span) -> None:
        self.whole, self.span = whole, span
        ends = [span.start + match.end() for match in re.finditer(r"\S+", whole[slice(*span)])]
        begins = [span.start + match.start() for match in re.finditer(r"\S+", whole[slice(*span)])]
        self.size = len(ends)
        self.starts = _short_enough(whole[span.start : end] for end in ends)
        self.ends = _short_enough(whole[begin : span.end] for begin in reversed(begins))
        self.prefixes = ["", *_short_enough(_before(whole, span.start))]
        self.suffixes = ["", *_short_enough(_after(whole, span.end))]
        self._openings: dict[tuple[int, int], list[int]] = {}
        self._closings: dict[tuple[int, int], list[int]] = {}

    def selectors(self) -> Iterator[Selector]:
        """Those that fit the passage alone, the best first."""
        most_before, most_after = len(self.prefixes) - 1, len(self.suffixes) - 1
        if self._least(most_before, most_after) is None:
            return
        for around in range(most_before + most_after + 1):
            found = [
                (*least, before, around - before)
                for before in range(max(0, around - most_after), min(around, most_before) + 1)
                if (least := self._least(before, around - before))
            ]
            for first, last, before, after in sorted(found, key=lambda each: each[0] + each[1]):
                yield self._selector(first, last, before, after)

    def _least(self, before: int, after: int) -> tuple[int, int] | None:
        """The fewest opening and closing words that fit it with so many words around.

        A short passage is its own opening words: nothing that is shorter reads as well.
        """
        if self.size == len(self.starts) <= SHORT:
            return (self.size, 0) if self._fits(self.size, 0, before, after) else None
        best: tuple[int, int] | None = None
        last = len(self.ends)
        for first in range(1, len(self.starts) + 1):
            if first == self.size:
                if (best is None or first < sum(best)) and self._fits(first, 0, before, after):
                    best = (first, 0)
                break
            now = min(last, self.size - first)
            if not self._fits(first, now, before, after):
                continue
            while now > 1 and self._fits(first, now - 1, before, after):
                now -= 1
            last = now
            if best is None or first + now < sum(best):
                best = (first, now)
        return best

    def _fits(self, first: int, last: int, before: int, after: int) -> bool:
        """Whether members of so many words fit the passage and nothing else."""
        if first > len(self.starts):
            return False
        openings = self._openings_of(first, before)
        length = len(self.starts[first - 1])
        if not last:
            suffix = self.suffixes[after]
            found = [at for at in openings if is_followed(self.whole, at + length, suffix)]
            return found == [self.span.start]
        closings = self._closings_of(last, after)
        if not closings:
            return False
        # Each opening goes with the first closing after it, if there is one.
        number = bisect_right(openings, closings[-1] - length)
        if number != 1 or openings[0] != self.span.start:
            return False
        closing = closings[bisect_left(closings, self.span.start + length)]
        return closing + len(self.ends[last - 1]) == self.span.end

    def _openings_of(self, first: int, before: int) -> list[int]:
        key = (first, before)
        if key not in self._openings:
            if before:
                prefix = self.prefixes[before]
                among: Sequence[int] = self._openings_of(first, before - 1)
                found = [at for at in among if is_preceded(self.whole, at, prefix)]
            else:
                among = self._first_openings if first == 1 else self._openings_of(first - 1, 0)
                found = self._standing(self.starts[first - 1], among)
            self._openings[key] = found
        return self._openings[key]

    def _closings_of(self, last: int, after: int) -> list[int]:
        key = (last, after)
        if key not in self._closings:
            words = self.ends[last - 1]
            if after:
                suffix, among = self.suffixes[after], self._closings_of(last, after - 1)
                found = [at for at in among if is_followed(self.whole, at + len(words), suffix)]
            elif last == 1:
                found = [each.start for each in occurrences(self.whole, words)]
            else:
                more = len(words) - len(self.ends[last - 2])
                among = [at - more for at in self._closings_of(last - 1, 0) if at >= more]
                found = self._standing(words, among)
            self._closings[key] = found
        return self._closings[key]

    @cached_property
    def _first_openings(self) -> list[int]:
        return [each.start for each in occurrences(self.whole, self.starts[0])]

    def _standing(self, words: str, among: Sequence[int]) -> list[int]:
        return [
            at
            for at in among
            if self.whole.startswith(words, at) and _is_whole(self.whole, Span(at, at + len(words)))
        ]

    def _selector(self, first: int, last: int, before: int, after: int) -> Selector:
        return {
            "start": self.starts[first - 1],
            "end": self.ends[last - 1] if last else "",
            "prefix": self.prefixes[before],
            "suffix": self.suffixes[after],
        }


def _short_enough(members: Iterator[str]) -> list[str]:
    return list(takewhile(lambda words: len(words) <= LONGEST, members))


def _before(whole: str, position: int) -> Iterator[str]:
    """The word before, the two words before …"""
    near = whole[max(0, position - LONGEST - 1) : position]
    starts = [match.start() for match in re.finditer(r"\S+", near)]
    cut = position > LONGEST + 1  # then the first may be the rest of a word
    for start in list(reversed(starts[cut:]))[:MOST_AROUND]:
        yield near[start:].rstrip()


def _after(whole: str, position: int) -> Iterator[str]:
    """The word after, the two words after …"""
    near = whole[position : position + LONGEST + 1]
    ends = [match.end() for match in re.finditer(r"\S+", near)]
    cut = position + LONGEST + 1 < len(whole)
    for end in ends[: len(ends) - cut][:MOST_AROUND]:
        yield near[:end].lstrip()
