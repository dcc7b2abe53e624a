"""Citations of a source as the desk has them now: the rows of working copies, by source."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from desk.models import WorkingCopy
from sources.models import Source
from sources.rechecking import citation_tables

SELECTOR = ("start", "end", "prefix", "suffix")


class Working(NamedTuple):
    """One citation with a selector."""

    public_id: str
    key: str
    claims: list[str]
    stance: str
    selector: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.public_id}/{self.key}"


def working_citations(source: Source) -> list[Working]:
    """Of entries that stand at the desk and are not withdrawn, by type of entry and id.

    A query a type of entry that cites, and one more; no document is read.
    """
    rows = [row for table in citation_tables() for row in _rows(table, source)]
    ids = {row.public_id for row in rows}
    copies = WorkingCopy.objects.filter(public_id__in=ids, published=None, changed=False)
    gone = set(copies.values_list("public_id", flat=True))
    standing = [row for row in rows if row.public_id not in gone]
    return sorted(standing, key=lambda row: (row.public_id[0], len(row.public_id), row.public_id))


def _rows(table: Any, source: Source) -> Iterator[Working]:
    columns = ("entry__public_id", "key", "claims", "stance", *SELECTOR)
    rows = table.objects.filter(source=source).exclude(start="").order_by("entry", "position", "pk")
    for public_id, key, claims, stance, *words in rows.values_list(*columns):
        selector = {name: word or None for name, word in zip(SELECTOR, words, strict=True)}
        yield Working(public_id, key, claims, stance, selector)
