"""On which sources the entries of the record rest, and how many of them on one alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from record.facets import number_of_all, totals_of
from record.filter_fields import NONE
from record.pages import EntryPages, all_pages, list_address
from record.ranked import ranked
from record.reading import Record

MOST_SOURCES = 10  # the others are counted together


@dataclass(frozen=True)
class Part:
    """So many entries of one type, and their list."""

    words: str
    href: str


@dataclass(frozen=True)
class SourceBar:
    """``share``: per cent of the entries of the one that most rest on."""

    name: str
    url: str
    total: int
    share: float
    parts: Sequence[Part]
    language: str = ""  # of the name, where it is not the page's


@dataclass(frozen=True)
class Single:
    """How many entries of a type rest on one source alone, and their list; ``words``: how many
    there are."""

    number: int
    words: str
    share: int
    href: str


@dataclass(frozen=True)
class Coverage:
    """``others``: sources besides those shown, and how often something rests on them."""

    sources: Sequence[SourceBar]
    others: int
    others_total: int
    single: Sequence[Single]


def coverage_by_source(record: Record) -> Coverage:
    """Of all types whose entries cite sources. Queries: for each type one the first time in an
    edition, with those of ``totals_of``; and one unless names are known."""
    by_source: Counter[str] = Counter()
    of_type: dict[str, dict[str, int]] = {}
    single = []
    for pages in all_pages():
        filters = pages.filterset(None, record=record)
        if "source" not in filters.facets or not (all_of_it := number_of_all(filters)):
            continue
        totals = totals_of(filters, ["source", "single_source"])
        found = {source: number for source, number in totals["source"].items() if source != NONE}
        by_source.update(found)
        of_type[pages.type_name] = found
        alone = totals["single_source"].get("true", 0)
        single.append(_single(record, pages, alone, all_of_it))
    most_first = sorted(by_source.items(), key=lambda item: (-item[1], item[0]))
    shown, others = dict(most_first[:MOST_SOURCES]), most_first[MOST_SOURCES:]
    names = record.references(shown)
    most = max(shown.values(), default=1)
    bars = [
        SourceBar(
            names[source].name,
            names[source].url,
            shown[source],
            round(100 * shown[source] / most, 2),
            _parts(record, of_type, source, names[source].slug),
            names[source].language,
        )
        for source in ranked(shown, names)
    ]
    return Coverage(bars, len(others), sum(total for _, total in others), single)


def _parts(
    record: Record, of_type: dict[str, dict[str, int]], source: str, slug: str
) -> list[Part]:
    return [
        Part(pages.number(number), list_address(record, pages.type_name, source=slug))
        for pages in all_pages()
        if (number := of_type.get(pages.type_name, {}).get(source))
    ]


def _single(record: Record, pages: EntryPages, number: int, of: int) -> Single:
    href = list_address(record, pages.type_name, single_source="true")
    return Single(number, pages.number(of), round(100 * number / of), href)
