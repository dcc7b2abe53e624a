"""What a date does not say itself, taken from what the text told before; and why."""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from reading.recognition.context import Context, Told, told_of
from reading.recognition.counting import Unresolved, move, to_nearest, to_weekday
from reading.recognition.fitting import nearest_century
from reading.recognition.joining import lacks_year
from reading.recognition.mentions import Grain, Mention, Shift
from reading.recognition.origins import Origins
from reading.recognition.wordings import MONTHS_OF_SEASON
from reading.recognition.writing import edtf_of, is_valid
from reading.recognition.years_taken import Years
from sources.selectors import Block

LAST_CENTURY = 1980  # ’30 to ’99 are of the 20th, where no date tells


class Resolver:
    """Resolves the mentions of one block, in order."""

    def __init__(self, context: Context, text: str, block: Block, mentions: list[Mention]) -> None:
        self.context = context
        self.text = text  # of the block, folded
        self.offset = block.span.start
        self.block = block.number
        self.mentions = mentions
        self.origins = Origins(context, text, block, mentions)
        self.years = Years(context, text, block, self.origins)
        self.last: Mention | None = None

    def resolved(self) -> Iterator[tuple[Mention, str]]:
        """Each mention that can be resolved, told as context to those after it.

        A range that ends before it begins is two dates.
        """
        for number, mention in enumerate(self.mentions):
            try:
                yield self._resolved(mention, number)
            except Unresolved:
                if mention.until is not None:
                    first = replace(mention, until=None, end=mention.own_end)
                    for piece in (first, mention.until):
                        with suppress(Unresolved):
                            yield self._resolved(piece, number)

    def _resolved(self, mention: Mention, number: int) -> tuple[Mention, str]:
        done, why = self.resolve(mention, number)
        back = (
            mention.deictic
            or mention.nearest < 0
            or (mention.shift is not None and mention.shift.by < 0)
        )
        self.tell(done, self.text[done.start : done.end], back=back, inferred=bool(why))
        self.last = done
        return done, why

    def resolve(self, mention: Mention, number: int) -> tuple[Mention, str]:
        """The mention with all that its grain needs, and why where that is inferred.

        ``Unresolved`` where nothing tells it, or where the calendar has no such day.
        """
        if mention.until is not None:
            return self._range(mention, mention.until, number)
        why = ""
        done = replace(mention)
        if done.same_period:
            return self._same_period(done)
        if done.deictic:
            why = self._deictic(done)
        elif done.weekday is not None:
            why = self._weekday(done)
        elif done.short_year:
            why = self._century(done)
        elif done.turn:
            why = self._turn(done, number)
        elif done.nearest:
            why = self._nearest(done)
        elif done.shift is not None:
            why = self._shifted(done, done.shift, number)
        elif done.year is None:
            why = self.years.take(done, number)
        if done.day is not None and done.day > _length(done):
            raise Unresolved
        return done, why

    def _range(self, mention: Mention, until: Mention, number: int) -> tuple[Mention, str]:
        start = replace(mention, until=None)
        lacking, its = lacks_year(start), lacks_year(until)
        if lacking and not its:
            end, why = self.resolve(until, number)
            start.year = end.year
            if _key(start) > _key(end) and start.year:
                start.year -= 1
            start, _ = self.resolve(start, number)
        else:
            start, why = self.resolve(start, number)
            end = replace(until)
            if its:
                end.year = start.year
                if _key(end) < _key(start) and end.year:
                    end.year += 1
                end, _ = self.resolve(end, number)
            elif until.shift is not None or until.nearest:
                self.tell(start, self.text[mention.start : mention.own_end])
                end, why = self.resolve(until, number)
            else:
                end, _ = self.resolve(until, number)
        whole = replace(start, start=mention.start, end=mention.end, until=end)
        if not is_valid(edtf_of(whole)):
            raise Unresolved
        return whole, why

    def _same_period(self, mention: Mention) -> tuple[Mention, str]:
        """The last date of the block in another year."""
        last = self.last
        if last is None or not last.year or last.grain > Grain.YEAR:
            raise Unresolved
        words, apart = self.text[last.start : last.end], (last.until or last).year or 0
        by = mention.year - apart if mention.year else mention.shift.by if mention.shift else 0
        done = replace(last, start=mention.start, end=mention.end, year=last.year + by, aside=True)
        done.until = last.until and replace(last.until, year=apart + by)
        if not is_valid(edtf_of(done)):
            raise Unresolved
        return done, f"Taken from “{words}”, in another year."

    def tell(
        self, mention: Mention, words: str, *, back: bool = False, inferred: bool = False
    ) -> None:
        """Keep a resolved mention as context for what follows.

        ``back``: it looks back, as “a month earlier” does; what follows is not counted from it.
        """
        told = told_of(mention, self.offset + mention.start, self.block, words, back=back)
        heading = mention.alone and told.one
        self.context.tell(told, heading=heading)
        at_the_top = heading and (
            self.block <= self.context.top or self.context.dateline is not None
        )
        # The first day or month of all, at the end of a line under the title.
        first = (
            mention.top_line
            and not inferred
            and not mention.written
            and self.block <= self.context.top
            and all(each.grain >= Grain.YEAR for each in self.context.told[:-1])
        )
        if mention.grain is Grain.DAY and (mention.dateline or at_the_top or first):
            self.context.dateline = told
            # “Last year” is not counted from the time that is reported of.
            self.context.written = None if told.period else told
        elif mention.grain is Grain.DAY and mention.written:
            self.context.written = told

    def _century(self, done: Mention) -> str:
        position = self.offset + done.start
        told = self.context.with_year(position, lambda each: True)
        told = told or self.context.nearest(lambda each: each.grain is Grain.DECADE)
        short, done.short_year = done.year or 0, False
        if done.grain is Grain.DECADE:
            # In a text of today, too, “the twenties” are a hundred years ago.
            certain = told is not None and told.year < 2000
            done.year = short + (told.year // 100 * 100 if told and certain else 1900)
        else:
            certain = told is not None
            done.year = nearest_century(short, told.year if told else LAST_CENTURY)
        if told is None or not certain:
            return "The words leave out the century; the likeliest is taken."
        return self.context.why("Century taken", told, position)

    def _turn(self, done: Mention, number: int) -> str:
        """The beginning of the century that lies nearest to what is told."""
        position = self.offset + done.start
        told = self.context.with_year(position, lambda each: True)
        following = self.origins.following(number)
        year = told.year if told else following.year if following else None
        if not year:
            raise Unresolved
        done.year, done.turn = round(year / 100) * 100, False
        if told is None:
            return "Century taken from the next date in the same block."
        return self.context.why("Century taken", told, position)

    def _nearest(self, done: Mention) -> str:
        position = self.offset + done.start
        told = self.context.with_year(position, lambda each: True)
        if told is None:
            raise Unresolved
        to_nearest(done, told)
        return self.context.why("Counted", told, position)

    def _deictic(self, done: Mention) -> str:
        """Counted from the day of writing, where the text tells it."""
        told = self.context.written
        if told is None:
            raise Unresolved
        if done.weekday is not None:
            to_weekday(done, told)
        elif done.nearest:
            to_nearest(done, told)
        elif done.shift is not None:
            self._shift(done, told, done.shift)
        return f"Counted from “{told.words}”, when the text was written."

    def _weekday(self, done: Mention) -> str:
        """A day by its name alone: after the last day told, unless the words look back."""
        position = self.offset + done.start
        told = self.origins.anchor(Shift(done.nearest, Grain.DAY), position)
        if told is None:
            raise Unresolved
        done.nearest = done.nearest or 1
        to_weekday(done, told)
        return self.context.why("Counted", told, position)

    def _shifted(self, done: Mention, shift: Shift, number: int) -> str:
        position = self.offset + done.start
        if (beside := self.origins.beside(done, shift, number)) is not None:
            done.year, done.shift = beside.year, None
            return f"Told by “{self.text[beside.start : beside.end]}” beside it."
        told = self.origins.confirmed(done, shift, number) or self.origins.anchor(shift, position)
        if told is None:
            raise Unresolved
        if told.back and not shift.by:
            done.aside = done.bracket = True  # “that autumn” of what looks back does so too
        self._shift(done, told, shift)
        return self.context.why("Counted" if shift.by else "Taken", told, position)

    def _shift(self, done: Mention, told: Told, shift: Shift) -> None:
        if done.month or done.season:  # “March of the same year”
            done.year, done.shift = told.year + shift.by, None
        else:
            move(done, told, shift)


def _length(mention: Mention) -> int:
    return monthrange(mention.year or 1, mention.month or 1)[1]


def _key(mention: Mention) -> tuple[int, int, int]:
    """For order: dates that name less come first, as they begin earlier."""
    month = mention.month or (MONTHS_OF_SEASON[mention.season][0] if mention.season else 0)
    return (mention.year or 0, month, mention.day or 0)
