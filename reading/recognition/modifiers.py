"""Words around a date that change what it means: “early”, “the first half of”, “about”, “(?)”."""

import re

from reading.recognition.mentions import Grain, Mention, Part, marked
from reading.recognition.wordings import NUMBERS, any_of

REACH = 72  # characters before a date that are looked at
EARLY = r"early|beginning|start|opening|outset|dawn"
MIDDLE = r"mid|middle"
LATE = r"late|end|close|closing"
# “The later 1990s”, but “he left later in 1994” says no more than the year.
COMPARED = {"earlier": 1, "later": 3}
THIRDS = {
    **dict.fromkeys([*EARLY.split("|"), "first"], 1),
    **dict.fromkeys(MIDDLE.split("|"), 2),
    **dict.fromkeys([*LATE.split("|"), "last", "final", "latter"], 3),
    **COMPARED,
}
NUMBERED = {
    **{"first": 1, "1st": 1, "opening": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3},
    **{"fourth": 4, "4th": 4, "fifth": 5, "last": -1, "final": -1, "latter": -1},
}
COUNT = rf"(?:\d{{1,2}}|{any_of([*NUMBERS])})"
PART = re.compile(
    rf"""(?ix) \b(?:
      (?: very\ )? (?P<third>{EARLY}|{MIDDLE}|{LATE})
        (?: -?[\ -](?:to|and|or)[\ -] (?P<other>mid|late) )?
        (?: -\s? | \ (?:part|days|weeks|months|years)?\ ?(?:of|in|on)\ (?:the\ )?(?:year\ )? | \ )
    | (?P<ends>first|last|final|closing|opening|latter|early|late)\ (?:few\ )?
        (?:part|days|weeks|months|years|decades)\ (?:of|in)\ (?:the\ )?
    | (?P<compared>earlier|later)[ ]
    | (?P<number>first|1st|second|2nd|third|3rd|fourth|4th|fifth|last|final|latter|opening)[ ]
        (?P<kind>half|quarter|third|week|decade)(?:\ (?:of|in)\ (?:the\ )?(?:year\ )?|,?\ )
    | (?P<ending>first|last|final|opening|closing)\ (?P<many>{COUNT})
        \ (?P<units>days|weeks|months|quarters|years|decades)\ (?:of|in)\ (?:the\ )?
    | (?P<turn>turn)\ of\ the[ ]
    )$"""
)
ABOUT = r"about|around|circa|approximately|roughly|c\.|ca\.|c|ca"
PERHAPS = (
    r"possibly|perhaps|probably|presumably|maybe|allegedly|supposedly|reportedly|apparently|"
    r"conceivably|purportedly"
)
MARK = re.compile(
    rf"(?i)(?<![\w.])(?:(?P<perhaps>{PERHAPS})"
    r"(?: (?:as (?:early|late) as|in|on|during|by|at|from))?(?: the)?"
    rf"|(?P<about>{ABOUT})(?: the| (?:in|on))?)(?: |(?<=\.)|(?<=\bc))$"
)
QUESTION = re.compile(r" ?\(\?\)|\?(?=[)\]\-/,;]|\.(?: |$))")
VERB_IN = re.compile(r"(?i)(?:beginning|start|opening|end|close|closing) (?:in|on)\b")
OR_SO = re.compile(r",? (?:or so|or thereabouts)\b")
# Parts of what has parts; “early on 3 July” is a time of day.
DIVISIBLE = {Grain.MONTH, Grain.SEASON, Grain.YEAR, Grain.DECADE, Grain.CENTURY}


def widened(text: str, mention: Mention, *, floor: int) -> Mention:
    """The mention with the words around it that change it.

    ``floor``: where the last one ended.
    """
    start = mention.start
    if mention.grain in DIVISIBLE and mention.part is None:
        start = _parted(text, mention, floor)
    # “Probably around 1990” is both.
    for _ in range(2):
        match = MARK.search(text, max(floor, start - REACH), start)
        if match is None:
            break
        mention.mark = marked(mention.mark, "?" if match["perhaps"] else "~")
        start = match.start()
    mention.start = start
    if match := QUESTION.match(text, mention.end):
        mention.mark, mention.end = marked(mention.mark, "?"), match.end()
    elif match := OR_SO.match(text, mention.end):
        mention.mark, mention.end = marked(mention.mark, "~"), match.end()
    return mention


def _parted(text: str, mention: Mention, floor: int) -> int:
    match = PART.search(text, max(floor, mention.start - REACH), mention.start)
    if match is None:
        return mention.start
    if match["third"] and VERB_IN.search(match[0]):
        return mention.start  # “will start in May”, “beginning in 1994”
    if mention.grain is Grain.YEAR and mention.year and match[0].endswith("the "):
        return mention.start  # “the end of the 2015 season” is none of 2015
    if match["turn"]:
        if mention.grain is not Grain.CENTURY:
            return mention.start
        mention.grain, mention.mark, mention.bracket = Grain.YEAR, "~", True
    elif match["many"]:
        part = _ending(match, mention.grain)
        if part is None:
            return mention.start
        mention.part = part
    elif match["number"]:
        part = _numbered(match, mention.grain)
        if part is None:
            return mention.start
        mention.part = part
    elif match["compared"] and mention.grain < Grain.DECADE:
        return mention.start
    else:
        third = THIRDS[(match["third"] or match["ends"] or match["compared"]).lower()]
        last = THIRDS[match["other"].lower()] if match["other"] else third
        if mention.grain is not Grain.SEASON:  # its bounds are vague already
            mention.part = Part("third", third, max(third, last))
    return match.start()


def _ending(match: re.Match[str], grain: Grain) -> Part | None:
    """“The first three months of”, “the last ten days of”."""
    word, units = match["many"].lower(), match["units"].lower()
    many = int(word) if word.isdigit() else NUMBERS[word]
    length = {
        (Grain.YEAR, "months"): 12,
        (Grain.YEAR, "quarters"): 4,
        (Grain.MONTH, "days"): 28,
        (Grain.MONTH, "weeks"): 4,
        (Grain.DECADE, "years"): 10,
        (Grain.CENTURY, "years"): 100,
        (Grain.CENTURY, "decades"): 10,
    }.get((grain, units), 0)
    if not 0 < many < length:
        return None
    from_the_start = match["ending"].lower() in ("first", "opening")
    return Part(units, *((1, many) if from_the_start else (-many, -1)))


def _numbered(match: re.Match[str], grain: Grain) -> Part | None:
    kind, number = match["kind"].lower(), NUMBERED[match["number"].lower()]
    parts = {"half": 2, "quarter": 4, "third": 3, "week": 5, "decade": 10}[kind]
    fitting = {
        "week": {Grain.MONTH},
        "decade": {Grain.CENTURY},
        "third": {Grain.CENTURY},
        "quarter": {Grain.YEAR, Grain.CENTURY},
        "half": {Grain.MONTH, Grain.YEAR, Grain.DECADE, Grain.CENTURY},
    }[kind]
    number = parts if number == -1 else number
    return Part(kind, number, number) if grain in fitting and number <= parts else None
