"""A date whose parts are known, written as EDTF."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError

from chronicle.dates import bounds_of_stored
from reading.recognition.mentions import Grain, Mention, Part, marked

THIRDS_OF_YEAR = {1: (1, 4), 2: (5, 8), 3: (9, 12)}
THIRDS_OF_DECADE = {1: (0, 3), 2: (4, 6), 3: (7, 9)}
THIRDS_OF_CENTURY = {1: (0, 30), 2: (30, 70), 3: (70, 99)}
THIRDS_OF_MONTH = {1: (1, 10), 2: (11, 20), 3: (21, 31)}


def ends_of(mention: Mention) -> list[str]:
    """One date, or the first and last of a range. The mention has all that its grain needs."""
    mark = mention.mark
    if mention.part is None:
        if mention.grain is Grain.WEEK:
            return [text + mark for text in _week(mention)]
        return [_whole(mention) + mark]
    ends = _parts(mention, mention.part)
    if mention.part.kind == "third":  # no calendar knows where “early” ends
        mark = marked(mark, "~")
    return [end + mark for end in ends]


def edtf_of(mention: Mention) -> str:
    """Of a date or a range. “..” where it is told to go on."""
    first = ends_of(mention)
    if mention.open_end:
        return f"{first[0]}/.."
    if mention.swapped:
        return f"[{', '.join(sorted([_day(mention), _swapped(mention)]))}]"
    last = ends_of(mention.until) if mention.until else first
    if len(last) == 1 and last == first:
        return first[0]
    return f"{first[0]}/{last[-1]}"


@lru_cache(maxsize=8192)
def is_valid(edtf: str) -> bool:
    """Whether the project takes it as a date; quick, as `bounds_of_stored` is."""
    try:
        bounds_of_stored(edtf)
    except ValidationError:
        return False
    return True


def _whole(mention: Mention) -> str:
    year = mention.year or 0
    match mention.grain:
        case Grain.DAY:
            return _day(mention)
        case Grain.MONTH:
            return f"{year:04}-{mention.month:02}"
        case Grain.SEASON:
            return f"{year:04}-{mention.season:02}"
        case Grain.DECADE:
            return f"{year // 10:03}X"
        case Grain.CENTURY:
            return f"{year // 100:02}XX"
    return f"{year:04}"


def _day(mention: Mention) -> str:
    return f"{mention.year:04}-{mention.month:02}-{mention.day:02}"


def _swapped(mention: Mention) -> str:
    return f"{mention.year:04}-{mention.day:02}-{mention.month:02}"


def _week(mention: Mention) -> list[str]:
    """Monday to Sunday around the mention's day."""
    day = date(mention.year or 1, mention.month or 1, mention.day or 1)
    monday = day - timedelta(days=day.weekday())
    return [monday.isoformat(), (monday + timedelta(days=6)).isoformat()]


def _parts(mention: Mention, part: Part) -> list[str]:
    year = mention.year or 0
    match mention.grain:
        case Grain.MONTH:
            month = f"{year:04}-{mention.month:02}"
            return [f"{month}-{day:02}" for day in _days_of(mention, part)]
        case Grain.YEAR:
            return [f"{year:04}-{month:02}" for month in months_of(part)]
        case Grain.CENTURY if part.kind == "decade":
            return [f"{year // 10 + part.first - 1:03}X"]
    return [f"{each:04}" for each in _years_of(mention, part)]


def _days_of(mention: Mention, part: Part) -> tuple[int, int]:
    length = monthrange(mention.year or 1, mention.month or 1)[1]
    match part.kind:
        case "half":
            return ((1, 15), (16, length))[part.first - 1]
        case "week":  # the fifth is the last
            return (length - 6, length) if part.first == 5 else _run(part, 7, length)
        case "weeks":
            return _run(part, 7, length)
        case "days":
            return _run(part, 1, length)
    return THIRDS_OF_MONTH[part.first][0], min(length, THIRDS_OF_MONTH[part.last][1])


def months_of(part: Part) -> tuple[int, int]:
    """The first and last month of a part of a year."""
    if part.kind == "third":
        return THIRDS_OF_YEAR[part.first][0], THIRDS_OF_YEAR[part.last][1]
    return _run(part, {"half": 6, "quarter": 3, "quarters": 3}.get(part.kind, 1), 12)


def _years_of(mention: Mention, part: Part) -> tuple[int, int]:
    year, length = mention.year or 0, 10 if mention.grain is Grain.DECADE else 100
    if part.kind == "third":
        thirds = THIRDS_OF_DECADE if length == 10 else THIRDS_OF_CENTURY
        return year + thirds[part.first][0], year + thirds[part.last][1]
    step = {"half": length // 2, "quarter": length // 4, "decades": 10}.get(part.kind, 1)
    first, last = _run(part, step, length)
    return year + first - 1, year + last - 1


def _run(part: Part, step: int, length: int) -> tuple[int, int]:
    """First and last of pieces ``step`` long, counted from 1, or from the end where negative."""
    if part.first < 0:
        return length + step * part.first + 1, length
    return step * (part.first - 1) + 1, step * part.last
