"""The rows of the tables that hold the current state of an edition."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson
from django.db.models.functions import Length

from chronicle.dates import iso_day
from packages.record_files import BATCH, Said, keys_of, known
from packages.shapes import Table
from packages.tables import all_tables, tables_of_type
from record.canonical import selector_digest
from record.models import Check, State, Version
from record.reading import document_of, standing
from record.types import Document, entry_types

Put = Callable[[str, list[str]], None]  # a row into the table of that name


class Current:
    """The current state of edition ``number``, read once. ``put`` is given each row.

    ``dangling``: columns, by table, that refer to parts of what a later edition redacted.
    ``terms``: documents of the type that says what others mean by their ids.
    """

    def __init__(self, number: int, put: Put) -> None:
        self.number, self.put = number, put
        self.dangling: set[tuple[str, str]] = set()
        self.terms: list[Document] = []
        self._tables = {table.name: table for table in all_tables()}
        self._gone: set[str] = set()

    def write(self) -> None:
        """Type by type, by number. Three queries a batch, and one a type."""
        rows = (
            Version.objects.filter(standing(self.number), state=State.REDACTED)
            .order_by()
            .values_list("public_id", flat=True)
        )
        self._gone = set(rows)
        for entry_type in entry_types():
            versions = Version.objects.filter(standing(self.number), type=entry_type.name)
            # Tombstones among them, by the numbers of their ids.
            keys = keys_of(versions.order_by(Length("public_id"), "public_id"))
            tables = tables_of_type(entry_type.name)
            for start in range(0, len(keys), BATCH):
                self._batch(tables, keys[start : start + BATCH])

    def _batch(self, tables: Sequence[Table], keys: Sequence[int]) -> None:
        found = Version.objects.in_bulk(keys)
        versions = [found[key] for key in keys]
        documents: list[Document] = []
        for version in versions:
            self.put("entries", self._tables["entries"].cells(_entry(version)))
            if version.state == State.PUBLISHED:
                documents.append(document_of(version))
        for document in documents:
            if document["type"] == "term":
                self.terms.append(document)
            for table in tables:
                self._rows(table, document)
        self._checks(documents)

    def _rows(self, table: Table, document: Document) -> None:
        for row in table.rows(document):
            cells = table.cells(row)
            self.put(table.name, cells)
            if self._gone:
                self._look_for_dangling(table, cells)

    def _look_for_dangling(self, table: Table, cells: list[str]) -> None:
        for key in table.foreign_keys:
            if len(key.columns) > 1 and cells[table.header.index(key.columns[0])] in self._gone:
                self.dangling.add((table.name, key.columns[0]))

    def _checks(self, documents: list[Document]) -> None:
        checked = Check.objects.filter(
            known(self.number), public_id__in=[document["id"] for document in documents]
        )
        newest = {
            (check.public_id, check.citation, check.selector): check
            for check in checked.order_by("pk")
        }
        for document in documents:
            for citation in document.get("citations", ()):
                if not citation["selector"]:
                    continue
                selector = selector_digest(citation["selector"])
                check = newest.get((document["id"], citation["key"], selector))
                if check is not None:
                    self.put("checks", self._tables["checks"].cells(_check(check)))


def _entry(version: Version) -> dict[str, Any]:
    merged_into = None
    if version.state == State.MERGED and version.document:
        merged_into = orjson.loads(version.document)["merged_into"]
    return {
        "id": version.public_id,
        "entry_type": version.type,
        "state": version.state,
        "label": version.label or None,
        "slug": version.slug or None,
        "merged_into": merged_into,
        "earliest": iso_day(version.earliest),
        "latest": iso_day(version.latest),
        "contested": version.contested,
        "edition": version.edition_id,
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "entry": check.public_id,
        "citation": check.citation,
        "state": check.state,
        "checked_on": check.checked_on.isoformat(),
        "text_sha256": check.text,
    }


def version_row(said: Said) -> dict[str, Any]:
    """What the table of versions has of a line of the file of versions."""
    return {**said._asdict(), "entry_type": said.type}


def terms_by_kind(terms: list[Document]) -> Iterator[tuple[str, list[Document]]]:
    kinds = list(dict.fromkeys(term["vocabulary"] for term in terms))
    for kind in kinds:
        own = [term for term in terms if term["vocabulary"] == kind]
        yield kind, sorted(own, key=lambda term: (term["order"], int(term["id"][1:])))
