"""What documents on one page refer to: names for all of it, documents where parts are named."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from chronicle.named_addresses import url_of
from record.reading import Record, Reference
from record.types import Document, Target, type_named


class Referred:
    """The entries that some documents refer to, in one edition. Two to four queries in all.

    ``names`` holds each of them, of what has been redacted since its id; ``documents`` those whose
    inside is shown here: sources, and whatever is referred to by a part (``A7/p4``) or by a part
    of such a one.
    """

    def __init__(self, record: Record, documents: Iterable[Document]) -> None:
        self.record = record
        self.documents: dict[str, Document] = {}
        self.names: dict[str, Reference] = {}
        targets = {target for document in documents for target in targets_in(document)}
        self.names |= record.references({target.id for target in targets})
        self._open(self._with_inside(targets))
        beyond = {target for document in self.documents.values() for target in targets_in(document)}
        self._open({target.id for target in beyond if target.part})
        self.names |= record.references(
            {target.id for target in beyond if target.id not in self.names}
        )

    def name(self, public_id: str | None) -> Reference | None:
        """Of an entry referred to; ``None`` for no id."""
        return None if public_id is None else self.names[public_id]

    def part(self, reference: str | None, rows: str) -> Mapping[str, Any] | None:
        """The part that ``A7/p4`` means, of the list ``rows`` of that entry's document; ``None``
        where that has been redacted since, too."""
        public_id, _, key = (reference or "").partition("/")
        if public_id not in self.documents:
            return None
        return part_of(self.documents[public_id], rows, key)

    def entry_page(self, document: Document) -> str:
        """Address of the page of one of the documents' entries."""
        return self.record.page(type_named(document["type"]).url(document["slug"]))

    def citation_page(self, document: Document, key: str) -> str:
        """Address of the page of one of the document's citations."""
        url = type_named(document["type"]).citation_url(document["slug"], key)
        return self.record.page(url)

    def cite_page(self, document: Document, claim: str) -> str:
        """Address of the page that says how to cite one of the document's claims."""
        url = url_of("cite:entry", document["id"])
        return self.record.page(f"{url}?{urlencode({'claim': claim})}")

    def correction_page(self, document: Document, claim: str) -> str:
        """Address at which a reader suggests a correction of one of the document's claims; none
        where an edition is asked for, as letters are about the newest."""
        if self.record.is_asked:
            return ""
        url = url_of("letters:write", document["id"])
        return f"{url}?{urlencode({'claim': claim})}"

    def _with_inside(self, targets: Iterable[Target]) -> set[str]:
        return {
            target.id
            for target in targets
            if target.part or (target.id in self.names and self.names[target.id].type == "source")
        }

    def _open(self, ids: set[str]) -> None:
        """One query, or none."""
        self.documents |= self.record.documents(ids - set(self.documents))


def targets_in(document: Document) -> Iterable[Target]:
    """Every reference that the document makes."""
    return type_named(document["type"]).links(document)


def targets_of_all(documents: Iterable[Document | None]) -> set[Target]:
    """What several refer to. Those that are not there, and tombstones, refer to nothing."""
    return {
        target
        for document in documents
        if document is not None and "state" not in document
        for target in targets_in(document)
    }


def part_of(document: Document, rows: str, key: str) -> Mapping[str, Any]:
    """The part of that key in the list ``rows``; ``StopIteration`` cannot be in the record."""
    found: Mapping[str, Any] = next(row for row in document[rows] if row["key"] == key)
    return found


def named_within(value: Any, known: Collection[str]) -> set[str]:
    """Which of the ids that are known stand anywhere in a value; parts (``A7/p4``) name theirs."""
    if isinstance(value, str):
        public_id = value.partition("/")[0]
        return {public_id} & {*known}
    inner = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list | tuple):
        return set()
    return {found for each in inner for found in named_within(each, known)}
