"""What stands against publishing, entry by entry, with where it can be mended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from desk.naming import name_in
from desk.types import Problem, desk_type
from record.types import Document

MOST = 100  # entries that are shown with their problems


@dataclass(frozen=True)
class Told:
    """A sentence; and what it is about in words, with where that stands on the page, if it does."""

    message: str
    about: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class EntryProblems:
    """``page``: of the submission, where the entry stands. ``form``: address of its form, empty
    for an entry that the desk has no longer."""

    public_id: str
    name: str
    page: int
    form: str
    told: Sequence[Told]


def by_entry(
    problems: Iterable[Problem],
    documents: Mapping[str, Document],
    pages: Mapping[str, int],
    places: Mapping[str, str],
) -> list[EntryProblems]:
    """In the order of the submission, of many entries the first. One query a type of them.

    ``pages``: where each entry stands; ``places``: words of claims and citations by anchor.
    """
    grouped: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        grouped[problem.public_id].append(problem)
    shown = [public_id for public_id in documents if public_id in grouped][:MOST]
    forms = _forms({public_id: documents[public_id]["type"] for public_id in shown})
    return [
        EntryProblems(
            public_id,
            name_in(documents[public_id]),
            pages[public_id],
            forms.get(public_id, ""),
            [_told(each, places) for each in grouped[public_id]],
        )
        for public_id in shown
    ]


def _told(problem: Problem, places: Mapping[str, str]) -> Told:
    message = problem.message.removeprefix(f"{problem.public_id}: ")
    anchor = f"{problem.public_id}-{problem.claim}"
    return Told(message, places[anchor], anchor) if anchor in places else Told(message)


def _forms(types: Mapping[str, str]) -> dict[str, str]:
    """Addresses of the forms of these entries (by id, each with its type)."""
    found = {}
    for name in set(types.values()):
        opts = desk_type(name).model._meta
        ids = [public_id for public_id, its_type in types.items() if its_type == name]
        rows = desk_type(name).model._default_manager.filter(public_id__in=ids)
        for public_id, pk in rows.values_list("public_id", "pk"):
            address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[pk])
            found[public_id] = address
    return found
