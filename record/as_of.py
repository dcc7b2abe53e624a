"""The record as of an edition that an address names: ``?edition=N``.

What pages take the parameter is theirs to say (``EntryPages.as_of``). Where it is given, everything
on the page is of that edition, and links to such pages keep it.
"""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from record.conditional import record_of
from record.reading import Record

PARAMETER = "edition"
LONGEST = 9  # digits of a number
LONGEST_SAID = 40  # letters of what was asked for instead


@dataclass(frozen=True)
class AsOf:
    """What the banner says: which edition is shown, and where the page of now is."""

    number: int
    published_at: datetime.datetime
    newest: int
    now_url: str


class RecordAsked(Record):
    """The record at an edition that was asked for by its number; ``types`` have pages of it."""

    def __init__(self, number: int, *, newest: int, types: frozenset[str]) -> None:
        super().__init__(number)
        self.newest, self.types = newest, types

    @property
    def is_asked(self) -> bool:
        return True

    def page(self, type_name: str, url: str) -> str:
        if type_name not in self.types:
            return url
        return f"{url}{'&' if '?' in url else '?'}{urlencode({PARAMETER: self.number})}"


class NoSuchEdition(Http404):
    """Says what was asked for, and what can be."""

    def __init__(self, asked: str, newest: int) -> None:
        if newest == 0:
            editions = "Nothing has been published yet."
        elif newest == 1:
            editions = "There is one so far: edition 1."
        else:
            editions = f"They are numbered from 1 to {newest}, the newest."
        super().__init__(f"“{asked[:LONGEST_SAID]}” is the number of no edition. {editions}")


def record_asked(request: HttpRequest, types: frozenset[str]) -> Record:
    """The record that the address asks for, else the current one. One query.

    ``NoSuchEdition`` for what is none: an address to keep says so rather than showing another.
    """
    current = record_of(request)
    given = request.GET.getlist(PARAMETER)
    if not given:
        return current
    text = given[0]
    if len(given) > 1 or not (text.isascii() and text.isdecimal() and len(text) <= LONGEST):
        raise NoSuchEdition(", ".join(given), current.number)
    number = int(text)
    if not 1 <= number <= current.number:
        raise NoSuchEdition(text, current.number)
    asked = RecordAsked(number, newest=current.number, types=types)
    asked.state = current.state  # what was redacted since is gone from it as well
    return asked


def as_of(record: Record, now_url: str) -> AsOf | None:
    """Of a record that was asked for. One query, unless the edition has been read."""
    if not isinstance(record, RecordAsked) or record.edition is None:
        return None
    return AsOf(record.number, record.edition.published_at, record.newest, now_url)
