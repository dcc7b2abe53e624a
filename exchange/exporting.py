"""Entries of the desk as tables, which can be imported again."""

from collections.abc import Iterable, Sequence

from desk.documents import by_number
from desk.models import WorkingCopy
from desk.naming import document_of
from exchange.names import Names
from exchange.tables import Table, tables
from record.types import Document
from sources.bibliography.items import Item, item_from

Rows = list[list[str]]


def export(public_ids: Iterable[str]) -> dict[str, Rows]:
    """The working copies of these entries, merged ones left out; tables by name, with headers.

    Tables of types that are not among them are left out; empty ones of the others are not, so that
    somebody can fill them. Queries: one, and those of ``Names``.
    """
    copies = WorkingCopy.objects.filter(public_id__in=list(public_ids), merged_into="")
    documents = [document_of(copy.revision) for copy in copies.select_related("revision")]
    documents = [document for document in documents if "state" not in document]
    documents.sort(key=lambda document: by_number(document["id"]))
    return _tables(documents, {document["type"] for document in documents})


def sources_to_write(public_ids: Iterable[str]) -> list[Item]:
    """These sources, all where none is named.

    Two queries, and one a type for slugs.
    """
    copies = WorkingCopy.objects.filter(type="source", merged_into="").select_related("revision")
    if wanted := list(public_ids):
        copies = copies.filter(public_id__in=wanted)
    names = Names(of_another_desk=False)
    documents = [document_of(copy.revision) for copy in copies]
    standing = [document for document in documents if "state" not in document]
    standing.sort(key=lambda document: by_number(document["id"]))
    return [item_from(document, names.slug_of) for document in standing]


def empty_tables(types: Iterable[str]) -> dict[str, Rows]:
    """Nothing but the headers, to be filled."""
    return _tables([], set(types))


def _tables(documents: Sequence[Document], types: set[str]) -> dict[str, Rows]:
    names = Names(of_another_desk=False)
    return {
        name: [table.columns, *_rows(table, documents, names)]
        for name, table in tables().items()
        if table.desk_type.name in types
    }


def _rows(table: Table, documents: Sequence[Document], names: Names) -> Iterable[list[str]]:
    for document in documents:
        if document["type"] != table.desk_type.name:
            continue
        for row in document[table.rows] if table.rows else [document]:
            cells: dict[str, str] = dict.fromkeys(("id", "entry"), document["id"]) | {
                "key": row.get("key") or ""
            }
            for name, cell in table.cells.items():
                cells |= cell.write(row[name], names)
            yield [cells[column] for column in table.columns]
