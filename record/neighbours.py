"""What stands before and after an entry in the order of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from record.models import Version
from record.reading import Record, document_of
from record.rows import Value, foreign
from record.sorting import VERSIONS
from record.types import UNDATED, type_named


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
    """The nearest entries of the same type that are dated, as lists have them. Two queries.

    None for an entry without a date, which has no place among them; then no query either.
    """
    if version.earliest is None:
        return InTime(None, None)
    return InTime(
        _nearest(record, version, date_field, backward=True),
        _nearest(record, version, date_field, backward=False),
    )


def _nearest(
    record: Record, version: Version, date_field: str, *, backward: bool
) -> Neighbour | None:
    beyond = VERSIONS.beyond(VERSIONS.key(version), "lt" if backward else "gt")
    dated = record.versions(version.type).filter(beyond, sort_key__lt=UNDATED)
    found = dated.select_related(None).order_by(*VERSIONS.sorting(backward=backward)).first()
    if found is None:
        return None
    document = document_of(found)
    name = Value(found.label, type_named(found.type).url(found.slug), foreign(document["language"]))
    return Neighbour(name, document[date_field])
