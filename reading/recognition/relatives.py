"""Dates counted from what stands before: “two years later”, “the next day”, “that year”."""

import re

from reading.recognition.mentions import Form, Grain, Mention, Part, Shift
from reading.recognition.wordings import (
    FULL_MONTH,
    MONTHS,
    NUMBER_OF_WEEKDAY,
    NUMBERS,
    SEASONS,
    WEEKDAY,
    YEAR,
    any_of,
    number_of_month,
)

UNITS: dict[str, tuple[int, Grain]] = {
    "day": (1, Grain.DAY),
    "week": (7, Grain.DAY),
    "fortnight": (14, Grain.DAY),
    "month": (1, Grain.MONTH),
    "year": (1, Grain.YEAR),
    "decade": (10, Grain.YEAR),
    "century": (100, Grain.YEAR),
    "centurie": (100, Grain.YEAR),
}
NUMBER = rf"(?:\d{{1,3}}|a|an|another|half a|{any_of(NUMBERS)})"
EXACT = ("exactly", "precisely", "to the day")
ROUGHLY = (
    *("about", "around", "nearly", "almost", "some", "roughly", "approximately", "barely"),
    *("over", "under", "more than", "less than", "at least", "just over", "just under"),
    *("a little over", "a little more than", "a little less than", "little more than", "not quite"),
    *("slightly over", "slightly more than", "slightly less than", "well over", "just short of"),
)
NEUTRAL = ("just", "only", "fully", "a full", "no more than", "another", "a further")
COUNTED_FROM = re.compile(
    rf"(?i)(?<!half )(?:(?P<how>{any_of((*EXACT[:2], *ROUGHLY, *NEUTRAL))}) )?(?P<number>{NUMBER}) "
    r"(?P<unit>day|week|fortnight|month|year|decade|centur(?=y|ies))(?:s|y|ies)?,? "
    r"(?P<way>later|earlier|ago|previously|thereafter|afterwards?|"
    r"(?:before|after|on)(?=[,.;:)]|$| (?:and|but)\b)|"
    r"(?:before|after) (?:that|this)(?=[,.;:)]|$| (?:and|but|in|on|at|an?|the|his|her|its|their|he|"
    r"she|it|they|we|I|was|were|had|came)\b))(?! than)(?!\w)"
    r"(?P<to>,? to the day(?!\w))?"
)
# “Four centuries on, the heirs still send a letter”: from today.
STILL = re.compile(r",? (?:[\w'-]+ ){0,7}(?:still|is|are|has|have|remains?|does|do)\b")
WAYS = {"earlier": -1, "ago": -1, "previously": -1, "before": -1}
WHICH = {"following": 1, "next": 1, "ensuing": 1, "succeeding": 1, "previous": -1, "preceding": -1}
TIMES = ("morning", "afternoon", "evening", "night")
UNIT_NAMES = ("day", "date", "week", "month", "year", "decade", "century", *TIMES)
OF_THE_SAME = re.compile(
    r"(?:(?P<sub>[Ll]ater|[Ee]arlier|[Ll]ate|[Ee]arly) (?:in |on |during )?(?:the )?)?"
    r"(?P<which>[Tt]hat(?: very)?(?: same)?|(?:very )?(?:same|next)|[Ff]ollowing|[Nn]ext"
    r"|ensuing|succeeding|previous|preceding) "
    rf"(?P<what>{any_of([*UNIT_NAMES, *SEASONS])}|{FULL_MONTH}|{WEEKDAY})"
    r"(?![\w-])(?! (?:as|when|in which|that)\b)"
)
IN_THE = re.compile(
    r"(?P<sub>[Ll]ater|[Ee]arlier|[Ll]ate|[Ee]arly) in the "
    r"(?P<what>year|month|decade|century)(?![\w-])(?! of\b)"
)
AND_A_HALF = re.compile(
    rf"(?i)(?:(?P<how>{any_of((*EXACT[:2], *ROUGHLY, *NEUTRAL))}) )?"
    rf"(?:(?P<one>a|one) year and a half|(?P<many>{any_of(NUMBERS)}|\d{{1,3}}) and a half years) "
    r"(?P<way>later|earlier)(?!\w)"
)
OF_ANOTHER_YEAR = re.compile(
    r"(?:very )?same (?P<what>day|month) (?:of|in) the "
    r"(?P<which>following|next|previous|preceding) year(?!\w)"
)
SAME_PERIOD = re.compile(
    r"(?:same|corresponding|equivalent) (?:period|quarter|half|season|months?|weeks?|days?),? "
    rf"(?:(?:of|in) )?(?:(?P<year>{YEAR})|last year|(?:the )?"
    r"(?P<which>previous|preceding|following|next) year|the year before|a year earlier)(?!\w)"
)
NEIGHBOUR = re.compile(
    r"(?P<what>day|week|month|year|decade|century|night|evening) (?P<way>before|after)"
    r"(?=[,.;:)]|$| (?:and|but|in|at|it(?![,.;:])|he|she|they|we|with|by|had)\b)"
)
OF_THE = re.compile(r"(?P<what>year|month|decade|century)(?![\w-])(?! of\b)")
WHOLE_OF = re.compile(
    r"(?i)\b(?:early|late|end|middle|beginning|start|close|half|quarter|years?|months?|weeks?|"
    r"days) (?:of|in) (?:the|that) $"
)
# “For the following week” is how long, but “announced for the following week” is when.
DURATION = re.compile(
    r"(?i)\b(?:over|(?<!ed )(?<!set )(?<!due )for|within|throughout|during|covering) the $"
)
SAYING = re.compile(
    r"(?i)(?:said|says|say|told|found|held|hoped|feared|thought|added|noted|"
    r"claimed|announced|warned|feared|argued|believed|denied|insisted|agreed|stated|reported) $"
)
GRAINS = {
    **{"week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR},
    **{"decade": Grain.DECADE, "century": Grain.CENTURY},
}
PARTS = {"early": Part("third", 1, 1), "late": Part("third", 3, 3)}

BEGINNING = any_of(
    (
        *(*EXACT[:2], *ROUGHLY, *NEUTRAL, *NUMBERS, "half a", "a", "an", *WHICH),
        *(
            "corresponding",
            "equivalent",
            "that",
            "same",
            "very same",
            "very next",
            "later",
            "earlier",
            "late",
            "early",
            *UNIT_NAMES,
        ),
    )
)


def _counted(text: str, match: re.Match[str]) -> list[Mention]:
    word, unit = match["number"].lower(), match["unit"].lower()
    count, grain = UNITS.get(unit, (100, Grain.YEAR))
    half_a_year = word == "half a" and unit == "year"
    if half_a_year:
        number, grain = 6, Grain.MONTH
    elif word == "half a":
        if count == 1:
            return []
        number, count = 1, count // 2
    else:
        number = int(word) if word.isdigit() else NUMBERS.get(word, 1)
    if match["way"].lower() == "on" and STILL.match(text, match.end()):
        return []
    how = (match["how"] or "").lower()
    way = WAYS.get(match["way"].lower().split()[0], 1)
    exact = how in EXACT or bool(match["to"])
    # “Three weeks later” is seldom to the day.
    roughly = how in ROUGHLY or half_a_year or unit in ("week", "fortnight")
    mark = "~" if roughly and not exact else ""
    shift = Shift(way * number * count, grain, exact)
    deictic = match["way"].lower() == "ago"
    return [Mention(*match.span(), grain, shift=shift, mark=mark, deictic=deictic)]


def _same_or_next(text: str, match: re.Match[str]) -> list[Mention]:
    which, what = match["which"].split()[-1].lower(), match["what"]
    before = text[max(0, match.start() - 12) : match.start()]
    step = WHICH.get(which, 0)
    if which == "that" and what in MONTHS and SAYING.search(before):
        return []  # “said that April had gone”
    if which != "that" and not match["sub"] and not match["which"].lower().startswith("that"):
        told = before.lower().endswith("the ") or (which == "next" and match["which"][0] == "N")
        if not told or (step and DURATION.search(before)):
            return []
    if match["sub"] and step and "the " not in match[0]:
        return []
    part = PARTS.get((match["sub"] or "").lower())
    if what in TIMES or what in ("day", "date"):
        if what in TIMES and not step:
            return []
        # Of “early the next morning” the time of day is left out.
        start = match.start("which") if what in TIMES else match.start()
        return [Mention(start, match.end(), Grain.DAY, shift=Shift(step, Grain.DAY))]
    if what in NUMBER_OF_WEEKDAY:
        weekday = NUMBER_OF_WEEKDAY[what]
        return [Mention(*match.span(), Grain.DAY, weekday=weekday, nearest=step)]
    if what in SEASONS:
        season = SEASONS[what]
        mention = Mention(*match.span(), Grain.SEASON, season=season, nearest=step)
    elif what == "week" and step and not part:
        return [_week_from(match, step)]
    elif what in GRAINS:
        mention = Mention(*match.span(), GRAINS[what], shift=Shift(step, GRAINS[what]), part=part)
    else:
        month = number_of_month(what)
        mention = Mention(*match.span(), Grain.MONTH, month=month, nearest=step, part=part)
    if mention.shift is None and not step:
        mention.shift = Shift(0, Grain.YEAR)
    return [mention]


def _in_the(text: str, match: re.Match[str]) -> list[Mention]:
    """“Later in the year”: of the year that is told."""
    grain, part = GRAINS[match["what"]], PARTS.get(match["sub"].lower())
    return [Mention(*match.span(), grain, shift=Shift(0, grain), part=part)]


def _and_a_half(text: str, match: re.Match[str]) -> list[Mention]:
    word = (match["one"] or match["many"]).lower()
    years = int(word) if word.isdigit() else NUMBERS.get(word, 1)
    shift = Shift((12 * years + 6) * WAYS.get(match["way"].lower(), 1), Grain.MONTH)
    return [Mention(*match.span(), Grain.MONTH, shift=shift, mark="~")]


def _of_another_year(text: str, match: re.Match[str]) -> list[Mention]:
    grain = Grain.DAY if match["what"] == "day" else Grain.MONTH
    shift = Shift(WHICH[match["which"]], Grain.YEAR, exact=True)
    return [Mention(*match.span(), grain, shift=shift)]


def _neighbour(text: str, match: re.Match[str]) -> list[Mention]:
    if text[max(0, match.start() - 4) : match.start()].lower() != "the ":
        return []
    step = -1 if match["way"] == "before" else 1
    if match["what"] == "week":
        return [_week_from(match, step)]
    grain = GRAINS.get(match["what"], Grain.DAY)
    return [Mention(*match.span(), grain, shift=Shift(step, grain))]


def _week_from(match: re.Match[str], step: int) -> Mention:
    """“The following week”: a week later, which is seldom to the day."""
    return Mention(*match.span(), Grain.DAY, shift=Shift(7 * step, Grain.DAY), mark="~")


def _same_period(text: str, match: re.Match[str]) -> list[Mention]:
    """“The same period of 2016”: the last date told, in that year."""
    mention = Mention(*match.span(), Grain.YEAR, same_period=True)
    if match["year"]:
        mention.year = int(match["year"])
    else:
        mention.shift = Shift(1 if match["which"] in ("following", "next") else -1, Grain.YEAR)
    return [mention]


def _of_the(text: str, match: re.Match[str]) -> list[Mention]:
    if not WHOLE_OF.search(text[max(0, match.start() - 32) : match.start()]):
        return []
    grain = GRAINS[match["what"]]
    return [Mention(*match.span(), grain, shift=Shift(0, grain))]


FORMS: list[Form] = [
    (SAME_PERIOD, _same_period),
    (COUNTED_FROM, _counted),
    (AND_A_HALF, _and_a_half),
    (IN_THE, _in_the),
    (OF_ANOTHER_YEAR, _of_another_year),
    (OF_THE_SAME, _same_or_next),
    (NEIGHBOUR, _neighbour),
    (OF_THE, _of_the),
]
