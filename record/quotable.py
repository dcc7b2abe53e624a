"""What of a document a quotation is found by: how the passages begin that it cites."""

import re
from collections.abc import Iterator
from typing import Any

from record.models import Version
from record.types import Document
from record.verbatim import fold

OPENED = ("version", "citation", "words")  # what ``openings_of`` says of each passage
FIRST = 3  # words of an opening, or all where it has fewer
WORD = re.compile(r"\w+")  # whatever signs stand between


def openings(document: Document) -> dict[str, str]:
    """The first words of each selector, folded, by the key of the citation."""
    return {
        citation["key"]: " ".join(words_of(fold(citation["selector"]["start"]))[:FIRST])
        for citation in document.get("citations", ())
        if citation["selector"]
    }


def openings_of(version: Version, document: Document) -> Iterator[tuple[Any, ...]]:
    """The rows of ``OPENED`` that stand beside the version."""
    for citation, words in openings(document).items():
        yield version.pk, citation, words


def all_openings(folded: str) -> Iterator[str]:
    """Whatever a passage within these words can begin with."""
    words = words_of(folded)
    for start in range(len(words)):
        for length in range(1, FIRST + 1):
            yield " ".join(words[start : start + length])


def words_of(folded: str) -> list[str]:
    return WORD.findall(folded)
