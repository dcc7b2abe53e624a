"""What a mapping says of one cell, and what comes of it in a row of the file."""

import datetime
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exchange.datasets.reading import Content
from exchange.problems import NotTaken, quoted

# The cells of a row by their columns, and those of an item by ``items`` and ``items.part``.
Scope = Mapping[str, Content]

DAY, WITHIN, LASTING = "day", "within", "lasting"
MEANINGS = {
    DAY: "the very day",
    WITHIN: "some time between the two days",
    LASTING: "from the one day to the other",
}
MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?(Z|\+00:00)?")


@dataclass(frozen=True)
class Text:
    """Words, with the names of columns in braces: literals and names in turns.

    ``values``: what stands for what; ``otherwise`` for anything else, which is refused without.
    ``default``: where it is empty. ``cut``: to so many characters.
    """

    literals: tuple[str, ...]
    names: tuple[str, ...]
    values: Mapping[str, "Text"] | None = None
    otherwise: "Text | None" = None
    default: "Text | None" = None
    cut: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        inner = [*(self.values or {}).values(), self.otherwise, self.default]
        return (*self.names, *(name for each in inner if each for name in each.columns))

    def text(self, scope: Scope) -> str:
        """Empty where all the columns that it names are. Raises ``NotTaken``."""
        found = [_content(scope, name) for name in self.names]
        text = ""
        if any(found) or not self.names:
            pieces = [self.literals[0]]
            for literal, each in zip(self.literals[1:], found, strict=True):
                pieces += each, literal
            text = "".join(pieces).strip()
        if self.values is not None:
            text = self._translated(text, scope)
        if not text and self.default:
            text = self.default.text(scope)
        if self.cut and len(text) > self.cut:
            text = f"{text[: self.cut - 1].rstrip()}…"
        return text

    def _translated(self, text: str, scope: Scope) -> str:
        values = self.values or {}
        chosen = values.get(text, self.otherwise)
        if chosen is not None:
            return chosen.text(scope)
        if not text:
            return ""
        known = ", ".join(quoted(each) for each in values)
        raise NotTaken(f"The mapping does not say what {quoted(text)} stands for, only {known}.")


@dataclass(frozen=True)
class First:
    """The first of several that is not empty."""

    options: Sequence[Text]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for each in self.options for name in each.columns)

    def text(self, scope: Scope) -> str:
        return next(filter(None, (each.text(scope) for each in self.options)), "")


@dataclass(frozen=True)
class Dated:
    """Two days and how precise they are, as EDTF. ``means``: by what ``precision`` is."""

    start: Text
    end: Text | None
    precision: Text | None
    means: Mapping[str, str]
    meaning: str = DAY

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(
            name for each in (self.start, self.end, self.precision) if each for name in each.columns
        )

    def text(self, scope: Scope) -> str:
        first, last = self.start.text(scope), self.end.text(scope) if self.end else ""
        if not first and not last:
            return ""
        if not first:
            raise NotTaken("There is a last day, and no first.")
        start = _day(first)
        end = _day(last) if last else start
        if end < start:
            raise NotTaken(f"The last day, {end}, is before the first, {start}.")
        return edtf(start, end, self._meaning(scope))

    def _meaning(self, scope: Scope) -> str:
        if self.precision is None:
            return self.meaning
        said = self.precision.text(scope)
        if said not in self.means:
            known = ", ".join(quoted(each) for each in self.means)
            raise NotTaken(f"The precision is {quoted(said)}; the mapping knows {known}.")
        return self.means[said]


@dataclass(frozen=True)
class Linked:
    """Another entry, by the name that it has among the links of the mapping."""

    link: str
    columns: tuple[str, ...] = ()


Value = Text | First | Dated | Linked


def edtf(start: datetime.date, end: datetime.date, meaning: str) -> str:
    """What the two days mean. A whole month or year, known no better, is written as such.

    Raises ``NotTaken`` for one day that are two.
    """
    if start == end:
        return start.isoformat()
    if meaning == DAY:
        raise NotTaken(f"The date is said to be one day, but it goes from {start} to {end}.")
    if meaning == LASTING:
        return f"{start}/{end}"
    same_year = start.year == end.year
    if same_year and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year:04d}"
    of_month = monthrange(start.year, start.month)[1]
    if same_year and start.month == end.month and (start.day, end.day) == (1, of_month):
        return f"{start.year:04d}-{start.month:02d}"
    return f"[{start}..{end}]"


def _day(text: str) -> datetime.date:
    try:
        if len(text) > 10 and MIDNIGHT.fullmatch(text[10:]):
            text = text[:10]
        if len(text) != 10:
            raise ValueError(text)
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise NotTaken(f"{quoted(text)} is not a day, like 2024-05-31.") from None


def _content(scope: Scope, name: str) -> str:
    content = scope.get(name, "")
    if isinstance(content, NotTaken):
        raise NotTaken(content.message, name)
    return "; ".join(content) if isinstance(content, list) else content.strip()
