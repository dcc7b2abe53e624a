"""What the desk takes as text: of a length that a page can show, and nothing that nobody sees."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError

from chronicle.texts import CONTROL
from desk.refusals import Refused

LONGEST = 20_000  # characters: some seven pages of print
# What makes letters stand in another order than they are kept in, on the rest of the page too, so
# that a reviewer reads something else than is published. The marks U+200E and U+200F do not.
TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def text_problem(text: str) -> str:
    """Why the desk does not keep this text; empty where it does."""
    if len(text) > LONGEST:
        return f"This has {len(text):,} characters; at most {LONGEST:,} are kept."
    if text.isprintable() and not text.isspace():
        return ""  # so are most, and none that has one of the characters below
    if found := CONTROL.search(text):
        where = _where(text, found)
        return f"There is a control character {where}, which nobody can see. Take it out."
    if found := TURNING.search(text):
        where = _where(text, found)
        return f"There is a character {where} that turns the order of the letters. Take it out."
    if text and not any(map(_is_seen, text)):
        return "Nothing of this can be seen. Write a word, or leave it empty."
    return ""


def _where(text: str, found: re.Match[str]) -> str:
    words = text[max(0, found.start() - 20) : found.start()]
    place = f"after “{words}”" if words else "at its beginning"
    return f"(U+{ord(found[0]):04X}) {place}"


def _is_seen(character: str) -> bool:
    """Whether it leaves a mark: no white space, nothing that only tells programs something."""
    return not character.isspace() and unicodedata.category(character) != "Cf"


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
