"""Versions as the API gives them: documents as stored, and beside them what they refer to.

``version`` is the one member added to a document, so that a result without it is, in canonical
form, what ``version.sha256`` was computed over (with the salt before it). A document of an older
schema is brought to today's on reading; ``version.schema`` says of which schema the bytes are
that the checksum holds for.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Any

import orjson

from record.models import Check, Edition, State, Version
from record.reading import Record, Reference, passages_in
from record.served import Served
from record.types import Document, EntryType, type_named

Passages = Sequence[tuple[str, str]]  # as ``passages_in``

# What a line of a file says of a version.
LINED = ("document", "edition_id", "schema", "change", "salt", "checksum")
MOST_PASSAGES = 10_000  # versions whose passages a process keeps, at some 500 bytes each
_passages: dict[str, Passages] = {}  # by the version's checksum

UNCHECKED = {"state": "unchecked", "checked_on": None, "text_sha256": None}


@lru_cache(maxsize=1024)  # editions come again and again
def moment(value: datetime.datetime) -> str:
    """As the checksum of an edition has it: UTC, to the second."""
    return f"{value:%Y-%m-%dT%H:%M:%SZ}"


def about(version: Served | Version, edition: Edition) -> dict[str, Any]:
    """The ``version`` of a result."""
    return {
        "edition": version.edition_id,
        "schema": version.schema,
        "published_at": moment(edition.published_at),
        "change": version.change,
        "reason": edition.reason,
        "salt": version.salt or None,
        "sha256": version.checksum,
    }


def document_of(version: Served | Version) -> Document:
    """As ``record.reading.document_of``, of a version that is published."""
    document: Document = orjson.loads(version.document)
    entry_type = type_named(version.type)
    if version.schema == entry_type.schema:
        return document
    return entry_type.upcast(document, version.schema)


def result_of(version: Served | Version, edition: Edition) -> orjson.Fragment:
    """``result_text``, as a member of an answer."""
    return orjson.Fragment(result_text(version, edition))


def result_text(version: Served | Version, edition: Edition) -> str:
    """The version's document as JSON, as it is stored, with ``version`` put at its end."""
    text = version.document or _redacted(version)
    if version.state == State.PUBLISHED and version.schema != type_named(version.type).schema:
        text = _of_today(type_named(version.type), text, version.schema)
    begins = _begins(edition, version.schema, version.change)
    return _result(text, begins, version.salt, version.checksum)


def result_lines(
    rows: Iterable[Sequence[Any]], entry_type: EntryType, editions: Mapping[int, Edition]
) -> str:
    """``result_text`` of published versions of one type, each a line.

    ``rows`` begin as ``LINED`` has it: tuples, since of a line most would be reading attributes.
    """
    current = entry_type.schema
    begin: dict[tuple[int, int, str], str] = {}
    lines = []
    for document, edition, schema, change, salt, checksum, *_ in rows:
        of = edition, schema, change
        if (begins := begin.get(of)) is None:
            begins = begin[of] = _begins(editions[edition], schema, change)
        if schema != current:
            document = _of_today(entry_type, document, schema)
        lines.append(_result(document, begins, salt, checksum))
    return "\n".join([*lines, ""])


def _of_today(entry_type: EntryType, document: str, schema: int) -> str:
    return orjson.dumps(entry_type.upcast(orjson.loads(document), schema)).decode()


def _result(text: str, begins: str, salt: str, checksum: str) -> str:
    told = orjson.dumps(salt or None).decode()
    return f'{text[:-1]},"version":{begins},"salt":{told},"sha256":"{checksum}"}}}}'


def _begins(edition: Edition, schema: int, change: str) -> str:
    return _about(edition.number, schema, edition.published_at, change, edition.reason)


