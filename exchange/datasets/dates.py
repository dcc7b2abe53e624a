"""What files say of days and how precise they are, as EDTF: never more precise than it is."""

import datetime
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence

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
# Written down here: those of the calendar module are in the language of the machine.
MONTHS = "January February March April May June July August September October November December"
MONTHS_OF_FORMAT = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS.split())
OF_FORMAT = {
    "YYYY": "(?P<year>[0-9]{4})",
    "Month": rf"(?P<name>{MONTHS_OF_FORMAT})\.?",
    "MM": "(?P<month>[0-9]{1,2})",
    "DD": "(?P<day>[0-9]{1,2})",
    "hh": "[0-9]{1,2}",
    "mm": "[0-9]{2}",
    "ss": r"[0-9]{2}(?:\.[0-9]+)?",
}
OF_PARTS = {"year": "[0-9]{4}", "month": "0?[1-9]|1[0-2]", "day": "[0-9]{1,2}"}
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


def of_parts(parts: Sequence[str]) -> str:
    """EDTF of a year, a month and a day in figures; those that are empty or 0 are not known.

    Raises ``NotTaken``. Whether there is such a day is left to whoever reads EDTF.
    """
    said = [part.removesuffix(".0") for part in parts]
    said = [part if part.strip("0") else "" for part in said]
    for (name, figures), part in zip(OF_PARTS.items(), said, strict=True):
        if part and not re.fullmatch(figures, part):
            like = {"year": "1997", "month": "7 or 07", "day": "20"}[name]
            raise NotTaken(f"{quoted(part)} is not a {name}, like {like}.")
    known = [part for part in said if part]
    if known != said[: len(known)]:
        raise NotTaken("A day is known with its month, and a month with its year.")
    return "-".join(part.zfill(2) for part in known)


def in_format(text: str, formats: Mapping[str, re.Pattern[str]]) -> str:
    """EDTF of a date in the first of the formats that it fits. Times are left out.

    Raises ``NotTaken``.
    """
    written = " ".join(text.split())
    found = next(filter(None, (each.fullmatch(written) for each in formats.values())), None)
    if not found:
        raise NotTaken(f"{quoted(text)} is not written like {' or '.join(formats)}.")
    parts = dict.fromkeys(OF_PARTS, "") | found.groupdict()
    if name := parts.get("name"):
        names = [each[:3].lower() for each in MONTHS.split()]
        parts["month"] = str(names.index(name[:3].lower()) + 1)
    return of_parts([parts[each] for each in OF_PARTS])


def format_of(text: str) -> re.Pattern[str]:
    """What dates that are written like ``DD/MM/YYYY`` fit. Raises ``NotTaken``."""
    pieces = re.split(f"({'|'.join(OF_FORMAT)})", " ".join(text.split()))
    between, named = pieces[::2], pieces[1::2]
    months = [name for name in named if name in ("MM", "Month")]
    if (
        "YYYY" not in named
        or len({*named}) < len(named)
        or len(months) > 1
        or ("DD" in named and not months)
        or re.search("[A-SU-Ya-z]", "".join(between))
    ):
        raise NotTaken(
            f"{quoted(text)} is no format. It is made of YYYY, MM or Month (its name in English), "
            "DD, hh, mm and ss, like DD/MM/YYYY: each once, a day with its month, that with its "
            "year."
        )
    pattern = "".join(OF_FORMAT.get(piece) or re.escape(piece) for piece in pieces)
    if "" in between[1:-1]:  # nothing else tells where one ends
        pattern = pattern.replace("{1,2}", "{2}")
    return re.compile(pattern, re.IGNORECASE)
