"""Days, months and seasons that come back every year, and so are no dates.

“The Assembly meets every year in May”, “snow usually closes the pass by late November”.
"""

import re

from reading.recognition.following import IN_MOST_YEARS
from reading.recognition.joining import LIST, lacks_year
from reading.recognition.mentions import Mention
from reading.recognition.wordings import WEEKDAY

REACH = 100  # characters before a date that are looked at
HABIT = re.compile(
    r"(?i)\b(?:usually|normally|generally|typically|customarily|annually|yearly|as a rule|"
    r"(?:every|each) (?:calendar |financial |school )?(?:year|spring|summer|autumn|winter|season)|"
    r"most years|(?:once|twice) a year|year after year)\b[^,.;:!?()]*$"
)


CLIMATE = re.compile(
    r"(?i)\b(?:temperatures?|rain(?:s|fall)?|snow(?:s|fall)?|average|warmest|coldest|wettest|driest|"
    r"hottest|busiest|harvest|flowers?|months?) [^.;:!?()]*$"
)
WEEKDAY_OF = re.compile(rf"(?i)\b(?:first|second|third|fourth|last) {WEEKDAY} (?:of|in) $")


def without_recurring(text: str, mentions: list[Mention]) -> list[Mention]:
    """Those that are dates of one year; a list goes as its last member does."""
    kept: list[Mention] = []
    following: Mention | None = None  # the one after it, if that comes back
    for mention in reversed(mentions):
        listed = following and LIST.fullmatch(text, mention.end, following.start)
        if comes_back(text, mention) or (listed and lacks_year(mention)):
            following = mention
        else:
            kept, following = [mention, *kept], None
    return kept


def comes_back(text: str, mention: Mention) -> bool:
    """Whether a date that has no year of its own is one of any year."""
    last = mention.until or mention
    if not (lacks_year(mention) and lacks_year(last)):
        return False
    before = text[max(0, mention.start - REACH) : mention.start]
    if HABIT.search(before) or IN_MOST_YEARS.match(text, last.end):
        return True
    # “The warmest month is July”, “they meet on the first Monday of May”.
    now = not (mention.past or mention.will or mention.to_come)
    return now and bool(CLIMATE.search(before) or WEEKDAY_OF.search(before))
