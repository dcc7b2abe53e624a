"""Every form in which English writes dates, tried where one can begin."""

import re
from collections.abc import Iterator

from reading.recognition import day_forms, deictics, feasts, relatives, turning, year_forms
from reading.recognition.mentions import Form, Mention
from reading.recognition.wordings import (
    DECADES,
    MONTH,
    NUMBER_OF_ORDINAL,
    SEASON,
    WEEKDAY,
    any_of,
)

# What has no such beginning is passed over at one glance.
BEGINNING = re.compile(
    rf"(?:(?<![\w$€£#/])|(?<=\bc)(?=\d)|(?<=\b[FC]Y)(?=\d))(?<!\d[.,:])(?:\d|{MONTH}|{WEEKDAY}|{SEASON}|(?<!\w)'\d\d|[QH][1-4]\b|A\.?D\b"
    rf"|(?i:{any_of([*NUMBER_OF_ORDINAL, *DECADES])}|(?:nine|eigh|seven)teen)\b"
    rf"|(?i:{relatives.BEGINNING}|{deictics.BEGINNING}|{feasts.BEGINNING}|{turning.BEGINNING})\b)"
)
WORD = re.compile(r"\w+|.")
# The first that fits is taken: the longest forms stand first.
FORMS: list[Form] = [
    *day_forms.FORMS,
    *year_forms.FORMS,
    *day_forms.LAST_FORMS,
    *feasts.FORMS,
    *turning.FORMS,
    *relatives.FORMS,
    *deictics.FORMS,
]


def mentions_in(text: str) -> Iterator[Mention]:
    """Every date of a block in order, each as far as its own words tell it."""
    position = 0
    while beginning := BEGINNING.search(text, position):
        found = _first_form(text, beginning.start())
        yield from found
        position = found[-1].end if found else _after_word(text, beginning.start())


def _first_form(text: str, start: int) -> list[Mention]:
    for form, read in FORMS:
        if (match := form.match(text, start)) and (found := read(text, match)):
            return found
    return []


def _after_word(text: str, start: int) -> int:
    word = WORD.match(text, start)
    return word.end() if word else start + 1
