"""Days, months, numbers and languages as the reader's language writes them.

What each language does is told by the Unicode CLDR, through Babel: the case that a month takes
after a day, the order of day, month and year, what parts thousands. English is British here.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, parse_pattern, tokenize_pattern, untokenize_pattern
from babel.lists import format_list
from babel.numbers import format_decimal

from chronicle.kept_words import gettext
from chronicle.languages import of_now

FIRST_IN_FRENCH = re.compile(r"\bd\b")  # “1er mai”: the CLDR has no pattern for it


def day_in_words(day: date) -> str:
    """“12 May 1994”, “12 мая 1994 г.”; years of fewer than four digits with zeros before them."""
    return _written(day.date() if isinstance(day, datetime) else day, "day", of_now())


def moment_in_words(moment: datetime, *, seconds: bool = False) -> str:
    """“12 May 1994, 09:30”, in whatever zone the moment is told; with ``seconds``, “09:30:15”."""
    return f"{day_in_words(moment)}, {moment:{'%H:%M:%S' if seconds else '%H:%M'}}"


def month_in_words(day: date) -> str:
    """“May 1994”, “май 1994 г.”."""
    return _written(day, "month", of_now())


def day_of_any_year(day: date) -> str:
    """“12 May”, “12 мая”."""
    return _written(day, "day of any year", of_now())


def day_of_month(day: int) -> str:
    """The day by itself, as within a date: “12”; “1er”."""
    return _written(date(2000, 1, day), "day of a month", of_now())


def month_name(month: int) -> str:
    """The month by itself: “May”, “май”."""
    return _written(date(2000, month, 1), "name of a month", of_now())


def year_goes_first(*, of_a_month: bool = False) -> bool:
    """Whether the year stands before the month, and so before what two dates do not share."""
    pattern = _pattern("month" if of_a_month else "day", of_now())
    return pattern.index("y") < max(pattern.find("M"), pattern.find("L"))


def number(value: int) -> str:
    """With thousands apart: “12,345”, “12 345”."""
    return _number(value, of_now())


def decimal_sign() -> str:
    return str(locale_of(of_now()).number_symbols["latn"]["decimal"])


def listed(words: Iterable[str], *, either: bool = False) -> str:
    """“a, b and c”; with ``either``, “a, b or c”."""
    return format_list(
        [str(word) for word in words], "or" if either else "standard", locale_of(of_now())
    )


def quoted(words: str) -> str:
    """Between the marks that the language quotes with."""
    # Translators: the language's own quotation marks around words of a source or a reader.
    return gettext("“%(words)s”") % {"words": words}


def lower(words: object, language: str = "") -> str:
    """In small letters; “İ” and “I” are different letters where “i” and “ı” are."""
    text = str(words) if not isinstance(words, str) else words
    return (text.replace("İ", "i").replace("I", "ı") if _has_two_i(language) else text).lower()


def capfirst(words: object) -> str:
    """With a capital at the beginning. HTML stays HTML."""
    text = str(words) if not isinstance(words, str) else words
    if text[:1] == "i" and _has_two_i():
        return text.replace("i", "İ", 1)
    return text[:1].upper() + text[1:]


def _has_two_i(language: str = "") -> bool:
    return (language or of_now()).partition("-")[0] in ("az", "tr")


def language_name(tag: str) -> str:
    """By the main part of its tag, if need be; the tag itself where it has no name either way."""
    names = locale_of(of_now()).languages
    main, _, rest = tag.partition("-")
    own = f"{main}_{rest.upper() if len(rest) == 2 else rest.capitalize()}"
    return str(names.get(own) or names.get(main) or tag)


def script_name(code: str | None) -> str:
    """Of four letters of ISO 15924; the letters where it has no name in the reader's language."""
    return str(locale_of(of_now()).scripts.get(code or "") or code or "")


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    """What the CLDR knows of a language; where it knows nothing, of ours."""
    if tag in ("en", "en-gb"):
        return Locale("en", "GB")
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en", "GB")


@lru_cache(maxsize=8192)
def _written(day: date, shape: str, tag: str) -> str:
    pattern = _pattern(shape, tag)
    if day.day == 1 and tag.partition("-")[0] == "fr":
        pattern = FIRST_IN_FRENCH.sub("d'er'", pattern)
    return format_date(day, pattern, locale_of(tag))


@lru_cache(maxsize=64)
def _pattern(shape: str, tag: str) -> str:
    """Of the CLDR; but that years have four digits, as wherever else they stand here."""
    locale = locale_of(tag)
    written = {
        "day": locale.date_formats["long"].pattern,
        "month": locale.datetime_skeletons["yMMMM"].pattern,
        "day of any year": locale.datetime_skeletons["MMMMd"].pattern,
        "day of a month": "d",
        "name of a month": "LLLL",
    }
    tokens = tokenize_pattern(parse_pattern(written[shape]).pattern)
    return untokenize_pattern(
        [(kind, ("y", 4)) if value == ("y", 1) else (kind, value) for kind, value in tokens]
    )


@lru_cache(maxsize=8192)
def _number(value: int, tag: str) -> str:
    return format_decimal(value, locale=locale_of(tag))
