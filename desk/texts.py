"""What the desk takes as text: of a length that a page can show, and nothing that nobody sees."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from desk.refusals import Refused

LONGEST = 20_000  # characters: some seven pages of print
# What no text has a use for: Unicode's control characters, but for tabs and ends of lines.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def text_problem(text: str) -> str:
    """Why the desk does not keep this text; empty where it does."""
    if len(text) > LONGEST:
        return f"This has {len(text):,} characters; at most {LONGEST:,} are kept."
    found = CONTROL.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        words = text[max(0, found.start() - 20) : found.start()]
        where = f"after “{words}”" if words else "at its beginning"
        return f"There is a control character ({code}) {where}, which nobody can see. Take it out."
    return ""


def check_text(text: str) -> None:
    """A validator of fields: raises ``ValidationError``."""
    if problem := text_problem(text):
        raise ValidationError(problem, code="text")


def checked_text(text: str) -> str:
    """The text. ``Refused`` where the desk does not keep it."""
    if problem := text_problem(text):
        raise Refused(problem)
    return text


def texts_in(value: Any) -> list[str]:
    """Every text within a JSON value, names of members included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in texts_in(item)]
    if isinstance(value, dict):
        return [text for pair in value.items() for item in pair for text in texts_in(item)]
    return []
