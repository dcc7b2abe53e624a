"""Proposals side by side: topics down, proposals across, and in the cells what each provides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from proposals.cited import CitationNumbers
from proposals.descent import SENTENCES, Descent, descent_of
from proposals.reading import earlier_of
from record.called import foreign
from record.choices import choice_label
from record.reading import Record
from record.referred import Referred
from record.rows import Value, value_of
from record.text_differences import TextDifference, text_difference
from record.types import Document
from sources.marks import ClaimMarks

MOST_DIFFERENCES = 60  # texts compared word by word on one page: the worst take 100 ms each


@dataclass(frozen=True, kw_only=True)
class Column:
    """A proposal. ``wholes``: how all of it stands to all of an earlier one."""

    id: str
    proposal: Value
    date: dict[str, Any] | None
    kind: Value
    authors: Sequence["Marked"]
    wholes: Sequence["Step"]
    document: Document


@dataclass(frozen=True)
class Marked:
    """Something said, with the citations for it."""

    value: Value
    marks: Sequence[ClaimMarks]


@dataclass(frozen=True)
class Step:
    """How a provision, or the whole, stands to an earlier one; ``words`` are those of that one.

    ``key`` is of the row that says so, ``there`` what it names: ``P1/p3``, or ``P1``; ``code``: the
    kind as documents have it. ``difference`` is where on the page the two are compared word by
    word, or empty.
    """

    kind: str
    earlier: Value
    words: str
    language: str
    difference: str
    marks: Sequence[ClaimMarks]
    key: str = ""
    there: str = ""
    code: str = ""


@dataclass(frozen=True)
class Provided:
    """A provision; ``url`` leads to it on its proposal's page."""

    key: str
    url: str
    summary: str
    language: str
    steps: Sequence[Step]
    marks: Sequence[ClaimMarks]


@dataclass(frozen=True)
class Cell:
    """What a proposal says of a topic. ``silent``: the marks of the claim that it says nothing,
    and ``silence`` that claim's key.

    Without any of the three nobody has looked, as far as the record says.
    """

    column: Column
    provisions: Sequence[Provided]
    dropped: Sequence[Step]
    silent: Sequence[ClaimMarks] | None
    silence: str = ""

    @property
    def researched(self) -> bool:
        return bool(self.provisions or self.dropped) or self.silent is not None


@dataclass(frozen=True)
class Row:
    id: str
    topic: Value
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Reworded:
    """A provision beside the earlier one that it comes from; ``ids`` of both, as ``P2/p1``;
    ``sentence``: one of ``SENTENCES``."""

    anchor: str
    topic: str
    sentence: str
    later: Value
    earlier: Value
    before: str
    after: str
    text: TextDifference
    ids: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Comparison:
    """``more_reworded``: how many texts were not compared, where that would be too many."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    reworded: Sequence[Reworded]
    more_reworded: int
    descent: Descent | None
    cited: CitationNumbers


def compare(record: Record, ids: Sequence[str]) -> Comparison:
    """Of proposals that stand in the record, in this order. Three to five queries."""
    documents = record.documents(ids)
    return _Comparing(Referred(record, documents.values()), [documents[each] for each in ids]).all()


class _Comparing:
    def __init__(self, referred: Referred, documents: Sequence[Document]) -> None:
        self.referred, self.documents = referred, documents
        self.numbers = CitationNumbers(referred)
        self.reworded: list[Reworded] = []
        self.left_out = 0

    def all(self) -> Comparison:
        columns = [self._column(document) for document in self.documents]
        rows = [self._row(topic, columns) for topic in self._topics()]
        return Comparison(
            columns,
            rows,
            self.reworded,
            self.left_out,
            descent_of(self.documents, self.referred, self.numbers),
            self.numbers,
        )

    def _topics(self) -> list[str]:
        """In the order in which they come up, those only said not to be addressed last."""
        addressed = [
            topic
            for document in self.documents
            for topic in [
                *(part["topic"] for part in document["provisions"]),
                *(topic for _, topic in self._drops(document)),
            ]
        ]
        silences = [part["topic"] for each in self.documents for part in each["silences"]]
        return list(dict.fromkeys([*addressed, *silences]))

    def _column(self, document: Document) -> Column:
        names = self.referred.names
        return Column(
            id=document["id"],
            proposal=Value(
                document["title"], self.numbers.page_of(document), foreign(document["language"])
            ),
            date=document["presented"],
            kind=value_of(names[document["kind"]]),
            authors=[
                Marked(value_of(names[part["actor"]]), self.numbers.of(document, part["key"]))
                for part in document["authors"]
            ],
            wholes=[
                self._step(document, part) for part in document["lineage"] if not part["earlier"]
            ],
            document=document,
        )

    def _row(self, topic: str, columns: Sequence[Column]) -> Row:
        return Row(
            topic,
            value_of(self.referred.names[topic]),
            [self._cell(topic, each) for each in columns],
        )

    def _cell(self, topic: str, column: Column) -> Cell:
        document = column.document
        silence = next((row for row in document["silences"] if row["topic"] == topic), None)
        return Cell(
            column,
            [
                self._provided(document, part)
                for part in document["provisions"]
                if part["topic"] == topic
            ],
            [self._step(document, part) for part, of in self._drops(document) if of == topic],
            self.numbers.of(document, silence["key"]) if silence else None,
            silence["key"] if silence else "",
        )

    def _drops(self, document: Document) -> Iterator[tuple[Document, str]]:
        """What it drops, with the topic of the earlier provision."""
        for part in document["lineage"]:
            earlier = self.referred.part(part["earlier"], "provisions")
            if earlier and not part["provision"]:
                yield part, earlier["topic"]

    def _provided(self, document: Document, part: Document) -> Provided:
        return Provided(
            part["key"],
            f"{self.numbers.page_of(document)}#{part['key']}",
            part["summary"],
            foreign(document["language"]),
            [
                self._step(document, row, part)
                for row in document["lineage"]
                if row["provision"] == part["key"]
            ],
            self.numbers.of(document, part["key"]),
        )

    def _step(self, document: Document, row: Document, part: Document | None = None) -> Step:
        public_id, key = earlier_of(row)
        earlier = self.referred.part(row["earlier"], "provisions")
        name = self.referred.names[public_id]
        value = Value(name.name, f"{name.url}#{key}" if key else name.url)
        kind = choice_label("proposal", "lineage.kind", row["kind"])
        return Step(
            kind,
            value,
            earlier["summary"] if earlier else "",
            foreign(self.referred.documents[public_id]["language"]) if earlier else "",
            self._difference(document, part, row, value, earlier) if part and earlier else "",
            self.numbers.of(document, row["key"]),
            key=row["key"],
            there=row["earlier"] or public_id,
            code=row["kind"],
        )

    def _difference(
        self, document: Document, part: Document, row: Document, earlier: Value, before: Any
    ) -> str:
        """The anchor of the two texts word by word; empty where they are the same, or too many."""
        if before["summary"] == part["summary"]:
            return ""
        if len(self.reworded) == MOST_DIFFERENCES:
            self.left_out += 1
            return ""
        page = self.numbers.page_of(document)
        anchor = f"words-{len(self.reworded) + 1}"
        self.reworded.append(
            Reworded(
                anchor,
                self.referred.names[part["topic"]].name,
                SENTENCES[row["kind"]],
                Value(document["title"], f"{page}#{part['key']}"),
                earlier,
                before["summary"],
                part["summary"],
                text_difference(before["summary"], part["summary"]),
                ids=(f"{document['id']}/{part['key']}", row["earlier"]),
            )
        )
        return anchor
