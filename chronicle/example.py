"""One real claim with the passage behind it, to show on the home page how checking goes."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F

from record.called import called
from record.pages import pages_of, words_of
from record.reading import Record, document_of
from record.referred import Referred
from record.types import Document
from sources.cards import EvidenceCard, cards

TYPE, CLAIM = "event", "date"
CONSIDERED = 50  # entries among which one is looked for


@dataclass(frozen=True)
class Example:
    """An entry's date, and one citation that supports it. ``url`` is of the entry."""

    title: str
    language: str
    url: str
    date: dict[str, Any]
    card: EvidenceCard


def example(record: Record) -> Example | None:
    """The same one for as long as the edition stands; ``None`` where nothing lends itself.

    Four to six queries, and the first time in an edition one more, of ``CONSIDERED`` entries.
    """
    chosen = _chosen(record.checksum, record.number) if record.checksum else None
    if chosen is None:
        return None
    public_id, key = chosen
    version = record.versions(TYPE).get(public_id=public_id)
    document = document_of(version)
    referred = Referred(record, [document])
    url, title = referred.entry_page(document), called(document)
    words = words_of(pages_of(TYPE), document, referred)
    shown = cards(document, referred, record.checks([document]), words, url)
    return Example(
        title.name,
        title.language,
        url,
        document[CLAIM],
        next(card for card in shown if card.key == key),
    )


@lru_cache(maxsize=8)
def _chosen(checksum: str, number: int) -> tuple[str, str] | None:
    """Id and key of the shortest to read, among entries of one day that nobody disputes.

    Ordered by checksum, so that it is nobody's choice. Kept, as an edition never changes
    but for redactions; ``checksum`` is that of the newest, which such a one is as well.
    """
    found = (
        Record(number)
        .versions(TYPE)
        .filter(contested=False, earliest=F("latest"))
        .order_by("checksum", "public_id")[:CONSIDERED]
    )
    fitting = [
        (_length(document, citation), document["id"], citation["key"])
        for document in map(document_of, found)
        if not document[CLAIM]["inferred"]
        for citation in document["citations"]
        if _lends_itself(citation)
    ]
    _, public_id, key = min(fitting, default=(0, "", ""))
    return (public_id, key) if key else None


def _lends_itself(citation: Document) -> bool:
    selector = citation["selector"]
    return (
        citation["stance"] == "supports"
        and CLAIM in citation["claims"]
        and citation["cited_via"] is None
        and bool(selector and selector["start"] and selector["end"])
    )


def _length(document: Document, citation: Document) -> int:
    selector = citation["selector"]
    return len(document["title"]) + len(selector["start"]) + len(selector["end"])
