"""The response matrix: what actors answered to proposals, or to the provisions of one, on a day."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from chronicle.dates import OPEN_END
from chronicle.localised import listed, lower
from proposals.cited import CitationNumbers
from proposals.claims import beginning
from proposals.reading import WHOLE
from proposals.stances import Answer, Standing, answers_of, around, changing_days, standing_on
from record.called import foreign
from record.choices import choice_label
from record.collation import collation_key
from record.reading import Record
from record.referred import Referred
from record.rows import Value, value_of, value_or_none
from record.types import Document, days_of
from sources.marks import ClaimMarks

SIGNS = {
    "accepts": "accepts",
    "accepts with reservations": "reservations",
    "rejects": "rejects",
    "none found": "none-found",
}
IN_A_HEADING = 120  # letters of a provision
THE_WHOLE = gettext_lazy("The whole proposal")


@dataclass(frozen=True, kw_only=True)
class Stood:
    """One answer as a cell shows it. ``key`` is of the response in its document; ``sign`` names its
    shape; ``certain``: given by that day, whatever its date means."""

    key: str
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
    answers the actor can have given to single provisions by then, where these have no rows."""

    stood: Sequence[Stood]
    sign: str = ""
    empty: str = ""
    also: int = 0


@dataclass(frozen=True)
class Row:
    """A proposal, or one provision: ``of`` names it, ``topic`` says what that is on; ``document``
    is the proposal's, and ``key`` the provision's or ``WHOLE``.

    ``by_provision``: where the answers to its provisions stand, or empty.
    """

    document: Document
    key: str
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
    of all; ``moved``: between ``before`` and the day that is shown. ``ids`` are of the actors."""

    ids: Sequence[str]
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
    lines = [_Line(each, WHOLE) for each in documents]
    return _Filling(record, documents, lines, day, by_provision=False).matrix()


def of_provisions(record: Record, document: Document, day: int | None) -> Matrix:
    """Actors and the provisions of one proposal, after the whole of it. Queries as above."""
    lines = [_Line(document, WHOLE)]
    lines += [_Line(document, part["key"]) for part in document["provisions"]]
    return _Filling(record, [document], lines, day, by_provision=True).matrix()


class _Filling:
    def __init__(
        self,
        record: Record,
        documents: Sequence[Document],
        lines: Sequence[_Line],
        day: int | None,
        *,
        by_provision: bool,
    ) -> None:
        self.lines, self.asked, self.by_provision = lines, day, by_provision
        self.shown = OPEN_END if day is None else day
        self.referred = Referred(record, documents)
        self.numbers = CitationNumbers(self.referred)
        # Of each row and actor; and how many there are to provisions that have no rows.
        self.answers: dict[tuple[str, str, str], list[Answer]] = defaultdict(list)
        self.also: Counter[tuple[str, str]] = Counter()
        dates = _dates_of_events(record, documents)
        for answer in chain.from_iterable(answers_of(each, dates) for each in documents):
            public_id, target, actor = answer.document["id"], answer.row["to"], answer.row["actor"]
            if by_provision or not target:
                self.answers[public_id, target or WHOLE, actor].append(answer)
            elif answer.by(self.shown) and not answer.was_looked_for:
                self.also[public_id, actor] += 1

    def matrix(self) -> Matrix:
        actors = self._actors()
        days = changing_days(chain.from_iterable(self.answers.values()))
        last = days[-1] if days else None
        stepped = self.shown if self.asked is not None else (last or self.shown)
        before, after = around(stepped, days)
        return Matrix(
            actors,
            [value_of(self.referred.names[actor]) for actor in actors],
            [self._row(line, actors) for line in self.lines],
            before,
            after,
            last,
            self._moved(actors, before) if before is not None else [],
            self.numbers,
        )

    def _actors(self) -> list[str]:
        """Whoever answers to any of the rows, by name."""
        names = self.referred.names
        answering = {actor for _, _, actor in self.answers}
        return sorted(answering, key=lambda actor: (collation_key(names[actor].name), actor))

    def _row(self, line: _Line, actors: Sequence[str]) -> Row:
        document = line.document
        part = self._part(line)
        of, topic = self._named(line), ""
        if part:
            topic = self.referred.names[part["topic"]].name
        to_parts = not self.by_provision and any(row["to"] for row in document["responses"])
        return Row(
            document,
            line.key,
            of,
            topic,
            None if part else document["presented"],
            document["id"] if to_parts else "",
            [self._cell(line, actor) for actor in actors],
        )

    def _part(self, line: _Line) -> Document | None:
        return next((part for part in line.document["provisions"] if part["key"] == line.key), None)

    def _named(self, line: _Line) -> Value:
        document, page = line.document, self.numbers.page_of(line.document)
        language = foreign(document["language"])
        if part := self._part(line):
            return Value(beginning(part["summary"], IN_A_HEADING), f"{page}#{line.key}", language)
        if self.by_provision:
            return Value(str(THE_WHOLE), f"{page}#responses")
        return Value(document["title"], page, language)

    def _cell(self, line: _Line, actor: str) -> Cell:
        public_id = line.document["id"]
        answers = self.answers.get((public_id, line.key, actor), [])
        also = self.also[public_id, actor]
        if stands := standing_on(self.shown, answers):
            return Cell([self._stood(each) for each in stands], also=also)
        if answers:
            # Translators: why there is no answer: none had been given by a day.
            return Cell((), "later", gettext("nothing by then"), also)
        first, _ = days_of(line.document["presented"])
        if first is not None and first > self.shown:
            return Cell((), "unmade", gettext("not yet presented"), also)
        return Cell((), "unresearched", gettext("not researched"), also)

    def _stood(self, standing: Standing) -> Stood:
        answer = standing.answer
        row = answer.row
        return Stood(
            key=row["key"],
            sign=SIGNS[answer.stance],
            words=said(answer),
            certain=standing.certain,
            none_found=answer.was_looked_for,
            date=answer.date,
            event=value_or_none(self.referred.name(row["event"])),
            looked_in=row["looked_in"] or "",
            marks=self.numbers.of(answer.document, row["key"]),
        )

    def _moved(self, actors: Sequence[str], before: int) -> list[Moved]:
        moved = []
        for line in self.lines:
            for actor in actors:
                answers = self.answers.get((line.document["id"], line.key, actor), [])
                was, now = (in_words(standing_on(day, answers)) for day in (before, self.shown))
                if was != now:
                    name = value_of(self.referred.names[actor])
                    moved.append(Moved(name, self._named(line), was, now))
        return moved


def said(answer: Answer) -> str:
    """The stance in a word or two."""
    return lower(choice_label("proposal", "responses.stance", answer.stance))


def in_words(standings: Sequence[Standing]) -> str:
    """Several answers in one phrase; what stands where there is none."""
    if not standings:
        return gettext("nothing by then")
    phrases = [in_a_word(each.answer, certain=each.certain) for each in standings]
    return listed(dict.fromkeys(phrases), either=True)


def in_a_word(answer: Answer, *, certain: bool) -> str:
    if certain:
        return said(answer)
    # Translators: an answer whose date leaves open whether it was given by a day: “possibly
    # accepts”.
    return gettext("possibly %(stance)s") % {"stance": said(answer)}


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
