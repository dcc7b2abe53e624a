"""What became of the rows of a dataset."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desk.models import Submission
from exchange.exporting import Rows
from record.types import type_named


@dataclass(frozen=True)
class Rejected:
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        column = f", {self.column}" if self.column else ""
        return f"line {self.line}{column}: {self.reason}"


@dataclass
class Report:
    """``made``, ``changed`` and ``unchanged`` count entries of rows; ``linked`` what was made for
    them, by type; ``elsewhere`` what has changed, or is referred to, in other submissions."""

    name: str
    made: int = 0
    changed: int = 0
    unchanged: int = 0
    linked: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    submission: Submission | None = None
    elsewhere: Mapping[int, int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        return self.made + self.changed + self.unchanged + len(self.rejected)

    def reject(self, line: int, column: str, reason: str) -> None:
        self.rejected.append(Rejected(line, column, reason))

    def sentences(self) -> Iterator[str]:
        yield (
            f"Rows of {self.name}: {self.read:,} read, {self.made:,} made, {self.changed:,} "
            f"changed, {self.unchanged:,} matched and unchanged, {len(self.rejected):,} rejected."
        )
        if self.linked:
            each = [
                f"{count:,} {type_named(name).plural if count > 1 else name}"
                for name, count in sorted(self.linked.items())
            ]
            yield f"Made with them: {', '.join(each)}."

    def gathered(self) -> Iterator[str]:
        """Where what was changed stands."""
        if self.submission:
            what = "What else is new" if self.elsewhere else "Everything new"
            yield (
                f"{what} stands in submission {self.submission.pk}, a draft. Nothing has been "
                "published."
            )
        elif not self.elsewhere:
            yield "There is nothing new to submit."
        for number, count in self.elsewhere.items():
            stand = "entry stands" if count == 1 else "entries stand"
            yield (
                f"{count:,} {stand} in submission {number} already, changed or referred to. Submit "
                "that, again if need be, so that it takes in what they say now, and publish it "
                "before what refers to them."
            )

    def rows(self) -> Rows:
        """The rejected ones as a table."""
        told = sorted(self.rejected, key=lambda each: each.line)
        return [
            ["line", "column", "reason"],
            *([str(each.line), each.column, each.reason] for each in told),
        ]
