"""Sources from a bibliography: for each item a new one, one that is there, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from desk.documents import schema_of
from desk.keys import KEY_LETTERS, last_keys
from desk.models import WorkingCopy
from desk.naming import document_of
from desk.types import desk_type
from exchange.names import Names
from exchange.planned import Plan, Planned
from exchange.problems import Faulty, NotTaken, Problem, quoted
from exchange.slugs import free_slug
from record.labels import label_of
from record.types import Document
from sources.bibliography.items import Item
from sources.bibliography.matching import (
    Likeness,
    differences,
    likenesses,
    merged,
    with_keys,
)
from sources.choices import TextShown

TABLE = "item"  # what problems call the place: item 3
NEW, SKIP = "new", "skip"


@dataclass(frozen=True)
class Offered:
    """One item, what it may be, and what is chosen for it. ``choices``: values and their words.

    ``differs``: members that the chosen source keeps as they are. ``left``: what a source has no
    place for.
    """

    number: int
    label: str
    title: str
    choices: Sequence[tuple[str, str]]
    chosen: str
    differs: Sequence[str]
    left: Sequence[str]


def offered(items: Sequence[Item], choices: Mapping[str, str]) -> list[Offered]:
    """Each with what the desk has like it. ``choices``: as far as they are made. One query."""
    held = _held()
    schema: Any = schema_of(desk_type("source").declaration)
    found = []
    for number, (item, like) in enumerate(
        zip(items, likenesses(items, held.values()), strict=True), start=1
    ):
        words = [(NEW, "A new source"), *_same(like, held), (SKIP, "Leave it out")]
        chosen = choices.get(str(number), "")
        if chosen not in dict(words):
            chosen = _suggested(like)
        differing = differences(held[chosen], item) if chosen in held else []
        found.append(
            Offered(
                number,
                item.label,
                item.said.get("title", ""),
                words,
                chosen,
                [label_of(schema, name) for name in differing],
                item.left
                + [f"also item {each.item}, by its {each.why}" for each in like if each.item],
            )
        )
    return found


def plan_items(items: Sequence[Item], choices: Mapping[str, str]) -> Plan:
    """Raises `Faulty`. Queries: those of ``Names``, one for the sources, and two for keys."""
    names = Names(of_another_desk=False)
    held = _held()
    last = last_keys(set(choices.values()) & set(held))
    problems: list[Problem] = []
    planned: dict[str, Planned] = {}
    for number, item in enumerate(items, start=1):
        chosen = choices.get(str(number), SKIP)
        if chosen == SKIP:
            continue
        try:
            if chosen in held:
                entry = planned.get(chosen) or _standing(chosen, held[chosen], last)
                entry.after = merged(entry.after, item, last_key=entry.keys["p"])
            else:
                entry = _new(item, names)
        except NotTaken as error:
            problems.append(Problem(error.message, TABLE, number, error.column))
            continue
        entry.places.setdefault(("", ""), (TABLE, number))
        for row in entry.after["authors"]:
            entry.places.setdefault(("authors", row["key"]), (TABLE, number))
        planned[entry.public_id] = entry
    if problems:
        raise Faulty(problems)
    _take_revisions(planned)
    changed = [each for each in planned.values() if each.before != each.after]
    return Plan(changed, len(planned) - len(changed))


def _held() -> dict[str, Document]:
    """The desk's sources by id."""
    copies = WorkingCopy.objects.filter(type="source", merged_into="").select_related("revision")
    documents = [document_of(copy.revision) for copy in copies]
    return {each["id"]: each for each in documents if "state" not in each}


def _same(like: Sequence[Likeness], held: Mapping[str, Document]) -> list[tuple[str, str]]:
    return [
        (
            each.public_id,
            f"The same as {each.public_id}, “{held[each.public_id]['title']}”: same {each.why}",
        )
        for each in like
        if each.public_id
    ]


def _suggested(like: Sequence[Likeness]) -> str:
    """The same only where nothing but the same can be meant: titles can be alike by chance."""
    certain = [each for each in like if each.is_certain]
    there = [each.public_id for each in certain if each.public_id]
    if there:
        return there[0]
    return SKIP if certain else NEW


def _standing(public_id: str, document: Document, last: Mapping[str, int]) -> Planned:
    keys = {letter: last.get(f"{public_id}/{letter}", 0) for letter in KEY_LETTERS}
    return Planned(desk_type("source"), public_id, None, document, document, keys)


def _new(item: Item, names: Names) -> Planned:
    title = item.said.get("title", "")
    if not title:
        raise NotTaken("It has no title.", "title")
    _refuse_twice(item.said.get("identifiers", ()))
    kind = desk_type("source")
    slug = free_slug(names, kind, [title])
    public_id = names.add(kind.model.letter, "", slug, [title])
    authors = with_keys(item.said.get("authors", ()))
    document: Document = dict.fromkeys(map(str, schema_of(kind.declaration).fields)) | {
        "id": public_id,
        "type": kind.name,
        "slug": slug,
        "language": "en",
        "identifiers": [],
        "text_shown": TextShown.NOTHING.value,
        **item.said,
        "subjects": _subjects(item, names),
        "authors": authors,
    }
    keys = {"p": len(authors), "c": 0}
    return Planned(kind, public_id, None, None, document, keys)


def _refuse_twice(identifiers: Sequence[Document]) -> None:
    for first, second in pairwise(identifiers):
        if first == second:
            raise NotTaken(
                f"The identifier {quoted(first['scheme'] + ': ' + first['value'])} stands here "
                "twice. Leave one of the two out.",
                "identifiers",
            )


def _subjects(item: Item, names: Names) -> list[str]:
    """Ids of the subjects, which stand in a bibliography by slug."""
    try:
        found = {names.entry(slug, "T", {}) for slug in item.said.get("subjects", ())}
    except NotTaken as error:
        raise NotTaken(error.message, "subjects") from error
    return sorted(found, key=lambda public_id: (len(public_id), public_id))


def _take_revisions(planned: Mapping[str, Planned]) -> None:
    """What is written over, so that it is noticed if it changes."""
    copies = WorkingCopy.objects.filter(public_id__in=list(planned)).select_related("revision")
    for copy in copies:
        planned[copy.public_id].revision = copy.revision
