"""A dataset into the desk: batch by batch, and all of it into one draft of a submission.

Each batch is one transaction, in which it is kept what its rows said. So an import that was
interrupted goes on where it was, and rows that say what they said last time change nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F

from desk.models import WorkingCopy
from desk.naming import document_of
from desk.refusals import Refused
from desk.submissions import checked_reason, one_line
from exchange.datasets.entries import DatasetMapping, Entry
from exchange.datasets.evidence import with_evidence
from exchange.datasets.gathering import gather
from exchange.datasets.known import Known
from exchange.datasets.reading import Dataset, Line
from exchange.datasets.report import Report
from exchange.datasets.tabling import Later, Said, Tabler
from exchange.importing import write
from exchange.models import ImportedRow, keep_rows
from exchange.names import Names
from exchange.planning import plan_with
from exchange.problems import Faulty, NotTaken, Problem
from record.statements import Among
from record.types import Document

ROWS = 500  # of a batch
LONGEST_TITLE = 200  # characters of a submission's
Progress = Callable[[str, int, int], None]


def import_dataset(
    dataset: Dataset,
    mapping: DatasetMapping,
    *,
    by: Any,
    reason: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Rows that cannot be taken are left out and reported; all others are at the desk afterwards.

    ``dry_run``: the same, and all of it undone at the end, in one transaction that holds the desk.
    ``Refused`` where what was imported cannot stand in a submission.
    """
    reason = checked_reason(reason)
    if not dry_run:
        return _import(dataset, mapping, by=by, reason=reason, progress=progress)
    with transaction.atomic():
        report = _import(dataset, mapping, by=by, reason=reason, progress=progress)
        transaction.set_rollback(True)
    return report


def _import(
    dataset: Dataset, mapping: DatasetMapping, *, by: Any, reason: str, progress: Progress | None
) -> Report:
    # Names of files can hold anything. All of it is seen to before the first row.
    report = Report("".join(filter(str.isprintable, dataset.path.name)))
    title = one_line(f"Import of {report.name}")[:LONGEST_TITLE]
    importer = _Importer(mapping, report, by=by, reason=reason)
    lines, waiting = dataset.lines(), list[Line]()
    while batch := [*waiting, *islice(lines, ROWS)]:
        waiting = importer.take(batch)
        if progress:
            progress("rows", report.read, dataset.total)
    report.submission, report.elsewhere = gather(mapping, by=by, reason=reason, title=title)
    return report


@dataclass
class _Work:
    """A row on its way. ``public_id``: of the entry that it is about, empty for a new one;
    ``standing``: what the desk has of that; ``waits``: whether it has been changed before, by an
    import that was interrupted."""

    line: Line
    said: Said
    public_id: str
    standing: Document | None = None
    waits: bool = False


