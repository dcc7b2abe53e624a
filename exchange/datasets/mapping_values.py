"""How a mapping says what stands in one cell: text with columns in braces, or a table."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.datasets.dates import DAY, LASTING, MEANINGS, OF_PARTS, OF_TWO_DAYS, format_of
from exchange.datasets.values import Dated, First, Linked, Parts, Text, Value, Written
from exchange.problems import NotTaken, nearest, offer, quoted

BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
OF_TEXT = ("text", "values", "otherwise", "format", "decimal", "default", "cut")
OF_DATES = ("from", "to", "precision", "means", "as")


@dataclass(frozen=True)
class Reader:
    """``names``: what can stand in braces; ``links``: the letter of what each leads to, and the
    items that it is made of; ``scope``: those that this stands among.

    ``say`` is told the place and what is wrong there.
    """

    names: Sequence[str]
    links: Mapping[str, tuple[str, str]]
    scope: str
    say: Callable[[str, str], None]

    def value(self, place: str, told: Any, *, dated: bool, to: str) -> Value | None:
        """``dated``: whether it is a date; ``to``: the letter of what it refers to, or empty."""
        if isinstance(told, dict) and "link" in told:
            return self._link(place, told, to)
        if isinstance(told, dict) and not {"from", *OF_PARTS}.isdisjoint(told):
            if dated:
                return self._dates(place, told) if "from" in told else self._parts(place, told)
            self.say(place, "Only a date is made of days, or of its parts.")
            return None
        said = self._first(place, told) or self.text(place, told)
        return Written(said) if dated and said else said

    def _first(self, place: str, told: Any) -> First | None:
        if not isinstance(told, dict) or "first" not in told:
            return None
        self._only(place, told, ("first",))
        options = [self.text(f"{place}.first", each) for each in list_of(told["first"])]
        return First([each for each in options if each])

    def text(self, place: str, told: Any) -> Text | None:
        if isinstance(told, dict):
            return self._with_options(place, told)
        if isinstance(told, bool) or not isinstance(told, str | int):
            self.say(
                place,
                "This is text, like “{column}”, or a table of one of these forms: text (with "
                f"{', '.join(OF_TEXT[1:])}); first; link; of a date, from (with "
                f"{', '.join(OF_DATES[1:])}), or {', '.join(OF_PARTS)}.",
            )
            return None
        literals, names, end, literal = [], [], 0, ""
        for found in BRACES.finditer(str(told)):
            literal += str(told)[end : found.start()]
            end = found.end()
            if found[0] in ("{{", "}}"):
                literal += found[0][0]
            elif found[1] is None:
                self.say(place, "A brace stands alone; write {{ or }} where one is meant.")
            else:
                self._column(place, found[1])
                literals.append(literal)
                names.append(found[1])
                literal = ""
        literals.append(literal + str(told)[end:])
        return Text(tuple(literals), tuple(names))

    def _with_options(self, place: str, told: Mapping[str, Any]) -> Text | None:
        self._only(place, told, OF_TEXT)
        if "text" not in told:
            self.say(place, "Say of what it is made: text = “{column}”.")
            return None
        text = self.text(f"{place}.text", told["text"])
        values = None
        if "values" in told:
            values = {
                key: each
                for key, one in self._table(f"{place}.values", told["values"]).items()
                if (each := self.text(f"{place}.values.{key}", one))
            }
        cut = told.get("cut", 0)
        if isinstance(cut, bool) or not isinstance(cut, int) or cut < 0:
            self.say(f"{place}.cut", "This is a number of characters, like 200.")
            cut = 0
        if "otherwise" in told and values is None:
            self.say(f"{place}.otherwise", "Otherwise than what? It goes with values.")
        return text and Text(
            text.literals,
            text.names,
            values,
            self._optional(place, told, "otherwise"),
            self._formats(f"{place}.format", list_of(told.get("format", []))),
            self._decimal(f"{place}.decimal", told.get("decimal", "")),
            self._optional(place, told, "default"),
            cut,
        )

    def _optional(self, place: str, told: Mapping[str, Any], key: str) -> Text | None:
        return self.text(f"{place}.{key}", told[key]) if key in told else None

    def _formats(self, place: str, told: Sequence[Any]) -> Mapping[str, re.Pattern[str]]:
        formats = {}
        for each in map(str, told):
            try:
                formats[each] = format_of(each)
            except NotTaken as error:
                self.say(place, error.message)
        return formats

    def _decimal(self, place: str, told: Any) -> str:
        if told not in ("", ",", "."):
            self.say(place, "What stands before decimals is “,” or “.”.")
        return str(told)

    def _link(self, place: str, told: Mapping[str, Any], to: str) -> Linked | None:
        self._only(place, told, ("link",))
        link = told["link"]
        if not to:
            self.say(place, "This is no single entry, so that no link can stand here.")
        elif link not in [*self.links]:
            known = ", ".join(self.links) or "none"
            self.say(
                place,
                f"{quoted(str(link))} is none of the links.{offer(nearest(str(link), self.links))} "
                f"There are: {known}.",
            )
        elif self.links[link][0] != to:
            self.say(place, f"The link {quoted(link)} leads to something of another type.")
        elif self.links[link][1] not in ("", self.scope):
            of = quoted(self.links[link][1])
            self.say(place, f"The link {quoted(link)} is of one of {of}: say each = {of} here too.")
        else:
            return Linked(link)
        return None

    def _dates(self, place: str, told: Mapping[str, Any]) -> Dated | None:
        self._only(place, told, OF_DATES)
        start = self.text(f"{place}.from", told["from"])
        means = {
            str(key): str(each)
            for key, each in self._table(f"{place}.means", told.get("means", {})).items()
        }
        meaning = str(told.get("as", LASTING if "to" in told else DAY))
        known = "; ".join(f"{name}, {words}" for name, words in MEANINGS.items())
        for key, each in [*means.items(), ("", meaning)]:
            where = f"{place}.means.{key}" if key else f"{place}.as"
            if each not in MEANINGS:
                self.say(where, f"{quoted(each)} is none of the meanings: {known}.")
            elif each in OF_TWO_DAYS and "to" not in told:
                self.say(where, f"{quoted(each)} takes two days: say to as well.")
        if ("precision" in told) != bool(means):
            self.say(place, "With precision goes means, which says what each is.")
        end, precision = (self._optional(place, told, key) for key in ("to", "precision"))
        return Dated(start, end, precision, means, meaning) if start else None

    def _parts(self, place: str, told: Mapping[str, Any]) -> Parts:
        self._only(place, told, [*OF_PARTS])
        if "year" not in told:
            self.say(f"{place}.year", "A date has a year.")
        parts = [self.text(f"{place}.{name}", told.get(name, "")) for name in OF_PARTS]
        return Parts([each for each in parts if each])

    def _column(self, place: str, name: str) -> None:
        if name not in self.names:
            self.say(
                place,
                f"There is no column {quoted(name)} here.{offer(nearest(name, self.names))} There "
                f"are: {', '.join(self.names)}.",
            )

    def _only(self, place: str, told: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in told:
            if key not in known:
                self.say(
                    f"{place}.{key}",
                    f"{quoted(key)} does not go with the others here; what does is "
                    f"{', '.join(known)}.",
                )

    def _table(self, place: str, told: Any) -> Mapping[str, Any]:
        if isinstance(told, dict):
            return told
        self.say(place, "This is a table, like { 1 = “one”, 2 = “another” }.")
        return {}


def list_of(told: Any) -> list[Any]:
    return told if isinstance(told, list) else [told]
