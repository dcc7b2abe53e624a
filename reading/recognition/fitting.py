"""Which year fits a day, month or season that has none of its own."""

import re
from calendar import isleap

from reading.recognition.context import Told
from reading.recognition.mentions import Grain, Mention
from reading.recognition.wordings import MONTHS_OF_SEASON
from reading.recognition.writing import months_of

# A look back within the story: “the last having resigned in December”.
LOOKS_BACK = re.compile(
    r"\b(?:had|having)\b[^.,;:]{0,60}$"
    # “In office since April”, but not “has been closed since May”.
    r"|(?:^|[,;] )(?:(?!has|have)[^\W\d]+ ){0,4}since (?:the )?$"
)
# “The rains, which last year did not end before November”.
NAMED_YEAR = re.compile(r"(?i)\b(last|this|next) year\b[^.;:!?]*$")
STEPS = {"last": -1, "this": 0, "next": 1}
REACH = 80
# “In autumn, when trials that began in the spring have ended”.
RELATIVE = re.compile(r"\b(?:that|which|who|whose|whom)\b[^.,;:!?]*$")
# “It began on 14 August 2004 and ended on 28 May.”
ENDED = re.compile(
    r"\b(?:ended|finished|closed|concluded|was over|broke up|came to an end)(?: only)? "
    r"(?:in|on|by)(?: the)? $"
)
BACK = 2  # months: what “had” been in May, told in March, was the year before
# Months: after an October, a bare “January” is the next one, and so is what breaks a row of dates.
# In a report, which tells things in any order, only a “January” after a December is.
HALF = 6
ROUND, BREAK, YEARS_END = 7, 3, 9


def fits(mention: Mention, year: int) -> bool:
    """Whether the year has such a day."""
    return not (mention.month == 2 and mention.day == 29) or isleap(year)


def month_of(mention: Mention) -> int:
    """In which it begins."""
    if mention.season:
        return MONTHS_OF_SEASON[mention.season][0]
    if mention.part and mention.grain is Grain.YEAR:
        return months_of(mention.part)[0]
    return mention.month or 1


def fitting_year(
    mention: Mention,
    told: Told,
    text: str,
    *,
    following: Mention | None,
    near: bool,
    since: int,
    rising: bool,
    report: bool,
) -> int:
    """The year that ``told`` gives the mention: its own, or the one before or after.

    ``following`` is the next date of the same sentence that has a year of its own, and ``near``
    whether ``told`` stands in the same sentence or the one before. Words that look back count only
    after ``since``, where ``told`` stands in the block. ``rising``: the dates of that
    year have followed one another. ``report``: the text says when it was written.
    """
    if told.grain is Grain.SEASON and told.month == 12 and 0 < (mention.month or 0) < 12:
        return told.year + 1  # a winter is of the year in which it begins
    if told.split:  # the year 2013-14
        return told.year - (month_of(mention) > HALF)
    if told.month is None:
        return told.year
    begins = max(since, mention.start - REACH)
    before = mention.had or RELATIVE.search(text, begins, mention.start)
    if mention.season and told.grain <= Grain.SEASON:  # “In October … By spring …”
        return told.year + (told.month - month_of(mention) >= ROUND and not before)
    if mention.month is None:
        return told.year
    if told.grain > Grain.SEASON:  # “by the end of that year … In January”
        return told.year + (told.month - mention.month >= YEARS_END and near)
    if near and told.month > month_of(mention) and ENDED.search(text, since, mention.start):
        return told.year + 1
    back = LOOKS_BACK.search(text, begins, mention.start)
    if not near:
        return told.year - (back is not None and mention.month - told.month >= BACK)
    if following is not None and following.month is not None and following.year == told.year + 1:
        # “Ended on 31 December 1997, moved in January, and opened on 3 February 1998”.
        if told.month > mention.month <= following.month:
            return told.year + 1
    elif back:
        return told.year - (mention.month - told.month >= BACK)
    elif before:
        return told.year  # told out of order: what had been before
    elif told.month - mention.month >= (YEARS_END if report else BREAK if rising else ROUND):
        return told.year + 1
    return told.year


def year_near(mention: Mention, written: Told, clause: str) -> int:
    """The year in which the date lies nearest to the day of writing, as reports leave it out.

    What is told in the past is hardly months ahead, and not at all after the end of the time that
    is reported of; what will be is ahead. ``clause``: the words before it.
    """
    if named := NAMED_YEAR.search(clause):
        return written.year + STEPS[named[1].lower()]
    ahead = month_of(mention) - (written.month or 1)
    if mention.will:
        return written.year + (ahead < 0)
    past = mention.past and not mention.to_come
    if ahead < -6 or (ahead == -6 and mention.season and not past and not mention.had):
        return written.year + (not past)
    return written.year - (
        ahead > (0 if mention.had or (past and written.period) else 3 if past else 6)
    )


def year_to_come(mention: Mention, latest: Told) -> int:
    """The first such date after the last that the text tells."""
    return latest.year + (month_of(mention) < (latest.month or 1))


def nearest_century(short: int, year: int) -> int:
    """The year that ends in these two digits and lies nearest to ``year``."""
    return min(
        (year // 100 * 100 + by + short for by in (-100, 0, 100)), key=lambda a: abs(a - year)
    )
