"""Cells that hold several things: taken apart into items, and these into their parts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exchange.datasets.reading import Content
from exchange.datasets.values import Scope
from exchange.problems import NotTaken, quoted

NAMED = re.compile(r"\{([a-z][a-z0-9_]*)(:day)?\}")
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
PART = r"\S(?:.*?\S)?"  # ends in no white space, or a long stretch of it takes its square


@dataclass(frozen=True)
class Items:
    """``quote``: where the cell begins with it, each item stands between two of them.

    ``pattern``: what an item looks like; one that does not is all in the part ``otherwise``.
    """

    name: str
    column: str
    separator: str
    quote: str
    pattern: re.Pattern[str] | None
    parts: tuple[str, ...]
    otherwise: str

    @property
    def names(self) -> list[str]:
        """What braces call an item and its parts."""
        return [self.name, *(f"{self.name}.{part}" for part in self.parts)]

    def scopes(self, scope: Scope) -> Iterator[Scope]:
        """One for each item of the row, in its order, each once."""
        for item in dict.fromkeys(self._split(scope.get(self.column, ""))):
            yield {**scope, self.name: item, **self._parts(item)}

    def _split(self, content: Content) -> list[str]:
        if isinstance(content, NotTaken):
            raise NotTaken(content.message, self.column)
        if isinstance(content, list):
            pieces = content
        elif self.quote and content.lstrip().startswith(self.quote):
            between = re.escape(self.quote) + r"\s*" + re.escape(self.separator) + r"\s*"
            pieces = re.split(between + re.escape(self.quote), content.strip())
            pieces[0] = pieces[0].removeprefix(self.quote)
            pieces[-1] = pieces[-1].removesuffix(self.quote)
        else:
            pieces = self._outside_quotes(content)
        return [piece for each in pieces if (piece := each.strip())]

    def _outside_quotes(self, content: str) -> list[str]:
        """Split where no quotation is open; one that never ends goes to the end of the cell."""
        pieces: list[str] = []
        for piece in content.split(self.separator):
            if self.quote and pieces and pieces[-1].count(self.quote) % 2:
                pieces[-1] += self.separator + piece
            else:
                pieces.append(piece)
        return pieces

    def _parts(self, item: str) -> Mapping[str, str]:
        found = self.pattern.fullmatch(item) if self.pattern else None
        if found:
            said = {
                name: text.strip(f" \t{self.quote}") for name, text in found.groupdict().items()
            }
        else:
            said = dict.fromkeys(self.parts, "") | (
                {self.otherwise: item} if self.otherwise else {}
            )
        return {f"{self.name}.{part}": text for part, text in said.items()}


def pattern_of(text: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """``{publisher},{day:day},{headline}`` as what finds those parts; and their names.

    White space around what stands between them does not count. A part ends as early as it can.
    Raises ``NotTaken``.
    """
    parts: list[str] = []
    pieces, end = [], 0
    for found in NAMED.finditer(text):
        literal = text[end : found.start()].strip()
        pieces.append(rf"\s*{re.escape(literal)}\s*" if literal else r"\s*")
        pieces.append(f"(?P<{found[1]}>{DAY if found[2] else PART})")
        parts.append(found[1])
        end = found.end()
    pieces.append(rf"\s*{re.escape(text[end:].strip())}")
    if set("{}") & set(NAMED.sub("", text)):
        raise NotTaken("Braces hold a name in small letters here, like {part} or {part:day}.")
    if twice := [name for name in parts if parts.count(name) > 1]:
        raise NotTaken(f"Two parts are called {quoted(twice[0])}.")
    return re.compile("".join(pieces), re.DOTALL), tuple(parts)
