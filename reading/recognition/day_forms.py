"""Forms of days and months, one or several that share a month or a year."""

import re
from itertools import pairwise

from reading.recognition.following import ENDS, IN_ANY_YEAR, IN_MOST_YEARS, with_year
from reading.recognition.mentions import Form, Grain, Mention
from reading.recognition.wordings import (
    COUNTED,
    DAY,
    FULL_MONTH,
    LINK,
    MONTH,
    NUMBER_OF_ORDINAL,
    WEEKDAY,
    YEAR,
    any_of,
    day_of,
    number_of_month,
)
from reading.recognition.year_forms import ORDINAL
from reading.recognition.years import is_year

NUMERIC_DAY = re.compile(
    r"(?:(\d{1,2})-(?=\d{1,2}[./]))?(\d{1,2})([-./])(\d{1,2})\3(\d{4})(?!\w|[.,/-]\d)"
)
HYPHENED_DAY = re.compile(rf"(\d{{1,2}})-({MONTH})-(\d{{4}})(?!\w)")
VERSION = re.compile(r"(?i)\b(?:v|ver|versions?|releases?)\.? ?$")
ISO_DAY = re.compile(r"(\d{4})([-/.])(\d\d)\2(\d\d)(?!(?!T\d\d:)\w|[-/.]\d)")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ROMAN_MONTH = re.compile(rf"(\d{{1,2}})(?:\. ?|([/-]))({any_of(ROMAN)})(?(2)\2|\. ?)({YEAR})")
DAYS = rf"{DAY}(?:{LINK}(?:the )?(?:{WEEKDAY},? )?{DAY}){{0,6}}"
DAY_MONTH = re.compile(rf"(?:{WEEKDAY},? (?:the )?)?(?P<days>{DAYS})(?: of)? (?P<month>{MONTH})")
ORDINAL_MONTH = re.compile(rf"(?P<day>{ORDINAL})(?: day)? of (?P<month>{FULL_MONTH})(?!\w)")
NEXT_DAY = rf"{DAY}(?! [a-z]{{3,}}s\b)(?! (?:of )?{MONTH})"  # “July 3 and 12 villages” has one day
MONTH_DAY = re.compile(
    rf"(?:{WEEKDAY},? )?(?P<month>{MONTH}) (?:the )?"
    rf"(?P<days>{DAY}(?:{LINK}(?:the )?{NEXT_DAY}){{0,6}})"
)
MONTHS = re.compile(rf"{MONTH}(?:{LINK}{MONTH}){{0,11}}")
OF_THAT_MONTH = r" (?:of|in) (?:that|the same) month(?!\w| of\b)"
NUMBERED_DAY = r"\d{1,2}(?:st|nd|rd|th|(?<=[23])d)(?!\w)"
DAYS_ALONE = re.compile(
    rf"(?P<days>{NUMBERED_DAY}(?:{LINK}(?:the )?{NUMBERED_DAY}){{0,4}})(?P<of>{OF_THAT_MONTH})?"
    rf"|(?P<plain>{DAY}(?:{LINK}(?:the )?{DAY}){{0,4}}){OF_THAT_MONTH}"
    rf"|(?i:(?P<word>{any_of(word for word, day in NUMBER_OF_ORDINAL.items() if day >= 10)}))(?!\w)"
)
YEAR_FIRST = re.compile(
    rf"({YEAR})(?P<stop>[,:])? (?=(?:{DAY} {MONTH}|{MONTH})(?!,? (?:of )?{YEAR}))"
)
BEFORE_DAY = re.compile(
    rf"(?i)\b(?:{WEEKDAY}|said|say|for|around|about|"
    r"(?:night|morning|afternoon|evening|eve|dawn|early hours) of|"
    r"on|by|until|till|from|since|and|to|before|after|between) the $"
)
BEFORE_WORD = re.compile(
    r"(?i)\b(?:on|by|until|till|(?:night|morning|afternoon|evening|eve|dawn) of) the $"
)
STREET = re.compile(r" (?:Street|Avenue|Square|Road|Boulevard|Bridge|Stadium|Prize)\b")
MAY_VERB = re.compile(r" (?:have|be|not|also|well|seem|need|go|take|make)\b")

