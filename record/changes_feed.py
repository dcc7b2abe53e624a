"""The changes feed: every version of the record, in the order of editions and within one of ids.

An edition is atomic, and this order never changes. So where a client stands is an edition, all of
which it has, or an edition and the id of the last version that it has of it: ``7`` or ``7/E14``.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from record.filter_fields import values_in
from record.models import Change
from record.paging import MOST
from record.parameters import SHOWN, once
from record.problems import ParameterError
from record.reading import Record
from record.served import Served
from record.sorting import PUBLIC_ID
from record.statements import ask, of_these
from record.types import entry_types, type_named

SINCE = "since"
Statement = tuple[str, list[Any]]  # and what it is asked with
CURSOR = re.compile(r"(0|[1-9][0-9]{0,8})(?:/([A-Z][1-9][0-9]{0,14}))?")
LIKE = "Give the number of an edition, or take it from “cursor” of a page, or leave it out."

# Rows are compared as a whole, so that a page begins in the index where the last one ended,
# however many versions an edition has.
AFTER = (
    "SELECT {columns} FROM record_version WHERE (edition_id, public_id) > (%s, %s)"
    " AND edition_id <= %s{only} ORDER BY edition_id, public_id LIMIT %s"
)
# Of some types: as many of each as a page can hold, from an index of its own, and then of all
# these; so that a type that is rare, or was never there, takes no walk through all others.
OF_TYPES = (
    "SELECT {columns} FROM record_version WHERE id IN (SELECT id FROM ({each}) found"
    " ORDER BY edition_id, public_id LIMIT %s) ORDER BY edition_id, public_id"
)
OF_TYPE = (
    "SELECT * FROM (SELECT id, edition_id, public_id FROM record_version WHERE {letter} = %s"
    " AND (edition_id, public_id) > (%s, %s) AND edition_id <= %s"
    " ORDER BY edition_id, public_id LIMIT %s) of_type"
)
# As the index has it.
LETTER = {"sqlite": "substr(public_id, 1, 1)", "postgresql": "left(public_id, 1)"}
REDACTED = (
    "SELECT redacted_in_id, public_id, edition_id FROM record_version"
    " WHERE redacted_in_id IN ({marks}) ORDER BY edition_id"
)


class Position(NamedTuple):
    """A place in the feed: after the version of ``public_id`` in ``edition``; empty, before all of
    that edition."""

    edition: int
    public_id: str

    def __str__(self) -> str:
        """As a cursor."""
        return f"{self.edition}/{self.public_id}" if self.public_id else str(self.edition - 1)


def after_edition(number: int) -> Position:
    return Position(number + 1, "")


@dataclass(frozen=True)
class Only:
    """What is asked for of the feed: versions of some types, or of some entries; else all."""

    types: Sequence[str] = ()
    ids: Sequence[str] = ()

    def statement(self, columns: str, where: tuple[int, str, int], most: int) -> Statement:
        """Of at most so many versions. ``where``: after an edition and id, up to an edition."""
        letters = [type_named(name).letter for name in dict.fromkeys(self.types)]
        if self.ids:
            ids = [each for each in self.ids if not letters or each[0] in letters]
            marks = ", ".join(["%s"] * len(ids)) or "NULL"
            only = f" AND public_id IN ({marks})"
            return AFTER.format(columns=columns, only=only), [*where, *ids, most]
        if not letters:
            return AFTER.format(columns=columns, only=""), [*where, most]
        one = OF_TYPE.format(letter=LETTER[connection.vendor])
        each = " UNION ALL ".join([one] * len(letters))
        values = [value for letter in letters for value in (letter, *where, most)]
        return OF_TYPES.format(columns=columns, each=each), [*values, most]


@dataclass(frozen=True)
class Changed:
    """One version of the feed. ``redacts``: of which editions it took what they said of the entry.

    ``redacted_in``: the edition that took what this one said, whenever that was.
    """

    version: Served
    redacted_in: int | None
    redacts: Sequence[int] = ()


@dataclass(frozen=True)
class FeedPage:
    """``end``: where the feed goes on, today or when there is more. ``more``: there is today."""

    items: Sequence[Changed]
    end: Position
    more: bool


def page_of_changes(
    record: Record, since: Position, *, limit: int, only: Only | None = None
) -> FeedPage:
    """Versions after ``since``. One query, and one more where something was redacted."""
    columns = ", ".join((*Served._fields, "redacted_in_id"))
    where = since.edition, since.public_id, record.number
    rows = ask(*(only or Only()).statement(columns, where, limit + 1))
    found, more = rows[:limit], len(rows) > limit
    versions = [Served._make(row[:-1]) for row in found]
    redacts = _redacts(versions)
    items = [
        Changed(version, row[-1], redacts.get((version.edition_id, version.public_id), ()))
        for version, row in zip(versions, found, strict=True)
    ]
    if not more:
        return FeedPage(items, after_edition(record.number), more=False)
    last, following = versions[-1], Served._make(rows[limit][:-1])
    if following.edition_id > last.edition_id:
        return FeedPage(items, Position(following.edition_id, ""), more=True)
    return FeedPage(items, Position(last.edition_id, last.public_id), more=True)


def _redacts(versions: Iterable[Served]) -> Mapping[tuple[int, str], list[int]]:
    """Editions that lost what they said, by what took it: the edition, and the entry's id."""
    found: dict[tuple[int, str], list[int]] = {}
    redacting = {each.edition_id for each in versions if each.change == Change.REDACTION}
    if redacting:
        for redacted_in, public_id, edition in ask(of_these(REDACTED, redacting), [*redacting]):
            found.setdefault((redacted_in, public_id), []).append(edition)
    return found


