"""The year of a date that has none: whose it is, whether its own or the next; and why."""

from reading.recognition.context import Context, Told
from reading.recognition.counting import Unresolved
from reading.recognition.fitting import (
    NAMED_YEAR,
    fits,
    fitting_year,
    month_of,
    year_near,
    year_to_come,
)
from reading.recognition.mentions import Grain, Mention
from reading.recognition.origins import Origins
from sources.selectors import Block

# Months after the day of writing: what is told in the past is not so far ahead.
AHEAD, FAR_AHEAD = 3, 6
CLAUSE = 160  # characters before a date that are looked at


class Years:
    """For the dates of one block."""

    def __init__(self, context: Context, text: str, block: Block, origins: Origins) -> None:
        self.context = context
        self.text = text  # of the block, folded
        self.offset = block.span.start
        self.block = block.number
        self.origins = origins

    def take(self, done: Mention, number: int) -> str:
        """Give the date its year, and say why. ``Unresolved`` where nothing tells it."""
        position = self.offset + done.start
        if done.day is not None and done.month is None:
            return self._month_too(done, position)
        told = self._with_year(done, position)
        if (end := self._end_reported(done)) is not None:
            done.year = end.year
            return self.context.why("Year taken", end, position)
        following = self.origins.following(number)
        if told is None:
            following = following or self.origins.following(number, passing=True)
            if following is None:
                raise Unresolved
            done.year = following.year
            return "Year taken from the next date in the same block that has one."
        if told is self.context.dateline:
            done.year = year_near(done, told, self._before(done))
            return f"Year taken from “{told.words}”, {self._of_what(told, done)}."
        if (latest := self._before_what_comes(done, told, position)) is not None:
            done.year = year_to_come(done, latest)
            return f"Year taken from “{latest.words}”, the last date told, as this is to come."
        return self._from(told, done, position, following)

    def _month_too(self, done: Mention, position: int) -> str:
        """“On the 9th”: of the month that was told last."""
        told = self.context.with_year(
            position, lambda each: each.month is not None and each.grain <= Grain.MONTH
        )
        written = self.context.dateline
        if told and written:
            same = self.context.sentences.same(told.position, position)
            other = told.year != written.year and not done.past
            # A new block of a report begins from the report’s own time.
            if (
                other
                or (told.block != self.block and written.period)
                or (told.to_come and not same)
            ):
                told = written
        if told is None:
            raise Unresolved
        done.year, done.month = told.year, told.month
        return self.context.why("Month and year taken", told, position)

    def _end_reported(self, done: Mention) -> Told | None:
        """The day with which a period ended that was told before: “by 31 March” in its report."""
        if done.day is None:
            return None
        day = (done.month, done.day)
        return self.context.nearest(lambda told: told.period and (told.month, told.day) == day)

    def _from(self, told: Told, done: Mention, position: int, following: Mention | None) -> str:
        sentences = self.context.sentences
        if following and not sentences.same(self.offset + following.start, position):
            following = None
        done.year = fitting_year(
            done,
            told,
            self.text,
            following=following,
            near=sentences.number(position) - sentences.number(told.position) <= 1,
            since=max(0, told.position - self.offset),
            rising=self.context.rising(told) and self.context.dateline is None,
            report=self.context.dateline is not None,
        )
        why = self.context.why("Year taken", told, position)
        if self._is_yet_to_come(done):
            done.year -= 1
        if done.year != told.year:
            ahead = done.year > told.year
            reason = "after it, as the text goes on" if ahead else "before it, as this looks back"
            return f"{why[:-1]}: the one {reason}."
        nearer = self.context.nearest(
            lambda each: each.grain <= Grain.YEAR and fits(done, each.year)
        )
        if nearer and nearer.year != told.year:
            return f"{why[:-1]}; “{nearer.words}” is nearer, but not of the same time."
        return why

    def _is_yet_to_come(self, done: Mention) -> bool:
        """Whether it would lie well after the day of writing, without words that say so."""
        written = self.context.dateline or self.context.written
        if written is None or done.will or done.to_come or done.year != written.year:
            return False
        return month_of(done) - (written.month or 12) > (AHEAD if done.past else FAR_AHEAD)

    def _before_what_comes(self, done: Mention, told: Told, position: int) -> Told | None:
        """The last date told, where the text says of another that it will be."""
        if not done.will or done.grain >= Grain.YEAR or self.context.dateline is not None:
            return None
        same = self.context.sentences.same(told.position, position)
        return None if same else self.context.latest()

    def _before(self, done: Mention) -> str:
        return self.text[max(0, done.start - CLAUSE) : done.start]

    def _of_what(self, told: Told, done: Mention) -> str:
        """What the dateline’s day is of, and which year beside its own is meant."""
        of = "the time reported of" if told.period else "when the text was written"
        by = (done.year or 0) - told.year
        return of + (": the one after it" if by > 0 else ": the one before it" if by else "")

    def _with_year(self, done: Mention, position: int) -> Told | None:
        """Whose year it takes: the heading’s in a list of dates, the dateline’s in a report."""
        context = self.context
        if context.heading is not None and done.start <= 3:
            return context.heading
        told = context.with_year(position, lambda each: fits(done, each.year))
        if context.dateline and (done.grain < Grain.YEAR or done.part):
            here = told and self._tells_here(told, context.dateline, done, position)
            return told if here else context.dateline
        return told

    def _tells_here(self, told: Told, dateline: Told, done: Mention, position: int) -> bool:
        """Whether, in a report, the year is that of what this passage tells, if long ago."""
        if told.aside or self.context.is_background(told):
            return False
        long_ago = told.year < dateline.year - 1 and done.past and done.opens
        if told.block != self.block:  # the report’s history may go on
            return long_ago and told.block == self.block - 1 and told.grain <= Grain.SEASON
        if told.grain > Grain.SEASON and not (told.opens and done.past):
            return False
        if self.context.sentences.same(told.position, position):
            return not (done.will and told.year < dateline.year)
        now = done.will or (told.year != dateline.year and not done.past)
        return not (now or told.to_come or NAMED_YEAR.search(self._before(done)))
