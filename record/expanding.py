"""Results as they are asked for: some of their fields, and entries in place of their ids.

One level deep: what an entry that stands in place refers to stands there by its id.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from record.problems import InvalidParameters, ParameterError
from record.reading import Record, Reference
from record.selecting_fields import (
    EXPAND,
    Path,
    Shaping,
    picked,
    references_in,
    values_at,
)
from record.served import Served, served_entries
from record.serving import about, checks_of, document_of, references_as_json
from record.shapes import result_object
from record.types import Document, type_named

MOST = 1000  # entries of one answer, each counted once, that stand in place of their ids
MOST_LISTED = 50  # results of a list with such ones: `limit`, otherwise, may be more


def shaped(
    record: Record,
    versions: Sequence[Served],
    shaping: Shaping,
    origin: str,
    *,
    also: Mapping[str, Reference] = MappingProxyType({}),
) -> tuple[list[Document], dict[str, Any]]:
    """The results, and beside them whom they refer to and how passages were last checked.

    One query for the entries in place, up to two for names and editions that are not kept, one
    for checks, where citations are given. ``InvalidParameters`` where too many are to be put in
    place. ``also``: others that the answer names.
    """
    documents = [document_of(version) for version in versions]
    inner = _entries_at(record, documents, shaping, versions)
    told = list(versions) if shaping.keeps("version") else []
    if any(shaping.keeps(*path, "version") for path in shaping.expand):
        told += inner.values()
    editions = record.editions({version.edition_id for version in told})
    named: set[str] = set()
    checked: dict[str, Served] = {}

    def result(version: Served, document: Document, asked: Shaping) -> Document:
        found: Document = picked(document, asked.tree)
        named.update(_named_in(version, document, found, asked, inner))
        if asked.keeps("citations", "selector"):
            checked[version.public_id] = version
        if asked.keeps("version"):
            found = found | {"version": _picked_about(version, editions, asked)}
        return found

    in_place = {
        path: {
            public_id: result(version, document_of(version), shaping.of(path))
            for public_id, version in inner.items()
            if public_id in _ids_at(documents, path)
        }
        for path in shaping.expand
    }
    results = []
    for version, document in zip(versions, documents, strict=True):
        found = result(version, document, shaping)
        for path in shaping.expand:
            found = _with_entries(found, path, in_place[path])
        results.append(found)
    references = {**record.references(named), **also}
    context = {
        "references": references_as_json(references, origin),
        "checks": checks_of(record, list(checked.values())),
    }
    return results, context


def _entries_at(
    record: Record, documents: Sequence[Document], shaping: Shaping, versions: Sequence[Served]
) -> dict[str, Served]:
    """Those that are to be put in place, by id. One query, or none."""
    ids = {each for path in shaping.expand for each in _ids_at(documents, path)}
    if len(ids) > MOST:
        detail = (
            f"This would put {len(ids):,} entries in place of their ids, and {MOST:,} at most can "
            "be: ask for fewer results with “limit”, or for fewer fields."
        )
        raise InvalidParameters([ParameterError(EXPAND, detail)])
    return served_entries(record, ids)


def _ids_at(documents: Iterable[Document], path: Path) -> set[str]:
    return {value for document in documents for value in values_at(document, path)}


def _named_in(
    version: Served,
    document: Document,
    found: Document,
    asked: Shaping,
    inner: Mapping[str, Served],
) -> Iterable[str]:
    """Ids of all that a result goes on naming by id."""
    for path in references_in(result_object(version.type)):
        ids = (value.partition("/")[0] for value in values_at(found, path))  # ``A7/p4`` is of A7
        yield from (each for each in ids if path not in asked.expand or each not in inner)
    if any(row.get("asserts") is not None for row in found.get("citations", ())):
        # What a source asserts instead has the shape of any claim: the type alone can tell.
        for target in type_named(version.type).links(document):
            if target.predicate == "asserts":
                yield target.id


def _picked_about(version: Served, editions: Mapping[int, Any], asked: Shaping) -> Document:
    said: Document = picked(
        about(version, editions[version.edition_id]), asked.of(("version",)).tree
    )
    return said


def _with_entries(value: Any, path: Path, entries: Mapping[str, Document]) -> Any:
    """The same with entries at ``path``; an id of which there is none now (it was redacted) stays
    an id. Nothing that is given is changed."""
    if isinstance(value, list):
        return [_with_entries(each, path, entries) for each in value]
    if not path:
        return entries.get(value, value)
    if not isinstance(value, dict) or path[0] not in value:
        return value
    return value | {path[0]: _with_entries(value[path[0]], path[1:], entries)}
