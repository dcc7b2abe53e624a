"""What files say of days and how precise they are, as EDTF: never more precise than it is."""

import datetime
import re
from calendar import monthrange

from exchange.problems import NotTaken, quoted

DAY, MONTH, YEAR, ABOUT, WITHIN, LASTING = "day", "month", "year", "about", "within", "lasting"
MEANINGS = {
    DAY: "the very day",
    MONTH: "its month",
    YEAR: "its year",
    ABOUT: "about that day",
    WITHIN: "some time between the two days",
    LASTING: "from the one day to the other",
}
OF_TWO_DAYS = (WITHIN, LASTING)
LENGTHS = {DAY: 10, MONTH: 7, YEAR: 4, ABOUT: 10}  # characters of a day that are said then
MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?(Z|\+00:00)?")


def edtf(start: datetime.date, end: datetime.date, meaning: str) -> str:
    """What the two days mean. A whole month or year, known no better, is written as such.

    Raises ``NotTaken`` for one day, month or year that are two.
    """
    if length := LENGTHS.get(meaning):
        if start.isoformat()[:length] != end.isoformat()[:length]:
            one = DAY if meaning == ABOUT else meaning
            raise NotTaken(f"The date is said to be one {one}, but it goes from {start} to {end}.")
        return start.isoformat()[:length] + ("~" if meaning == ABOUT else "")
    if start == end:
        return start.isoformat()
    if meaning == LASTING:
        return f"{start}/{end}"
    same_year = start.year == end.year
    if same_year and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year:04d}"
    of_month = monthrange(start.year, start.month)[1]
    if same_year and start.month == end.month and (start.day, end.day) == (1, of_month):
        return f"{start.year:04d}-{start.month:02d}"
    return f"[{start}..{end}]"


def day_of(text: str) -> datetime.date:
    """Raises ``NotTaken``."""
    try:
        text = without_midnight(text)
        if len(text) != 10:
            raise ValueError(text)
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise NotTaken(f"{quoted(text)} is not a day, like 2024-05-31.") from None


def without_midnight(text: str) -> str:
    """Databases add a midnight to what is known to the day."""
    return text[:10] if MIDNIGHT.fullmatch(text[10:]) else text
