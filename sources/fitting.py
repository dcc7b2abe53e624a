"""How words that somebody quotes fit a citation, as far as they can be compared."""

from collections.abc import Mapping

from record.quotable import words_of
from record.verbatim import fold, occurrences
from sources.selectors import FoldedText

LEAST_WORDS, LEAST_LETTERS = 4, 20

# Of the first two, every word was compared.
READ, SELECTOR, ENDS, BEGUN = HOW = "read", "selector", "ends", "begun"


def is_enough(folded: str) -> bool:
    words = words_of(folded)
    return len(words) >= LEAST_WORDS or len("".join(words)) >= LEAST_LETTERS


def fitting(selector: Mapping[str, str | None], folded: str) -> str:
    """How the words fit a selector, as far as its own words tell; empty where they do not.

    ``SELECTOR``: they all stand in its opening words, or in its closing ones. ``ENDS``: they hold
    its opening words and after them the closing ones. ``BEGUN``: they hold an opening that is long
    enough to be told from others, and no closing.
    """
    start, end = fold(selector["start"] or ""), fold(selector["end"] or "")
    if any(next(occurrences(public, folded), None) for public in (start, end)):
        return SELECTOR
    openings = list(occurrences(folded, start))
    if end and any(next(occurrences(folded, end, each.end), None) for each in openings):
        return ENDS
    return BEGUN if openings and is_enough(start) else ""


def fitting_in(text: FoldedText, selector: dict[str, str | None], folded: str) -> str:
    """The same of a text that is read: whether they have words of a passage, and nothing less."""
    passages = text.passages(selector)
    held = list(occurrences(text.text, folded))
    if any(
        each.start < passage.end and passage.start < each.end
        for passage in passages
        for each in held
    ):
        return READ
    return ""
