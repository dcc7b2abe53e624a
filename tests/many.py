"""As many published entries as a test needs, without each having been made at the desk."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from desk.versions import LINKED, links_of, version_of
from record.canonical import canonical
from record.models import Link, Version
from record.statements import analyse

BATCH = 2000
FIRST = 1_000  # numbers from which on the ids are


def publish_many(like: str, changes: Iterable[Mapping[str, Any]], *, first: int = FIRST) -> None:
    """Entries beside that of the id ``like``, in its edition: its document with other fields.

    The ids are numbered from ``first`` on.

    Before anything is asked of the record, which never changes within an edition.
    """
    pattern = Version.objects.get(public_id=like)
    document = orjson.loads(pattern.document)
    versions, links = [], []
    for number, fields in enumerate(changes, start=first):
        own = {"id": f"{like[0]}{number}", "slug": f"{document['slug']}-{number}"}
        each = document | own | dict(fields)
        text = canonical(each)
        versions.append(
            version_of(each, text, pattern.edition_id, change=pattern.change, schema=pattern.schema)
        )
    Version.objects.bulk_create(versions, batch_size=BATCH)
    for version in versions:
        rows = links_of(version, orjson.loads(version.document))
        links += [Link(**_columns(row)) for row in rows]
    Link.objects.bulk_create(links, batch_size=BATCH)
    analyse(Version, Link)  # as publishing does


def _columns(row: tuple[Any, ...]) -> dict[str, Any]:
    """By the names that a model takes; ``LINKED`` has those of the foreign keys' targets."""
    keys = {"version": "version_id", "edition": "edition_id", "superseded_in": "superseded_in_id"}
    return {keys.get(name, name): value for name, value in zip(LINKED, row, strict=True)}
