"""Dates counted from the day on which a report was written: “yesterday”, “last month”.

They mean something only in a text that says when it was written (`framing`).
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

DAYS = {"yesterday": -1, "tomorrow": 1}  # “today” is as often “nowadays”
DAY = re.compile(rf"(?i){any_of(DAYS)}(?![\w-])")
STEPS = {"last": -1, "this": 0, "next": 1}
UNITS = {"week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR}
LAST_OR_NEXT = re.compile(
    r"(?:(?P<sub>[Ll]ater|[Ee]arlier|[Ll]ate|[Ee]arly) )?(?P<which>[Ll]ast|[Tt]his|[Nn]ext) "
    rf"(?P<what>{any_of([*UNITS, *SEASONS])}|{FULL_MONTH}|{WEEKDAY})(?![\w-])(?! of\b)"
)


def _day(text: str, match: re.Match[str]) -> list[Mention]:
    shift = Shift(DAYS[match[0].lower()], Grain.DAY)
    return [Mention(*match.span(), Grain.DAY, shift=shift, deictic=True)]


def _last_or_next(text: str, match: re.Match[str]) -> list[Mention]:
    step, what = STEPS[match["which"].lower()], match["what"]
    sub = (match["sub"] or "").lower()
    if sub and step and not (what in UNITS and sub in PARTS):
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


FORMS: list[Form] = [
    (LAST_OR_NEXT, _last_or_next),
    (DAY, _day),
]
BEGINNING = any_of((*DAYS, "last", "this", "next"))
