"""Dates counted from the day on which a report was written: “yesterday”, “on Friday”, “last month”.

They mean something only in a text that says when it was written. Such a day stands in a dateline –
“GENEVA, 14 March 2008 (Agency) -” – or alone above the text. Days of the week are also counted
from a day that was told just before.
"""

import re

from reading.recognition.mentions import Form, Grain, Mention, Shift
from reading.recognition.relatives import PARTS
from reading.recognition.wordings import (
    FULL_MONTH,
    NUMBER_OF_WEEKDAY,
    SEASONS,
    WEEKDAY,
    any_of,
    number_of_month,
)

DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
DAY = re.compile(rf"(?i){any_of(DAYS)}(?![\w-])")
STEPS = {"last": -1, "this": 0, "next": 1}
UNITS = {"week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR}
LAST_OR_NEXT = re.compile(
    r"(?:(?P<sub>[Ll]ater|[Ee]arlier|[Ll]ate|[Ee]arly) )?(?P<which>[Ll]ast|[Tt]his|[Nn]ext) "
    rf"(?P<what>{any_of([*UNITS, *SEASONS])}|{FULL_MONTH}|{WEEKDAY})(?![\w-])"
)
ONE_WEEKDAY = re.compile(rf"{WEEKDAY}(?![\w-])")
# What stands before a day of the week that is still to come.
TO_COME = re.compile(
    r"(?i)\b(?:will|shall|would|(?:is|are|was|were) (?:to|due|expected|scheduled|set|planned)|"
    r"plans?|expects?|scheduled|due|to be|to meet|hopes?|until|by)\b[^.;]*$"
)
REACH = 120
# “Every Sunday”, “the Friday prayers”, “Bloody Sunday”, “the Sunday Times”.
NO_DAY_BEFORE = re.compile(
    r"\b(?:every|each|the|an?|one|any|most|some|(?!(?:On|By|Since|Until|From|Late|Early|And|Before|After|To)\b)"
    r"[A-Z]\w+) $"
)
NO_DAY_AFTER = re.compile(r" (?:[A-Z]|school|prayers|service|paper|newspaper)")
DATELINE = re.compile(
    r"(?:[A-Z][A-Z'.,-]*\.?,? |\([^)]{1,30}\),? |[-,] |[A-Z][A-Za-z.]+, (?=\w+ \d|\d)){1,8}$"
)
AFTER_DATELINE = re.compile(r",? (?:\([^)]{1,40}\)|- |/|[A-Z]{2,} -)|:|\.? - ")


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a day at the beginning of a block says when the text was written."""
    before = text[:start]
    return len(before) <= 80 and bool(
        DATELINE.fullmatch(before) and AFTER_DATELINE.match(text, end)
    )


def _day(text: str, match: re.Match[str]) -> list[Mention]:
    shift = Shift(DAYS[match[0].lower()], Grain.DAY)
    return [Mention(*match.span(), Grain.DAY, shift=shift, deictic=True)]


def _last_or_next(text: str, match: re.Match[str]) -> list[Mention]:
    step, what = STEPS[match["which"].lower()], match["what"]
    sub = (match["sub"] or "").lower()
    if sub and step:
        return []
    mention = Mention(*match.span(), Grain.MONTH, part=PARTS.get(sub), deictic=True)
    if what in UNITS:
        mention.grain = UNITS[what]
        mention.shift = Shift(step, mention.grain)
        mention.part = None if mention.grain is Grain.WEEK else mention.part
    elif what in NUMBER_OF_WEEKDAY:
        mention.grain, mention.weekday, mention.nearest = (
            Grain.DAY,
            NUMBER_OF_WEEKDAY[what],
            step or 1,
        )
    elif what in SEASONS:
        mention.grain, mention.season, mention.nearest = Grain.SEASON, SEASONS[what], step
    else:
        mention.month, mention.nearest = number_of_month(what), step
    if not step and not mention.shift and mention.weekday is None:
        mention.shift = Shift(0, Grain.YEAR)
    return [mention]


def _weekday(text: str, match: re.Match[str]) -> list[Mention]:
    if NO_DAY_BEFORE.search(text, max(0, match.start() - 16), match.start()) or (
        NO_DAY_AFTER.match(text, match.end())
    ):
        return []
    to_come = TO_COME.search(text, max(0, match.start() - REACH), match.start())
    weekday = NUMBER_OF_WEEKDAY[match[0]]
    step = 1 if to_come else 0
    return [Mention(*match.span(), Grain.DAY, weekday=weekday, nearest=step, deictic=True)]


FORMS: list[Form] = [
    (LAST_OR_NEXT, _last_or_next),
    (DAY, _day),
    (ONE_WEEKDAY, _weekday),
]
BEGINNING = any_of((*DAYS, "last", "this", "next"))
