"""The entries of a filtered list as a file, with all that they say and stand on, as it is read.

Written in batches, so that the memory that one takes does not grow with the list.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from chronicle.dates import iso_day
from chronicle.spreadsheets import MARK, escaped
from record.differences import by_identity, declared
from record.following import ListAsked
from record.history import names_of
from record.models import Version
from record.reading import Record
from record.served import Served, served
from record.serving import document_of, result_text
from record.types import Document, EntryType
from record.wording import Wording

# Versions at a time; words take more memory than documents.
LINES, ROWS = 500, 200
# Beside the fields of the entry itself.
OWN = ("id", "type")  # the same in all rows, or said otherwise
DAYS = ("earliest", "latest")
FIRST, LAST = ("id", "url"), (*DAYS, "edition", "sha256")


def batches(asked: ListAsked, size: int) -> Iterator[list[Served]]:
    """In the order of the list. One query a batch, or three where words are looked for."""
    cursor = None
    while True:
        found = asked.filters.page(cursor=cursor, limit=size, rows=with_days)
        if found.items:
            yield found.items
        cursor = found.next
        if cursor is None:
            return


def with_days(versions: QuerySet[Version, Version], columns: Sequence[str]) -> Any:
    """As ``served``, with the days of lists."""
    return served(versions, [*columns, *DAYS])


def json_lines(asked: ListAsked, origin: str) -> Iterator[bytes]:
    """A line for each entry: the document as stored, with ``version`` as the API adds it.

    A query a batch, and one more where editions are in it that have not been asked for.
    """
    for versions in batches(asked, LINES):
        editions = asked.record.editions(version.edition_id for version in versions)
        lines = [result_text(version, editions[version.edition_id]) for version in versions]
        yield "\n".join([*lines, ""]).encode()


def csv_rows(asked: ListAsked, origin: str) -> Iterator[bytes]:
    """A row for each entry, its parts and citations each in a line of their cell; names beside ids.

    Two to five queries a batch.
    """
    entry_type = asked.pages.entry_type
    names = map(str, declared(entry_type.declaration).fields)
    fields = [name for name in names if name not in OWN]
    yield MARK.encode() + _written([[*FIRST, *fields, *LAST]])
    for versions in batches(asked, ROWS):
        yield _written(_rows(versions, fields, entry_type, asked.record, origin))


FORMATS: Mapping[str, tuple[str, Callable[[ListAsked, str], Iterable[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_rows),
    "jsonl": ("application/x-ndjson", json_lines),
}


def _rows(
    versions: list[Served], fields: list[str], entry_type: EntryType, record: Record, origin: str
) -> Iterator[list[str]]:
    documents = [document_of(version) for version in versions]
    names = names_of(documents, record)
    for version, document in zip(versions, documents, strict=True):
        words = Wording(entry_type.name, [document], names)
        yield [
            version.public_id,
            origin + record.page(entry_type.url(version.slug)),
            *(_cell(words, name, document) for name in fields),
            *(iso_day(getattr(version, day)) for day in DAYS),
            str(version.edition_id),
            version.checksum,
        ]


def _cell(words: Wording, name: str, document: Document) -> str:
    """One field of the document as text: of a list a line for each row of it."""
    field, value = words.schema.fields[name], document[name]
    if isinstance(field, serializers.ListSerializer):
        return "\n".join(
            " – ".join(
                [words.row(f"{name} {identity}"), words.said([name, identity], row).in_a_line]
            )
            for identity, row in by_identity(field.child, value).items()
        )
    match value:
        case {"edtf": str(edtf)}:
            return edtf
    return words.said([name], value).in_a_line


def _written(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([escaped(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
