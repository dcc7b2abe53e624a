"""Citations of several proposals under one row of numbers, for tables and files that hold both.

On an entry's page a citation is known by its own number; beside citations of other entries that
would be two of the same. Here each is numbered when it is first named, and listed at the end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from record.called import foreign
from record.field_words import labelled
from record.referred import Referred
from record.rows import Value
from record.types import Document
from sources.marks import ClaimMarks, Claims, stance_words
from sources.passage import located, passage_url
from sources.reference import FormattedReference, reference_of


@dataclass(frozen=True, kw_only=True)
class NumberedCitation:
    """``there``: ``P4/c2``. ``url``: its card on the entry's page; ``page``: its own page."""

    number: str
    there: str
    url: str
    page: str
    stance: str
    reference: FormattedReference
    locator: Value
    opening: str
    closing: str
    language: str
    source_url: str


class CitationNumbers:
    """Marks of claims, by numbers that count through; ``listed`` has what they stand for, and
    ``rows`` the citations themselves, by ``P4/c2``.

    No query: the sources are among what ``referred`` has opened.
    """

    def __init__(self, referred: Referred) -> None:
        self.referred = referred
        self.rows: dict[str, Document] = {}
        self._claims: dict[str, Claims] = {}
        self._cited: dict[str, NumberedCitation] = {}

    @property
    def listed(self) -> Sequence[NumberedCitation]:
        """In the order of their numbers."""
        return list(self._cited.values())

    def of(self, document: Document, key: str) -> list[ClaimMarks]:
        """Of a part, and of single fields of it, as ``components/_marks.html`` takes them."""
        claims = self._claims_of(document)
        found = [claims.of(key), *claims.fields_of(key)]
        return [self._numbered(document, claim) for claim in found if claim.marks or claim.waiver]

    def _claims_of(self, document: Document) -> Claims:
        if document["id"] not in self._claims:
            self._claims[document["id"]] = Claims(document, self.page_of(document))
        return self._claims[document["id"]]

    def page_of(self, document: Document) -> str:
        return self.referred.entry_page(document)

    def _numbered(self, document: Document, claim: ClaimMarks) -> ClaimMarks:
        marks = []
        for mark in claim.marks:
            cited = self._cite(document, mark.key)
            # Translators: the name of a mark: “citation 3”, and what it does: “supports”.
            called = gettext("citation %(number)s") % {"number": cited.number}
            said = [labelled(called, stance_words(mark.stance)), cited.locator.name]
            name = f"{', '.join(filter(None, said))} ({cited.there})"
            marks.append(replace(mark, number=cited.number, name=name))
        return replace(claim, marks=marks)

    def _cite(self, document: Document, key: str) -> NumberedCitation:
        there = f"{document['id']}/{key}"
        if there not in self._cited:
            citation = next(row for row in document["citations"] if row["key"] == key)
            source = self.referred.documents[citation["source"]]
            self.rows[there] = citation
            selector = citation["selector"] or {}
            language = foreign(source["language"])
            self._cited[there] = NumberedCitation(
                number=str(len(self._cited) + 1),
                there=there,
                url=f"{self.page_of(document)}#{key}",
                page=self.referred.citation_page(document, key),
                stance=citation["stance"],
                reference=reference_of(source),
                locator=located(citation["locator"], language),
                opening=selector.get("start") or "",
                closing=selector.get("end") or "",
                language=language,
                source_url=passage_url(source["url"], citation["selector"]),
            )
        return self._cited[there]


def names_of(public_id: str, claims: Iterable[ClaimMarks]) -> list[str]:
    """The citations of claims of an entry, as ``P4/c2``, each once."""
    marks = (mark for claim in claims for mark in claim.marks)
    return list(dict.fromkeys(f"{public_id}/{mark.key}" for mark in marks))
