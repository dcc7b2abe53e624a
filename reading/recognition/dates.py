"""Dates in words, as EDTF."""

import calendar
import re

from reading.recognition.found import DateFound
from sources.selectors import FoldedText, Span

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
MONTH = "|".join(MONTHS)
DATE = re.compile(
    rf"\b(?:(?:(?P<day>[12]\d|3[01]|0?[1-9]) )?(?P<month>{MONTH}) )?(?P<year>1[5-9]\d\d|20\d\d)\b"
)


def dates_in(text: FoldedText) -> list[DateFound]:
    """Days, months and years that are written out."""
    found = []
    for match in DATE.finditer(text.text):
        edtf = match["year"]
        if match["month"]:
            edtf += f"-{MONTHS[match['month']]:02}"
        if match["day"]:
            edtf += f"-{int(match['day']):02}"
        found.append(DateFound(Span(*match.span()), match[0], edtf, False, ""))
    return found
