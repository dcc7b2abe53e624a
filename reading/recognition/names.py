"""Names of known entries in a text: whole words, the longest that fits, with regard to case."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reading.recognition.dates import dates_in
from reading.recognition.found import DateFound, Known, NameFound
from reading.recognition.titles import DIRECTIONS, OF_MEN, OF_WOMEN, OPENERS, SHOUTED, TITLES
from reading.recognition.wordings import FULL_MONTH, NUMBER_OF_MONTH
from record.folding import Token, tokens
from sources.selectors import FoldedText, Span, fold

MONTH_WORD = re.compile(FULL_MONTH)
WHOLE_WORD = re.compile(r"\w+")
LEAST_LETTERS = 2  # of a name: initials alone are nobody's
LEAST_OF_TITLE = 4  # letters
SHOUTING = 4  # words in capitals, one after another
LONGEST = 40  # letters of the symbol of a document


class Pattern(NamedTuple):
    """A name, word by word: folded, as written, and what stands between the words."""

    words: tuple[str, ...]
    written: tuple[str, ...]
    gaps: tuple[str, ...]  # between the words, and after the last: "." in "U.S."


@dataclass
class Lexicon:
    """Patterns by their first word, the longest first, and who is called so."""

    patterns: dict[str, list[Pattern]] = field(default_factory=lambda: defaultdict(list))
    full: dict[Pattern, list[str]] = field(default_factory=lambda: defaultdict(list))
    short: dict[Pattern, list[str]] = field(default_factory=lambda: defaultdict(list))
    titled: dict[str, frozenset[str]] = field(default_factory=dict)  # titles of that sex, by person


def names_in(
    text: FoldedText, known: Iterable[Known], *, dates: Sequence[DateFound] | None = None
) -> list[NameFound]:
    """Every name of ``known`` in the text, in order, without overlap.

    A surname alone counts once the full name has stood. Linear in the text for a given lexicon.
    ``dates``: those of the text, if they have been found already, which takes longest.
    """
    lexicon = _lexicon(known)
    small = _also_small(text, lexicon)
    months = _months_to_avoid(text, lexicon, dates)
    mentioned: dict[str, int] = {}
    found: list[NameFound] = []
    for block in text.blocks:
        start, end = block.span
        for name in _names_in_block(text.text[start:end], lexicon, small, mentioned, len(found)):
            span = Span(name.span.start + start, name.span.end + start)
            if span.start not in months:
                found.append(name._replace(span=span))
    return found


def _months_to_avoid(
    text: FoldedText, lexicon: Lexicon, dates: Sequence[DateFound] | None
) -> set[int]:
    """Where months begin, if somebody is called March or May; none otherwise, as it takes time."""
    if not NUMBER_OF_MONTH.keys() & set(lexicon.patterns):
        return set()
    starts = set()
    for date in dates_in(text) if dates is None else dates:
        for word in MONTH_WORD.finditer(date.words):
            starts.add(date.span.start + word.start())
    return starts


def _also_small(text: FoldedText, lexicon: Lexicon) -> frozenset[str]:
    """Acronyms that are words too, as the text shows by writing them small: “we” beside WE."""
    acronyms = {
        pattern.written[0]
        for patterns in lexicon.patterns.values()
        for pattern in patterns
        if len(pattern.written) == 1 and pattern.written[0].isupper()
    }
    words = set(WHOLE_WORD.findall(text.text))
    return SHOUTED | {each for each in acronyms if each.lower() in words}


def _lexicon(known: Iterable[Known]) -> Lexicon:
    lexicon = Lexicon()
    for each in known:
        for name in each.names:
            _enter(lexicon, lexicon.full, name, each.public_id)
        if each.surname:
            _enter(lexicon, lexicon.short, each.surname, each.public_id)
    for patterns in lexicon.patterns.values():
        patterns.sort(key=lambda pattern: -len(pattern.words))
    return lexicon


def _enter(lexicon: Lexicon, bearers: dict[Pattern, list[str]], name: str, public_id: str) -> None:
    written = fold(name)
    found = tokens(written)
    if sum(len(token.word) for token in found) < LEAST_LETTERS:
        return
    ends = [token.start for token in found[1:]] + [len(written)]
    pattern = Pattern(
        tuple(token.word for token in found),
        tuple(written[token.start : token.end] for token in found),
        tuple(_gap(written[t.end : end]) for t, end in zip(found, ends, strict=True)),
    )
    kept = lexicon.patterns[pattern.words[0]]
    if pattern not in kept:
        kept.append(pattern)
    if public_id not in bearers[pattern]:
        bearers[pattern].append(public_id)


def _gap(between: str) -> str:
    """A hyphen is as good as a space: “Nagorno Karabakh”, “Nagorno-Karabakh”."""
    return between.replace("-", " ").strip() or (" " if between else "")


def _names_in_block(
    text: str, lexicon: Lexicon, small: frozenset[str], mentioned: dict[str, int], order: int
) -> Iterator[NameFound]:
    words = tokens(text)
    patterns, last_end, onward = lexicon.patterns, -1, 0
    for place in [number for number, token in enumerate(words) if token.word in patterns]:
        if place < onward:
            continue  # it is within the name before
        for pattern in patterns[words[place].word]:
            end = _matches(text, words, place, pattern, small)
            if end is None:
                continue
            candidates = _bearers(text, words, place, pattern, lexicon, mentioned, last_end)
            if candidates:
                order += 1
                for public_id in lexicon.full.get(pattern, ()) or candidates[:1]:
                    mentioned[public_id] = order
                    if title := _title_before(text, words, place):
                        lexicon.titled.setdefault(public_id, title)
                start = words[place].start
                yield NameFound(Span(start, end), text[start:end], candidates)
                last_end = end
                onward = place + len(pattern.words)
                break


def _matches(
    text: str, words: list[Token], place: int, pattern: Pattern, small: frozenset[str]
) -> int | None:
    """Where the name ends, if it stands at this word."""
    here = words[place : place + len(pattern.words)]
    if here[-1].word != pattern.words[-1]:  # which tells most of them apart
        return None
    if tuple(token.word for token in here) != pattern.words:
        return None
    if _within_a_word(text, here[0].start) or _in_a_symbol(text, here[0].start, here[-1].end):
        return None
    descriptive = any(written.islower() and len(written) > 3 for written in pattern.written[1:])
    proper = len(here) > 2 and any(text[token.start].isupper() for token in here)
    for number, (token, written) in enumerate(zip(here, pattern.written, strict=True)):
        seen = text[token.start : token.end]
        # “International community” and “co-chairs of the Minsk Conference” may begin small.
        free = number == 0 and (descriptive or written == "The")
        free = free or (proper and not written.isupper())
        if not free and not (_case_fits(seen, written) or _is_title(text, token, written)):
            return None
        if number and _gap(text[here[number - 1].end : token.start]) != pattern.gaps[number - 1]:
            return None
    if pattern.written[0] in small and len(here) == 1 and _is_shouted(text, words, place):
        return None  # in a line of capitals every “who” is WHO
    end = here[-1].end
    if pattern.gaps[-1].startswith("."):
        return end + 1 if text[end : end + 1] == "." else None
    if len(pattern.words) == 1 and _part_of_another(text, words, place):
        return None
    if pattern.words[0] == "the" and _goes_on(text, end):
        return None
    return end


def _within_a_word(text: str, start: int) -> bool:
    """After an apostrophe that is part of a word: “Brien” in “O'Brien”."""
    return start > 1 and text[start - 1] == "'" and text[start - 2].isalnum()


