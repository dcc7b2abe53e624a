"""What a counted date is counted from, and the dates beside it that say what is meant."""

import re

from reading.recognition.context import Context, Told
from reading.recognition.mentions import Grain, Mention, Shift
from sources.selectors import Block

AHEAD = 20  # dates further on in a block that are asked for a year
BESIDE = re.compile(r",? \(?(?:in|on)(?: the)? ")
CLAUSE = 80  # characters before a date that are looked at
SAID = re.compile(
    r"\b(?:said|told|stated|claimed|reported|announced|confirmed|denied|testified|wrote|maintained|"
    r"alleged|admitted|recalled|acknowledged|insisted)\b[^.;:!?]*\bon (?:the )?$"
)
THAT = re.compile(r",? that\b")


class Origins:
    """Of the dates of one block, as the text has told others before."""

    def __init__(self, context: Context, text: str, block: Block, mentions: list[Mention]) -> None:
        self.context = context
        self.text = text  # of the block, folded
        self.offset = block.span.start
        self.block = block.number
        self.mentions = mentions

    def following(self, number: int, *, passing: bool = False) -> Mention | None:
        """The next date of the block that has a year. ``passing``: “until 3 May 1994” as well."""
        for mention in self.mentions[number + 1 : number + 1 + AHEAD]:
            certain = mention.year and not mention.short_year
            passed = mention.aside and not (passing and mention.grain <= Grain.MONTH)
            if certain and not passed and mention.grain <= Grain.YEAR:
                return mention
        return None

    def beside(self, done: Mention, shift: Shift, number: int) -> Mention | None:
        """The date that says at once what is meant: “fifty years on, in 1965”."""
        following = self.following(number)
        if following is None or shift.unit is not Grain.YEAR or not shift.by or shift.exact:
            return None
        plain = not (done.month or done.season or done.part)
        return (
            following if plain and BESIDE.fullmatch(self.text, done.end, following.start) else None
        )

    def anchor(self, shift: Shift, position: int) -> Told | None:
        """What is counted from: the last date told that is as fine as what is counted."""
        here = self.context.sentences.number(position)

        def fits(told: Told) -> bool:
            near = here - self.context.sentences.number(told.position) <= 6
            match shift.unit:
                case Grain.DAY | Grain.WEEK:
                    return told.day is not None and near
                case Grain.MONTH:
                    return told.month is not None and told.grain <= Grain.MONTH and near
            return told.grain <= max(shift.unit, Grain.YEAR)

        def said(told: Told) -> bool:
            """“She said on 9 July that none had fired that day”: hardly the day of saying so."""
            start = told.position - self.offset
            return not shift.by and told.block == self.block and self._is_saying(start, told.words)

        last = self.context.nearest(lambda told: told.grain <= Grain.YEAR)
        if last and not shift.by and fits(last):
            apart = here - self.context.sentences.number(last.position)
            # “Ten years earlier he came. That autumn …”; “had agreed in June 2004 … that year”.
            if (last.back and last.block == self.block) or (
                apart <= 1 and shift.unit is Grain.YEAR and (last.had or last.grain is Grain.YEAR)
            ):
                return last
        if shift.unit is Grain.YEAR and (
            # “The 1994 agreement. Two years later …”, but “until 1911. In the same year …”.
            told := self.context.with_year(position, fits, reach=1 if shift.by else 0)
        ):
            return told
        if shift.unit is Grain.DAY and shift.by and self._is_too_coarse(position):
            return None
        nearest = self.context.nearest
        is_background = self.context.is_background
        return nearest(
            lambda told: (
                fits(told) and told.one and not (told.bracket or is_background(told) or said(told))
            )
        ) or (self.context.nearest(lambda told: fits(told) and not told.bracket))

    def _is_too_coarse(self, position: int) -> bool:
        """Whether what was told last is a month or season that no day has been told of since.

        “On 5 February it fell. The trial opened in March. The next day …”: no day is known.
        """
        context = self.context
        last = context.nearest(lambda told: told.grain <= Grain.SEASON and not told.to_come)
        if last is None or last.day is not None or last.aside or last.bracket or not last.one:
            return False
        day = context.nearest(lambda told: told.day is not None)
        later = day is not None and last.year > day.year
        if (context.is_background(last) or last.background) and not later:
            return False
        other = day is None or (day.year, day.month) != (last.year, last.month)
        return (
            other
            and context.sentences.number(position) - context.sentences.number(last.position) <= 2
        )

    def _is_saying(self, start: int, words: str) -> bool:
        said = SAID.search(self.text, max(0, start - CLAUSE), start)
        return bool(said and THAT.match(self.text, start + len(words)))

    def confirmed(self, done: Mention, shift: Shift, number: int) -> Told | None:
        """The date that a date further on in the sentence shows to be meant.

        “Two years later, in December 1994”: counted from what was told of 1992.
        """
        if shift.unit is not Grain.YEAR or not shift.by or done.month or done.season:
            return None
        sentences, position = self.context.sentences, self.offset + done.start
        for mention in self.mentions[number + 1 : number + 1 + AHEAD]:
            if sentences.number(self.offset + mention.start) != sentences.number(position):
                return None
            if ";" in self.text[done.end : mention.start]:
                return None
            if mention.year and mention.until is None and mention.grain <= Grain.YEAR:
                return self.context.of_year(mention.year - shift.by)
        return None
