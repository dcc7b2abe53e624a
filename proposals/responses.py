"""The response matrix: what actors answered to proposals, or to the provisions of one, on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chronicle.dates import OPEN_END
from proposals.cited import CitationNumbers
from proposals.reading import WHOLE, beginning
from proposals.stances import Answer, Standing, answers_of, around, changing_days, standing_on
from record.choices import choice_label
from record.folding import fold
from record.reading import Record
from record.referred import Referred
from record.rows import Value, foreign, value_of, value_or_none
from record.types import Document, days_of
from sources.marks import ClaimMarks

SIGNS = {
    "accepts": "accepts",
    "accepts with reservations": "reservations",
    "rejects": "rejects",
    "none found": "none-found",
}
IN_A_HEADING = 120  # letters of a provision
THE_WHOLE = "The whole proposal"


@dataclass(frozen=True, kw_only=True)
class Stood:
    """One answer as a cell shows it. ``sign`` names its shape; ``certain``: given by that day,
    whatever its date means."""

    sign: str
    words: str
    certain: bool
    none_found: bool
    date: dict[str, Any] | None
    event: Value | None
    looked_in: str
    marks: Sequence[ClaimMarks]


@dataclass(frozen=True)
class Cell:
    """``empty`` says in words why there is no answer, and ``sign`` its shape. ``also``: how many
    answers the actor gave to single provisions, where the row is of the whole."""

    stood: Sequence[Stood]
    sign: str = ""
    empty: str = ""
    also: int = 0


@dataclass(frozen=True)
class Row:
    """A proposal, or one provision: ``of`` names it, ``topic`` says what that is on.

    ``by_provision``: where the answers to its provisions stand, or empty.
    """

    of: Value
    topic: str
    date: dict[str, Any] | None
    by_provision: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Moved:
    """How an actor stood to something on an earlier day, and on the one that is shown."""

    actor: Value
    of: Value
    before: str
    after: str


@dataclass(frozen=True)
class Matrix:
    """``before`` and ``after`` are the nearest days on which anything changed, ``last`` the last
    of all; ``moved``: between ``before`` and the day that is shown."""

    actors: Sequence[Value]
    rows: Sequence[Row]
    before: int | None
    after: int | None
    last: int | None
    moved: Sequence[Moved]
    cited: CitationNumbers


@dataclass(frozen=True)
class _Line:
    """A row before it is filled in: the proposal, and the key of a provision or ``WHOLE``."""

    document: Document
    key: str


def of_proposals(record: Record, documents: Sequence[Document], day: int | None) -> Matrix:
    """Actors and whole proposals. ``day``: as of its end; ``None`` for all that is known.

    Two to four queries for what they refer to, and one for the events at which answers were given.
    """
    return _Filling(record, documents, [_Line(each, WHOLE) for each in documents], day).matrix()


def of_provisions(record: Record, document: Document, day: int | None) -> Matrix:
    """Actors and the provisions of one proposal, after the whole of it. Queries as above."""
    lines = [_Line(document, WHOLE)]
    lines += [_Line(document, part["key"]) for part in document["provisions"]]
    return _Filling(record, [document], lines, day).matrix()


class _Filling:
    def __init__(
        self,
        record: Record,
        documents: Sequence[Document],
        lines: Sequence[_Line],
        day: int | None,
    ) -> None:
        self.record, self.lines, self.asked = record, lines, day
        self.referred = Referred(record, documents)
        self.numbers = CitationNumbers(self.referred)
        self.by_provision = len(documents) == 1 and len(lines) > 1
        dates = _dates_of_events(record, documents)
        self.answers: dict[tuple[str, str, str], list[Answer]] = defaultdict(list)
        for document in documents:
            for answer in answers_of(document, dates):
                target = answer.row["to"] or WHOLE
                self.answers[document["id"], target, answer.row["actor"]].append(answer)

    def matrix(self) -> Matrix:
        actors = self._actors()
        days = changing_days(each for line in self.lines for each in self._of_line(line))
        last = days[-1] if days else None
        shown = OPEN_END if self.asked is None else self.asked
        stepped = shown if self.asked is not None else (last or shown)
        before, after = around(stepped, days)
        return Matrix(
            [value_of(self.referred.names[actor]) for actor in actors],
            [self._row(line, actors, shown) for line in self.lines],
            before,
            after,
            last,
            self._moved(actors, before, shown) if before is not None else [],
            self.numbers,
        )

    def _actors(self) -> list[str]:
        """Whoever answers to any of the rows, by name."""
        keys = {(line.document["id"], line.key) for line in self.lines}
        answering = {actor for public_id, key, actor in self.answers if (public_id, key) in keys}
        names = self.referred.names
        return sorted(answering, key=lambda actor: (fold(names[actor].name), actor))

    def _of_line(self, line: _Line) -> Iterable[Answer]:
        for (public_id, key, _), answers in self.answers.items():
            if (public_id, key) == (line.document["id"], line.key):
                yield from answers

    def _row(self, line: _Line, actors: Sequence[str], day: int) -> Row:
        document = line.document
        part = self._part(line)
        of, topic = self._named(line), ""
        if part:
            topic = self.referred.names[part["topic"]].name
        to_parts = not self.by_provision and any(row["to"] for row in document["responses"])
        return Row(
            of,
            topic,
            None if part else document["presented"],
            document["id"] if to_parts else "",
            [self._cell(line, actor, day) for actor in actors],
        )

    def _part(self, line: _Line) -> Document | None:
        return next((part for part in line.document["provisions"] if part["key"] == line.key), None)

    def _named(self, line: _Line) -> Value:
        document, page = line.document, self.numbers.page_of(line.document)
        language = foreign(document["language"])
        if part := self._part(line):
            return Value(beginning(part["summary"], IN_A_HEADING), f"{page}#{line.key}", language)
        if self.by_provision:
            return Value(THE_WHOLE, f"{page}#responses")
        return Value(document["title"], page, language)

    def _cell(self, line: _Line, actor: str, day: int) -> Cell:
        public_id = line.document["id"]
        answers = self.answers.get((public_id, line.key, actor), [])
        also = 0
        if line.key == WHOLE and not self.by_provision:
            also = sum(
                row["actor"] == actor and bool(row["to"]) for row in line.document["responses"]
            )
        if stands := standing_on(day, answers):
            return Cell([self._stood(each) for each in stands], also=also)
        if answers:
            return Cell((), "later", "nothing by then", also)
        first, _ = days_of(line.document["presented"])
        if first is not None and first > day:
            return Cell((), "unmade", "not yet presented", also)
        return Cell((), "unresearched", "not researched", also)

    def _stood(self, standing: Standing) -> Stood:
        answer = standing.answer
        row = answer.row
        return Stood(
            sign=SIGNS[answer.stance],
            words=said(answer),
            certain=standing.certain,
            none_found=answer.was_looked_for,
            date=answer.date,
            event=value_or_none(self.referred.name(row["event"])),
            looked_in=row["looked_in"] or "",
            marks=self.numbers.of(answer.document, row["key"]),
        )

    def _moved(self, actors: Sequence[str], before: int, after: int) -> list[Moved]:
        moved = []
        for line in self.lines:
            for actor in actors:
                answers = self.answers.get((line.document["id"], line.key, actor), [])
                was, now = (in_words(standing_on(day, answers)) for day in (before, after))
                if was != now:
                    name = value_of(self.referred.names[actor])
                    moved.append(Moved(name, self._named(line), was, now))
        return moved


def said(answer: Answer) -> str:
    """The stance in a word or two."""
    return choice_label("proposal", "responses.stance", answer.stance).lower()


def in_words(standings: Sequence[Standing]) -> str:
    """Several answers in one phrase; what stands where there is none."""
    if not standings:
        return "nothing by then"
    phrases = [
        said(each.answer) if each.certain else f"possibly {said(each.answer)}" for each in standings
    ]
    return " or ".join(dict.fromkeys(phrases))


def _dates_of_events(
    record: Record, documents: Sequence[Document]
) -> Mapping[str, dict[str, Any] | None]:
    """Of the events at which answers without a date of their own were given. One query."""
    ids = {
        row["event"]
        for document in documents
        for row in document["responses"]
        if row["event"] and not row["date"]
    }
    return {public_id: event["date"] for public_id, event in record.documents(ids).items()}