class _Importer:
    def __init__(self, mapping: DatasetMapping, report: Report, *, by: Any, reason: str) -> None:
        self.mapping, self.report, self.by, self.reason = mapping, report, by, reason
        self.type = mapping.row.desk_type
        self.names = Names(of_another_desk=False)
        self.known = Known(self.names, mapping.entries)
        self.tabler = Tabler(mapping, self.known)
        self.seen: set[str] = set()  # identifiers of the rows so far
        self.of_items = {
            name: items.column for items in mapping.items.values() for name in items.names
        }

    def take(self, lines: Iterable[Line]) -> list[Line]:
        """One batch; returns the rows that wait for the next one.

        Some fifteen queries, and a statement for each few dozen rows of a table.
        """
        works = self._changed(list(self._read(lines)))
        later: list[Line] = []
        while works:
            try:
                labels = self._tabled(works, later)
                ids = self._written(works, labels)
            except Faulty as faulty:
                works = self._without(works, faulty.problems)
                self.names.numbers.clear()  # of slugs that were not kept
                continue
            self._settle(works, labels, ids)
            break
        return later

    def _read(self, lines: Iterable[Line]) -> Iterator[_Work]:
        """Without rows that cannot be read, or stand in the file twice."""
        here: set[str] = set()
        for line in lines:
            try:
                said = self.tabler.said(line)
                if said.identifier in self.seen or said.identifier in here:
                    raise NotTaken(
                        f"A row before this one has the same identifier, {said.identifier}.",
                        ", ".join(self.mapping.row.value.columns if self.mapping.row.value else ()),
                    )
                keys = self.known.keys(self.mapping.row, {}, said.identifier, "")
                work = _Work(line, said, self.known.find(self.mapping.row, keys))
            except NotTaken as error:
                self._reject(line.number, error.column, error.message)
                continue
            here.add(said.identifier)
            yield work

    def _changed(self, works: Sequence[_Work]) -> list[_Work]:
        """Without the rows that say what they said last time. Two queries."""
        before = ImportedRow.objects.filter(
            Among(F("value"), [work.said.identifier for work in works]),
            type=self.type.name,
            scheme=self.mapping.row.scheme,
        )
        last = {row.value: row for row in before}
        changed = []
        for work in works:
            row = last.get(work.said.identifier)
            if not work.public_id or row is None or row.said != work.said.digest:
                work.waits = row is not None and row.waits
                changed.append(work)
        self.report.unchanged += len(works) - len(changed)
        self.seen |= {work.said.identifier for work in works} - {
            work.said.identifier for work in changed
        }
        ids = [work.public_id for work in changed if work.public_id]
        copies = WorkingCopy.objects.filter(Among(F("public_id"), ids)).select_related("revision")
        standing = {copy.public_id: document_of(copy.revision) for copy in copies}
        for work in changed:
            work.standing = standing.get(work.public_id)
        return changed

    def _tabled(self, works: list[_Work], later: list[Line]) -> dict[int, str]:
        """Put them into tables; what the entry of each row is called there, by its line.

        Those that cannot be, and those that have to wait, are taken out of ``works``.
        """
        self.names.forget_new()
        self.tabler.begin()
        labels: dict[int, str] = {}
        for work in list(works):
            try:
                labels[work.line.number] = self.tabler.add(
                    work.line, work.said, work.public_id, work.standing
                )
            except Later:
                later.append(work.line)
                works.remove(work)
            except NotTaken as error:
                self._reject(work.line.number, error.column, error.message)
                works.remove(work)
        return labels

    def _written(self, works: Sequence[_Work], labels: dict[int, str]) -> dict[str, str]:
        """Ids of what was made or changed, by what the batch calls it. Raises ``Faulty``."""
        with transaction.atomic():
            plan = with_evidence(plan_with(self.names, self.tabler.sheets))
            ids = write(plan, by=self.by, reason=self.reason, look_over=False)
            for called in self.names.labels.values():
                ids |= {label: ids[new] for label, new in called.items() if new in ids}
            keep_rows(
                ImportedRow(
                    type=self.type.name,
                    scheme=self.mapping.row.scheme,
                    value=work.said.identifier,
                    public_id=work.public_id or ids[labels[work.line.number]],
                    said=work.said.digest,
                    waits=work.waits or labels[work.line.number] in ids,
                )
                for work in works
            )
        return ids

    def _settle(self, works: Sequence[_Work], labels: dict[int, str], ids: dict[str, str]) -> None:
        for work in works:
            self.seen.add(work.said.identifier)
            if not work.public_id:
                self.report.made += 1
            elif labels[work.line.number] in ids:
                self.report.changed += 1
            else:
                self.report.unchanged += 1
        own = set(labels.values())
        self.report.linked.update(
            name for label, name in self.tabler.labels.items() if label not in own
        )
        self.known.settle(ids)
        self.names.settle(ids)

    def _without(self, works: list[_Work], problems: Sequence[Problem]) -> list[_Work]:
        """Those that nothing stands against; the others are reported. ``Refused`` where that would
        be none of them."""
        linked = self.tabler.linked
        against: dict[int, tuple[str, str]] = {}  # columns and reason
        for problem in problems:
            entry = self.mapping.row
            if problem.row in linked:
                # What cannot be made for one row cannot be for any other.
                number, link = linked[problem.row]
                self.tabler.refused[link.keys] = problem.message
                entry = link.entry
            else:
                number = problem.row
            against.setdefault(number, (self._columns(entry, problem), problem.message))
        left = [work for work in works if work.line.number not in against]
        if len(left) == len(works):
            raise Refused([problem.message for problem in problems])
        for work in works:
            if found := against.get(work.line.number):
                self._reject(work.line.number, *found)
        return left

    def _reject(self, number: int, columns: str, reason: str) -> None:
        """With the columns that the file has, for items and their parts too."""
        named = dict.fromkeys(self.of_items.get(each, each) for each in columns.split(", "))
        self.report.reject(number, ", ".join(named), reason)

    def _columns(self, entry: Entry, problem: Problem) -> str:
        """The columns of the file that the problem is about, or else that of the table; none where
        it is about all of the row."""
        if not problem.column and problem.table == self.mapping.row.table.name:
            return ""
        named = self.mapping.columns_of(entry, problem.table, problem.column)
        return ", ".join(named) or problem.column
