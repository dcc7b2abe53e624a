"""Days that have a name and return every year on the same date: “New Year’s Eve 1999”.

Feasts that move, such as Easter, are left to the year beside them.
"""

import re

from reading.recognition.following import with_year
from reading.recognition.mentions import Form, Grain, Mention

DAYS = {
    "new year's day": (1, 1),
    "may day": (5, 1),
    "midsummer day": (6, 24),
    "bastille day": (7, 14),
    "all saints' day": (11, 1),
    "armistice day": (11, 11),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "st stephen's day": (12, 26),
    "new year's eve": (12, 31),
}
FEAST = re.compile(
    rf"(?i)(?:{'|'.join(map(re.escape, sorted(DAYS, key=len, reverse=True)))})(?!\w)"
)
BEGINNING = rf"(?:{'|'.join(sorted({day.split()[0] for day in DAYS}))})"
ON = re.compile(r"(?i)\b(?:on|until|till|since|by|before|after|from) $")
# “On Christmas Day the shops are shut”, “every New Year's Eve”.
ANY_YEAR = re.compile(r",? (?:\w+ ){0,4}(?:is|are|remains?|every|each)\b")


def _feast(text: str, match: re.Match[str]) -> list[Mention]:
    name = match[0].lower()
    month, day = DAYS[name]
    mention = Mention(*match.span(), Grain.DAY, month=month, day=day)
    if not match[0][0].isupper():
        return []
    with_year(text, [mention])
    if name == "christmas":  # the days around it
        mention.mark = "~"
        return [mention] if mention.year or mention.shift else []
    if mention.year or mention.shift:
        return [mention]
    told = ON.search(text, max(0, match.start() - 8), match.start())
    return [mention] if told and not ANY_YEAR.match(text, match.end()) else []


FORMS: list[Form] = [(FEAST, _feast)]
