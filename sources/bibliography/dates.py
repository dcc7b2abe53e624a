"""Dates as reference managers write them: partial, odd, in words; to EDTF, and back."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from chronicle.dates import PartialDate
from record.types import Document

MONTHS = [
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
]
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
ABOUT = re.compile(r"(?ai)^(?:circa\b|about\b|around\b|ca?\b\.?)\s*|^ca?\.?(?=\d)")
NUMBERS = re.compile(r"(?a)(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?/?")
YEARS = re.compile(r"(?a)(\d{4})\s*[-–/]\s*(\d{2}|\d{4})")
WORDS = re.compile(  # 3 July 1994, July 3, 1994, July 1994
    r"(?ai)(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]+)\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?,?\s+(\d{4})"
)
# No digits of other scripts: what they are mixed with cannot be told for certain.
DIGITS = re.compile(r"[0-9]{1,4}")
SHORT = 3  # letters that tell a month


def date_of(text: Any) -> Document | None:
    """The date of a document; ``None`` where the text is none that can be told for certain.

    Wording that is more than numbers is kept beside it.
    """
    said = " ".join(str(text or "").split()).strip("[]. ")
    if not said:
        return None
    if (found := _made(said)) is not None:
        return found
    bare = ABOUT.sub("", said)
    is_uncertain = bare.endswith("?")
    mark = {(True, True): "%", (True, False): "~", (False, True): "?"}.get(
        (bare != said, is_uncertain), ""
    )
    edtf = _edtf(bare.rstrip("? "))
    if not edtf:
        return None
    in_numbers = bool(NUMBERS.fullmatch(said) or YEARS.fullmatch(said))
    return _made(edtf + mark, "" if in_numbers else said)


def date_of_parts(parts: Any, season: Any = None, circa: Any = None) -> Document | None:
    """From CSL's structured dates: one or two lists of year, month, day."""
    singles = [_of_numbers(part) for part in parts] if isinstance(parts, list) else []
    singles = [single for single in singles if single]
    if not singles or len(singles) > 2:
        return None
    if season and len(singles) == 1 and len(singles[0]) == 4 and DIGITS.fullmatch(str(season)):
        singles = [f"{singles[0]}-{20 + int(season) % 20}"]
    mark = "~" if circa and str(circa).lower() not in ("false", "0") else ""
    return _made("/".join(f"{single}{mark}" for single in singles))


def parts_of_date(edtf: str) -> list[list[int]] | None:
    """CSL's lists, of a plain date or from–to; ``None`` of one that they cannot say."""
    found = []
    for single in edtf.split("/"):
        match = re.fullmatch(r"(?a)(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[~?%]?", single)
        if match is None or int(match[2] or 1) > 12:
            return None
        found.append([int(piece) for piece in match.groups() if piece])
    return found if len(found) <= 2 else None


def _made(edtf: str, wording: str = "") -> Document | None:
    date = PartialDate(edtf, wording)
    try:
        date.validate()
    except ValidationError:
        return None
    return date.as_document()


def _edtf(text: str) -> str:
    if match := NUMBERS.fullmatch(text):
        return _of_numbers(match.groups())
    if match := YEARS.fullmatch(text):
        first, last = match.groups()
        return f"{first}/{first[: 4 - len(last)]}{last}"
    if match := WORDS.fullmatch(text):
        before, word, after, year = match.groups()
        if before and after:
            return ""
        if (season := SEASONS.get(word.lower())) and not (before or after):
            return f"{year}-{season}"
        months = [n for n, name in enumerate(MONTHS, 1) if name.startswith(word.lower())]
        if len(word) >= SHORT and len(months) == 1:
            return _of_numbers((year, months[0], before or after))
    return ""


def _of_numbers(numbers: Any) -> str:
    """``1994-07-03`` of (1994, 7, 3); zeros and nothing are not known."""
    if not isinstance(numbers, list | tuple):
        return ""
    pieces = []
    for number, width in zip(numbers, (4, 2, 2), strict=False):
        text = str(number or "").strip()
        if not DIGITS.fullmatch(text) or not int(text):
            break
        pieces.append(text.zfill(width))
    return "-".join(pieces)
