"""What stands against publishing, entry by entry, with where it can be mended."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from desk.naming import name_in
from desk.types import Problem, desk_type
from record.types import Document
from record.wording import Wording

MOST = 100  # entries that are shown with their problems
# A part of the entry, or a field of one; not a part of another entry (``A7/p4``).
PART = re.compile(r"(?<![\w/])p[1-9][0-9]*(?:\.[a-z_]+)?(?![\w/])")


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


def in_words(message: str, words: Wording) -> str:
    """The sentence with parts called as an editor sees them: ``participant p2 (An envoy): role``.

    What is no part of the documents stays as it is.
    """
    return PART.sub(lambda found: words.claim(found[0]), message)


def sentences(problems: Iterable[Problem], documents: Mapping[str, Document]) -> list[str]:
    """The problems of these documents (by id), in words. No query: of other entries that parts
    name, those that are no documents here are called by their ids."""
    names = {public_id: name_in(document) for public_id, document in documents.items()}
    words: dict[str, Wording] = {}
    told = []
    for problem in problems:
        document = documents.get(problem.public_id)
        if document is not None and "state" not in document:
            if problem.public_id not in words:
                words[problem.public_id] = Wording(document["type"], [document], names)
            told.append(in_words(problem.message, words[problem.public_id]))
        else:
            told.append(problem.message)
    return told


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
            [
                _told(each, said, places)
                for each, said in zip(
                    grouped[public_id], sentences(grouped[public_id], documents), strict=True
                )
            ],
        )
        for public_id in shown
    ]


def _told(problem: Problem, said: str, places: Mapping[str, str]) -> Told:
    message = said.removeprefix(f"{problem.public_id}: ")
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
