"""Forms of dates that are longer than a month: seasons, years, decades, centuries."""

import re

from reading.recognition.following import ENDS, IN_MOST_YEARS, OF_THAT_YEAR, with_year
from reading.recognition.mentions import Form, Grain, Mention, Part
from reading.recognition.wordings import (
    DECADES,
    LINK,
    MONTH,
    NUMBER_OF_ORDINAL,
    SEASON,
    SEASONS,
    YEAR,
    any_of,
)
from reading.recognition.years import OTHER_ERA, PLURAL, in_brackets, in_passing, is_year

ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?i:{any_of(NUMBER_OF_ORDINAL)}))(?!\w)"
SEASONS_OF = re.compile(
    rf"(?:{SEASON}{LINK}(?:the )?(?:early |late )?){{1,3}}{SEASON}(?=,? (?:of )?{YEAR})"
)
SEASONED = re.compile(
    rf"({SEASON})(?:,? (?:of )?(?:({YEAR})(?:[-/](\d\d|{YEAR})(?!\w))?|'(\d\d)(?!\w)))?"
)
OTHER_NAME = re.compile(
    r"\b(?!(?:In|By|Since|Until|From|Of|The|During|And|Early|Late)\b)[A-Z]\w+ $"
)
BARE_SEASON = re.compile(
    r"(?i)\b(?:in|by|during|before|after|until|till|since|throughout|of|from|spent|all|over) the "
    r"(?:early |late |whole )?$"
)
# “We may close before winter”, but “in winter” is of any year.
COMING_SEASON = re.compile(
    r"(?i)(?<!usually )(?<!always )(?<!often )(?<!normally )\b(?:before|by|until|till|since) $"
)
STORY = 90  # characters
IN_SEASON = re.compile(r"(?:[.;] (?:In|in|By|by)|, (?:and |but )?(?:in|by)) (?:early |late )?$")
AFTER_SEASON = re.compile(rf"\b{SEASON} (?:of )?{YEAR}[^.]*\.?[^.]*$|{MONTH}[^.]*\.?[^.]*$")
BARE_QUARTER = re.compile(r"(first|second|third|fourth|last) quarter(?! of\b)(?![\w-])")
# “31 in the first quarter, 58 in the second.”
NEXT_PART = re.compile(r"(second|third|fourth|last)(?=[.,;)]|$)")
PART_BEFORE = re.compile(r"\b(?:first|second|third) (quarter|half)\b[^.!?]*\b(?:in|for|of) the $")
IN_THE = re.compile(r"(?i)\b(?:in|by|during|until|since|for) the $")
QUARTER = re.compile(
    rf"(?:([QH])([1-4])|([1-4])([QH])),? (?:of )?({YEAR})|({YEAR}) ?([QH])([1-4])(?!\w)"
)
DECADE = re.compile(r"(1\d\d0|20\d0)'?s(?!\w)")
SHORT_DECADE = re.compile(r"'?(\d0)s(?!\w)")
SHORT_YEAR = re.compile(r"'(\d\d)(?!\w)")
BEFORE_SHORT_YEAR = re.compile(r"(?i)\b(?:in|since|until|by|of|from|to|early|late|mid)[ -]$")
BEFORE_DECADE = re.compile(
    # “The late eighties”, “the 1960s and 70s”; but neither “in her mid-thirties” nor “in the high
    # 90s”.
    r"(?i)\b(?:the|the (?:early|late|mid|later|earlier)|"
    r"(?<!his )(?<!her )(?<!their )(?<!my )mid)[ -]$"
    rf"|(?:\d0s|{any_of(DECADES)})(?:,|,? and| or| to| through|-| -)"
    r"(?: the)?(?: early| late| mid-)? ?$"
)
DEGREES = re.compile(r"(?i)\b(?:temperatures?|highs|lows|degrees|scores?)\b[^.;]*$")
WORD_DECADE = re.compile(rf"(?i)(?:(nineteen|eighteen|seventeen)[- ])?({any_of(DECADES)})(?!\w)")
CENTURIES = re.compile(
    rf"(?P<which>{ORDINAL}(?:-?{LINK}(?:the )?(?:early |mid-|late )?{ORDINAL}){{0,4}})"
    r"[ -](?i:centur(?:y|ies))(?!\w)"
)
ERA = re.compile(r"(?:AD|A\.D\.) ?(\d{1,4})(?!\w)|(\d{1,4}) (?:A\.D\.|(?:AD|CE)(?!\w))")
ONE_YEAR = re.compile(YEAR)
SECOND_YEAR = re.compile(rf"(?:[-/](\d\d)|[-/]({YEAR})|[-/](\d))(?!\w|[-/]\d|[,.]\d)")
YEAR_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?!\w|-\d)")
HUNDREDS = {"nineteen": 1900, "eighteen": 1800, "seventeen": 1700}


