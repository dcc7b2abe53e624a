"""Where a year, month or century ends, turns or is half over: “year’s end”, “mid-year”.

“The turn of the century” is the beginning of the century that lies nearest to what is told.
"""

import re

from reading.recognition.following import ENDS, ITS_YEAR
from reading.recognition.mentions import Form, Grain, Mention, Part, Shift

UNITS = {
    "month": Grain.MONTH,
    "year": Grain.YEAR,
    "decade": Grain.DECADE,
    "century": Grain.CENTURY,
}
TURN = re.compile(r"turn of the (?P<what>century|millennium)(?! of\b)(?![\w-])")
END = re.compile(
    r"(?P<end>(?P<ends>year|month|decade|century)(?:'s[ -]|[ -])end)(?![\w-])"
    r"|(?P<middle>[Mm]id-(?P<halves>year|month|decade|century))(?![\w-])"
)
AT = re.compile(
    r"(?i)(?:\b(?:by|at|before|until|till|towards?|since|around|about|in|from|through)|[.;:!?]) "
    r"(?:the )?$|^(?:the )?$"
)
BEGINNING = r"turn of|(?:year|month|decade|century)(?:'s)?[ -]end|mid-(?:year|month|decade|century)"


def _turn(text: str, match: re.Match[str]) -> list[Mention]:
    if text[max(0, match.start() - 4) : match.start()].lower() != "the ":
        return []
    mention = Mention(*match.span(), Grain.YEAR, mark="~", bracket=True)
    if match["what"] == "millennium":
        mention.year = 2000
    else:
        mention.turn = True
    return [mention]


def _end(text: str, match: re.Match[str]) -> list[Mention]:
    if not AT.search(text, max(0, match.start() - 12), match.start()):
        return []
    which = 3 if match["end"] else 2
    grain = UNITS[match["ends"] or match["halves"]]
    mention = Mention(*match.span(), grain, part=Part("third", which, which))
    if grain is Grain.YEAR and (year := ITS_YEAR.match(text, mention.end)) and year[1]:
        mention.year, mention.end = int(year[1]), year.end()
    elif ENDS.match(text, mention.end):
        mention.shift = Shift(0, grain)
    else:
        return []
    return [mention]


FORMS: list[Form] = [(TURN, _turn), (END, _end)]