@lru_cache(maxsize=1024)  # the same of thousands of versions
def _about(
    number: int, schema: int, published_at: datetime.datetime, change: str, reason: str
) -> str:
    """How ``about`` begins, as text: what versions of an edition have in common."""
    said = {
        "edition": number,
        "schema": schema,
        "published_at": moment(published_at),
        "change": change,
        "reason": reason,
    }
    return orjson.dumps(said)[:-1].decode()


def as_stored(version: Served | Version, edition: Edition, **said: Any) -> orjson.Fragment:
    """The same in the schema of then, so that the checksum is of this very document.

    ``said`` are further members of ``version``.
    """
    text = version.document or _redacted(version)
    return orjson.Fragment(_with_version(text, about(version, edition) | said))


def context_of(
    record: Record,
    versions: Sequence[Served],
    origin: str,
    *,
    also: Mapping[str, Reference] = MappingProxyType({}),
) -> dict[str, Any]:
    """Whom the versions refer to, and how their passages were last checked. Two queries.

    ``origin`` (scheme and host) makes addresses absolute; ``also``: others that the answer names.
    """
    references = {**record.references_of([version.id for version in versions]), **also}
    return {
        "references": references_as_json(references, origin),
        "checks": checks_of(record, versions),
    }


def references_as_json(references: Mapping[str, Reference], origin: str) -> dict[str, Any]:
    """Those of an answer, by id."""
    return {
        each.id: {"type": each.type, "name": each.name, "slug": each.slug, "url": origin + each.url}
        for each in map(references.__getitem__, sorted(references))
    }


def checks_of(record: Record, versions: Sequence[Served]) -> dict[str, Any]:
    """The last check of each citation that has a selector, by ``E14/c1``. One query."""
    passages = dict(chain.from_iterable(map(_passages_of, versions)))
    known = record.checks_of(passages)
    return {name: _check(known[name]) if name in known else UNCHECKED for name in passages}


def _passages_of(version: Served) -> Passages:
    """Kept, since they follow from the version, and to read its document takes far longer."""
    found = _passages.get(version.checksum)
    if found is None:
        if len(_passages) >= MOST_PASSAGES:
            _passages.clear()
        found = _passages[version.checksum] = tuple(passages_in(document_of(version)))
    return found


def edition_of(edition: Edition) -> dict[str, Any]:
    """What an edition says of itself."""
    return {
        "number": edition.number,
        "published_at": moment(edition.published_at),
        "reason": edition.reason,
        "by": edition.by,
        "approved_by": edition.approved_by,
        "four_eyes": edition.four_eyes,
        "checksum": edition.checksum,
    }


def contents_of(edition: Edition) -> dict[str, Any]:
    """Everything that the edition's checksum is computed over, and of all its versions.

    Two queries, that read no document; some 6 µs, 1 KB of memory and 200 bytes served a version.
    ``name`` and ``slug`` of a version are no part of what the checksum is over.
    """
    previous = Edition.objects.filter(number=edition.number - 1).values_list("checksum", flat=True)
    rows = (
        Version.objects.filter(edition=edition)
        .order_by("public_id")
        .values_list("public_id", "type", "change", "state", "checksum", "slug", "label")
    )
    return edition_of(edition) | {
        "previous": previous.first(),
        "versions": [
            {
                "id": public_id,
                "type": type_name,
                "change": change,
                "state": state,
                "checksum": checksum,
                "slug": slug,
                "name": label or None,
            }
            for public_id, type_name, change, state, checksum, slug, label in rows
        ],
    }


def _with_version(text: str, version: dict[str, Any]) -> str:
    added = orjson.dumps({"version": version}).decode()
    return f"{text[:-1]},{added[1:]}"


def _redacted(version: Served | Version) -> str:
    """All that may be said of a version whose document is gone."""
    document = {"id": version.public_id, "type": version.type, "state": State.REDACTED}
    return orjson.dumps(document).decode()


def _check(check: Check) -> dict[str, str]:
    return {
        "state": check.state,
        "checked_on": check.checked_on.isoformat(),
        "text_sha256": check.text,
    }
