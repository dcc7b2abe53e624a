"""The entries of a filtered list as a file, with all that they say and stand on, as it is read.

Written in batches, so that the memory that one takes does not grow with the list.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from chronicle.dates import iso_day
from chronicle.languages import held
from chronicle.spreadsheets import MARK, escaped
from record.differences import by_identity, declared, fields_of, lists_of
from record.filter_fields import values_in
from record.following import ListAsked
from record.history import names_of
from record.negotiation import Form, Given
from record.problems import InvalidParameters, ParameterError
from record.reading import Record
from record.selecting_fields import FIELDS, SHOWN
from record.served import Served
from record.serving import LINED, document_of, result_lines
from record.types import Document, EntryType
from record.wording import Wording

# Versions at a time; words take more memory than documents.
LINES, ROWS = 250, 100
# Beside the fields of the entry itself.
OWN = ("id", "type")  # the same in all rows, or said otherwise
FIRST, LAST = ("id", "url"), ("earliest", "latest", "edition", "sha256")


def json_lines(asked: ListAsked, origin: str) -> Iterator[bytes]:
    """A line for each entry: the document as stored, with ``version`` as the API adds it.

    As ``paging.read_all``, and a query more where it has editions that have not been asked for.
    """
    entry_type, edition = asked.pages.entry_type, LINED.index("edition_id")
    for rows in _some(asked.filters.read_all(LINED), LINES):
        editions = asked.record.editions({row[edition] for row in rows})
        yield result_lines(rows, entry_type, editions).encode()


def csv_rows(asked: ListAsked, origin: str) -> Iterator[bytes]:
    """A row for each entry, its parts and citations each in a line of their cell; names beside ids.

    As ``paging.read_all``, and one to three queries a batch.
    """
    entry_type = asked.pages.entry_type
    fields = _fields_of(entry_type)
    yield MARK.encode() + _written([[*FIRST, *fields, *LAST]])
    own = len(Served._fields)
    for rows in _some(asked.filters.read_all(Served._fields), ROWS):
        versions = [Served._make(row[:own]) for row in rows]
        with held():
            written = _written(_rows(versions, fields, entry_type, asked.record, origin))
        yield written


def csv_page(given: Given) -> bytes:
    """The same of some entries, with the columns that ``fields`` names; ``id`` is always one.

    One to four queries. ``InvalidParameters`` for what is no column.
    """
    fields = _fields_of(given.entry_type)
    asked = values_in(given.query, FIELDS)
    allowed = [*FIRST, *fields, *LAST]
    if unknown := next((name for name in asked if name not in allowed), None):
        detail = f"“{unknown[:SHOWN]}” is no column."
        raise InvalidParameters([ParameterError(FIELDS, detail, allowed)])
    if asked:
        fields = [name for name in fields if name in asked]
    columns = [*FIRST, *fields, *LAST]
    kept = [n for n, name in enumerate(columns) if not asked or name in ("id", *asked)]
    rows = _rows(given.versions, fields, given.entry_type, given.record, given.origin)
    return MARK.encode() + _written([row[n] for n in kept] for row in [columns, *rows])


CSV = Form(
    name="csv",
    media_type="text/csv",
    what="CSV",
    write=csv_page,
    ending="csv",
    takes=(FIELDS,),
    schema={"type": "string", "description": "A row for each entry; “fields” names columns."},
)
FORMATS: Mapping[str, tuple[str, Callable[[ListAsked, str], Iterable[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_rows),
    "jsonl": ("application/x-ndjson", json_lines),
}


def _some(read: Iterator[list[Any]], size: int) -> Iterator[list[Any]]:
    """Taken out of what was read, so that no two queries' rows are held at once."""
    for rows in read:
        while rows:
            some = rows[:size]
            del rows[:size]
            yield some


def _rows(
    versions: Sequence[Served],
    fields: list[str],
    entry_type: EntryType,
    record: Record,
    origin: str,
) -> Iterator[list[str]]:
    documents = [document_of(version) for version in versions]
    names = names_of(documents, record)
    for version, document in zip(versions, documents, strict=True):
        words = Wording(entry_type.name, [document], names)
        yield [
            version.public_id,
            origin + record.page(entry_type.url(version.slug)),
            *(_cell(words, name, document) for name in fields),
            *map(iso_day, (version.earliest, version.latest)),
            str(version.edition_id),
            version.checksum,
        ]


def _fields_of(entry_type: EntryType) -> list[str]:
    names = map(str, fields_of(declared(entry_type.declaration)))
    return [name for name in names if name not in OWN]


def _cell(words: Wording, name: str, document: Document) -> str:
    """One field of the document as text: of a list a line for each row of it."""
    value = document[name]
    if child := lists_of(words.schema).get(name):
        return "\n".join(
            f"{words.row(f'{name} {identity}')} – {words.said((name, identity), row).in_a_line}"
            for identity, row in by_identity(child, value).items()
        )
    match value:
        case {"edtf": str(edtf)}:
            return edtf
    return words.said((name,), value).in_a_line


def _written(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([escaped(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