# Names of months that are words or forenames too, and what shows that a month is meant.
DOUBTFUL = {"March", "April", "May", "June", "August"}
IN_TIME = re.compile(
    r"(?i)(?:\b(?:(?:planned|scheduled|set|due|expected|fixed|called|arranged|convened) for|"
    r"(?:postponed|deferred|adjourned|moved) (?:to|until)|in|since|until|till|by|during|"
    r"throughout|through|from|between|to|early|mid|late|of|last|next|following|previous|"
    r"this|same|before|after|around|about)[ -]|[(\[]|^)$"
)
STRONG = re.compile(r"(?i)(?:\b(?:in|since|until|during|throughout)|(?:ed|\bset|\bdue) for) $")
BEFORE = 20  # characters
CLAUSE = 120  # characters
RANGE_BEFORE = re.compile(
    rf"(?:early |late |mid-)?{MONTH} ?(?:to|until|till|through|and|-) ?(?:early |late |mid-)?$"
)
EVERY = re.compile(r"(?i)\b(?:every|each|(?:usually|always|normally|often) (?:in|by)) $")
NAMED = re.compile(
    r" (?:Revolution|Days?|Crisis|War|Uprising|Rising|Plot|Putsch|Theses|Movement)\b"
)
ATTRIBUTIVE = re.compile(r" (?!(?:on|of|for|to|by|through|from|in)\b)[a-z]+\b(?! (?:on|for|to)\b)")
DETERMINER = re.compile(r"(?i)(?:\b(?:the|an?)|'s) $")


def _numeric(text: str, match: re.Match[str]) -> list[Mention]:
    if VERSION.search(text, max(0, match.start() - 12), match.start()):
        return []
    first, second, year = int(match[2]), int(match[4]), int(match[5])
    day, month = (second, first) if second > 12 else (first, second)
    # With full stops the day comes first wherever English is written; with strokes, it depends.
    swapped = match[3] != "." and day <= 12 and day != month
    found = Mention(match.start(2), match.end(), Grain.DAY, year, month, day, swapped=swapped)
    if match[1] is None or swapped:
        return _checked(found)
    earlier = Mention(*match.span(1), Grain.DAY, year, month, int(match[1]))
    return [*_checked(earlier), *_checked(found)]


def _hyphened(text: str, match: re.Match[str]) -> list[Mention]:
    month, day = number_of_month(match[2]), int(match[1])
    return _checked(Mention(*match.span(), Grain.DAY, int(match[3]), month, day))


def _roman(text: str, match: re.Match[str]) -> list[Mention]:
    month = ROMAN.index(match[3]) + 1
    return _checked(Mention(*match.span(), Grain.DAY, int(match[4]), month, int(match[1])))


def _iso_day(text: str, match: re.Match[str]) -> list[Mention]:
    year, month, day = map(int, match.group(1, 3, 4))
    return _checked(Mention(*match.span(), Grain.DAY, year, month, day))


def _checked(mention: Mention) -> list[Mention]:
    fits = 1 <= (mention.month or 0) <= 12 and 1 <= (mention.day or 0) <= 31
    return [mention] if fits and (mention.year or 0) > 0 else []


def _day_month(text: str, match: re.Match[str]) -> list[Mention]:
    if match["month"] == "May" and MAY_VERB.match(text, match.end()):
        return []
    if STREET.match(text, match.end()):
        return []
    days = _days(match)
    days = days[max(_falls(days), default=0) :]
    days[-1].end = match.end()
    return with_year(text, days)


def _month_day(text: str, match: re.Match[str]) -> list[Mention]:
    if COUNTED.match(text, match.end()):
        return []  # “in May 20 people” has no day
    days = _days(match)
    days = days[: min(_falls(days), default=None)]
    days[0].start = match.start("month")
    return with_year(text, days)


def _days(match: re.Match[str]) -> list[Mention]:
    place, month = match.start("days"), number_of_month(match["month"])
    return [
        Mention(place + day.start(), place + day.end(), Grain.DAY, month=month, day=day_of(day[0]))
        for day in re.finditer(DAY, match["days"])
    ]


def _falls(days: list[Mention]) -> list[int]:
    """Where a list of days ends, as its days rise: after the 6 of “10-6, 1 May” and its 10."""
    return [
        at for at, (one, next_one) in enumerate(pairwise(days), 1) if _day(next_one) <= _day(one)
    ]


