"""The day as of which a page is asked for, on the events' own clock: a year, month or day."""

import datetime
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext

from chronicle.dates import OPEN_END, OPEN_START, bounds_of, display

WRITTEN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
LONGEST_SAID = 40


@dataclass(frozen=True)
class DayAsked:
    """``text`` as it was typed; ``day``: the last one meant, ``None`` where none is asked for;
    ``words`` say it by itself, and ``as_of`` within a sentence.

    ``problem`` is a sentence about what cannot be read, which then asks for nothing.
    """

    text: str = ""
    day: int | None = None
    words: str = ""
    as_of: str = ""
    problem: str = ""

    @property
    def written(self) -> str:
        """As addresses have it."""
        return "" if self.problem else self.text

    @property
    def iso(self) -> str | None:
        """The day itself, as ISO 8601 has it."""
        return written(self.day) or None


def read_day(text: str) -> DayAsked:
    text = text.strip()
    if not text:
        return DayAsked()
    said = text[:LONGEST_SAID]
    if not WRITTEN.fullmatch(text):
        return DayAsked(
            text,
            problem=gettext(
                "“%(text)s” is no day to look at: write a year, month or day, like 1997, "
                "1997-07 or 1997-07-20."
            )
            % {"text": said},
        )
    try:
        bounds = bounds_of(text)
    except ValidationError as error:
        return DayAsked(text, problem=" ".join(error.messages))
    words = date = display(text)
    match text.count("-"):
        case 0:
            # Translators: “as of the end of 1997”.
            as_of = pgettext("a year", "as of the end of %(date)s")
        case 1:
            # Translators: “as of the end of July 1997”; the month as it stands by itself.
            as_of = pgettext("a month", "as of the end of %(date)s")
        case _:
            # Translators: “as of 12 July 1997”.
            as_of = gettext("as of %(day)s") % {"day": date}
    if text.count("-") < 2:
        # Translators: of a year or month, as it stands by itself: “The end of July 1997”.
        words = gettext("the end of %(date)s") % {"date": date}
        as_of = as_of % {"date": date}
    return DayAsked(text, bounds.last_day, words, as_of)


def written(day: int | None) -> str:
    """As an address has it; empty for none, and for an end that is open."""
    if day is None or not OPEN_START < day < OPEN_END:
        return ""
    return datetime.date.fromordinal(day).isoformat()


def in_words(day: int | None) -> str:
    return display(written(day)) if written(day) else ""