def _in_a_symbol(text: str, start: int, end: int) -> bool:
    """“LIS” in “LIS/C.3/1996/17”, the symbol of a document; but not in “LIS/UN mission”."""
    if text[end : end + 1] != "/" and text[start - 1 : start] != "/":
        return False
    before, after = text[max(0, start - LONGEST) : start], text[end : end + LONGEST]
    symbol = before.rpartition(" ")[2] + after.partition(" ")[0]
    return any(letter.isdigit() for letter in symbol)


def _is_shouted(text: str, words: list[Token], place: int) -> bool:
    """Whether the block, or a run of words around this one, is in capitals."""

    def loud(at: int, step: int) -> int:
        """How many words in capitals stand on this side."""
        count = 0
        while count < SHOUTING and 0 <= (at := at + step) < len(words):
            one, other = sorted((words[at], words[at - step]), key=lambda token: token.start)
            if (
                text[one.end : other.start] != " "
                or not text[words[at].start : words[at].end].isupper()
            ):
                break
            count += 1
        return count

    return text.isupper() or 1 + loud(place, -1) + loud(place, 1) >= SHOUTING


def _case_fits(seen: str, written: str) -> bool:
    if written.isupper():
        return seen.isupper()
    if written[0].isupper():
        return seen[0].isupper()
    return True


