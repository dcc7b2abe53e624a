"""The record as it is stored, read in pieces: editions, versions and checks up to an edition.

What a later edition superseded still stands here; what a later one redacted is gone here as well.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice
from json.encoder import encode_basestring  # as ``orjson`` writes text, without its bytes
from typing import Any, NamedTuple

import orjson
from django.db import connection
from django.db.models import Q, QuerySet

from record.canonical import selector_digest
from record.models import Check, Edition, State, Version
from record.serving import edition_of

BATCH = 200  # documents at a time


class Said(NamedTuple):
    """What a line says of a version beside its document."""

    id: str
    type: str
    edition: int
    superseded_in: int | None
    redacted_in: int | None
    change: str
    state: str
    schema: int
    slug: str
    salt: str | None
    checksum: str


# By bytes, as ids are sorted for the checksum of an edition; databases have orders of their own.
BY_BYTES = {"sqlite": "BINARY", "postgresql": "C"}
VERSIONS = (
    "SELECT public_id, type, edition_id,"
    " CASE WHEN superseded_in_id <= %s THEN superseded_in_id END, redacted_in_id, change,"
    " state, schema, slug, NULLIF(salt, ''), checksum, document"
    ' FROM record_version WHERE edition_id = %s ORDER BY public_id COLLATE "{by_bytes}"'
)


def editions(number: int) -> Iterator[dict[str, Any]]:
    """Each with the checksum of the one before. One query."""
    previous = None
    for edition in Edition.objects.filter(number__lte=number).order_by("number").iterator():
        yield edition_of(edition) | {"previous": previous}
        previous = edition.checksum


def versions(number: int) -> Iterator[list[tuple[Any, ...]]]:
    """All versions, some at a time, by edition, then in the order of ids that an edition's checksum
    is over: what ``Said`` has of each, and its document (empty: redacted).

    A query an edition, whose rows the database gives as they are asked for.
    """
    statement = VERSIONS.format(by_bytes=BY_BYTES[connection.vendor])
    for edition in range(1, number + 1):
        with connection.chunked_cursor() as cursor:
            cursor.execute(statement, [number, edition])
            while rows := cursor.fetchmany(BATCH):
                yield rows


def keys_of(versions: QuerySet[Version, Version]) -> "array[int]":
    """In their order; 8 bytes each, where a list of rows would take a hundred. One query."""
    return array("q", versions.values_list("pk", flat=True).iterator(BATCH))


def version_lines(rows: Iterable[tuple[Any, ...]]) -> bytes:
    """A line for each row of ``versions``, with the document as it is stored, to the byte."""
    written: dict[tuple[Any, ...], str] = {}
    lines = []
    for row in rows:  # in the order of ``Said``
        public_id, shared, (slug, salt, checksum, document) = row[0], row[1:8], row[8:]
        if (text := written.get(shared)) is None:
            text = written[shared] = _shared(*shared)
        lines.append(
            f'{{"id":"{public_id}",{text}"slug":{encode_basestring(slug)},'
            f'"salt":{encode_basestring(salt) if salt else "null"},'
            f'"checksum":"{checksum}","document":{document or "null"}}}\n'
        )
    return "".join(lines).encode()


def _shared(
    kind: str,
    edition: int,
    superseded_in: int | None,
    redacted_in: int | None,
    change: str,
    state: str,
    schema: int,
) -> str:
    """What thousands of versions have in common."""
    return (
        f'"type":"{kind}","edition":{edition},'
        f'"superseded_in":{superseded_in or "null"},"redacted_in":{redacted_in or "null"},'
        f'"change":"{change}","state":"{state}","schema":{schema},'
    )


def checks(number: int) -> Iterator[dict[str, Any]]:
    """The log, in its order, as far as it is of selectors that a version cites which is there.

    Two queries a batch, the second of which reads documents.
    """
    rows = Check.objects.filter(known(number)).order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        cited = _cited({check.public_id for check in batch}, number)
        for check in batch:
            if (check.public_id, check.citation, check.selector) in cited:
                yield {
                    "id": check.public_id,
                    "citation": check.citation,
                    "selector": check.selector,
                    "text": check.text,
                    "state": check.state,
                    "checked_on": check.checked_on.isoformat(),
                    "known_from": check.known_from,
                }


def known(number: int) -> Q:
    """The checks that the package of that edition has."""
    return Q(known_from=None) | Q(known_from__lte=number)


def _cited(ids: set[str], number: int) -> set[tuple[str, str, str]]:
    found = Version.objects.filter(
        public_id__in=ids, edition__lte=number, state=State.PUBLISHED, redacted_in=None
    ).order_by()
    return {
        (public_id, citation["key"], selector_digest(citation["selector"]))
        for public_id, document in found.values_list("public_id", "document").iterator()
        for citation in orjson.loads(document).get("citations", ())
        if citation["selector"]
    }
