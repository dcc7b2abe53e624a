"""Everything that rests on a source, in the order of its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from django.db.models import QuerySet

from record.models import Version
from record.reading import Record, document_of
from record.rows import Value, foreign
from record.types import Document, type_named
from sources.marks import number_of
from sources.passage import locator_words

MOST = 100  # passages of one page
LONGEST_NUMBER = 9  # digits that are read of the number of a page


@dataclass(frozen=True)
class Passage:
    """One citation of the source, by an entry: where, and what it is there for."""

    section: str
    where: str
    entry: Value
    type: str
    number: str
    stance: str
    opening: str
    via: bool


@dataclass(frozen=True)
class Passages:
    """One page of them; ``before`` and ``after`` are the numbers of its neighbours, 0 for none.

    ``sections``: whether any of them names one.
    """

    rows: Sequence[Passage]
    sections: bool
    total: int
    before: int
    after: int


def passages(record: Record, source: str, parameters: Mapping[str, str]) -> Passages:
    """Of the source of that id, a page of ``MOST``. One query, of the entries on that page.

    The first time in an edition one more, which reads every entry that cites the source.
    """
    edition = record.edition
    found = _in_order(edition.checksum, edition.number, source) if edition else ()
    last = max(-(-len(found) // MOST), 1)
    number = _page_number(parameters.get("passages", ""), last)
    shown = found[(number - 1) * MOST : number * MOST]
    citing = _citing(record, source).in_bulk({version for version, _ in shown})
    documents = {pk: document_of(version) for pk, version in citing.items()}
    rows = [
        _passage(citing[pk], documents[pk], documents[pk]["citations"][place], source)
        for pk, place in shown
        if pk in citing  # unless redacted since
    ]
    sections = any(row.section for row in rows)
    return Passages(rows, sections, len(found), number - 1, number + 1 if number < last else 0)


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


def _passage(version: Version, document: Document, citation: Document, source: str) -> Passage:
    url = type_named(version.type).url(version.slug)
    return Passage(
        section=citation["locator"]["section"] or "",
        where=locator_words(citation["locator"] | {"section": None}),
        entry=Value(version.label, f"{url}#{citation['key']}", foreign(document["language"])),
        type=version.type,
        number=number_of(citation),
        stance=citation["stance"],
        opening=(citation["selector"] or {}).get("start") or "",
        via=citation["source"] != source,
    )


def _place(locator: Document) -> tuple[float, bool, str, str, str]:
    """Sorts by first block; what has none comes after, by page, time and record, if there are."""
    first = min(locator["blocks"], default=inf)
    page, timecode, record = (locator[name] or "" for name in ("page", "timecode", "record"))
    nowhere = not (page or timecode or record)
    return first, nowhere, page.rjust(12), timecode.rjust(12), record.rjust(12)
