"""The card of who answered how: to proposals, or to the provisions of one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from chronicle.named_addresses import url_of
from embeds.cards import PROPOSALS, Card, Unusable, counts_of, edition_of
from embeds.since import Update, renamed, updates_of_entries, updates_of_set
from proposals.matrix_asked import MatrixAsked, read_matrix
from proposals.responses import Matrix
from record.addresses import address
from record.following import ListAsked, read_list
from record.pages import counted_words, pages_of
from record.reading import Record
from record.types import Document
from sources.citing_sets import set_address

HEAD, ROW, MOST = 210, 85, 760  # pixels of its height


@dataclass(frozen=True, kw_only=True)
class MatrixCard(Card):
    asked: MatrixAsked

    @property
    def name(self) -> str:
        return self.asked.title

    @property
    def matrix(self) -> Matrix:
        return self.asked.matrix


def matrix_card(record: Record, query: Mapping[str, Any]) -> MatrixCard:
    """As ``read_matrix`` has it. ``Unusable`` where anything that was asked for is not there.

    Queries: those of ``read_matrix``, and up to six for what has changed since.
    """
    asked = read_matrix(record, query)
    if wrong := [remark.text for remark in asked.remarks if remark.wrong]:
        raise Unusable(" ".join(wrong))
    matrix, own = asked.matrix, asked.query(asked.day.written)
    proposals, _ = read_list(record, QueryDict(), "proposals")
    if asked.proposal:
        changes = url_of("record:entry_history", asked.proposal[0])
    else:
        changes = set_address(proposals, record.number, None)
    return MatrixCard(
        edition=edition_of(record),
        title=asked.title_of_file,
        path=record.page(address(url_of("embeds:responses"), own)),
        page=record.page(asked.path),
        changes=changes,
        height=min(MOST, HEAD + ROW * len(matrix.rows)),
        lines=[_line(asked)],
        counts=counts_of(*_resting(matrix)),
        updates=_updates(record, asked, proposals, changes),
        asked=asked,
    )


def _line(asked: MatrixAsked) -> str:
    actors = pages_of("actor").number(len(asked.matrix.ids))
    if asked.proposal:
        return actors
    return f"{counted_words(PROPOSALS, len(asked.matrix.rows))}, {actors}"


def _resting(matrix: Matrix) -> list[Document]:
    """Of each proposal the citations of answers that are shown, as far as they are for these."""
    documents = {row.document["id"]: row.document for row in matrix.rows}
    keys: dict[str, set[str]] = defaultdict(set)
    for row in matrix.rows:
        keys[row.document["id"]] |= {each.key for cell in row.cells for each in cell.stood}
    return [
        {
            "citations": [
                {**each, "claims": claims}
                for each in document["citations"]
                if (claims := [one for one in each["claims"] if one.partition(".")[0] in keys[id_]])
            ]
        }
        for id_, document in documents.items()
    ]


def _updates(
    record: Record, asked: MatrixAsked, proposals: ListAsked, changes: str
) -> Sequence[Update]:
    """Of one proposal, what it says otherwise; of all, how many say something else."""
    topics = {
        part["topic"]
        for row in asked.matrix.rows
        for part in row.document["provisions"]
        if part["key"] == row.key
    }
    called = renamed(record, topics.union(asked.matrix.ids))
    if asked.proposal:
        rows = record.versions("proposal").filter(public_id=asked.proposal[0])
        return updates_of_entries(record, list(rows.defer("document")), []) + called
    now = proposals.pages.filterset(QueryDict(), record=record.now)
    return updates_of_set(proposals.filters, now, url=changes) + called
