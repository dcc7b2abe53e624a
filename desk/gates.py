"""What has to hold before documents may enter the record."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import orjson
from django.db.models.functions import Coalesce

from desk.models import WorkingCopy
from desk.retirement import retired_uses
from desk.slugs import slug_problems
from desk.types import Passage, Problem, desk_type
from record.models import Link, State, Version
from record.reading import part_keys
from record.types import Document

BATCH = 2000  # ids a statement


def problems_of(
    documents: Mapping[str, Document], *, redacted: Collection[str] = ()
) -> tuple[list[Problem], list[Passage]]:
    """Why these documents (by id) cannot be published together, and what their passages are.

    ``redacted``: ids of those that redact earlier versions; they may have gone before.
    Queries grow with the number of thousands of documents, not with the documents.
    """
    published = {
        public_id: document
        for public_id, document in documents.items()
        if document.get("state", State.PUBLISHED) == State.PUBLISHED
    }
    problems = [*_unfit(published), *_bad_slugs(published)]
    passages: list[Passage] = []
    by_type = defaultdict(list)
    for document in published.values():
        by_type[document["type"]].append(document)
    for type_name, group in by_type.items():
        evidence = desk_type(type_name).evidence(group)
        problems += evidence.problems
        passages += evidence.passages
    problems += _not_there(sorted(set(documents) - set(published) - set(redacted)))
    problems += _named_at_the_desk(documents)
    problems += retired_uses(published)
    problems += _unresolved(documents, published)
    problems += _still_referred_to(documents, published)
    return problems, passages


def _unfit(published: Mapping[str, Document]) -> Iterable[Problem]:
    """Documents that lack what every entry of their type must say, or use a key twice."""
    for public_id, document in published.items():
        yield from gaps_in(document)
        for key, times in Counter(_keys(document)).items():
            if times > 1:
                yield Problem(public_id, key, f"{public_id} has more than one {key}.")


def gaps_in(document: Document) -> list[Problem]:
    """What every entry of its type must say, and this one does not: by the names of the fields."""
    public_id = document["id"]
    return [
        Problem(
            public_id,
            field,
            f"{public_id} has no {field.replace('_', ' ')}; no {document['type']} is published "
            "without.",
        )
        for field in desk_type(document["type"]).declaration.must_have
        if document.get(field) in (None, "", [])
    ]


def _keys(document: Document) -> list[str]:
    """Every key of a part or citation, as often as it is used."""
    return [
        row["key"]
        for value in document.values()
        if isinstance(value, list)
        for row in value
        if isinstance(row, dict) and "key" in row
    ]


def _bad_slugs(published: Mapping[str, Document]) -> Iterable[Problem]:
    slugs: dict[tuple[str, str], str] = {}
    for public_id, document in published.items():
        other = slugs.setdefault((document["type"], document["slug"]), public_id)
        if other != public_id:
            yield Problem(public_id, "slug", f"{other} and {public_id} have the same slug.")
    for public_id, problem in slug_problems(slugs).items():
        yield Problem(public_id, "slug", f"{public_id}: {problem}")


def _not_there(ids: list[str]) -> Iterable[Problem]:
    """Entries that would go, and have gone already or never were there."""
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        there = set(
            Version.objects.filter(
                public_id__in=batch, superseded_in=None, state=State.PUBLISHED
            ).values_list("public_id", flat=True)
        )
        for public_id in batch:
            if public_id not in there:
                yield Problem(public_id, "", f"{public_id} is not published, so it cannot go.")


def _named_at_the_desk(documents: Mapping[str, Document]) -> Iterable[Problem]:
    """Entries that would be gone from the desk as well, and are named by others there."""
    for public_id, document in documents.items():
        if document.get("state") == State.REDACTED:
            for referrer in referrers_at_desk(public_id):
                message = f"{public_id} cannot go: the working copy of {referrer} refers to it."
                yield Problem(public_id, "", message)


def _unresolved(
    documents: Mapping[str, Document], published: Mapping[str, Document]
) -> Iterable[Problem]:
    """References to entries or parts that would not stand in the same edition."""
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)  # target → {(part, referrer)}
    for public_id, document in published.items():
        for target in desk_type(document["type"]).targets(document):
            wanted[target.id].add((target.part, public_id))
    keys = {
        public_id: part_keys(document)
        for public_id, document in published.items()
        if public_id in wanted
    }
    outside = sorted(set(wanted) - set(documents))
    with_parts = {target for target in outside if any(part for part, _ in wanted[target])}
    for start in range(0, len(outside), BATCH):
        standing = Version.objects.filter(
            public_id__in=outside[start : start + BATCH],
            superseded_in=None,
            state=State.PUBLISHED,
        )
        keys |= {public_id: set() for public_id in standing.values_list("public_id", flat=True)}
        for public_id, text in standing.filter(public_id__in=with_parts).values_list(
            "public_id", "document"
        ):
            keys[public_id] = part_keys(orjson.loads(text))
    for public_id, uses in sorted(wanted.items()):
        for part, referrer in sorted(uses):
            if public_id not in keys:
                yield Problem(
                    referrer, "", f"{referrer} refers to {public_id}, which is not published."
                )
            elif part and part not in keys[public_id]:
                yield Problem(
                    referrer, "", f"{referrer} refers to {public_id}/{part}, which is gone."
                )


def _still_referred_to(
    documents: Mapping[str, Document], published: Mapping[str, Document]
) -> Iterable[Problem]:
    """Entries withdrawn, or parts removed, that other current documents refer to."""
    ids = sorted(documents)
    for start in range(0, len(ids), BATCH):
        # By an expression: SQLite would walk all links that stand, rather than those to a target.
        links = (
            Link.objects.annotate(until=Coalesce("superseded_in", 0))
            .filter(target__in=ids[start : start + BATCH], until=0)
            .order_by("target", "part", "public_id")
            .values_list("target", "part", "public_id")
            .distinct()
        )
        for target, part, referrer in links.iterator():
            if referrer in documents:
                continue  # its new document is what counts, and has been looked at
            if target not in published:
                yield Problem(target, "", f"{target} cannot go: {referrer} refers to it.")
            elif part and part not in part_keys(published[target]):
                yield Problem(target, part, f"{target}/{part} cannot go: {referrer} refers to it.")


def referrers_at_desk(public_id: str) -> list[str]:
    """Ids of the other entries whose working copies refer to this one. One query.

    The database looks for the id in every working copy's document: some 1 s for 100,000.
    """
    return [
        copy.public_id
        for copy in WorkingCopy.objects.filter(revision__document__contains=f'"{public_id}')
        .exclude(public_id=public_id)
        .select_related("revision")
        .order_by("type", "public_id")
        if public_id in _ids_in(orjson.loads(copy.revision.document))
    ]


def _ids_in(value: Any) -> set[str]:
    """Every text of a document that can be the id of an entry, or of a part of it."""
    if isinstance(value, dict):
        return {found for item in value.values() for found in _ids_in(item)}
    if isinstance(value, list):
        return {found for item in value for found in _ids_in(item)}
    return {value.partition("/")[0]} if isinstance(value, str) else set()
