"""What a file would make of the desk: documents, before anything is written.

A row with the id of an entry of the desk changes that entry, any other makes one. What a file does
not hold stays as it is: columns, rows and tables that are left out take nothing away.
"""

from collections import defaultdict

from django.db.models import F

from desk.bases import normalised
from desk.documents import parts_of
from desk.keys import KEY_LETTERS, NUMBERED, last_keys
from desk.models import WorkingCopy
from desk.naming import document_of
from desk.types import DeskType, desk_type_for
from exchange.filling import Filler
from exchange.names import Names
from exchange.planned import Plan, Planned
from exchange.problems import Faulty, NotTaken, Problem, quoted
from exchange.sheets import Row, Sheet, Sheets
from exchange.slugs import free_slug
from exchange.tables import OF_ENTRY, Table, in_order, tables_of
from record.statements import Among
from record.types import Document

MOST_ENTRIES = 5_000  # of a file
MOST_CHANGED = 500  # of them; each takes some 18 statements to save, new ones fewer together


def plan(sheets: Sheets, *, of_another_desk: bool = False) -> Plan:
    """Raises ``Faulty`` with everything that is wrong.

    Queries: those of ``Names``, and three.
    """
    found = plan_with(Names(of_another_desk=of_another_desk), sheets, most=MOST_ENTRIES)
    if len(found.changed) > MOST_CHANGED:
        problem = (
            f"This file changes {len(found.changed)} entries; at most {MOST_CHANGED} are taken at "
            "once. Import it in several parts."
        )
        raise Faulty([Problem(problem)])
    return found


def plan_with(names: Names, sheets: Sheets, *, most: int = 0) -> Plan:
    """`plan` for whoever takes a large file in batches and keeps the names meanwhile.

    ``most``: how many entries are taken, where not all are.
    """
    planner = _Planner(sheets, names)
    planned = planner.planned(most=most)
    if planner.problems:
        raise Faulty(in_order(planner.problems))
    changed = [each for each in planned if each.before != each.after]
    return Plan(changed, len(planned) - len(changed))