def read_since(query: Mapping[str, Any], record: Record, errors: list[ParameterError]) -> Position:
    """Where the client stands; what is wrong with that is added to ``errors``."""
    given = once(query, SINCE, errors)
    if given is None:
        return after_edition(0)
    read = CURSOR.fullmatch(given)
    number, public_id = (int(read[1]), read[2] or "") if read else (0, "")
    if read is None or (number == 0 and public_id):
        errors.append(ParameterError(SINCE, f"“{given[:SHOWN]}” is no cursor. {LIKE}"))
    elif number > record.number:
        errors.append(ParameterError(SINCE, _not_yet(number, record)))
    return Position(number, public_id) if public_id else after_edition(number)


def _not_yet(number: int, record: Record) -> str:
    if record.is_asked and number <= record.newest:
        return f"Edition {number} came after edition {record.number}, which this address asks for."
    newest = f"The newest is edition {record.number}." if record.number else "There is none yet."
    return (
        f"There is no edition {number}. {newest} Whoever has been given more has followed another "
        "record, or this one was restored from an older copy: then begin anew."
    )


def read_only(query: Mapping[str, Any], errors: list[ParameterError]) -> Only:
    """The types and ids asked for; what is wrong with them is added to ``errors``."""
    types = values_in(query, "type")
    known = [entry_type.name for entry_type in entry_types()]
    if unknown := [name for name in types if name not in known]:
        detail = f"“{unknown[0][:SHOWN]}” is none of: {', '.join(known)}."
        errors.append(ParameterError("type", detail, known))
    ids = values_in(query, "ids")
    if len(ids) > MOST:
        errors.append(ParameterError("ids", f"At most {MOST} ids can be asked for at once."))
    if wrong := _no_ids(ids):
        like = ", ".join(f"{entry_type.letter}1" for entry_type in entry_types())
        errors.append(ParameterError("ids", f"“{wrong[0][:SHOWN]}” is no id; ids are like {like}."))
    return Only(types, ids)


def _no_ids(ids: Collection[str]) -> list[str]:
    letters = {entry_type.letter for entry_type in entry_types()}
    return [text for text in ids if not PUBLIC_ID.fullmatch(text) or text[0] not in letters]
