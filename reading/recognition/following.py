"""What follows the first words of a date: its year, or words that show it to be something else."""

import re

from reading.recognition.mentions import Grain, Mention, Shift
from reading.recognition.wordings import COUNTED, MEASURED, YEAR
from reading.recognition.years import OTHER_ERA

ITS_YEAR = re.compile(
    rf",? (?:of )?(?:the year )?(?:({YEAR})|\[({YEAR})\]|(?:AD|A\.D\.) ?([1-9]\d{{0,3}})(?!\w))"
)
ITS_SHORT_YEAR = re.compile(r" '(\d\d)(?!\w)")
OF_THAT_YEAR = re.compile(
    r",? (?:of )?(?:the |that )(?:very )?"
    r"(?:(same|following|next|previous|preceding) )?year(?: (after|before)(?=[,.;:)]|$))?(?!\w)"
    r"(?! (?:as|when)\b)"
)
STEPS = {"following": 1, "next": 1, "after": 1, "before": -1, "previous": -1, "preceding": -1}
# A month or season that comes back.
IN_MOST_YEARS = re.compile(
    r",? (?:in|of|for) (?:most|many|some|all|every|each|any|a normal|a good|a bad)\b|"
    r",? (?:every|each|most) (?:year|second year|other year)s?\b|,? (?:annually|as a rule|to "
    r"(?:spring|summer|autumn|winter)\b)"
)
# “The season runs from May to October”, “buses at 8.10 and 15.40, May to October”, “book by March”.
IN_ANY_YEAR = re.compile(
    r"\b[Ss]eason\b[^.;:!?]*\b(?:runs?|ran|lasts?|lasted|is|was|extends?|goes|usually|normally) "
    r"(?:roughly |usually |normally )?(?:from |between )?(?:about |early |late |mid-?)?$"
    r"|(?:\d[.:]\d\d|\d ?[ap]\.?m\.?|daily|weekdays|weekends|(?:Sun|Mon|Fri|Satur)days?|"
    r"\b[Oo]pen)(?: only)?,? (?:from |between )?$"
    r"|(?:^|[.;:!?] |, and |, )(?:[Bb]ook(?: ahead| early)?|[Gg]o|[Vv]isit|[Cc]ome|[Aa]void|"
    r"[Tt]ravel|[Pp]lant|[Ss]ow|[Pp]rune|[Hh]arvest) (?:in |by |before |between |from )"
    r"(?:early |late |mid-?)?$"
)
# A date that is no more than one word must not go on as something else would: “summer houses”.
ENDS = re.compile(
    r"[,.;:)!?\"'-]|$| (?:and|but|or|when|while|as|after|before|since|until|I|he|she|it|they|we|"
    r"the|an?|his|her|its|their|at|in|on|with|by|to|for|from|of (?:that|the same)|that|which|who|"
    r"there|this|were|was|had|would|did|both|has|have|is|are|will|some|many|most|several|all|no|not|"
    r"about|only|another)\b"
)


def with_year(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give the last of them the year that follows it. Those before it get it when joined."""
    last = mentions[-1]
    if (match := ITS_YEAR.match(text, last.end)) and not _counts(text, match):
        last.year = int(match[1] or match[2] or match[3])
    elif match := ITS_SHORT_YEAR.match(text, last.end):
        last.year, last.short_year = int(match[1]), True
    elif match := OF_THAT_YEAR.match(text, last.end):
        if not match[1] and not match[2] and "that" not in match[0]:
            return mentions
        last.shift = Shift(STEPS.get(match[1] or match[2] or "", 0), Grain.YEAR)
    if match:
        last.end = match.end()
    return mentions


def _counts(text: str, year: re.Match[str]) -> bool:
    """“In July, 1994 people” has no year, nor has “2 May 1200 BC”; “July 1994 officers” has."""
    counted = COUNTED if year[0].startswith(",") else MEASURED
    return bool(counted.match(text, year.end()) or OTHER_ERA.match(text, year.end()))
