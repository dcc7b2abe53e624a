"""Cells of tables: how each kind of field is written in its columns, and read from them.

A cell is text. In files it is escaped, as ``chronicle.spreadsheets`` says.
"""

import datetime
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from django.core.exceptions import ValidationError

from chronicle.dates import PartialDate
from desk.bases import normalised
from exchange.problems import NotTaken, nearest, offer, quoted
from sources.fields import BlocksFormField

Cells = Mapping[str, str]

# As people and spreadsheets write them. Decimal takes far more: 1_000, digits of other scripts.
WRITTEN = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")
SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")  # a day as spreadsheets count: 34518
FIRST_SERIAL = datetime.date(1899, 12, 30)
YES = {"yes", "true", "1", "x"}
NO = {"no", "false", "0", ""}
NOTHING = "none"  # in the claims of a citation that speaks to none
SEPARATOR = "; "


class Finder(Protocol):
    """Finds what cells name. Raises ``NotTaken``."""

    def entry(self, text: str, letter: str, limit: Mapping[str, Any]) -> str: ...

    def part(self, text: str, letter: str) -> str: ...

    def slug(self, public_id: str) -> str: ...


class Cell:
    """A field in one column. ``write`` gives its cells; ``read`` takes those that the file has.

    ``was`` is what the field holds now, ``None`` of a new row: what stands in no column of the
    file stays. ``default``: what an empty cell means where there must be something.
    """

    says = "text"

    def __init__(self, name: str, *, empty: Any = None, required: bool = False) -> None:
        self.name, self.empty, self.required = name, empty, required

    @cached_property
    def columns(self) -> list[str]:
        return [self.name]

    def write(self, value: Any, finder: Finder) -> dict[str, str]:
        return {self.name: "" if value is None else self.text_of(value, finder)}

    def read(self, cells: Cells, was: Any, finder: Finder) -> Any:
        """``was`` is ``...`` of a new row."""
        if self.name not in cells and was is not ...:
            return was
        text = normalised(cells.get(self.name, ""))
        if not text:
            if self.required and self.empty in (None, ""):
                raise NotTaken(f"This cannot be empty: it takes {self.says}.", self.name)
            return list(self.empty) if isinstance(self.empty, list) else self.empty
        return self.value_of(text, finder)

    def text_of(self, value: Any, finder: Finder) -> str:
        return str(value)

    def value_of(self, text: str, finder: Finder) -> Any:
        return text

    def refuse(self, text: str, more: str = "") -> NotTaken:
        return NotTaken(f"{quoted(text)} is not {self.says}.{more}", self.name)


class TextCell(Cell):
    def __init__(self, name: str, *, longest: int | None, **options: Any) -> None:
        super().__init__(name, **options)
        self.longest = longest

    def value_of(self, text: str, finder: Finder) -> str:
        if self.longest is not None and len(text) > self.longest:
            raise NotTaken(
                f"This has {len(text)} characters; at most {self.longest} are taken.", self.name
            )
        return text


class FlagCell(Cell):
    says = "yes or no"

    def text_of(self, value: Any, finder: Finder) -> str:
        return "yes" if value else "no"

    def value_of(self, text: str, finder: Finder) -> bool:
        if text.lower() in YES | NO:
            return text.lower() in YES
        raise self.refuse(text)


class NumberCell(Cell):
    says = "a number, like 1200 or 12.5"

    def value_of(self, text: str, finder: Finder) -> str:
        if not WRITTEN.fullmatch(text):
            raise self.refuse(text)
        # Never ``normalize``, which rounds; how many digits are kept is said when it is saved.
        plain = f"{Decimal(text):f}"
        bare = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return "0" if bare in ("", "-0", "-") else bare


class WholeCell(Cell):
    says = "a whole number, like 3"

    def value_of(self, text: str, finder: Finder) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", text):
            raise self.refuse(text)
        return int(text)


class DayCell(Cell):
    says = "a day, like 2024-05-31"

    def value_of(self, text: str, finder: Finder) -> str:
        try:
            return datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            raise self.refuse(text, _serial(text)) from None


class ChoiceCell(Cell):
    def __init__(self, name: str, *, choices: Mapping[str, str], **options: Any) -> None:
        super().__init__(name, **options)
        self.choices = choices
        self.says = "one of " + ", ".join(choices)

    def value_of(self, text: str, finder: Finder) -> str:
        for value, label in self.choices.items():
            if text.casefold() in (value.casefold(), str(label).casefold()):
                return value
        raise self.refuse(text, offer(nearest(text, self.choices)))