def _season(text: str, match: re.Match[str]) -> list[Mention]:
    word = match[1].lower()
    if match[1] != word and OTHER_NAME.search(text, max(0, match.start() - 16), match.start()):
        return []  # “the Arab Spring of 2011”
    mention = Mention(*match.span(), Grain.SEASON, season=SEASONS[word])
    if match[2]:
        mention.year = int(match[2])
        return [mention]
    if match[4]:
        mention.year, mention.short_year = int(match[4]), True
        return [mention]
    if OF_THAT_YEAR.match(text, mention.end):
        return with_year(text, [mention])
    # “In the spring”, but neither “Arab Spring” nor “the spring of his life”.
    back = max(0, mention.start - 24)
    told = (
        BARE_SEASON.search(text, back, mention.start)
        or COMING_SEASON.search(text, back, mention.start)
        or _is_of_the_story(text, mention)
    )
    if IN_MOST_YEARS.match(text, mention.end) or match[1] != word:
        return []
    return [mention] if told and ENDS.match(text, mention.end) else []


def _is_of_the_story(text: str, mention: Mention) -> bool:
    """“In autumn 1998 they met; in winter they fell out”, but not “in winter it was cold there”."""
    before = text[max(0, mention.start - STORY) : mention.start]
    return bool(IN_SEASON.search(before) and AFTER_SEASON.search(before))


def _seasons(text: str, match: re.Match[str]) -> list[Mention]:
    """“Spring and summer of 1994”; the year is read with the last of them."""
    found = [
        Mention(
            match.start() + season.start(),
            match.start() + season.end(),
            Grain.SEASON,
            season=SEASONS[season[0].lower()],
        )
        for season in re.finditer(SEASON, match[0])
    ]
    return with_year(text, found)


def _quarter(text: str, match: re.Match[str]) -> list[Mention]:
    kind = match[1] or match[4] or match[7]
    number = int(match[2] or match[3] or match[8])
    if kind == "H" and number > 2:
        return []
    part = Part("half" if kind == "H" else "quarter", number, number)
    return [Mention(*match.span(), Grain.YEAR, int(match[5] or match[6]), part=part)]


def _bare_quarter(text: str, match: re.Match[str]) -> list[Mention]:
    """“In the second quarter”, of a year that is told elsewhere."""
    if not IN_THE.search(text, max(0, match.start() - 12), match.start()):
        return []
    number = {"first": 1, "second": 2, "third": 3}.get(match[1], 4)
    ends = ENDS.match(text, match.end())
    part = Part("quarter", number, number)
    return [Mention(*match.span(), Grain.YEAR, part=part)] if ends else []


def _next_part(text: str, match: re.Match[str]) -> list[Mention]:
    before = PART_BEFORE.search(text, max(0, match.start() - 120), match.start())
    if before is None or (before[1] == "half" and match[1] not in ("second", "last")):
        return []
    last = 2 if before[1] == "half" else 4
    number = {"second": 2, "third": 3}.get(match[1], last)
    return [Mention(*match.span(), Grain.YEAR, part=Part(before[1], number, number))]


def _decade(text: str, match: re.Match[str]) -> list[Mention]:
    year = int(match[1])
    # “The 1900s” are the century as often as its first decade; “the 2000s” are a decade still.
    grain = Grain.CENTURY if year % 100 == 0 and year < 2000 else Grain.DECADE
    return [Mention(*match.span(), grain, year)]


