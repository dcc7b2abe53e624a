"""What differs between two texts, word by word, with the work bounded.

Comparing words is quadratic at worst, so texts are compared in steps: what is the same at either
end is left out, long texts are compared sentence by sentence first, and words only within what
differs. Where even that would be too much, or where little is shared, both are given whole.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Literal

Kind = Literal["same", "removed", "added"]
PIECES = re.compile(r"\s*\S+|\s+$")
SENTENCES = re.compile(r".+?(?:[.!?…][\"'”’»)\]]*(?=\s)|\n|$)\s*", re.DOTALL)
MOST_WORK = 1_000_000  # of one comparison: some 100 ms
DEARER = 10  # a pair of equal pieces, than one of any
LEAST_SHARED = 0.2  # of the longer text, or word by word is no help
WORDS_AROUND = 12
SHORT = 80  # words; such a text is shown whole


@dataclass(frozen=True)
class Stretch:
    """A run of words that stand in both texts, or in one of them. ``cut``: more was left out."""

    kind: Kind
    text: str
    cut: Literal["", "before", "after", "between"] = ""
    after_cut: str = ""


@dataclass(frozen=True)
class TextDifference:
    """``stretches`` are the whole of both texts; ``excerpt`` is what changed, with some words
    around, and empty where that is all of it. ``too_long``: the work would have been too much,
    so that the texts stand whole, one after the other."""

    stretches: Sequence[Stretch]
    excerpt: Sequence[Stretch]
    too_long: bool = False

    @property
    def marked(self) -> bool:
        """Whether the two share anything, so that they can be read as one."""
        return any(each.kind == "same" for each in self.stretches)


def text_difference(before: str, after: str) -> TextDifference:
    """In time that grows with the length of the texts: 100 KB take less than a second."""
    found = _stretches(before, after)
    if found is None:
        return TextDifference(_whole(before, after), (), too_long=True)
    stretches = _readable(found)
    shared = sum(len(each.text) for each in stretches if each.kind == "same")
    if shared < LEAST_SHARED * max(len(before), len(after)):
        return TextDifference(_whole(before, after), ())
    return TextDifference(stretches, _excerpt(stretches))


def _whole(before: str, after: str) -> list[Stretch]:
    return [Stretch("removed", before), Stretch("added", after)]


def _stretches(before: str, after: str) -> list[Stretch] | None:
    """``None`` where it would be too much work."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    middle = old[start : len(old) - end], new[start : len(new) - end]
    if _work(*middle) <= MOST_WORK:
        inner: Iterator[Stretch] | None = _by_piece(*middle)
    else:
        inner = _by_sentence("".join(middle[0]), "".join(middle[1]))
    if inner is None:
        return None
    head, tail = "".join(old[:start]), "".join(old[len(old) - end :] if end else [])
    return [Stretch("same", head), *inner, Stretch("same", tail)]


def _by_sentence(before: str, after: str) -> Iterator[Stretch] | None:
    old, new = SENTENCES.findall(before), SENTENCES.findall(after)
    if _work(old, new) > MOST_WORK:
        return None
    return _within_sentences(old, new)


def _within_sentences(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    left = MOST_WORK
    for kind, first, last, start, end in _codes(old, new):
        removed, added = "".join(old[first:last]), "".join(new[start:end])
        words = PIECES.findall(removed), PIECES.findall(added)
        work = _work(*words)
        if kind != "replace" or work > left:
            yield from _as_it_is(kind, removed, added)
            continue
        left -= work
        yield from _by_piece(*words)


def _by_piece(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    for kind, first, last, start, end in _codes(old, new):
        yield from _as_it_is(kind, "".join(old[first:last]), "".join(new[start:end]))


def _as_it_is(kind: str, removed: str, added: str) -> Iterator[Stretch]:
    if kind == "equal":
        yield Stretch("same", removed)
    else:
        yield Stretch("removed", removed)
        yield Stretch("added", added)


def _codes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pieces both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """An upper bound of the steps: all pairs, as often as it may have to begin again, and for
    each beginning those that are equal."""
    other = Counter(new)
    equal = sum(times * other[piece] for piece, times in Counter(old).items())
    return max(len(old) * len(new), DEARER * equal)


def _readable(stretches: Sequence[Stretch]) -> list[Stretch]:
    """A single word that stayed between two changes belongs to both; neighbours are joined."""
    filled = [each for each in stretches if each.text]
    joined: list[Stretch] = []
    removed = added = ""
    for number, each in enumerate(filled):
        if each.kind == "removed":
            removed += each.text
        elif each.kind == "added":
            added += each.text
        elif (removed or added) and number + 1 < len(filled) and _is_one_word(each.text):
            removed, added = removed + each.text, added + each.text
        else:
            joined = [*_with_changed(joined, removed, added), each]
            removed = added = ""
    return _with_changed(joined, removed, added)


def _is_one_word(text: str) -> bool:
    return len(text.split()) < 2 and "\n" not in text


def _with_changed(stretches: list[Stretch], removed: str, added: str) -> list[Stretch]:
    """White space that both begin with is no change: it goes with what is before."""
    space = removed[: len(removed) - len(removed.lstrip())]
    if space and stretches and added.startswith(space):
        before = Stretch("same", stretches[-1].text + space)
        stretches = [*stretches[:-1], before]
        removed, added = removed.removeprefix(space), added.removeprefix(space)
    changed = [Stretch("removed", removed), Stretch("added", added)]
    return [*stretches, *(each for each in changed if each.text)]


def _excerpt(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Long runs that are the same in both cut down; empty where nothing is left out."""
    last = len(stretches) - 1
    short = [
        _cut(each, at_start=number == 0, at_end=number == last) if each.kind == "same" else each
        for number, each in enumerate(stretches)
    ]
    words = sum(len(each.text.split()) for each in stretches)
    return [] if words <= SHORT or not any(each.cut for each in short) else short


def _cut(stretch: Stretch, *, at_start: bool, at_end: bool) -> Stretch:
    pieces = PIECES.findall(stretch.text)
    edges = 2 - at_start - at_end
    if not edges or len(pieces) <= WORDS_AROUND * edges + 4:
        return stretch
    blank = not pieces[-1].strip()
    head, tail = "".join(pieces[:WORDS_AROUND]), "".join(pieces[-WORDS_AROUND - blank :])
    if at_start:
        return Stretch("same", tail, "before")
    if at_end:
        return Stretch("same", head, "after")
    return Stretch("same", head, "between", tail)


def said(stretches: Sequence[Stretch], *kinds: Kind) -> str:
    """The text that stretches of these kinds make up."""
    return "".join(chain.from_iterable(each.text for each in stretches if each.kind in kinds))