class _Planner:
    def __init__(self, sheets: Sheets, names: Names) -> None:
        self.problems = list(sheets.problems)
        self.names = names
        self.filler = Filler(self.names, self.problems)
        self.sheets = {sheet.table.name: sheet for sheet in sheets.sheets}
        self.kinds = {each.table.desk_type.name: each.table.desk_type for each in sheets.sheets}
        self.own: dict[str, Row] = {}  # rows of the entries' own tables, by id
        self.rows: dict[str, list[tuple[Table, Row]]] = defaultdict(list)  # of their lists, by id

    def planned(self, *, most: int = 0) -> list[Planned]:
        """``most``: how many entries are taken, where not all are."""
        for kind in self.kinds.values():
            self._take_entries(kind)
        for kind in self.kinds.values():
            self._take_rows(kind)
        ids = [*self.own, *(each for each in self.rows if each not in self.own)]
        if most and len(ids) > most:
            self.problems.append(
                Problem(
                    f"This file holds {len(ids):,} entries; at most {most:,} are taken at "
                    "once. Import it in several parts."
                )
            )
            return []
        entries = self._opened(ids)
        for entry in entries:
            self.filler.fill(entry, self.own.get(entry.public_id), self.rows[entry.public_id])
        if self.names.of_another_desk:
            mapping = self._ids_there(entries)
            for entry in entries:
                self.filler.follow_assertions(entry, mapping)
        return entries

    # Whose the rows are

    def _take_entries(self, kind: DeskType) -> None:
        table = tables_of(kind)[0]
        sheet = self.sheets.get(table.name, Sheet(table))
        called = self._called(kind)
        for row in sheet.rows:
            label = normalised(row.cells.get("id", ""))
            try:
                public_id = self._held(label, kind.model.letter)
                if not public_id:
                    public_id = self._new(kind, label, row, called)
                elif public_id in self.own:
                    first = self.own[public_id].number
                    raise NotTaken(f"{label} stands here twice, first in row {first}.", "id")
            except NotTaken as error:
                self._problem(table, row, error)
                continue
            self.own[public_id] = row

    def _held(self, label: str, letter: str) -> str:
        """The entry of the desk, or of a row above, that the label means; empty for a new one."""
        is_id = NUMBERED.fullmatch(label) and not self.names.of_another_desk
        if is_id and label[0] != letter:
            raise NotTaken(f"{label} is not an id of this table; those start with {letter}.", "id")
        try:
            return self.names.with_id(label, letter)
        except NotTaken as error:
            raise NotTaken(error.message, "id") from error

    def _new(self, kind: DeskType, label: str, row: Row, called: dict[str, list[str]]) -> str:
        letter = kind.model.letter
        slug = normalised(row.cells.get("slug", ""))
        own = [normalised(row.cells.get(name, "")) for name in kind.declaration.must_have]
        owners = dict.fromkeys(filter(None, (label, slug)))
        names = [*own, *(name for owner in owners for name in called.get(owner, ()))]
        if not slug:
            slug = free_slug(self.names, kind, names)
        elif slug in self.names.slugs_of_file[letter]:
            raise NotTaken(f"{quoted(slug)} is the slug of another row too.", "slug")
        elif slug in self.names.slugs[letter]:
            raise NotTaken(
                f"{quoted(slug)} is the slug of {self.names.slugs[letter][slug]}. To change that "
                "entry, give its id; for a new one, give another slug or none.",
                "slug",
            )
        return self.names.add(letter, label, slug, names)

    def _called(self, kind: DeskType) -> dict[str, list[str]]:
        """Names that stand in a list, like those of actors, by whose they are."""
        called: dict[str, list[str]] = defaultdict(list)
        for name, part in parts_of(kind.declaration).items():
            sheet = self.sheets.get(f"{kind.name}.{name}")
            if name in kind.declaration.must_have and sheet:
                for row in sheet.rows:
                    owner = normalised(row.cells.get(OF_ENTRY, ""))
                    called[owner].append(normalised(row.cells.get(part.known_by[0], "")))
        return called

    def _take_rows(self, kind: DeskType) -> None:
        for table in tables_of(kind)[1:]:
            for row in self.sheets.get(table.name, Sheet(table)).rows:
                owner = normalised(row.cells.get(OF_ENTRY, ""))
                try:
                    if not owner:
                        raise NotTaken("Say whose row this is: the id or the slug of an entry.")
                    public_id = self.names.entry(owner, kind.model.letter, {})
                except NotTaken as error:
                    self._problem(table, row, NotTaken(error.message, OF_ENTRY))
                    continue
                self.rows[public_id].append((table, row))

    def _opened(self, ids: list[str]) -> list[Planned]:
        """What the desk holds of them now, in the order of the rooms and of the file."""
        held = [public_id for public_id in ids if public_id not in self.names.new]
        copies = WorkingCopy.objects.filter(Among(F("public_id"), held)).select_related("revision")
        revisions = {copy.public_id: copy.revision for copy in copies}
        last = last_keys(held)
        order = {name: place for place, name in enumerate(self.kinds)}
        opened = []
        for public_id in sorted(ids, key=lambda each: order[desk_type_for(each).name]):
            kind, revision = desk_type_for(public_id), revisions.get(public_id)
            before = document_of(revision) if revision else None
            after: Document = dict(before) if before else {"id": public_id, "type": kind.name}
            keys = {letter: last.get(f"{public_id}/{letter}", 0) for letter in KEY_LETTERS}
            opened.append(Planned(kind, public_id, revision, before, after, keys))
        return opened

    def _ids_there(self, entries: list[Planned]) -> dict[str, str]:
        """What another desk calls the entries of the file and their parts → what we do."""
        mapping = {
            label: public_id
            for labels in self.names.labels.values()
            for label, public_id in labels.items()
        }
        labels = {public_id: label for label, public_id in mapping.items()}
        for entry in entries:
            label = labels.get(entry.public_id, entry.public_id)
            for (_, key), _ in entry.places.items():
                mapping[f"{label}/{key}"] = f"{entry.public_id}/{key}"
        return mapping

    def _problem(self, table: Table, row: Row, error: NotTaken) -> None:
        self.problems.append(Problem(error.message, table.name, row.number, error.column))
