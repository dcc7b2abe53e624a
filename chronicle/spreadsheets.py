"""Text in files that spreadsheets open, which would take some of it for formulas.

What would be taken for one is written with an apostrophe before it (OWASP, CSV injection), which is
taken off again when it is read here.
"""

import re

# Spreadsheets pass over white space before a sign, and some take a tab or an end of line for one.
FORMULA = re.compile(r"\s*['=+\-@＝＋－＠]|[\t\r\n]")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MARK = "\ufeff"  # by which spreadsheets know UTF-8


def escaped(text: str) -> str:
    """The text as it stands in a file. Numbers are no formulas, whatever their sign."""
    if text[:1].isalnum():  # as nearly all cells begin, which saves asking the expression
        return text
    if FORMULA.match(text) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unescaped(text: str) -> str:
    if text[:1] == "'" and FORMULA.match(text[1:]):
        return text[1:]
    return text
