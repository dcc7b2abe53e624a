"""Cards: an entry, a timeline, proposals side by side, as an edition has them; for other sites."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, ngettext_lazy, pgettext

from chronicle.dates import display
from chronicle.named_addresses import url_of
from embeds.since import Update, updates_of_entries, updates_of_set
from proposals.choosing import LEAST, read_chosen
from proposals.comparing import Comparison, compare
from proposals.reading import earlier_of
from record.addresses import address, query_with
from record.as_of import PARAMETERS
from record.facets import totals_of
from record.filter_fields import NONE
from record.filters import DatedFilter, RecordFilter
from record.following import read_list
from record.models import Edition, Version
from record.pages import EntryPages, counted_words, pages_of
from record.reading import Record, document_of
from record.referred import Referred
from record.rows import EntryRow
from record.sets import entry_set
from record.shown_as import OWN, timeline_url
from record.timeline.asking import asked_of
from record.timeline.showing import Timeline, timeline_of
from record.types import Document
from sources.citing_sets import set_address

WIDTH = 600  # pixels of a frame, unless less is asked for
PROPOSALS = ngettext_lazy("%(count)s proposal", "%(count)s proposals", "number")
TOPICS = ngettext_lazy("%(count)s topic", "%(count)s topics", "number")
CLAIMS = ngettext_lazy("%(count)s claim", "%(count)s claims", "number")
CITATIONS = ngettext_lazy("%(count)s citation", "%(count)s citations", "number")
# Translators: behind a number of citations: “5 citations of 2 sources”.
SOURCES = ngettext_lazy("%(count)s source", "%(count)s sources", "number")
# Translators: of a list of entries: “Resting on 3 sources”.
RESTING = ngettext_lazy("Resting on %(count)s source", "Resting on %(count)s sources", "number")
CONTESTED = ngettext_lazy("%(count)s contested", "%(count)s contested", "number")
LONGEST = 420  # letters of a summary; the rest is on the entry's page


class Unusable(ValueError):
    """What was asked for cannot be shown on a card: sentences, which say why."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """What every card says of itself. ``path`` is its address, ``page`` that of all that it shows;
    both name the edition. ``changes`` leads to what has changed since, as it is told then.

    ``lines`` say in words what is on it, ``counts`` on how much it rests.
    """

    edition: Edition
    title: str
    title_language: str = ""
    language: str = ""
    path: str
    page: str
    changes: str
    height: int
    lines: Sequence[str]
    summary: str = ""
    counts: Sequence[str]
    updates: Sequence[Update]
    width: int = WIDTH

    @property
    def name(self) -> str:
        """In few words, as a browser has room for."""
        return self.title

    @property
    def frame_title(self) -> str:
        said = {"title": self.name, "edition": self.edition.number}
        return gettext("%(title)s, as of edition %(edition)d") % said


@dataclass(frozen=True, kw_only=True)
class EntryCard(Card):
    row: EntryRow


@dataclass(frozen=True, kw_only=True)
class TimelineCard(Card):
    """``timeline``: ``None`` where nothing that was asked for has a date."""

    pages: EntryPages
    timeline: Timeline | None


@dataclass(frozen=True, kw_only=True)
class ComparisonCard(Card):
    comparison: Comparison


def entry_card(record: Record, version: Version) -> EntryCard:
    """Of a record whose addresses name its edition. Two to eight queries."""
    document, pages = document_of(version), pages_of(version.type)
    row = pages.row(document, Referred(record, [document]))
    when = _when(row)
    own = address_of(record, "entry", version.public_id)
    return EntryCard(
        edition=edition_of(record),
        title=row.title,
        title_language=row.title_tag,
        language=row.language,
        path=own,
        page=record.page(pages.entry_type.url(version.public_id)),
        changes=url_of("record:entry_history", version.public_id),
        height=_height_of_entry(row),
        lines=[", ".join(filter(None, [row.kind, when]))] if row.kind or when else [],
        summary=_cut(row.summary),
        counts=counts_of(document),
        updates=updates_of_entries(record, [version], [document]),
        row=row,
    )


def timeline_card(
    record: Record, plural: str, query: QueryDict, *, quoted: bool = False
) -> TimelineCard:
    """Of what filters find. ``Unusable``; raises Http404 where there is no such timeline.

    ``quoted``: ``changes`` are to lead to a set that can be told from another, by its checksum. For
    that alone the whole set is read: a second for 100,000 entries. Queries: those of
    ``timeline_of``, two, one where quoted, and those of ``updates_of_set``.
    """
    asked, wrong = read_list(record, query, plural, beside=OWN["timeline"])
    pages, filters = asked.pages, asked.filters
    if not pages.dated_by or not isinstance(filters, DatedFilter):
        wrong.append(
            gettext("%(title)s: no timeline, as they have no dates.") % {"title": pages.title}
        )
    own = asked_of(query, pages.lanes)
    if wrong or own.wrong:
        raise Unusable(" ".join([*wrong, *own.wrong]))
    reach, timeline = timeline_of(pages, filters, own)
    number = pages.number(reach.number)
    same = query_with(query, dict.fromkeys(PARAMETERS, ()))
    changes = set_address(asked, record.number, entry_set(filters) if quoted else None)
    now = pages.filterset(query, record=record.now)
    return TimelineCard(
        edition=edition_of(record),
        title=gettext("%(title)s on a timeline") % {"title": asked.title},
        path=record.page(address(url_of("embeds:timeline", plural), same)),
        page=record.page(address(timeline_url(pages), same)),
        changes=changes,
        height=460,
        lines=[f"{number}, {timeline.window.words}" if timeline else number],
        counts=_counts_of_list(filters),
        updates=updates_of_set(filters, now, url=changes),
        pages=pages,
        timeline=timeline,
    )


def comparison_card(record: Record, query: Mapping[str, Any]) -> ComparisonCard:
    """``?ids=P1,P2``. ``Unusable``. Queries: those of ``read_chosen`` and ``compare``, one, and
    those of ``updates_of_entries``."""
    chosen = read_chosen(record, query)
    wrong = [remark.text for remark in chosen.remarks if remark.wrong]
    if wrong or len(chosen.ids) < LEAST:
        raise Unusable(" ".join(wrong) or gettext("Name two to six proposals: ?ids=P1,P2."))
    comparison = compare(record, chosen.ids)
    documents = [column.document for column in comparison.columns]
    # Those whose words are taken up are quoted as well.
    quoted = {earlier_of(part)[0] for each in documents for part in each["lineage"]}
    shown = record.versions("proposal").filter(public_id__in={*chosen.ids, *quoted})
    page = address(url_of("proposals:proposal_compare"), chosen.query)
    proposals, topics = len(documents), len(comparison.rows)
    return ComparisonCard(
        edition=edition_of(record),
        title=" – ".join(column.proposal.name for column in comparison.columns),
        path=record.page(address(url_of("embeds:compare"), chosen.query)),
        page=record.page(page),
        changes=page,
        height=560,
        lines=[f"{counted_words(PROPOSALS, proposals)}, {counted_words(TOPICS, topics)}"],
        counts=counts_of(*documents),
        updates=updates_of_entries(record, list(shown.defer("document")), documents),
        comparison=comparison,
    )


def edition_of(record: Record) -> Edition:
    """``Unusable`` where there is none."""
    edition = record.edition
    if edition is None:
        raise Unusable(gettext("Nothing has been published yet."))
    return edition


def address_of(record: Record, name: str, *arguments: str) -> str:
    return record.address(f"embeds:{name}", *arguments)


def counts_of(*documents: Document) -> list[str]:
    """On how much documents rest: claims with citations, citations, sources; and whether any of it
    is contested. Nothing of what makes no claims, as terms."""
    citations = [each for document in documents for each in document.get("citations", ())]
    claims = sum(
        len({claim for each in document.get("citations", ()) for claim in each["claims"]})
        for document in documents
    )
    if not citations:
        return []
    sources = len({each["source"] for each in citations})
    contested = any(each["stance"] == "disputes" for each in citations)
    return [
        counted_words(CLAIMS, claims),
        gettext("%(citations)s of %(sources)s")
        % {
            "citations": counted_words(CITATIONS, len(citations)),
            "sources": counted_words(SOURCES, sources),
        },
        *([pgettext("an entry", "contested")] if contested else []),
    ]


def _counts_of_list(filters: RecordFilter) -> list[str]:
    """Queries as ``totals_of``."""
    totals = totals_of(
        filters, [each for each in ("source", "contested") if each in filters.facets]
    )
    sources = len(totals.get("source", {}).keys() - {NONE})
    contested = totals.get("contested", {}).get("true", 0)
    return [
        counted_words(counted, number)
        for counted, number in ((RESTING, sources), (CONTESTED, contested))
        if number
    ]


def _when(row: EntryRow) -> str:
    return display(row.date["edtf"]) if row.date else row.undated


def _cut(text: str) -> str:
    """As much of a text as a card has room for, whole words."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rsplit(None, 1)[0]} …"


def _height_of_entry(row: EntryRow) -> int:
    """Pixels in which the card stands without scrolling, at its width: some 65 letters a line."""
    letters: Iterable[int] = (
        2 * len(row.title),
        min(len(row.summary), LONGEST),
        *(len(value.name) for fact in row.facts for value in fact.values),
    )
    return 170 + 25 * (sum(letters) // 65 + 1)
