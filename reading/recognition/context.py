"""What a text has told so far: the dates that later ones are counted from or take their year of."""

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from reading.recognition.mentions import Grain, Mention
from reading.recognition.wordings import MONTHS_OF_SEASON, NUMBERS
from reading.recognition.writing import months_of

WORD_OF_NUMBER = {number: word for word, number in reversed(NUMBERS.items())}
FULL_STOP = re.compile(r"[.!?][\"')\]]* +(?=[\"'(\[]?[A-Z0-9])")
# A full stop after one of these ends no sentence.
SHORT_WORD = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Sen|St|No|vs|ca?|pp?)|\b[A-Z])$")
MOST = 200  # dates that are looked back at
# What a date costs whose year is taken: a sentence between, what shows background, years back.
SENTENCE, BACKGROUND, IN_PASSING, YEARS = 0.5, 4, 100, 5
ROW = 3  # dates that make a row
FAR = 9  # sentences; from there on a block is named


class Told(NamedTuple):
    """A date that stands in the text, or the last of a range; where, and in which words."""

    position: int
    block: int
    words: str
    grain: Grain
    year: int
    month: int | None  # of a season or a part of a year, its last
    day: int | None
    one: bool  # within one year
    aside: bool  # names a year in passing
    bracket: bool  # says something of what stands before it, not of the time that is told
    back: bool  # looks back, as “a month earlier” does: what follows is not counted from it
    opens: bool
    background: bool
    clause_end: int
    to_come: bool
    had: bool  # told as what was before the story: “had agreed in June 2004”
    split: bool  # over two years: the school year 2013-14
    period: bool  # from one date to another, or “the year ended 31 March”


def told_of(mention: Mention, position: int, block: int, words: str, *, back: bool) -> Told:
    """A resolved mention as context. ``back``: it looks back, so nothing is counted from it."""
    last = mention.until or mention
    return Told(
        position=position,
        block=block,
        words=words,
        grain=last.grain,
        year=last.year or 0,
        month=_last_month(last),
        day=last.day,
        one=mention.grain < Grain.DECADE and not mention.swapped and last.year == mention.year,
        aside=mention.aside or back,
        bracket=mention.bracket or back,
        back=back,
        opens=mention.opens,
        background=mention.background,
        clause_end=position + mention.clause_end - mention.start,
        to_come=mention.to_come,
        had=mention.had,
        split=mention.grain is Grain.YEAR and last.year == (mention.year or 0) + 1,
        period=mention.until is not None or mention.ended,
    )


def _last_month(mention: Mention) -> int | None:
    if mention.season:
        return MONTHS_OF_SEASON[mention.season][1]
    if mention.part and mention.grain is Grain.YEAR:
        return months_of(mention.part)[1]
    return mention.month


class Sentences:
    """Where the sentences of a text begin, to say how far apart two places are."""

    def __init__(self, text: str, blocks: list[int]) -> None:
        ends = [
            match.end()
            for match in FULL_STOP.finditer(text)
            if not SHORT_WORD.search(text, max(0, match.start() - 6), match.start())
        ]
        self.starts = sorted({*ends, *blocks})

    def number(self, position: int) -> int:
        return bisect_left(self.starts, position + 1)

    def same(self, one: int, other: int) -> bool:
        return self.number(one) == self.number(other)

    def distance(self, told: Told, position: int) -> str:
        """In words, as a sentence ends: “two sentences before”."""
        apart = self.number(position) - self.number(told.position)
        if apart == 0:
            return "in the same sentence"
        if apart < 0:
            return "further on"
        if apart > FAR:
            return f"in block {told.block}"
        return (
            "in the sentence before" if apart == 1 else f"{WORD_OF_NUMBER[apart]} sentences before"
        )


