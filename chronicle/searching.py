"""The search over all types: what was looked for, what was found, and what next if nothing was."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from record.filter_fields import LONGEST, written
from record.folding import tokens
from record.highlighting import Piece, marked, passage
from record.models import Version
from record.pages import all_pages, list_address, pages_of, rows_of
from record.query import MOST_WORDS, Query, parse
from record.ranking import Hit, Ranked, ranked
from record.reading import Record, document_of
from record.rows import EntryRow
from record.spelling import did_you_mean, unheld
from record.types import type_named

NOTHING_TO_FIND = gettext_lazy("Search for at least one letter or digit.")


@dataclass(frozen=True)
class TypeFound:
    """How many entries of one type were found; ``url`` shows these alone."""

    title: str
    total: int
    url: str
    list_url: str
    cite_url: str
    chosen: bool


@dataclass(frozen=True)
class HitRow:
    """One hit: the row of the entry, with marks where the words stand.

    ``kind`` says what type of entry it is. ``through``: names of entries that it refers to, where
    it was found by these.
    """

    row: EntryRow
    kind: str
    title: Sequence[Piece]
    passage: Sequence[Piece]
    through: Sequence[Sequence[Piece]]


@dataclass(frozen=True)
class OtherSearch:
    """Another search to try."""

    text: str
    url: str


@dataclass(frozen=True)
class Next:
    """Why nothing was found, and what to try: other words, fewer, or each alone."""

    missing: Sequence[str]
    meant: Sequence[OtherSearch]
    fewer: OtherSearch | None
    alone: Sequence[OtherSearch]


class Search:
    """One search, as an address asks for it: ``q`` and ``type``."""

    def __init__(self, parameters: QueryDict, record: Record) -> None:
        self.record = record
        self.words = " ".join(" ".join(written(parameters, "q")).split())
        self.type = parameters.get("type", "")
        self.query = _query(self.words)
        self.asked = bool(self.words)

    @property
    def problem(self) -> str:
        """Why nothing could be looked for; empty where something could."""
        return str(NOTHING_TO_FIND) if self.asked and not self.query.terms else ""

    @cached_property
    def ranked(self) -> Ranked:
        """Two queries."""
        return ranked(self.record, self.query)

    @cached_property
    def hits(self) -> Sequence[Hit]:
        """Of the type that is chosen, where it has any."""
        if not any(found.chosen for found in self.types):
            return self.ranked.hits
        return [hit for hit in self.ranked.hits if hit.type == self.type]

    @cached_property
    def types(self) -> list[TypeFound]:
        totals = Counter(hit.type for hit in self.ranked.hits)
        return [
            TypeFound(
                title=str(pages.title),
                total=totals[pages.type_name],
                url=self._url(type=pages.type_name),
                list_url=list_address(self.record, pages.type_name, q=self.query.text),
                cite_url=self.record.page(
                    f"{reverse('cite:list', args=[pages.entry_type.plural])}"
                    f"?{urlencode({'q': self.query.text})}"
                ),
                chosen=pages.type_name == self.type,
            )
            for pages in all_pages()
            if totals[pages.type_name]
        ]

    @property
    def shows_all(self) -> bool:
        return not any(found.chosen for found in self.types)

    @property
    def all_url(self) -> str:
        return self._url()

    @cached_property
    def next(self) -> Next:
        """Five queries at most, where nothing was found."""
        missing = unheld(self.record, self.query)
        kept = self.query.without(missing)
        several = len(self.query.terms) > 1
        return Next(
            missing=[self._as_typed(Query((term,))) for term in missing],
            meant=[self._other(text) for text in did_you_mean(self.record, self.query, missing)],
            fewer=self._other(self._as_typed(kept)) if missing and kept.terms else None,
            alone=[self._other(self._as_typed(Query((term,)))) for term in kept.terms]
            if several and not missing
            else [],
        )

    def _url(self, words: str | None = None, **more: str) -> str:
        """Of this page with other words, or for one type alone."""
        query = urlencode({"q": self.words if words is None else words, **more})
        return self.record.page(f"?{query}")

    def _other(self, text: str) -> OtherSearch:
        return OtherSearch(text, self._url(text))

    def _as_typed(self, query: Query) -> str:
        """Part of the query in the letters that were typed."""
        letters = {token.word: self.words[token.start : token.end] for token in tokens(self.words)}
        return query.with_words(letters).text

    def rows(self, hits: Sequence[Hit]) -> list[HitRow]:
        """The hits of one page, in this order. Five queries at most."""
        versions = self.record.versions().order_by().in_bulk([hit.version for hit in hits])
        found = [versions[hit.version] for hit in hits]
        named = self._named({target for hit in hits for target in hit.through})
        return [
            self._row(version, row, [named[target] for target in hit.through])
            for hit, version, row in zip(hits, found, rows_of(found, self.record), strict=True)
        ]

    def _named(self, ids: set[str]) -> dict[str, Sequence[Piece]]:
        """Of each of these entries the name that was looked for. One query, or none."""
        if not ids:
            return {}
        versions = self.record.versions().filter(public_id__in=ids).order_by()
        return {
            version.public_id: marked(_name_found(version, self.query), self.query)
            for version in versions
        }

    def _row(self, version: Version, row: EntryRow, through: Sequence[Sequence[Piece]]) -> HitRow:
        facts = type_named(version.type).facts(document_of(version))
        others = [name for name in facts.names if name != row.title]
        called = [name for name in others if self.query.touches(name)]
        return HitRow(
            row=row,
            kind=str(pages_of(version.type).one),
            title=marked(row.title, self.query),
            passage=passage([*called[:1], *facts.words] if called else facts.words, self.query),
            through=through,
        )


def _query(words: str) -> Query:
    """The first words of what may be very long; the query says what was left out."""
    query = parse(words[:LONGEST])
    if len(words) > LONGEST:
        left = gettext("all after the first %(most)d characters") % {"most": LONGEST}
        query = Query(query.terms, (*query.ignored, left))
    return query.up_to(MOST_WORDS)


def _name_found(version: Version, query: Query) -> str:
    names = type_named(version.type).facts(document_of(version)).names
    return next((name for name in names if query.held_by(name)), version.label)
