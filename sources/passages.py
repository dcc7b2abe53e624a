"""Everything that rests on a source, in the order of its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import inf

from django.db.models import QuerySet

from record.called import called
from record.models import Version
from record.pages import pages_of, words_of
from record.reading import Record, document_of
from record.referred import Referred
from record.rows import Value
from record.types import Document, type_named
from sources.cards import SpokenTo, spoken_to
from sources.marks import Claims, number_of
from sources.passage import locator_words

MOST = 100  # passages of one page
LONGEST_NUMBER = 9  # digits that are read of the number of a page


@dataclass(frozen=True)
class RestingClaim:
    """A claim that a passage speaks to; ``alone`` where no other source supports it."""

    claim: SpokenTo
    alone: bool


@dataclass(frozen=True)
class Passage:
    """One citation of the source, by an entry: where, and what it is there for.

    ``alone``: every claim of it rests on this source alone.
    """

    section: str
    where: str
    entry: Value
    type: str
    number: str
    stance: str
    opening: str
    via: bool
    claims: Sequence[RestingClaim]

    @property
    def alone(self) -> bool:
        return all(resting.alone for resting in self.claims)


@dataclass(frozen=True)
class Place:
    """The passages at one place of the source, block or page, in words."""

    where: str
    passages: Sequence[Passage]


@dataclass(frozen=True)
class Section:
    """What stands under one heading of the source; ``title`` is empty where none is named."""

    title: str
    places: Sequence[Place]


@dataclass(frozen=True)
class Passages:
    """One page of them; ``before`` and ``after`` are the numbers of its neighbours, 0 for none.

    ``titled``: whether any section has a title.
    """

    sections: Sequence[Section]
    titled: bool
    total: int
    before: int
    after: int


def passages(record: Record, source: str, parameters: Mapping[str, str]) -> Passages:
    """Of the source of that id, a page of ``MOST``. One query, of the entries on that page, and
    two to four for what their claims name. The first time in an edition one more, which
    reads every entry that cites the source.
    """
    found = _in_order(record.checksum, record.number, source) if record.checksum else ()
    last = max(-(-len(found) // MOST), 1)
    number = _page_number(parameters.get("passages", ""), last)
    shown = found[(number - 1) * MOST : number * MOST]
    citing = _citing(record, source).in_bulk({version for version, _ in shown})
    reader = _Reader(record, source, {pk: document_of(row) for pk, row in citing.items()})
    rows = [reader.passage(citing[pk], place) for pk, place in shown]
    sections = _sections(rows)
    return Passages(
        sections,
        any(section.title for section in sections),
        len(found),
        number - 1,
        number + 1 if number < last else 0,
    )


def _sections(rows: Sequence[Passage]) -> list[Section]:
    return [
        Section(
            title,
            [
                Place(where, list(passages))
                for where, passages in groupby(inside, key=lambda row: row.where)
            ],
        )
        for title, inside in groupby(rows, key=lambda row: row.section)
    ]


@lru_cache(maxsize=32)
def _in_order(checksum: str, number: int, source: str) -> tuple[tuple[int, int], ...]:
    """Every citation of the source in edition ``number``, by version and place among its citations.

    Kept, since nothing but the documents says where in the text a citation stands, and an edition
    never changes. Some 100 bytes a citation. ``checksum``: as for ``record.facets``.
    """
    found = sorted(
        (_place(citation["locator"]), version.sort_key, version.pk, place)
        for version in _citing(Record(number), source).iterator()
        for place, citation in enumerate(document_of(version)["citations"])
        if source in (citation["source"], citation["cited_via"])
    )
    return tuple((version, place) for _, _, version, place in found)


def _citing(record: Record, source: str) -> QuerySet[Version, Version]:
    """The entries that cite the source, with what is read here and no more."""
    links = record.links().filter(target=source, predicate__in=("cites", "cites via"))
    return (
        record.versions()
        .filter(pk__in=links.values("version"))
        .select_related(None)
        .only("type", "state", "schema", "document", "label", "slug", "sort_key")
        .order_by()
    )


def _page_number(text: str, last: int) -> int:
    """The page asked for, or the nearest that there is; the first where no number is."""
    # Not as int() reads: no signs, no other scripts' digits, no text of any length.
    if not (text.isascii() and text.isdecimal()):
        return 1
    return min(max(int(text[:LONGEST_NUMBER]), 1), last)


class _Reader:
    """Says what the entries on a page rest on the source for."""

    def __init__(self, record: Record, source: str, documents: Mapping[int, Document]) -> None:
        self.source, self.documents = source, documents
        self.referred = Referred(record, documents.values())
        self.words = {
            pk: words_of(pages_of(document["type"]), document, self.referred)
            for pk, document in documents.items()
        }
        self.claims = {pk: Claims(document) for pk, document in documents.items()}

    def passage(self, version: Version, place: int) -> Passage:
        document = self.documents[version.pk]
        citation = document["citations"][place]
        url = self.referred.entry_page(document)
        words, title = self.words[version.pk], called(document)
        return Passage(
            section=citation["locator"]["section"] or "",
            where=locator_words(citation["locator"] | {"section": None}),
            entry=Value(title.name, f"{url}#{citation['key']}", title.language),
            type=str(type_named(version.type).one),
            number=number_of(citation),
            stance=citation["stance"],
            opening=(citation["selector"] or {}).get("start") or "",
            via=citation["source"] != self.source,
            claims=[
                RestingClaim(spoken_to(claim, words, url), self._is_alone(version, citation, claim))
                for claim in citation["claims"]
            ],
        )

    def _is_alone(self, version: Version, citation: Document, claim: str) -> bool:
        supporting = self.claims[version.pk].supporting.get(claim)
        return citation["stance"] == "supports" and supporting == {self.source}


def _place(locator: Document) -> tuple[float, bool, str, str, str]:
    """Sorts by first block; what has none comes after, by page, time and record, if there are."""
    first = min(locator["blocks"], default=inf)
    page, timecode, record = (locator[name] or "" for name in ("page", "timecode", "record"))
    nowhere = not (page or timecode or record)
    return first, nowhere, page.rjust(12), timecode.rjust(12), record.rjust(12)
