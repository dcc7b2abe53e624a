"""Everything that rests on a source, in the order of its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from record.models import Version
from record.reading import Record, document_of
from record.rows import Value, foreign
from record.types import Document, type_named
from sources.marks import number_of
from sources.passage import locator_words

MOST = 100  # passages of one page


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
    """Of the source of that id, a page of ``MOST``. One query; reads every entry that cites it."""
    citing = record.links().filter(target=source, predicate__in=("cites", "cites via"))
    versions = record.versions().filter(pk__in=citing.values("version"))
    found = sorted(
        (
            (_place(citation["locator"]), version.sort_key, version.pk, citation["key"], passage)
            for version in versions
            for citation, passage in _of(version, source)
        ),
        key=lambda row: row[:4],
    )
    total = len(found)
    last = max(-(-total // MOST), 1)
    text = parameters.get("passages", "")
    number = min(max(int(text), 1), last) if text.isascii() and text.isdecimal() else 1
    rows = [row[4] for row in found[(number - 1) * MOST : number * MOST]]
    sections = any(row.section for row in rows)
    return Passages(rows, sections, total, number - 1, number + 1 if number < last else 0)


def _of(version: Version, source: str) -> list[tuple[Document, Passage]]:
    document = document_of(version)
    url = type_named(version.type).url(version.slug)
    language = foreign(document["language"])
    return [
        (
            citation,
            Passage(
                section=citation["locator"]["section"] or "",
                where=locator_words(citation["locator"] | {"section": None}),
                entry=Value(version.label, f"{url}#{citation['key']}", language),
                type=version.type,
                number=number_of(citation),
                stance=citation["stance"],
                opening=(citation["selector"] or {}).get("start") or "",
                via=citation["source"] != source,
            ),
        )
        for citation in document["citations"]
        if source in (citation["source"], citation["cited_via"])
    ]


def _place(locator: Document) -> tuple[float, bool, str, str, str]:
    """Sorts by first block; what has none comes after, by page, time and record, if there are."""
    first = min(locator["blocks"], default=inf)
    page, timecode, record = (locator[name] or "" for name in ("page", "timecode", "record"))
    nowhere = not (page or timecode or record)
    return first, nowhere, page.rjust(12), timecode.rjust(12), record.rjust(12)
