"""What rests on a source, or on a passage of it: citations, found entry by entry.

Links say which entries cite a source; which block, and how, their documents alone do. So a page is
of entries, and of each it has all citations that were asked for.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from record.filter_fields import TextField
from record.models import Version
from record.pages import all_pages
from record.parameters import once, read_names
from record.problems import ParameterError
from record.reading import Gone, Moved, NotInRecord, Record, document_of
from record.search import matching
from record.sorting import CHANGED, VERSIONS, Key, Order
from record.types import Document, type_named
from sources.marks import STANCES

PARAMETERS = ("source", "block", "stance", "entry", "ids", "q")
FACETS = ("stance", "source")
SORTS = ("entry", "changed")  # the first where none is asked for
NAME = re.compile(r"[A-Z][1-9][0-9]{0,14}/c[1-9][0-9]{0,8}")
LONGEST_NUMBER = 6  # digits of a block
BATCH = 500  # documents at a time, where citations are counted
CITES = "cites"  # the links of whatever cites a source
SHOWN = 60  # characters of what cannot be read, in the error that says so


@dataclass(frozen=True)
class Asked:
    """Which citations are asked for: ids of a source and of an entry, a block's number, 0 for any,
    and a stance, each empty for any; ``ids`` of citations (``E14/c3``), ``None`` for any; ``q``:
    words that the entry holds."""

    source: str = ""
    block: int = 0
    stance: str = ""
    entry: str = ""
    ids: frozenset[str] | None = None
    q: str = ""

    def takes(self, public_id: str, citation: Document) -> bool:
        return (
            self.source in ("", citation["source"])
            and self.stance in ("", citation["stance"])
            and (not self.block or self.block in citation["locator"]["blocks"])
            and (self.ids is None or f"{public_id}/{citation['key']}" in self.ids)
        )

    def without(self, facet: str) -> "Asked":
        """All but what that facet asks for. A block is of one source's text."""
        return replace(self, source="", block=0) if facet == "source" else replace(self, stance="")


@cache
def citing_types() -> tuple[str, ...]:
    """The types whose entries cite: those that make claims with evidence."""
    return tuple(pages.type_name for pages in all_pages() if pages.words)


def read_asked(query: Mapping[str, Any], record: Record, errors: list[ParameterError]) -> Asked:
    """What the parameters ask for; what is wrong with them is added to ``errors``.

    One query for a source that is named, or two where it has moved; one for an entry.
    """
    source = _source(record, once(query, "source", errors), errors)
    entry = _entry(record, once(query, "entry", errors), errors)
    stance = once(query, "stance", errors) or ""
    if stance and stance not in STANCES:
        detail = f"“{stance[:SHOWN]}” is none of: {', '.join(STANCES)}."
        errors.append(ParameterError("stance", detail, list(STANCES)))
    block = _block(once(query, "block", errors), errors)
    if block and not (source or written_wrongly("source", errors)):
        detail = "Blocks are of one source’s text. Name it: “source=S1”."
        errors.append(ParameterError("block", detail))
    ids = read_names(query, "the id of a citation, like E14/c3", NAME.fullmatch, errors)
    words = _words(once(query, "q", errors), errors)
    return Asked(source, block, stance, entry, None if ids is None else frozenset(ids), words)


def written_wrongly(name: str, errors: list[ParameterError]) -> bool:
    return any(error.parameter == name for error in errors)


def source_of(record: Record, query: Mapping[str, Any], errors: list[ParameterError]) -> str:
    """The id of the source that is named, by id or slug; empty where none is."""
    return _source(record, once(query, "source", errors), errors)


def _source(record: Record, key: str | None, errors: list[ParameterError]) -> str:
    """What was merged into another is that one."""
    if key is None:
        return ""
    try:
        return record.get("source", key).public_id
    except Moved as moved:
        return moved.version.public_id
    except (Gone, NotInRecord):
        detail = f"“{key[:SHOWN]}” is the id or slug of no source in edition {record.number}."
        errors.append(ParameterError("source", detail))
        return ""


def _entry(record: Record, key: str | None, errors: list[ParameterError]) -> str:
    if key is None:
        return ""
    letters = _letters()
    if key[:1] not in letters or not key.isprintable() or key not in record.references([key]):
        like = ", ".join(f"{letter}1" for letter in letters)
        detail = (
            f"“{key[:SHOWN]}” is the id of no entry in edition {record.number} that could cite. "
            f"Their ids are like these: {like}."
        )
        errors.append(ParameterError("entry", detail))
        return ""
    return key


def _block(text: str | None, errors: list[ParameterError]) -> int:
    if text is None:
        return 0
    if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER and int(text):
        return int(text)
    errors.append(ParameterError("block", "This is the number of a block, from 1."))
    return 0


