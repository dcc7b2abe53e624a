"""What the API gives of versions, read as rows: models cost more than all else of a list."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from record.models import Version
from record.reading import LIKE_ID, LONGEST_SLUG, Record
from record.statements import ENTRY, OPENED, ask, of_these


class Served(NamedTuple):
    """What is served of a version, and asked of it for that. A ``Version`` has all of it, too."""

    id: int
    public_id: str
    type: str
    edition_id: int
    change: str
    state: str
    schema: int
    document: str
    salt: str
    checksum: str
    slug: str
    earliest: int | None
    latest: int | None


def served(versions: QuerySet[Version, Version], columns: Sequence[str]) -> QuerySet[Version, Any]:
    """The same as rows that have what ``Served`` has, and these columns."""
    return versions.values_list(*dict.fromkeys([*Served._fields, *columns]), named=True)


def served_entry(record: Record, type_name: str, key: str) -> Served | None:
    """One entry by id or slug, if it is in the record under that. One query."""
    if len(key) > LONGEST_SLUG or not key.isprintable():  # PostgreSQL takes no NUL
        return None
    # By either, no index would serve.
    column = "public_id" if LIKE_ID.fullmatch(key) else "slug"
    statement = of_these(ENTRY, columns=", ".join(Served._fields), column=column)
    for row in ask(statement, [record.number, record.number, type_name, key]):
        return Served._make(row)
    return None


def served_entries(record: Record, ids: Collection[str]) -> dict[str, Served]:
    """The entries named that are in the record, by id. One query, or none without ids."""
    if not ids:
        return {}
    statement = of_these(OPENED, ids, columns=", ".join(Served._fields))
    rows = ask(statement, [record.number, record.number, *ids])
    return {row.public_id: row for row in map(Served._make, rows)}
