"""Which response matrix an address asks for: of which proposals, and as of which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from proposals.choosing import Remark, read_chosen
from proposals.responses import Matrix, of_proposals, of_provisions
from record.addresses import address
from record.days import DayAsked, in_words, read_day, written
from record.entry_page import Crumb
from record.paging import BadCursor, Page, page
from record.reading import Record, document_of
from record.sorting import VERSIONS, as_read
from record.types import type_named

PROPOSALS = 50  # rows of one page of the matrix


@dataclass(frozen=True)
class MatrixAsked:
    """``proposal``: its id, title and address, where the matrix is of its provisions; else it is of
    the proposals of ``found``, and ``cursor`` says where these begin, or is empty."""

    record: Record
    matrix: Matrix
    day: DayAsked
    proposal: tuple[str, str, str] | None
    remarks: list[Remark]
    found: Page
    cursor: str = ""

    @property
    def title(self) -> str:
        if not self.proposal:
            return gettext("Who answered how")
        # Translators: %(proposal)s is its title, as it stands by itself.
        return gettext("Responses to %(proposal)s") % {"proposal": self.proposal[1]}

    @property
    def title_of_file(self) -> str:
        said = f"{self.title}, {self.as_of}"
        if self.found.next or self.found.previous:
            return gettext("%(title)s (not all proposals)") % {"title": said}
        return said

    @property
    def as_of(self) -> str:
        return self.day.as_of or gettext("by all that is known")

    @property
    def crumbs(self) -> list[Crumb]:
        if not self.proposal:
            return []
        url = self.record.address("proposals:proposal_responses")
        return [Crumb(gettext("Who answered how"), url)]

    @property
    def path(self) -> str:
        """Its page, of no edition."""
        return self._path(self.day.written)

    @property
    def all_known_url(self) -> str:
        return self.record.page(self._path(None))

    @property
    def before(self) -> tuple[str, str] | None:
        return self._step(self.matrix.before)

    @property
    def after(self) -> tuple[str, str] | None:
        return self._step(self.matrix.after)

    @property
    def last_words(self) -> str:
        return in_words(self.matrix.last)

    def query(self, on: str | None) -> str:
        named = {"proposal": self.proposal[0]} if self.proposal else {}
        paged = {"cursor": self.cursor} if self.cursor else {}
        return urlencode(named | ({"on": on} if on else {}) | paged)

    def _path(self, on: str | None) -> str:
        return address(reverse("proposals:proposal_responses"), self.query(on))

    def _step(self, day: int | None) -> tuple[str, str] | None:
        """The address of another day, and the day in words."""
        if not written(day):
            return None
        return self.record.page(self._path(written(day))), in_words(day)


def read_matrix(record: Record, query: Mapping[str, Any]) -> MatrixAsked:
    """``?on=1999-11-19``, ``?proposal=P1``; remarks say what cannot be had. Queries: one of what is
    found or two, those of the matrix, and of ``read_chosen`` where a proposal is named."""
    day = read_day(query.get("on", ""))
    # Translators: %(problem)s is a sentence about the day that was asked for.
    instead = gettext("%(problem)s All that is known is shown instead.")
    remarks = [Remark(instead % {"problem": day.problem})] if day.problem else []
    chosen = read_chosen(record, query, "proposal")
    remarks += chosen.remarks
    if chosen.entries:
        entry = chosen.entries[0]
        document = record.documents([entry.id])[entry.id]
        url = record.page(type_named("proposal").url(entry.slug))
        matrix = of_provisions(record, document, day.day)
        named = (entry.id, entry.label, url)
        return MatrixAsked(record, matrix, day, named, remarks, Page([], None, None))
    versions = record.versions("proposal").select_related(None)
    cursor, order = query.get("cursor", ""), as_read(VERSIONS, "proposal")
    try:
        found = page(versions, cursor=cursor or None, limit=PROPOSALS, order=order)
    except BadCursor:
        message = gettext("This address points to no page of the list: here is its beginning.")
        remarks.append(Remark(message))
        cursor, found = "", page(versions, cursor=None, limit=PROPOSALS, order=order)
    documents = [document_of(version) for version in found.items]
    matrix = of_proposals(record, documents, day.day)
    return MatrixAsked(record, matrix, day, None, remarks, found, cursor)