def _words(text: str | None, errors: list[ParameterError]) -> str:
    """As of the lists of entries."""
    try:
        found: str = TextField(required=False).clean(text)
    except ValidationError as error:
        errors += [ParameterError("q", message) for message in error.messages]
        return ""
    return found


# Finding them -----------------------------------------------------------------------------------


def citing_versions(
    record: Record, asked: Asked, sort: str = SORTS[0]
) -> tuple[QuerySet[Version, Version], Order]:
    """Entries that may have such citations, and the order in which they are read.

    Those of a source by its links, in their order; where a block or a stance is asked for, those
    alone whose documents hold it somewhere. The database reads each document for that: a fifth of a
    second where 28,000 entries cite one source, and nothing rests on the block.
    """
    versions = record.versions().select_related(None).order_by()
    if asked.entry:
        versions = versions.filter(public_id=asked.entry)
    if asked.ids is not None:
        versions = versions.filter(public_id__in={name.partition("/")[0] for name in asked.ids})
    if asked.stance:
        versions = versions.filter(document__contains=f'"stance":"{asked.stance}"')
    if asked.block:
        versions = versions.filter(_holding_block(asked.block))
    if asked.q:
        versions = matching(versions, asked.q, record=record)
    if asked.source:
        versions = versions.filter(
            links__target=asked.source, links__predicate=CITES, links__part=""
        )
    if sort != SORTS[0]:
        return versions, _newest_first()
    if not asked.source:
        return versions, _order("sort_key", "public_id", "type")
    walked = versions.annotate(
        cited_key=F("links__sort_key"), cited_id=F("links__public_id"), of=F("links__type")
    )
    return walked, _order("cited_key", "cited_id", "of")


def citations_in(document: Document, asked: Asked) -> list[Document]:
    """Those of the document that were asked for."""
    return [each for each in document["citations"] if asked.takes(document["id"], each)]


def number_of_citations(record: Record, asked: Asked) -> int:
    """How many there are in all. Up to four queries, and none where it is known since the newest
    edition; every document is read: some three seconds for 100,000."""
    return _totals(record.checksum, record.number, record.is_asked, asked)["stance"].total()


def facets_of(record: Record, asked: Asked, names: Iterable[str]) -> dict[str, dict[str, int]]:
    """Citations by value of the facets named, the most frequent first, each under all that is asked
    for but its own. Of each of them what ``number_of_citations`` takes."""
    found = {}
    for name in names:
        others = asked.without(name)
        totals = _totals(record.checksum, record.number, record.is_asked, others)[name]
        found[name] = dict(sorted(totals.items(), key=lambda item: (-item[1], item[0])))
    return found


@lru_cache(maxsize=64)
def _totals(checksum: str, number: int, is_asked: bool, asked: Asked) -> Mapping[str, Counter[str]]:
    """Citations by value of each facet. ``checksum`` of the newest edition, as a redaction reaches
    all of them."""
    versions, _ = citing_versions(Record(number), asked)
    totals: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for document in _documents(versions):
        for citation in citations_in(document, asked):
            for name in FACETS:
                totals[name][citation[name]] += 1
    return totals


def _documents(versions: QuerySet[Version, Version]) -> Iterator[Document]:
    rows = versions.filter(type__in=citing_types()).only("type", "state", "schema", "document")
    return map(document_of, rows.iterator(chunk_size=BATCH))


def _holding_block(block: int) -> Q:
    """As the numbers of blocks stand in a list of canonical JSON."""
    forms = (f"[{block}]", f"[{block},", f",{block},", f",{block}]")
    found = Q()
    for form in forms:
        found |= Q(document__contains=form)
    return found


@cache
def _order(key: str, public_id: str, of: str) -> Order:
    """Type by type, and of each in the order of its lists. Cursors of one are those of the other,
    as entries and their links have the same keys."""
    types = citing_types()
    letters = _letters()
    return Order(
        (key, public_id),
        _of_citing_entries(VERSIONS),
        name="entry",
        parts=tuple(Q(**{of: name}) for name in types),
        part_of=lambda found: letters.index(found[1][0]),
    )


@cache
def _newest_first() -> Order:
    """Those of the newest edition first, whatever their type."""
    types = tuple(Q(type=name) for name in citing_types())
    return replace(CHANGED, takes=_of_citing_entries(CHANGED), parts=types, merged=True)


def _of_citing_entries(order: Order) -> Callable[[Key], bool]:
    letters = _letters()
    return lambda found: order.takes(found) and found[-1][0] in letters


def _letters() -> list[str]:
    return [type_named(name).letter for name in citing_types()]
