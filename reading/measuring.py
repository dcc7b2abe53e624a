"""How well what is found agrees with what somebody has labelled by hand.

Labels are JSON Lines, one found expression a line in reading order:
`{"block": 12, "words": "April 1994", "kind": "date", "edtf": "1994-04"}` and
`{"block": 12, "words": "Minsk Group", "kind": "actor", "id": "A18"}`. Blocks count from 1.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from desk.refusals import Refused
from reading.recognition import Known, dates_in, names_in
from sources.selectors import FoldedText, fold

Kind = Literal["date", "actor"]
VALUE: dict[Kind, str] = {"date": "edtf", "actor": "id"}


class Expression(NamedTuple):
    """Words in a block and what they mean: one EDTF, or the ids of all whom they can name."""

    block: int
    words: str
    meanings: tuple[str, ...]

    def __str__(self) -> str:
        return f"block {self.block}: “{self.words}” {' or '.join(self.meanings)}"


class Mark(NamedTuple):
    """What is good enough."""

    recall: float
    precision: float


MARKS: dict[Kind, Mark] = {"date": Mark(0.95, 0.9), "actor": Mark(0.95, 0.95)}


@dataclass
class Agreement:
    """Labels and findings of one kind, paired."""

    kind: Kind
    right: list[tuple[Expression, Expression]] = field(default_factory=list)  # label, finding
    otherwise: list[tuple[Expression, Expression]] = field(default_factory=list)  # same words
    missed: list[Expression] = field(default_factory=list)
    false: list[Expression] = field(default_factory=list)

    @property
    def labelled(self) -> int:
        return len(self.right) + len(self.otherwise) + len(self.missed)

    @property
    def found(self) -> int:
        return len(self.right) + len(self.otherwise) + len(self.false)

    @property
    def recall(self) -> float:
        return len(self.right) / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        return len(self.right) / self.found if self.found else 1.0

    @property
    def is_good(self) -> bool:
        mark = MARKS[self.kind]
        return self.recall >= mark.recall and self.precision >= mark.precision


def read_labels(lines: str) -> dict[Kind, list[Expression]]:
    """The labels of each kind. ``Refused`` names the first line that is none."""
    labels: dict[Kind, list[Expression]] = {"date": [], "actor": []}
    for number, line in enumerate(lines.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            label = json.loads(line)
            kind = label["kind"]
            labels[kind].append(_expression(label, VALUE[kind]))
        except (ValueError, TypeError, KeyError) as error:
            raise Refused(
                f"Line {number} of the labels is none. A label has block (a number), words, kind "
                "(date or actor) and edtf or id, for example "
                '{"block": 12, "words": "April 1994", "kind": "date", "edtf": "1994-04"}.'
            ) from error
    return labels


def _expression(label: dict[str, Any], value: str) -> Expression:
    block, words, meaning = label["block"], label["words"], label[value]
    if not (isinstance(block, int) and isinstance(words, str) and isinstance(meaning, str)):
        raise TypeError
    return Expression(block, fold(words), (meaning,))


def found_in(text: FoldedText, known: Iterable[Known]) -> dict[Kind, list[Expression]]:
    """What the recogniser finds, in the form of labels."""
    starts = [block.span.start for block in text.blocks]
    return {
        "date": [
            Expression(bisect_right(starts, date.span.start), date.words, (date.edtf,))
            for date in dates_in(text)
        ],
        "actor": [
            Expression(bisect_right(starts, name.span.start), name.words, name.candidates)
            for name in names_in(text, known)
        ],
    }


def compared(kind: Kind, labels: list[Expression], found: list[Expression]) -> Agreement:
    """Pair each label with the first finding of its words in its block, the same meaning first.

    An ambiguous name is right where whom the label names is among its candidates.
    """
    agreement = Agreement(kind)
    free: dict[tuple[int, str], list[Expression]] = {}
    for finding in found:
        free.setdefault((finding.block, finding.words), []).append(finding)
    left = []
    for label in labels:
        same = free.get((label.block, label.words), [])
        match = next((each for each in same if label.meanings[0] in each.meanings), None)
        if match is None:
            left.append(label)
        else:
            same.remove(match)
            agreement.right.append((label, match))
    for label in left:
        same = free.get((label.block, label.words), [])
        if same:
            agreement.otherwise.append((label, same.pop(0)))
        else:
            agreement.missed.append(label)
    agreement.false = sorted(each for rest in free.values() for each in rest)
    return agreement
