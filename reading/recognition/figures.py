"""Figures with what they count."""

import re

from reading.recognition.found import FigureFound
from sources.selectors import FoldedText, Span

COUNTED = re.compile(
    r"(?<![\w.,/$-])(?P<number>\d{1,3}(?:,\d{3})+|\d{1,9}) (?P<what>[a-z]{3,}s|people|men|women)\b"
)


def figures_in(text: FoldedText) -> list[FigureFound]:
    """Numbers in digits and the noun that follows."""
    found = []
    for match in COUNTED.finditer(text.text):
        number = match["number"].replace(",", "")
        span = Span(*match.span())
        found.append(FigureFound(span, match[0], None, number, None, True, match["what"], ""))
    return found
