"""What of a document a quotation is found by: how the passages begin that it cites."""

import re
from collections.abc import Iterator

from record.models import Opening, Version
from record.types import Document
from record.verbatim import fold

FIRST = 3  # words of an opening, or all where it has fewer
WORD = re.compile(r"\w+")  # whatever signs stand between


def openings(document: Document) -> dict[str, str]:
    """The first words of each selector, folded, by the key of the citation."""
    return {
        citation["key"]: " ".join(words_of(fold(citation["selector"]["start"]))[:FIRST])
        for citation in document.get("citations", ())
        if citation["selector"]
    }


def openings_of(version: Version, document: Document) -> list[Opening]:
    """The rows that stand beside the version; not saved."""
    return [
        Opening(version=version, citation=citation, words=words)
        for citation, words in openings(document).items()
    ]


def all_openings(folded: str) -> Iterator[str]:
    """Whatever a passage within these words can begin with."""
    words = words_of(folded)
    for start in range(len(words)):
        for length in range(1, FIRST + 1):
            yield " ".join(words[start : start + length])


def words_of(folded: str) -> list[str]:
    return WORD.findall(folded)
