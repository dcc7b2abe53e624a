"""What a mapping says of one cell, and what comes of it in a row of the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from exchange.datasets.dates import (
    DAY,
    LASTING,
    WITHIN,
    day_of,
    edtf,
    in_format,
    of_parts,
    without_midnight,
)
from exchange.datasets.reading import Content
from exchange.problems import NotTaken, quoted

# The cells of a row by their columns, and those of an item by ``items`` and ``items.part``.
Scope = Mapping[str, Content]


@dataclass(frozen=True)
class Text:
    """Words, with the names of columns in braces: literals and names in turns.

    ``values``: what stands for what; ``otherwise`` for anything else, which is refused without.
    ``formats``: what a date in it is written like; ``decimal``: what stands before the decimals of
    a number in it. ``default``: where it is empty. ``cut``: to so many characters.
    """

    literals: tuple[str, ...]
    names: tuple[str, ...]
    values: Mapping[str, "Text"] | None = None
    otherwise: "Text | None" = None
    formats: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    decimal: str = ""
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
        if text and self.formats:
            text = in_format(text, self.formats)
        if text and self.decimal:
            text = _number(text, self.decimal)
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
class Written:
    """A date as the file writes it."""

    said: Text | First

    @property
    def columns(self) -> tuple[str, ...]:
        return self.said.columns

    def text(self, scope: Scope) -> str:
        return without_midnight(self.said.text(scope))


@dataclass(frozen=True)
class Parts:
    """A date of a year, a month and a day that stand by themselves."""

    parts: Sequence[Text]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for each in self.parts for name in each.columns)

    def text(self, scope: Scope) -> str:
        return of_parts([each.text(scope) for each in self.parts])


@dataclass(frozen=True)
class Dated:
    """Two days and how precise they are, as EDTF. ``means``: by what ``precision`` is.

    Of what lasts, one of the days need not be known.
    """

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
        meaning = self._meaning(scope)
        if meaning == LASTING and not (first and last):
            return f"{first and day_of(first)}/{last and day_of(last)}"
        if not first:
            raise NotTaken("There is a last day, and no first.")
        start = day_of(first)
        end = day_of(last) if last else start
        if end < start:
            raise NotTaken(f"The last day, {end}, is before the first, {start}.")
        if meaning == WITHIN and start == end and (self.precision or not last):
            raise NotTaken(
                f"It is said to be some time between two days, but there is only one, {start}."
            )
        return edtf(start, end, meaning)

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


Value = Text | First | Written | Parts | Dated | Linked


def constants(value: Value | None) -> Iterator[str]:
    """What the cell can hold whatever the row says."""
    match value:
        case Written():
            yield from constants(value.said)
        case First():
            for option in value.options:
                yield from constants(option)
        case Text():
            if value.values is not None:
                for each in (*value.values.values(), value.otherwise):
                    yield from constants(each)
            elif not value.names:
                yield value.literals[0]
            yield from constants(value.default)


def _content(scope: Scope, name: str) -> str:
    content = scope.get(name, "")
    if isinstance(content, NotTaken):
        raise NotTaken(content.message, name)
    return "; ".join(content) if isinstance(content, list) else content.strip()


def _number(text: str, decimal: str) -> str:
    """Without what stands between thousands, and with a point. Raises ``NotTaken``."""
    between = rf"[{'.' if decimal == ',' else ','}'’\s]"
    whole, point, decimals = text.partition(decimal)
    if not re.fullmatch(rf"[+-]?[0-9]*|[+-]?[0-9]{{1,3}}({between}[0-9]{{3}})+", whole):
        raise NotTaken(f"{quoted(text)} is no number with “{decimal}” before its decimals.")
    return re.sub(between, "", whole) + point.replace(decimal, ".") + decimals