class Context:
    """The dates told so far, the nearest last, and the year that the text has come to.

    ``year``: that of the whole text, if it is about one.
    """

    def __init__(self, sentences: Sentences, year: int | None = None) -> None:
        self.sentences = sentences
        self.about = self.year = year
        self.told: list[Told] = []
        self.top = 3  # blocks in which a day that stands alone says when the text was written
        self.heading: Told | None = None  # the last block that is nothing but a date
        self.dateline: Told | None = None  # the day on which a report says that it was written
        self.written: Told | None = None  # the same, of any text

    def tell(self, told: Told, *, heading: bool) -> None:
        self.told.append(told)
        if heading:
            self.heading = told
        plain = told.one and not told.aside and not told.bracket and told.grain <= Grain.YEAR
        aside = told.background and told.grain is Grain.YEAR  # “…, which was opened in 1978”
        if plain and not aside and self.about is None and not self.is_background(told):
            self.year = told.year

    def nearest(self, fits: Callable[[Told], bool]) -> Told | None:
        return next((told for told in reversed(self.told[-200:]) if fits(told)), None)

    def latest(self) -> Told | None:
        """The last day, month or season, in time, of what has been told as past."""
        past = [
            told
            for told in self.told[-MOST:]
            if told.month and told.one and not told.to_come and not self._is_future(told)
        ]
        return max(past, key=lambda told: (told.year, told.month, told.day or 0), default=None)

    def why(self, what: str, told: Told, position: int) -> str:
        """“Year taken from “1994” two sentences before.”"""
        return f"{what} from “{told.words}” {self.sentences.distance(told, position)}."

    def rising(self, last: Told) -> bool:
        """Whether the last dates of the year follow one another, ``last`` being the last."""
        days = [
            (told.month, told.day or 0)
            for told in self.told[-4 * ROW :]
            if told.year == last.year and told.month and told.grain <= Grain.MONTH
            if not (told.aside or told.background)
        ][-ROW:]
        return len(days) == ROW and days == sorted(days)

    def of_year(self, year: int) -> Told | None:
        return self.nearest(lambda told: told.year == year and told.grain <= Grain.YEAR)

    def is_background(self, told: Told) -> bool:
        return self._background(told) >= BACKGROUND

    def with_year(
        self, position: int, fits: Callable[[Told], bool], *, reach: int = 0
    ) -> Told | None:
        """Whose year a date takes that has none of its own: the cheapest of those told.

        Each costs what it is far, and what speaks for its being background. A year in passing – in
        the name of a treaty, or after “since” – counts in its own sentence and ``reach`` more, one
        in brackets only where there is no other.
        """
        here = self.sentences.number(position)
        best, least = None, float("inf")
        for told in reversed(self.told[-MOST:]):
            if told.grain > Grain.YEAR or not fits(told):
                continue
            apart = here - self.sentences.number(told.position)
            if SENTENCE * min(apart, FAR) >= least:
                break
            cost = SENTENCE * min(apart, FAR) + self._outside(
                told, position, far=apart > reach, own=not reach
            )
            if told.bracket or (
                apart > (reach if told.one else 0)
                and (told.aside or not (told.one or (told.split and not reach)))
            ):
                cost += IN_PASSING
            if cost < least:
                best, least = told, cost
        return best

    def _outside(self, told: Told, position: int, *, far: bool, own: bool) -> float:
        """What the date costs as background: nothing within its own clause."""
        if far:
            return self._background(told)
        counted = not own and not self.sentences.same(told.position, position)
        if counted and told.grain is Grain.YEAR and self.year is not None:
            return min(max(self.year - told.year, 0) / YEARS, BACKGROUND)
        later = self.year is not None and told.year > self.year
        past = told.background and told.clause_end < position and not later
        return BACKGROUND if own and past else 0

    def _background(self, told: Told) -> float:
        """What speaks for a date’s being background, beside the year that the text has come to.

        A date of that year or a later one is of the story unless it is still to come; the further
        back a bare year lies, the less it is.
        """
        bare = told.grain >= Grain.SEASON
        if self.year is None:
            return BACKGROUND if bare and told.background else 0
        ahead = told.year - self.year
        if ahead >= 0:
            return BACKGROUND if ahead and (told.to_come or self._is_future(told)) else 0
        if told.opens and not (bare and self.about):
            return 0
        return BACKGROUND * told.background + (min(-ahead / YEARS, BACKGROUND) if bare else 0)

    def _is_future(self, told: Told) -> bool:
        return self.written is not None and told.year > self.written.year