def _short_decade(text: str, match: re.Match[str]) -> list[Mention]:
    before = max(0, match.start() - 40)
    if match[0][0] != "'" and (
        not _before(BEFORE_DECADE, text, match) or DEGREES.search(text, before, match.start())
    ):
        return []
    return [Mention(*match.span(), Grain.DECADE, int(match[1]), short_year=True)]


def _short_year(text: str, match: re.Match[str]) -> list[Mention]:
    if not _before(BEFORE_SHORT_YEAR, text, match):
        return []
    return [Mention(*match.span(), Grain.YEAR, int(match[1]), short_year=True)]


def _before(words: re.Pattern[str], text: str, match: re.Match[str]) -> bool:
    return bool(words.search(text, max(0, match.start() - 16), match.start()))


def _word_decade(text: str, match: re.Match[str]) -> list[Mention]:
    year = DECADES[match[2].lower()]
    if match[1]:
        return [Mention(*match.span(), Grain.DECADE, HUNDREDS[match[1].lower()] + year)]
    if not _before(BEFORE_DECADE, text, match):
        return []  # “a man in his nineties”
    return [Mention(*match.span(), Grain.DECADE, year, short_year=True)]


def _centuries(text: str, match: re.Match[str]) -> list[Mention]:
    found = []
    for which in re.finditer(ORDINAL, match["which"]):
        number = NUMBER_OF_ORDINAL.get(which[0].lower()) or int(re.sub(r"\D", "", which[0]))
        place = match.start("which")
        if 2 <= number <= 22:
            start, end = place + which.start(), place + which.end()
            found.append(Mention(start, end, Grain.CENTURY, 100 * (number - 1)))
    if not found or OTHER_ERA.match(text, match.end()):
        return []
    found[-1].end = match.end()
    return found


def _era(text: str, match: re.Match[str]) -> list[Mention]:
    year = int(match[1] or match[2])
    return [Mention(*match.span(), Grain.YEAR, year)] if year else []


def _year_month(text: str, match: re.Match[str]) -> list[Mention]:
    year, month = int(match[1]), int(match[2])
    if month > year % 100 or not ONE_YEAR.fullmatch(match[1]):
        return []  # 2001-02 is rather two years
    return [Mention(*match.span(), Grain.MONTH, year, month)]


def _years(text: str, match: re.Match[str]) -> list[Mention]:
    start, end = match.span()
    year, second = int(match[0]), SECOND_YEAR.match(text, end)
    other = 0
    if second:
        if second[2]:
            other = int(second[2])
        elif second[3]:  # “1904-7”
            other = year - year % 10 + int(second[3])
        else:
            other = year - year % 100 + int(second[1])
        if second[2] and text[end] == "-" and PLURAL.match(text, second.end()):
            second = None  # “1500-2000 boats”
    if second and (other == year + 1 or (other > year and (text[end] == "-" or second[2]))):
        if not is_year(text, start, second.end()):
            return []
        first = _year(text, start, end)
        return [first, Mention(end + 1, second.end(), Grain.YEAR, other)]
    return [_year(text, start, end)] if is_year(text, start, end) else []


def _year(text: str, start: int, end: int) -> Mention:
    aside, bracket = in_passing(text, start, end), in_brackets(text, start, end)
    return Mention(start, end, Grain.YEAR, int(text[start:end]), aside=aside, bracket=bracket)


FORMS: list[Form] = [
    (SEASONS_OF, _seasons),
    (SEASONED, _season),
    (QUARTER, _quarter),
    (BARE_QUARTER, _bare_quarter),
    (NEXT_PART, _next_part),
    (CENTURIES, _centuries),
    (DECADE, _decade),
    (SHORT_DECADE, _short_decade),
    (SHORT_YEAR, _short_year),
    (WORD_DECADE, _word_decade),
    (ERA, _era),
    (YEAR_MONTH, _year_month),
    (ONE_YEAR, _years),
]
