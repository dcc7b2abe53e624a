"""Results as they are asked for: some of their fields, and entries in place of their ids.

One level deep: what an entry that stands in place refers to stands there by its id.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    placing = Placing(record, documents, shaping, versions if shaping.keeps("version") else ())
    found = placing.in_place(placing.results(versions, documents, shaping))
    references = {**record.references(placing.named), **also}
    context = {
        "references": references_as_json(references, origin),
        "checks": checks_of(record, list(placing.checked.values())),
    }
    return found, context


def check_listed(shaping: Shaping, limit: int, errors: list[ParameterError]) -> None:
    """Add to ``errors`` where a list with entries in place is asked for too many results."""
    if shaping.expand and limit > MOST_LISTED:
        detail = f"With “{EXPAND}” this is a whole number from 1 to {MOST_LISTED}."
        errors.append(ParameterError("limit", detail))


class Placing:
    """Puts entries in the places of one answer. ``named``: whom the results name by id, and
    ``checked``: those whose passages they give, both as far as they have been made.

    One query for the entries, and one for editions that are not kept. ``told``: versions whose
    editions are told besides. ``InvalidParameters`` where too many are to be put in place.
    """

    def __init__(
        self,
        record: Record,
        documents: Sequence[Document],
        shaping: Shaping,
        told: Iterable[Served] = (),
    ) -> None:
        self.shaping = shaping
        self.wanted = {
            path: {value for document in documents for value in values_at(document, path)}
            for path in shaping.expand
        }
        self.inner = _entries_of(record, self.wanted)
        told = list(told)
        if any(shaping.keeps(*path, "version") for path in shaping.expand):
            told += self.inner.values()
        self.editions = record.editions({version.edition_id for version in told})
        self.named: set[str] = set()
        self.checked: dict[str, Served] = {}

    def in_place(self, results: list[Document]) -> list[Document]:
        """The same with entries wherever they are asked for."""
        for path, ids in self.wanted.items():
            there = [self.inner[public_id] for public_id in ids if public_id in self.inner]
            says = self.results(there, list(map(document_of, there)), self.shaping.of(path))
            entries = {document["id"]: document for document in says}
            results = [_with_entries(result, path, entries) for result in results]
        return results

    def results(
        self, of: Sequence[Served], says: Sequence[Document], asked: Shaping
    ) -> list[Document]:
        """Entries as they are asked for."""
        self.named.update(_named_in(says, asked, self.inner))
        if asked.keeps("citations", "selector"):
            self.checked.update((version.public_id, version) for version in of)
        found: list[Document] = [picked(document, asked.tree) for document in says]
        if asked.keeps("version"):
            tree = asked.of(("version",)).tree
            for number, version in enumerate(of):
                said = picked(about(version, self.editions[version.edition_id]), tree)
                found[number] = found[number] | {"version": said}
        return found


def _entries_of(record: Record, wanted: Mapping[Path, set[str]]) -> dict[str, Served]:
    """Those that are to be put in place, by id. One query, or none."""
    ids = set().union(*wanted.values())
    if len(ids) > MOST:
        detail = (
            f"This would put {len(ids):,} entries in place of their ids, and {MOST:,} at most can "
            "be: ask for fewer results with “limit”, or for fewer fields."
        )
        raise InvalidParameters([ParameterError(EXPAND, detail)])
    return served_entries(record, ids)


def _named_in(
    documents: Iterable[Document], asked: Shaping, inner: Mapping[str, Served]
) -> Iterator[str]:
    """Ids of all that results made of these documents go on naming by id."""
    for document in documents:
        for path in references_in(result_object(document["type"])):
            if not asked.keeps(*path):
                continue
            # ``A7/p4`` is of A7
            ids = {value.partition("/")[0] for value in values_at(document, path)}
            yield from ids - inner.keys() if path in asked.expand else ids
        if not asked.keeps("citations", "asserts"):
            continue
        if any(row.get("asserts") is not None for row in document.get("citations", ())):
            # What is asserted instead has the shape of any claim: the type alone can tell.
            for target in type_named(document["type"]).links(document):
                if target.predicate == "asserts":
                    yield target.id


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