class DateCell(Cell):
    """A partial date in three columns: EDTF, the wording of the source, whether it is inferred."""

    says = "a date in EDTF, like 1997-07-20, 1997-07, 1984~ or 1993/2003"

    @cached_property
    def columns(self) -> list[str]:
        return [self.name, f"{self.name}_as_given", f"{self.name}_inferred"]

    def write(self, value: Any, finder: Finder) -> dict[str, str]:
        value = value or {"edtf": "", "as_given": "", "inferred": False}
        said = [value["edtf"], value["as_given"] or "", "yes" if value["inferred"] else ""]
        return dict(zip(self.columns, said, strict=True))

    def read(self, cells: Cells, was: Any, finder: Finder) -> Any:
        if was is ... and not any(map(cells.get, self.columns)):
            return None
        if cells.keys().isdisjoint(self.columns):
            return was
        stands = self.write(None if was is ... else was, finder)
        edtf, wording, inferred = (
            normalised(cells.get(column, stands[column])) for column in self.columns
        )
        flag = FlagCell(self.columns[2]).value_of(inferred, finder)
        if not edtf:
            if (self.columns[1] in cells and wording) or (self.columns[2] in cells and flag):
                raise NotTaken("There is a wording or “inferred”, but no date.", self.name)
            return None
        date = PartialDate(edtf, wording, flag)
        try:
            date.validate()
        except ValidationError as error:
            message = " ".join(error.messages)
            of = "" if edtf in message else f"{quoted(edtf)} is no date: "
            raise NotTaken(f"{of}{message}{_serial(edtf)}", self.name) from error
        return date.as_document()


class EntryCell(Cell):
    """Another entry, by slug, public id or name. ``limit``: what its own fields have to be."""

    def __init__(self, name: str, *, letter: str, limit: Mapping[str, Any], **options: Any) -> None:
        super().__init__(name, **options)
        self.letter, self.limit = letter, limit
        self.says = f"an entry by slug, name or id ({letter}1)"

    def text_of(self, value: Any, finder: Finder) -> str:
        return finder.slug(value)

    def value_of(self, text: str, finder: Finder) -> str:
        try:
            return finder.entry(text, self.letter, self.limit)
        except NotTaken as error:
            raise NotTaken(error.message, self.name) from error


class EntriesCell(EntryCell):
    def text_of(self, value: Any, finder: Finder) -> str:
        return SEPARATOR.join(finder.slug(each) for each in value)

    def value_of(self, text: str, finder: Finder) -> Any:
        named = [piece.strip() for piece in re.split(r"[;\n]", text)]
        found: set[str] = {
            super(EntriesCell, self).value_of(each, finder) for each in named if each
        }
        return sorted(found, key=lambda public_id: (public_id[0], int(public_id[1:])))


class PartCell(EntryCell):
    """A part of another entry: ``the-republic/p4``."""

    def text_of(self, value: Any, finder: Finder) -> str:
        public_id, _, key = value.partition("/")
        return f"{finder.slug(public_id)}/{key}"

    def value_of(self, text: str, finder: Finder) -> str:
        try:
            return finder.part(text, self.letter)
        except NotTaken as error:
            raise NotTaken(error.message, self.name) from error


class KeyCell(Cell):
    """Another part of the same entry by its key, or by the name it has in this file."""

    says = "the key of a row of the same entry, like p2"


class BlocksCell(Cell):
    says = "numbers of blocks, like 15, 16 or 15-17"

    def text_of(self, value: Any, finder: Finder) -> str:
        return ", ".join(map(str, value))

    def value_of(self, text: str, finder: Finder) -> list[int]:
        try:
            return BlocksFormField().to_python(text)
        except ValidationError as error:
            raise NotTaken(" ".join(error.messages), self.name) from error


class ClaimsCell(Cell):
    """``None`` where the file leaves it to the claims that need evidence."""

    says = "claims, like entry, date, p2"

    def text_of(self, value: Any, finder: Finder) -> str:
        return ", ".join(value) or NOTHING

    def value_of(self, text: str, finder: Finder) -> list[str]:
        if text == NOTHING:
            return []
        return list(dict.fromkeys(piece for piece in re.split(r"[,;\s]+", text) if piece))


class JsonCell(Cell):
    says = "JSON"

    def text_of(self, value: Any, finder: Finder) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def value_of(self, text: str, finder: Finder) -> Any:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise self.refuse(text) from None


class GroupCell(Cell):
    """Several fields that make one value: a locator, a selector, coordinates."""

    def __init__(self, name: str, *, cells: Mapping[str, Cell], nullable: bool) -> None:
        super().__init__(name)
        self.cells, self.nullable = cells, nullable

    @cached_property
    def columns(self) -> list[str]:
        return [column for cell in self.cells.values() for column in cell.columns]

    def write(self, value: Any, finder: Finder) -> dict[str, str]:
        written: dict[str, str] = {}
        for member, cell in self.cells.items():
            written |= cell.write(value[member] if value else None, finder)
        return written

    def read(self, cells: Cells, was: Any, finder: Finder) -> Any:
        if was is not ... and cells.keys().isdisjoint(self.columns):
            return was
        stands = {} if was in (..., None) else self.write(was, finder)
        whole = {column: cells.get(column, stands.get(column, "")) for column in self.columns}
        if self.nullable and not any(map(normalised, whole.values())):
            return None
        return {member: cell.read(whole, ..., finder) for member, cell in self.cells.items()}


def _serial(text: str) -> str:
    """A hint where a spreadsheet has put its own number in the place of a day."""
    if not SERIAL.fullmatch(text):
        return ""
    day = FIRST_SERIAL + datetime.timedelta(days=int(float(text)))
    return f" It may be a spreadsheet's number for {day.isoformat()}: write that, as text."
