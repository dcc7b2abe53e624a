"""What readers are told that an entry is called: in their language, if the record has such a name.

In English, the source, that is the label of the version, as it is in the API and wherever lists are
sorted; a name of one's own language is looked for in the document.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings

from chronicle.languages import of_now
from record.types import Document, type_named


class Called(NamedTuple):
    """``language``: of the name, where it is not the page's."""

    name: str
    language: str


def called(document: Document) -> Called:
    """The entry of a document that is no tombstone."""
    entry_type = type_named(document["type"])
    own = entry_type.name_in(document, main_part(of_now())) if is_translated() else ""
    if own:
        return Called(own, "")
    return Called(entry_type.facts(document).label, foreign(document["language"]))


def is_translated() -> bool:
    """Whether another language than that of the source is spoken."""
    return of_now() != settings.LANGUAGE_CODE


def rows_in(language: str, rows: Iterable[Document]) -> list[Document]:
    """Names or labels in a language, whatever its region."""
    return [row for row in rows if main_part(row["language"]) == language]


def foreign(language: str | None) -> str:
    """The language tag where it is not the page's, else nothing: what ``lang`` has to say."""
    return "" if not language or main_part(language) == main_part(of_now()) else language


def main_part(tag: str) -> str:
    return tag.partition("-")[0]
