"""When a text says that it was written, or of which time it reports.

In a dateline – “GENEVA, 14 March 2008 (Agency) -” –, alone above the text, at the end of a line
under its title, or under its last.
"""

import re
from collections.abc import Sequence
from itertools import chain

from reading.recognition.mentions import Grain, Mention

DATELINE = re.compile(r"(?:[A-Z][A-Z'.,-]*\.?,? |\([^)]{1,30}\),? |[-,] |[A-Z][A-Za-z.]+, ){1,8}$")
AFTER_DATELINE = re.compile(r",? (?:\([^)]{1,40}\)|- |/|[A-Z]{2,} -)|:|\.? - ")
LINE = 120  # characters
LINE_END = re.compile(r"[ )\]]*$|,? (?:at |from )?\d{1,2}(?:[.:]\d\d| ?[ap]\.?m\b)[^;]*$")
DATED = re.compile(r"(?i)(?:date|dated)(?: of (?:issue|report|letter))?:? ?")
LEAST_LINES, MOST_LINES = 3, 9  # blocks above a text in which the day may stand
AT_THE_END = 2  # blocks in which the day may stand on which a text was signed
SENTENCE = re.compile(r"[a-z]{2,}[.!?;] |\b(?:was|were|is|are|had|has|until|since|before|after) ")
STAMP = re.compile(
    r"(?i)(?:(?:first |last )?(?:posted|published|updated|filed|issued|written|dated|released|"
    r"revised|uploaded|date)(?: (?:on|in|by [^.:;]{1,40}?))?[:,]? )(?:the )?$"
)


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a day at the beginning of a block says when the text was written."""
    before = text[:start]
    if DATED.fullmatch(before) and LINE_END.match(text, end):
        return True
    return len(before) <= 80 and bool(
        DATELINE.fullmatch(before) and AFTER_DATELINE.match(text, end)
    )


def is_top_line(text: str, start: int, end: int) -> bool:
    """Whether a day ends a short line, as under a title: “From our correspondent, 3 May 2001”.

    So do minutes: “Held at Geneva on 3 May 2001, 10.00 a.m. to 1 p.m.”.
    """
    return (
        len(text) <= LINE and bool(LINE_END.match(text, end)) and not SENTENCE.search(text[:start])
    )


def height_of_top(texts: Sequence[str]) -> int:
    """How many blocks stand above the text proper: its title and the lines under it."""
    for height, text in enumerate(texts[:MOST_LINES]):
        if len(text) > LINE or SENTENCE.search(text):
            return max(height, LEAST_LINES)
    return LEAST_LINES


def is_stamp(text: str, start: int) -> bool:
    """Whether a day stands where a page says when it was posted or published."""
    return start <= 80 and bool(STAMP.fullmatch(text[:start]))


def closing_day(
    texts: Sequence[str], mentions_of: Sequence[list[Mention]]
) -> tuple[int, Mention] | None:
    """The day that a text is signed with, and the place of its block: “Geneva, 3 May 2001”.

    Only if the text comes to that time: a memoir of the war signed in 1999 is not about 1999.
    """
    for place in range(len(texts) - 1, max(0, len(texts) - 1 - AT_THE_END), -1):
        for mention in mentions_of[place][-1:]:
            day = mention.grain is Grain.DAY and mention.until is None and not mention.short_year
            if day and mention.year and mention.top_line:
                return (place, mention) if _comes_to(mention, mentions_of) else None
    return None


def _comes_to(day: Mention, mentions_of: Sequence[list[Mention]]) -> bool:
    years = {
        mention.year
        for mention in chain.from_iterable(mentions_of)
        if mention.year and mention.grain <= Grain.SEASON and mention is not day
    }
    return not years or any(abs(year - (day.year or 0)) <= 1 for year in years)
