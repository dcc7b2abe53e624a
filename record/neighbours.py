"""What stands before and after an entry in the order of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from record.called import called
from record.models import Version
from record.reading import Record
from record.rows import Value
from record.statements import STANDS, ask
from record.types import UNDATED, type_named

# The dated entry that stands next on one side. The first bound lets an index serve.
NEAREST = (
    "SELECT * FROM (SELECT '{side}', slug, schema, document FROM record_version version"
    " WHERE type = %s AND sort_key {beyond}= %s AND (sort_key {beyond} %s OR public_id {beyond} %s)"
    " AND sort_key < '{undated}' AND {stands}"
    " ORDER BY sort_key {way}, public_id {way} LIMIT 1) AS {side}"
)
BOTH = " UNION ALL ".join(
    NEAREST.format(side=side, beyond=beyond, way=way, undated=UNDATED, stands=STANDS)
    for side, beyond, way in (("before", "<", "DESC"), ("after", ">", "ASC"))
)


@dataclass(frozen=True)
class Neighbour:
    entry: Value
    date: Mapping[str, Any]


@dataclass(frozen=True)
class InTime:
    """Either may be missing, at the ends of what is dated."""

    before: Neighbour | None
    after: Neighbour | None


def in_time(record: Record, version: Version, date_field: str) -> InTime:
    """The nearest entries of the same type that are dated, as lists have them. One query.

    None for an entry without a date, which has no place among them; then no query either.
    """
    if version.earliest is None:
        return InTime(None, None)
    at = [version.type, version.sort_key, version.sort_key, version.public_id]
    found = ask(BOTH, [*at, record.number, record.number] * 2)
    entry_type = type_named(version.type)
    sides = {}
    for side, slug, schema, text in found:
        document = entry_type.upcast(orjson.loads(text), schema)
        title = called(document)
        name = Value(title.name, record.page(entry_type.url(slug)), title.language)
        sides[side] = Neighbour(name, document[date_field])
    return InTime(sides.get("before"), sides.get("after"))
