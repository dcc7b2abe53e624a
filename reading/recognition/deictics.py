"""Dates counted from the day on which a report was written: “yesterday”, “last month”.

They mean something only in a text that says when it was written. Such a day stands in a dateline –
“GENEVA, 14 March 2008 (Agency) -” – or alone above the text.
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
DATELINE = re.compile(r"(?:[A-Z][A-Z'.,-]*\.?,? |\([^)]{1,30}\),? |[-,] |[A-Z][A-Za-z.]+, ){1,8}$")
AFTER_DATELINE = re.compile(r",? (?:\([^)]{1,40}\)|- |/|[A-Z]{2,} -)|:|\.? - ")
LINE = 120  # characters
SENTENCE = re.compile(r"[a-z]{2,}[.!?;] |\b(?:was|were|is|are|had|has|until|since|before|after) ")
STAMP = re.compile(
    r"(?i)(?:(?:first |last )?(?:posted|published|updated|filed|issued|written|dated|released|"
    r"revised|uploaded|date)(?: (?:on|in|by [^.:;]{1,40}?))?[:,]? )(?:the )?$"
)


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a day at the beginning of a block says when the text was written."""
    before = text[:start]
    return len(before) <= 80 and bool(
        DATELINE.fullmatch(before) and AFTER_DATELINE.match(text, end)
    )


def is_top_line(text: str, start: int, end: int) -> bool:
    """Whether a day ends a short line, as under a title: “From our correspondent, 3 May 2001”."""
    return len(text) <= LINE and not text[end:].strip(" )]") and not SENTENCE.search(text[:start])


def is_stamp(text: str, start: int) -> bool:
    """Whether a day stands where a page says when it was posted or published."""
    return start <= 80 and bool(STAMP.fullmatch(text[:start]))


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
