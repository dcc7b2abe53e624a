"""How actors stood to something on a day: derived from their dated responses, never stored.

Responses are dated as exactly as somebody could tell, so two days count of each: the first and the
last that its date can mean. By a day an answer was certainly given if its last day has come, and
possibly if its first has. What was certainly given later takes the place of what came before; two
answers whose order nobody knows both stand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chronicle.dates import OPEN_END, OPEN_START
from record.types import Document, days_of

NONE_FOUND = "none found"


@dataclass(frozen=True)
class Answer:
    """A response, and the first and last day that it can have been given. ``row`` is the part.

    ``date`` is its own, or that of the event at which it was given.
    """

    document: Document
    row: Document
    date: dict[str, Any] | None
    first: int
    last: int

    @property
    def stance(self) -> str:
        stance: str = self.row["stance"]
        return stance

    @property
    def was_looked_for(self) -> bool:
        return self.stance == NONE_FOUND

    def by(self, day: int) -> bool:
        """Whether it can have been given by then."""
        return self.first <= day

    def certainly_by(self, day: int) -> bool:
        return self.last <= day


@dataclass(frozen=True)
class Standing:
    """An answer as of a day. ``certain``: whether it had been given by then, whatever its date
    means. Of *none found* always, since whoever looks finds what was said before as well."""

    answer: Answer
    certain: bool


def answers_of(document: Document, dates: Mapping[str, dict[str, Any] | None]) -> list[Answer]:
    """Every response in a proposal's document. ``dates``: of the events named there, by id."""
    answers = []
    for row in document["responses"]:
        date = row["date"] or (dates.get(row["event"]) if row["event"] else None)
        first, last = days_of(date)
        answers.append(
            Answer(
                document,
                row,
                date,
                OPEN_START if first is None else first,
                OPEN_END if last is None else last,
            )
        )
    return answers


def standing_on(day: int, answers: Iterable[Answer]) -> list[Standing]:
    """How one actor stood to one thing at the end of ``day``: none, one or several answers.

    *None found* counts where no answer is certain by then: of several, the latest.
    """
    answers = list(answers)
    given = [each for each in answers if not each.was_looked_for and each.by(day)]
    certain = [each for each in given if each.certainly_by(day)]
    stands = [
        Standing(each, each in certain)
        for each in given
        if not any(other is not each and other.first > each.last for other in certain)
    ]
    looked = [each for each in answers if each.was_looked_for]
    if looked and not certain:
        stands.append(Standing(max(looked, key=lambda each: (each.last, each.first)), True))
    return sorted(stands, key=lambda each: (each.answer.first, each.answer.last))


def changing_days(answers: Iterable[Answer]) -> list[int]:
    """The days on which anything can change: each first and last day of an answer, in order."""
    return sorted(
        {
            day
            for each in answers
            if not each.was_looked_for
            for day in (each.first, each.last)
            if OPEN_START < day < OPEN_END
        }
    )


def around(day: int, days: Sequence[int]) -> tuple[int | None, int | None]:
    """The last of the days before ``day``, and the first after it."""
    before = [each for each in days if each < day]
    after = [each for each in days if each > day]
    return (before[-1] if before else None), (after[0] if after else None)