def _is_title(text: str, token: Token, written: str) -> bool:
    """“Nato” for NATO, as some papers write acronyms; not where any word has a capital."""
    seen = text[token.start : token.end]
    if not (written.isupper() and len(written) >= LEAST_OF_TITLE and seen.istitle()):
        return False
    before = text[max(0, token.start - 3) : token.start].rstrip(" \"'(")
    return bool(before) and before[-1] not in ".!?:;" and written not in SHOUTED


def _part_of_another(text: str, words: list[Token], place: int) -> bool:
    """“Ireland” in “Northern Ireland”, which is another name."""
    if not place or text[words[place - 1].end : words[place].start] != " ":
        return False
    return text[words[place - 1].start : words[place - 1].end] in DIRECTIONS


def _goes_on(text: str, end: int) -> bool:
    """“The West” in “the West Bank”."""
    return text[end : end + 1] in (" ", "-") and text[end + 1 : end + 2].isupper()


def _bearers(
    text: str,
    words: list[Token],
    place: int,
    pattern: Pattern,
    lexicon: Lexicon,
    mentioned: dict[str, int],
    last_end: int,
) -> tuple[str, ...]:
    """Who is called so, the last mentioned first; by a surname, those who have been named."""
    bearers = list(lexicon.full.get(pattern, ()))
    stood = [public_id for public_id in lexicon.short.get(pattern, ()) if public_id in mentioned]
    if stood and not _of_somebody_else(text, words, place, last_end):
        title = _title_before(text, words, place)
        bearers += [
            public_id
            for public_id in stood
            if public_id not in bearers
            and (not title or lexicon.titled.get(public_id, title) == title)
        ]
    return tuple(sorted(bearers, key=lambda public_id: -mentioned.get(public_id, 0)))


def _title_before(text: str, words: list[Token], place: int) -> frozenset[str] | None:
    """All titles of the sex that the one before a name shows: “Mrs Thatcher”."""
    if not place or text[words[place - 1].end : words[place].start] not in (" ", ". "):
        return None
    seen = text[words[place - 1].start : words[place - 1].end]
    return OF_MEN if seen in OF_MEN else OF_WOMEN if seen in OF_WOMEN else None


def _of_somebody_else(text: str, words: list[Token], place: int, last_end: int) -> bool:
    """Whether another forename stands before a surname: “Robert Kennedy” is not John."""
    if not place or words[place - 1].end == last_end:
        return False
    before, between = words[place - 1], text[words[place - 1].end : words[place].start]
    seen = text[before.start : before.end]
    if between == "-":
        return seen[0].isupper()
    if between != " " or not seen[0].isupper() or (seen.isupper() and len(seen) > 1):
        return False
    return seen not in TITLES and seen not in OPENERS
