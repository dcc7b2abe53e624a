"""Rows of lists as HTML, kept in memory: rendering one takes far longer than all else of it.

What a row says follows from its version, the names of what it refers to as of the edition, the
language and the templates, which are read once a process. So it is kept by the edition
that is read: with the next one, which may rename what it refers to, rows are rendered anew.

Redaction is an edition as well, and so reaches every row, of editions that are asked for too: all
are kept under the checksum of the newest one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from chronicle.components import component
from chronicle.languages import of_now
from record.models import Version
from record.reading import Record
from record.rows import EntryRow

Make = Callable[[Sequence[Version], Record], Sequence[EntryRow]]

MOST = 10_000  # rows a process keeps, of some 2 KB; those not asked for longest go first


@dataclass
class Kept:
    """One row, once it has been rendered."""

    html: str | None = None


def kept_rows(versions: Sequence[Version], record: Record, make: Make) -> list[str]:
    """The rows of these versions as templates show them.

    ``make`` makes rows of those that are not kept, at what that costs. Beside it one query, for
    the edition, unless that has been read.
    """
    if not record.checksum:
        return []
    if settings.DEBUG:
        _kept.cache_clear()  # templates are read anew as well
    of = record.checksum, record.number, record.is_asked, of_now()
    kept = [_kept(of, version.pk) for version in versions]
    missing = [number for number, row in enumerate(kept) if row.html is None]
    if missing:
        entry_row = component("_entry_row")
        rows = make([versions[number] for number in missing], record)
        for number, row in zip(missing, rows, strict=True):
            kept[number].html = entry_row(row)
    return [row.html for row in kept if row.html is not None]


@lru_cache(maxsize=MOST)
def _kept(of: tuple[str, int, bool, str], version: int) -> Kept:
    """Where a row is kept; empty at first."""
    return Kept()
