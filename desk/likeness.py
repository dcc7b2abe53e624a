"""Names that are so alike that they may be those of one thing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from record.folding import fold

LEAST_RATIO = 0.8  # of the words that differ
BLOCK_LETTERS = 4
SHORTEST = 4  # letters of a word that names are sought by, where there is one
LARGEST_BLOCK = 150  # a word that more names have says nothing of any two of them


class Name(NamedTuple):
    """What an entry is called. Only names of one ``group`` are compared."""

    entry: str
    text: str
    group: str = ""


class _Folded(NamedTuple):
    entry: str
    text: str
    words: tuple[str, ...]
    different: frozenset[str]
    numbers: tuple[str, ...]
    whole: str
    keys: frozenset[str]


def alike(names: Iterable[Name], *, of: Collection[str] | None = None) -> list[tuple[Name, Name]]:
    """Pairs of entries, each with the two names most alike, in the order of the names.

    ``of``: the entries one of which is in each pair; left out, all pairs. Names are compared
    within blocks of those that share the beginning of a word. Names with other numbers in them
    (“Resolution 822”) are other names. Some second for 10,000 names, whoever they belong to.
    """
    folded = [each for each in map(_folded, names) if each.words]
    wanted = (
        None if of is None else {key for each in folded if each.entry in of for key in each.keys}
    )
    blocks: dict[str, list[_Folded]] = defaultdict(list)
    for each in folded:
        for key in each.keys if wanted is None else each.keys & wanted:
            blocks[key].append(each)
    pairs: dict[tuple[str, str], tuple[float, Name, Name]] = {}
    for key in sorted(blocks):
        for first, second, ratio in _within(blocks[key], of):
            pair = (first.entry, second.entry)
            if pair not in pairs or ratio > pairs[pair][0]:
                pairs[pair] = (ratio, Name(*first[:2]), Name(*second[:2]))
    return [(first, second) for _, first, second in pairs.values()]


def _within(
    block: list[_Folded], of: Collection[str] | None
) -> Iterator[tuple[_Folded, _Folded, float]]:
    if len(block) > LARGEST_BLOCK:
        return
    of = None if of is None else set(of)
    for first, second in combinations(sorted(set(block), key=lambda name: name.whole), 2):
        if first.entry == second.entry or not (of is None or {first.entry, second.entry} & of):
            continue
        ratio = _ratio(first, second)
        if ratio >= LEAST_RATIO:
            one, other = sorted([first, second], key=lambda name: (len(name.entry), name.entry))
            yield one, other, ratio


def _ratio(first: _Folded, second: _Folded) -> float:
    """How alike the one word is that differs; 0 where they are other names."""
    if first.whole == second.whole:
        return 1.0
    # One word more or less, or two others, make another name; a letter or two in a word do not.
    if first.numbers != second.numbers or len(first.words) != len(second.words):
        return 0.0
    one, other = first.different - second.different, second.different - first.different
    if len(one) != 1 or len(other) != 1:
        return 0.0
    (word,), (instead,) = one, other
    return SequenceMatcher(None, word, instead, autojunk=False).ratio()


@lru_cache(maxsize=20_000)  # most names are those of the last time
def _folded(name: Name) -> _Folded:
    words = tuple(sorted(fold(name.text).split()))
    numbers = tuple(word for word in words if any(map(str.isdigit, word)))
    whole = " ".join(words)
    long = [word for word in words if len(word) >= SHORTEST] or words
    # The whole as well: names of which every word is common are found if they are the same.
    beginnings = [*(word[:BLOCK_LETTERS] for word in long), f"={whole}"]
    keys = frozenset(f"{name.group}:{beginning}" for beginning in beginnings)
    return _Folded(name.entry, name.text, words, frozenset(words), numbers, whole, keys)
