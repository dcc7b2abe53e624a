"""What an import would change, as reviewers see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator

from desk.changes import EntryChanges, changes_of
from desk.cited import Evidence
from desk.models import WorkingCopy
from desk.naming import document_of, name_in, public_names
from exchange.planned import Plan
from record.reading import Record
from record.referred import targets_of_all
from record.types import Document

ENTRIES_A_PAGE = 25


@dataclass(frozen=True)
class Shown:
    """One entry; the id of a new one is provisional."""

    name: str
    public_id: str
    type: str
    is_new: bool
    changes: EntryChanges


@dataclass(frozen=True)
class Preview:
    """``new`` and ``changed`` count the entries of all pages."""

    plan: Plan
    page: Any
    entries: Sequence[Shown]
    new: int
    changed: int


def preview_of(plan: Plan, *, page: Any = 1, texts: bool = False) -> Preview:
    """One page of the plan. ``texts``: whether the sources' texts may be seen.

    Five queries, and those of the passages.
    """
    found = Paginator(plan.changed, ENTRIES_A_PAGE).get_page(page)
    pairs = [(each.before, each.after) for each in found]
    both = [document for pair in pairs for document in pair]
    given = _given(plan, both)
    names = public_names(both, Record.current(), given)
    evidence = Evidence(pairs, texts=texts)
    entries = [
        Shown(
            name=name_in(each.before or each.after),
            public_id=each.public_id,
            type=each.desk_type.name,
            is_new=each.is_new,
            changes=changes_of(each.before, each.after, names, evidence),
        )
        for each in found
    ]
    new = sum(each.is_new for each in plan.changed)
    return Preview(plan, found, entries, new, len(plan.changed) - new)


def _given(plan: Plan, documents: Iterable[Document | None]) -> dict[str, Document]:
    """What these refer to as the desk has it, or the file; and what names the parts among that."""
    given = {each.public_id: each.after for each in plan.changed}
    opened: list[Document | None] = list(documents)
    for _ in range(2):
        wanted = {target.id for target in targets_of_all(opened)}
        copies = WorkingCopy.objects.filter(public_id__in=wanted - set(given))
        found = {
            copy.public_id: document_of(copy.revision) for copy in copies.select_related("revision")
        }
        given |= found
        opened = [given[public_id] for public_id in wanted if public_id in given]
    return {public_id: each for public_id, each in given.items() if "state" not in each}