def _day(mention: Mention) -> int:
    return mention.day or 0


def _year_first(text: str, match: re.Match[str]) -> list[Mention]:
    """“1827 July 6”, and “1815, 9 June” at the beginning of a chronology’s entry."""
    if (match["stop"] and match.start() > 0) or not is_year(text, *match.span(1)):
        return []
    for form, read in ((DAY_MONTH, _day_month), (MONTH_DAY, _month_day), (MONTHS, _all_months)):
        if (rest := form.match(text, match.end())) and (found := read(text, rest)):
            break
    else:
        return []
    for mention in found:
        mention.year = int(match[1])
    found[0].start = match.start()
    return found


def _ordinal_month(text: str, match: re.Match[str]) -> list[Mention]:
    word = match["day"].lower()
    day = NUMBER_OF_ORDINAL.get(word) or day_of(word)
    mention = Mention(*match.span(), Grain.DAY, month=number_of_month(match["month"]), day=day)
    return with_year(text, [mention]) if day <= 31 else []


def _months(text: str, match: re.Match[str]) -> list[Mention]:
    months = with_year(text, _all_months(text, match))
    dated = months[-1].year or months[-1].shift
    return months if dated or _are_months(text, months) else []


def _all_months(text: str, match: re.Match[str]) -> list[Mention]:
    place = match.start()
    return [
        Mention(
            place + month.start(),
            place + month.end(),
            Grain.MONTH,
            month=number_of_month(month[0]),
        )
        for month in re.finditer(MONTH, match[0])
    ]


def _are_months(text: str, months: list[Mention]) -> bool:
    """Whether names of months without a year are neither persons nor verbs."""
    first, end = months[0], months[-1].end
    word = text[first.start : first.end]
    if not re.fullmatch(FULL_MONTH, word):
        return False  # “Mar” and “Dec” alone
    before = text[max(0, first.start - BEFORE) : first.start]
    if EVERY.search(before) or IN_MOST_YEARS.match(text, end) or _comes_back(text, first.start):
        return False
    if IN_TIME.search(before):
        doubtful = word.title() in DOUBTFUL and not STRONG.search(before)
        return not NAMED.match(text, end) and not (
            doubtful and (before == "" or re.match(r" (?!I\b)[A-Z]", text[end : end + 3]))
        )
    if DETERMINER.search(before):
        return bool(ATTRIBUTIVE.match(text, end))
    if word.title() in DOUBTFUL and len(months) == 1:
        return bool(re.search(r"(?:[,;]|\band) $", before)) and text[end : end + 1] in tuple(",.;")
    return not re.search(r"[A-Z]\w* $", before) and not re.match(r" [A-Z]", text[end : end + 2])


def _comes_back(text: str, start: int) -> bool:
    """Whether the month, or the range that it ends, is one of any year."""
    before = text[max(0, start - CLAUSE) : start]
    return bool(IN_ANY_YEAR.search(RANGE_BEFORE.sub("", before)))


def _days_alone(text: str, match: re.Match[str]) -> list[Mention]:
    told = match["of"] or match["plain"]
    before = BEFORE_WORD if match["word"] else BEFORE_DAY
    if not (told or before.search(text, max(0, match.start() - 16), match.start())):
        return []
    if not (told or ENDS.match(text, match.end())):
        return []
    if match["word"]:
        day = NUMBER_OF_ORDINAL[match["word"].lower()]
        return [Mention(*match.span(), Grain.DAY, day=day)] if day <= 31 else []
    days = [
        Mention(
            match.start() + day.start(), match.start() + day.end(), Grain.DAY, day=day_of(day[0])
        )
        for day in re.finditer(DAY, match["days"] or match["plain"])
    ]
    days[-1].end = match.end()
    return days if all(1 <= _day(day) <= 31 for day in days) else []


FORMS: list[Form] = [
    (ISO_DAY, _iso_day),
    (YEAR_FIRST, _year_first),
    (NUMERIC_DAY, _numeric),
    (HYPHENED_DAY, _hyphened),
    (ROMAN_MONTH, _roman),
    (DAY_MONTH, _day_month),
    (ORDINAL_MONTH, _ordinal_month),
    (MONTH_DAY, _month_day),
    (MONTHS, _months),
]
LAST_FORMS: list[Form] = [(DAYS_ALONE, _days_alone)]
