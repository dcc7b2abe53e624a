"""Dates that stand together: the two ends of a range, and lists that name their year once."""

import re
from dataclasses import replace

from reading.recognition.mentions import Grain, Mention, marked

TO = re.compile(
    r" (?:to|until|till|through|thru|up to|up until|right up to)(?: and including)?"
    r"(?: on| in)?(?: the)? "
)
DASH = re.compile(r" ?- ?(?:the )?")
AND = re.compile(r" and (?:on |in )?(?:the )?")
STROKE = re.compile("/")
FROM = re.compile(r"(?i)\b(?:from|between)(?: the| on| in)? $")
LIFE = re.compile(r"\((?:born |b\. )?$")  # “(c. 1412 - 3 May 1466)”
BETWEEN = re.compile(r"(?i)\bbetween(?: the)? $")
PRESENT = re.compile(
    r"(?: ?- ?| (?:to|until|till|through|up to) (?:the )?)"
    r"(?:present(?: day)?|today|now|date|this day)(?![\w'-])|-(?=\))"
)
LIST = re.compile(
    r"(?:,| &|,? and|,? or|,? as well as|,? then|,? and then)?"
    r"(?: again)?(?: on| in| from| between)?(?: the)? ?"
)
NAMES_A_YEAR = {Grain.DAY, Grain.MONTH, Grain.SEASON}


def joined(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions of a block, ranges put together, and years of lists given to all in them."""
    found: list[Mention] = []
    for mention in mentions:
        if found and _is_range(text, found[-1], mention):
            found[-1] = _range(text, found[-1], mention)
        else:
            found.append(mention)
    for mention in found:
        match = PRESENT.match(text, mention.end)
        if match and mention.until is None and mention.shift is None:
            mention.open_end, mention.end = True, match.end()
    for left, right in zip(found[-2::-1], found[:0:-1], strict=True):
        _share_year(text, left, right)
    return found


def _is_range(text: str, left: Mention, right: Mention) -> bool:
    if left.until or left.open_end or left.swapped or right.swapped:
        return False
    between = text[left.end : right.start]
    before = text[max(0, left.start - 16) : left.start]
    alike = left.grain == right.grain or bool(left.part or right.part)
    if DASH.fullmatch(between):
        return alike or bool(LIFE.search(before) and " " in between)
    if TO.fullmatch(between):
        return alike or bool(FROM.search(before))
    if STROKE.fullmatch(between):
        return left.grain == right.grain and left.grain in (
            Grain.DAY,
            Grain.MONTH,
            Grain.SEASON,
            Grain.YEAR,
        )
    return bool(AND.fullmatch(between)) and bool(BETWEEN.search(before))


def _range(text: str, left: Mention, right: Mention) -> Mention:
    if left.mark and left.grain is right.grain and DASH.fullmatch(text[left.end : right.start]):
        right.mark = marked(right.mark, left.mark)  # “about 1991-94”
    if left.month is None and left.grain is Grain.DAY:
        left.month = right.month
    aside = left.aside or right.aside
    whole = replace(left, end=right.end, own_end=left.end, until=right, aside=aside)
    whole.top_line = right.top_line
    return whole


def _share_year(text: str, left: Mention, right: Mention) -> None:
    """“In June and July 1994”: what lacks a year has that of the next in the list."""
    last = left.until or left
    end = right.until or right  # “from 14 to 18 March and from 5 to 9 May 2011”
    year, shift = (end.year, end.shift) if lacks_year(right) else (right.year, right.shift)
    named = right.month or right.season  # “on 10 May and a month later” shares nothing
    if not (lacks_year(last) and right.grain in NAMES_A_YEAR and named):
        return
    if not LIST.fullmatch(text[left.end : right.start]):
        return
    last.year, last.shift = year, shift
    if right.month and last.month and last.month > right.month and last.year:
        last.year -= 1  # “in December, in February and in June 1998”


def lacks_year(mention: Mention) -> bool:
    """Whether its year is told elsewhere, and nowhere in its own words."""
    return (
        mention.grain in NAMES_A_YEAR
        and mention.year is None
        and mention.shift is None
        and not mention.nearest
    )
