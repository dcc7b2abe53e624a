"""What is asked of a list at an edition, as a key: editions never change, nor do their answers."""

from collections.abc import Collection
from typing import NamedTuple

from django.http import QueryDict

from record.addresses import query_with
from record.filters import RecordFilter
from record.reading import Record


class Question(NamedTuple):
    """Filters by their values in an address. The checksum tells one record from another.

    It is that of the newest edition, where that was read, so that with the next one nothing is
    answered as it was before: a redaction reaches older editions as well.
    """

    checksum: str
    number: int
    filter_class: type[RecordFilter]
    query: str

    def filters(self) -> RecordFilter:
        """They once more, with nothing else of the request."""
        record = Record(self.number)
        record.state = self.checksum, 0  # so that names are read once
        return self.filter_class(QueryDict(self.query), record=record)


def question(filters: RecordFilter, *, without: Collection[str] = ()) -> Question | None:
    """What these filters leave out, but for those ``without``; ``None`` of the empty record.

    One query, for the edition, unless the record is the current one or that has been read.
    """
    record = filters.record
    checksum = record.checksum
    if not checksum:
        return None
    kept = {*filters.narrowing, "within"} - set(without)
    changes: dict[str, list[str]] = {name: [] for name in filters.data if name not in kept}
    query = query_with(filters.data, changes) if kept else ""
    return Question(checksum, record.number, type(filters), query)
