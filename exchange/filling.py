"""The rows of a file put into the documents of its entries."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from desk.bases import normalised
from desk.documents import claims_of, schema_of
from exchange.cells import ClaimsCell, KeyCell
from exchange.names import Names
from exchange.planned import Planned
from exchange.problems import NotTaken, Problem, nearest, offer, quoted
from exchange.sheets import Row
from exchange.tables import Table, tables_of
from record.types import Document
from sources.asserting import asserted_targets

KEY = re.compile(r"[pc][1-9][0-9]{0,6}")
# Of what a file gives a new entry: later parts are counted on from there, and need room.
GIVEN_KEY = re.compile(r"[pc][1-9][0-9]{0,3}")


class Filler:
    """What cannot be read is added to ``problems``, and ``None`` in the document."""

    def __init__(self, names: Names, problems: list[Problem]) -> None:
        self.names, self.problems = names, problems

    def fill(self, entry: Planned, own: Row | None, rows: Sequence[tuple[Table, Row]]) -> None:
        """``own``: the row of the entry's own table; ``rows``: those of its lists."""
        table, *lists = tables_of(entry.desk_type)
        if own is not None:
            entry.places["", ""] = (table.name, own.number)
            cells = dict(own.cells)
            if entry.is_new:
                cells["slug"] = self.names.slug_of[entry.public_id]
            entry.after |= self._read(table, own, cells, entry.before)
        for _, row in rows if entry.is_new else ():
            # Before any key is given, so that none is given that the file gives further down.
            _take_key(entry, normalised(row.cells.get("key", "")))
        for each in lists:
            self._fill_list(entry, each, [row for of, row in rows if of is each])
        # Claims and own parts name rows of any list, so that they come last.
        for each in lists:
            self._name_own(entry, each)
        if entry.is_new:
            members = schema_of(entry.desk_type.declaration).fields
            entry.after = {str(name): entry.after.get(str(name)) for name in members}

    def _fill_list(self, entry: Planned, table: Table, rows: Sequence[Row]) -> None:
        held: list[Document] = list(entry.after.get(table.rows, ()))
        at = {identity_of(table, row): place for place, row in enumerate(held)}
        for row in rows:
            key = normalised(row.cells.get("key", ""))
            was = held[at[key]] if table.identity == ("key",) and key in at else None
            read = self._read(table, row, row.cells, was)
            if table.identity == ("key",):
                read["key"] = key if was is not None else self._key(entry, table, row, key)
            identity = identity_of(table, read)
            if first := entry.places.get((table.rows, identity)):
                self._problem(
                    table, row, NotTaken(f"This row stands here twice, first in row {first[1]}.")
                )
            entry.places[table.rows, identity] = (table.name, row.number)
            if identity in at:
                held[at[identity]] = read
            else:
                at[identity] = len(held)
                held.append(read)
        if table.identity != ("key",):
            held.sort(key=lambda row: [row[name] or "" for name in table.identity])
        entry.after[table.rows] = held

    def _key(self, entry: Planned, table: Table, row: Row, key: str) -> str:
        """Of a new row: the next that is free, or in a new entry the one that the file gives."""
        letter = "c" if table.rows == "citations" else "p"
        if KEY.fullmatch(key):
            if entry.is_new and key[0] == letter and GIVEN_KEY.fullmatch(key):
                return key
            known = [each["key"] for each in entry.after.get(table.rows, ())]
            self._problem(
                table,
                row,
                NotTaken(
                    f"There is no {key} among the {table.rows} of this entry."
                    f"{offer(nearest(key, known))} For a new row leave the key empty, or call it "
                    "new-1.",
                    "key",
                ),
            )
            return key
        entry.keys[letter] += 1
        given = f"{letter}{entry.keys[letter]}"
        if key in entry.named:
            self._problem(table, row, NotTaken(f"Two rows are called {quoted(key)}.", "key"))
        elif key:
            entry.named[key] = given
        return given

    def _name_own(self, entry: Planned, table: Table) -> None:
        """Rows of the entry by their keys, where the file calls them by its own names."""
        for name, cell in table.cells.items():
            if not isinstance(cell, ClaimsCell | KeyCell):
                continue
            claims = (
                claims_of(entry.desk_type.declaration, entry.after)
                if isinstance(cell, ClaimsCell)
                else {}
            )
            for row in entry.after.get(table.rows, ()):
                place = entry.places.get((table.rows, identity_of(table, row)))
                if place is None:
                    continue
                try:
                    row[name] = (
                        self._claims(entry, row, claims)
                        if isinstance(cell, ClaimsCell)
                        else entry.named.get(row[name], row[name])
                    )
                except NotTaken as error:
                    self.problems.append(Problem(error.message, *place, name))

    def _claims(self, entry: Planned, citation: Document, known: Mapping[str, bool]) -> list[str]:
        if citation["claims"] is None:
            return [claim for claim, needs_evidence in known.items() if needs_evidence]
        old = (entry.before or {}).get("citations", ())
        # What speaks to a claim that has gone is no fault of the file.
        stood = {
            claim for each in old if each["key"] == citation["key"] for claim in each["claims"]
        }
        found = []
        for claim in citation["claims"]:
            part, dot, member = claim.partition(".")
            meant = f"{entry.named.get(part, part)}{dot}{member}"
            if meant not in known and meant not in stood:
                raise NotTaken(
                    f"{quoted(claim)} is no claim of this entry.{offer(nearest(claim, known))} "
                    f"Its claims are {', '.join(known)}."
                )
            found.append(meant)
        return found

    def follow_assertions(self, entry: Planned, mapping: dict[str, str]) -> None:
        """What citations of another desk assert names its ids too."""
        citations = entry.after.get("citations") or ()
        schema: Any = schema_of(entry.desk_type.declaration)
        for citation in citations:
            for target in asserted_targets(schema, entry.after, citation):
                if target.id not in mapping:
                    place = entry.places["citations", citation["key"]]
                    self.problems.append(
                        Problem(f"This file holds no {target.id}.", *place, "asserts")
                    )
        if citations:
            entry.after |= schema.extra_replaced(entry.after, mapping)

    def _read(
        self, table: Table, row: Row, cells: dict[str, str], was: Document | None
    ) -> Document:
        read: Document = {}
        for name, cell in table.cells.items():
            try:
                read[name] = cell.read(cells, ... if was is None else was[name], self.names)
            except NotTaken as error:
                self._problem(table, row, error)
                read[name] = None
        return read

    def _problem(self, table: Table, row: Row, error: NotTaken) -> None:
        self.problems.append(Problem(error.message, table.name, row.number, error.column))


def _take_key(entry: Planned, key: str) -> None:
    if KEY.fullmatch(key):
        entry.keys[key[0]] = max(entry.keys[key[0]], int(key[1:]))


def identity_of(table: Table, row: Document) -> str:
    """What tells the row from the others of its list."""
    return "\n".join(str(row.get(name)) for name in table.identity)
