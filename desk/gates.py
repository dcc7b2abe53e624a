"""What has to hold before documents may enter the record."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import orjson
from django.db.models import F

from desk.models import WorkingCopy
from desk.retirement import retired_uses
from desk.rounds import keyed
from desk.slugs import slug_problems
from desk.types import Passage, Problem, desk_type
from record.models import Link, State, Version
from record.reading import part_keys
from record.statements import STILL_STANDS, Among
from record.types import Document

BATCH = 2000  # ids a statement


def problems_of(
    documents: Mapping[str, Document], *, redacted: Collection[str] = ()
) -> tuple[list[Problem], list[Passage]]:
    """Why these documents (by id) cannot be published together, and what their passages are.

    ``redacted``: ids of those that redact earlier versions; they may have gone before. The
    documents are walked through once, in their order, and a second time to say what is wrong.
    Queries grow with the number of thousands of documents, not with the documents.
    """
    looked = _Looked()
    for document in documents.values():
        looked.look_at(document)
    looked.weigh()
    gone = sorted(looked.gone - set(redacted))
    problems = [
        *looked.unfit,
        *_bad_slugs(looked),
        *looked.evidence,
        *_not_there(gone),
        *_named_at_the_desk(looked.redacted),
        *retired_uses(documents, looked.gone, {target for target, _ in looked.wanted}),
        *_unresolved(documents, looked),
        *_still_referred_to(documents, looked.gone),
    ]
    return problems, looked.passages


class _Looked:
    """What is kept of the documents while they pass by, one after another: there may be hundreds
    of thousands. ``gone``: tombstones; ``wanted``: what is referred to, entries and their parts.
    """

    def __init__(self) -> None:
        self.unfit: list[Problem] = []
        self.twice: list[Problem] = []
        self.evidence: list[Problem] = []
        self.passages: list[Passage] = []
        self.gone: set[str] = set()
        self.redacted: list[str] = []
        self.slugs: dict[tuple[str, str], str] = {}
        self.wanted: set[tuple[str, str]] = set()
        self._to_weigh: dict[str, list[Document]] = defaultdict(list)

    def look_at(self, document: Document) -> None:
        public_id, state = document["id"], document.get("state", State.PUBLISHED)
        if state != State.PUBLISHED:
            self.gone.add(public_id)
            if state == State.REDACTED:
                self.redacted.append(public_id)
            return
        of = desk_type(document["type"])
        self.unfit += _unfit(document)
        other = self.slugs.setdefault((of.name, document["slug"]), public_id)
        if other != public_id:
            message = f"{other} and {public_id} have the same slug."
            self.twice.append(Problem(public_id, "slug", message))
        self.wanted |= {(target.id, target.part) for target in of.targets(document)}
        self._to_weigh[of.name].append(document)
        if len(self._to_weigh[of.name]) >= BATCH:
            self._weigh(of.name)

    def weigh(self) -> None:
        """The evidence of what is left."""
        for name in list(self._to_weigh):
            self._weigh(name)

    def _weigh(self, name: str) -> None:
        evidence = desk_type(name).evidence(self._to_weigh.pop(name))
        self.evidence += evidence.problems
        self.passages += evidence.passages


def _unfit(document: Document) -> Iterable[Problem]:
    """What it lacks that every entry of its type must say, and keys that it uses twice."""
    yield from gaps_in(document)
    public_id = document["id"]
    keys = [row["key"] for row in keyed(document)]
    if len(keys) > len(set(keys)):
        for key, times in Counter(keys).items():
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


def _bad_slugs(looked: _Looked) -> Iterable[Problem]:
    yield from looked.twice
    for public_id, problem in slug_problems(looked.slugs).items():
        yield Problem(public_id, "slug", f"{public_id}: {problem}")


def _not_there(ids: list[str]) -> Iterable[Problem]:
    """Entries that would go, and have gone already or never were there."""
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        there = set(
            Version.objects.filter(
                Among(F("public_id"), batch), STILL_STANDS, state=State.PUBLISHED
            )
            .order_by()
            .values_list("public_id", flat=True)
        )
        for public_id in batch:
            if public_id not in there:
                yield Problem(public_id, "", f"{public_id} is not published, so it cannot go.")


def _named_at_the_desk(redacted: Iterable[str]) -> Iterable[Problem]:
    """Entries that would be gone from the desk as well, and are named by others there."""
    for public_id in redacted:
        for referrer in referrers_at_desk(public_id):
            message = f"{public_id} cannot go: the working copy of {referrer} refers to it."
            yield Problem(public_id, "", message)


def _unresolved(documents: Mapping[str, Document], looked: _Looked) -> Iterable[Problem]:
    """References to entries or parts that would not stand in the same edition."""
    targets = {target for target, _ in looked.wanted}
    with_parts = {target for target, part in looked.wanted if part}
    there = {target for target in targets if target in documents} - looked.gone
    keys = {target: part_keys(documents[target]) for target in sorted(with_parts & there)}
    outside = sorted(target for target in targets if target not in documents)
    for start in range(0, len(outside), BATCH):
        batch = outside[start : start + BATCH]
        standing = Version.objects.filter(STILL_STANDS, state=State.PUBLISHED).order_by()
        found = standing.filter(Among(F("public_id"), batch))
        there |= set(found.values_list("public_id", flat=True))
        found = standing.filter(Among(F("public_id"), with_parts.intersection(batch)))
        for public_id, text in found.values_list("public_id", "document"):
            keys[public_id] = part_keys(orjson.loads(text))
    lost = {
        (target, part)
        for target, part in looked.wanted
        if target not in there or (part and part not in keys[target])
    }
    if not lost:
        return
    uses = {
        (target.id, target.part, public_id)
        for public_id, document in documents.items()
        if public_id not in looked.gone
        for target in desk_type(document["type"]).targets(document)
        if (target.id, target.part) in lost
    }
    for target, part, referrer in sorted(uses):
        if target not in there:
            yield Problem(referrer, "", f"{referrer} refers to {target}, which is not published.")
        else:
            yield Problem(referrer, "", f"{referrer} refers to {target}/{part}, which is gone.")


def _still_referred_to(
    documents: Mapping[str, Document], gone: Collection[str]
) -> Iterable[Problem]:
    """Entries withdrawn, or parts removed, that other current documents refer to."""
    ids = sorted(documents)
    for start in range(0, len(ids), BATCH):
        links = (
            Link.objects.filter(Among(F("target"), ids[start : start + BATCH]), STILL_STANDS)
            .order_by("target", "part", "public_id")
            .values_list("target", "part", "public_id")
            .distinct()
        )
        for target, part, referrer in links.iterator():
            if referrer in documents:
                continue  # its new document is what counts, and has been looked at
            if target in gone:
                yield Problem(target, "", f"{target} cannot go: {referrer} refers to it.")
            elif part and part not in part_keys(documents[target]):
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
