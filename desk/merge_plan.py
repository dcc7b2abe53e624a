"""What merging one published entry into another would do, from what the record holds now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q

from desk.documents import Reference, References, schema_of
from desk.doubling import doubled
from desk.gates import problems_of
from desk.keys import coming_key
from desk.models import SubmissionItem, WorkingCopy
from desk.naming import document_of
from desk.problems import sentences
from desk.references import replace_references
from desk.refusals import Refused
from desk.takeover import Takeover, take_over
from desk.types import desk_type
from desk.withdrawal import tombstone
from record.canonical import canonical, digest
from record.models import Link, State, Version
from record.reading import document_of as published_document
from record.statements import STILL_STANDS, Among
from record.types import Document


@dataclass(frozen=True)
class Plan:
    """``before`` and ``after``: documents of the winner and of all that refer to the loser in
    public, by id. ``working``: copies at the desk that refer to it. ``obstacles`` are sentences
    why it cannot be; ``notes`` what to know besides."""

    loser: Version
    winner: Version
    takeover: Takeover
    tombstone: Document
    before: dict[str, Document]
    after: dict[str, Document]
    bases: dict[str, int]
    working: list[WorkingCopy]
    obstacles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def referrers(self) -> list[str]:
        return [public_id for public_id in self.after if public_id != self.winner.public_id]

    @property
    def taken(self) -> list[str]:
        return [offer.name for offer in self.takeover.offers if offer.taken]

    @property
    def checksum(self) -> str:
        """Of everything that it would write."""
        return digest(canonical({"gone": self.tombstone, "after": self.after}))


def standing_entry(public_id: str) -> Version:
    """The published version that can be merged, or merged into; ``Refused`` where it cannot."""
    version = Version.objects.filter(public_id=public_id, superseded_in=None).first()
    if version is None:
        raise Refused(f"{public_id} has never been published; only published entries are merged.")
    if version.state != State.PUBLISHED:
        raise Refused(f"{public_id} has been {version.state}, so nothing is merged with it.")
    return version


def plan_merger(
    loser_id: str, winner_id: str, *, chosen: frozenset[str] | None = None, own: Any = None
) -> Plan:
    """``Refused`` where these two cannot be merged at all. Some twelve queries, and those of the
    evidence; reads every document that refers to the loser.

    ``own`` is the submission that asks for this merger, where there is one.
    """
    if loser_id == winner_id:
        raise Refused(f"{loser_id} cannot be merged into itself.")
    loser, winner = standing_entry(loser_id), standing_entry(winner_id)
    if loser.type != winner.type:
        types = f"{loser.type} and {winner.type}"
        raise Refused(f"{loser_id} and {winner_id} are not of one type: {types}.")
    gone, stays = published_document(loser), published_document(winner)
    for name in desk_type(loser.type).declaration.never_merged_across:
        if gone[name] != stays[name]:
            kinds = f"{gone[name]} and {stays[name]}"
            raise Refused(f"{loser_id} and {winner_id} are not of one kind: {kinds}.")
    referring = _referring(loser_id)
    before = {version.public_id: published_document(version) for version in referring}
    copies = working_referrers(loser_id)
    takeover = take_over(
        gone,
        stays,
        chosen=chosen,
        needed=_needed(loser_id, before.values(), map(_working_document, copies)),
        first={letter: coming_key(winner_id, letter) for letter in ("p", "c")},
    )
    mapping = {loser_id: winner_id} | takeover.keys
    after = {winner_id: takeover.document}
    for public_id, document in before.items():
        if public_id != winner_id:
            declaration = desk_type(document["type"]).declaration
            after[public_id] = replace_references(declaration, document, mapping)
    plan = Plan(
        loser=loser,
        winner=winner,
        takeover=takeover,
        tombstone=tombstone(loser, State.MERGED, winner_id) | {"keys": takeover.keys},
        before=before | {winner_id: stays},
        after=after,
        bases={version.public_id: version.edition_id for version in [*referring, loser, winner]},
        working=copies,
    )
    plan.obstacles.extend(_obstacles(plan, own))
    plan.notes.extend(desk_type(loser.type).left_behind(loser_id))
    if not plan.obstacles:  # or the same would be said again
        documents = {loser_id: plan.tombstone, **plan.after}
        problems, _ = problems_of(documents)
        plan.obstacles.extend(dict.fromkeys(sentences(problems, documents)))
    return plan


def _referring(public_id: str) -> list[Version]:
    links = Link.objects.filter(target=public_id, superseded_in=None)
    found = Version.objects.filter(pk__in=links.values("version"), superseded_in=None)
    return list(found.exclude(public_id=public_id).order_by("type", "sort_key", "public_id"))


def working_referrers(public_id: str) -> list[WorkingCopy]:
    """Working copies that refer to the entry, its own and merged ones left out.

    One query, which looks through the text of every working copy: all that a document can refer
    with is found, whatever table it stands in.
    """
    naming = Q(revision__document__contains=f'"{public_id}"') | Q(
        revision__document__contains=f'"{public_id}/'
    )
    copies = WorkingCopy.objects.filter(naming, merged_into="").exclude(public_id=public_id)
    return [
        copy
        for copy in copies.select_related("revision").order_by("type", "public_id")
        if refers_to(_working_document(copy), public_id)
    ]


def refers_to(document: Document, public_id: str) -> bool:
    if "state" in document:
        return False
    targets = desk_type(document["type"]).targets(document)
    return any(target.id == public_id for target in targets)


def _working_document(copy: WorkingCopy) -> Document:
    return document_of(copy.revision)


def _needed(
    loser: str, published: Iterable[Document], working: Iterable[Document]
) -> Mapping[str, list[str]]:
    """Who refers to which part of the loser, in public or at the desk."""
    users: dict[str, list[str]] = defaultdict(list)
    for document in (*published, *working):
        for target in desk_type(document["type"]).targets(document):
            if target.id == loser and target.part and document["id"] not in users[target.part]:
                users[target.part].append(document["id"])
    return users


def _obstacles(plan: Plan, own: Any) -> Iterator[str]:
    loser, winner = plan.loser.public_id, plan.winner.public_id
    yield from plan.takeover.obstacles
    yield from _in_other_submissions(plan, own)
    if plan.takeover.document.get("retired"):
        yield f"{winner} is retired, so nothing new is described with it."
    if refers_to(plan.before[winner], loser):
        yield (
            f"{winner} refers to {loser}, and would refer to itself. "
            "Take that out of it and publish it first."
        )
    elif any(copy.public_id == winner for copy in plan.working):
        yield (
            f"The working copy of {winner} refers to {loser}, and would refer to itself. "
            "Take that out of it first."
        )
    for public_id, document in plan.after.items():
        refused, noted = doubled(plan.before[public_id], document)
        yield from refused
        plan.notes.extend(noted)
    yield from _circles(plan)
    yield from _held_back(plan)


def _held_back(plan: Plan) -> Iterator[str]:
    """Why working copies could not follow. One query."""
    mapping = {plan.loser.public_id: plan.winner.public_id} | plan.takeover.keys
    users: dict[str, list[str]] = defaultdict(list)
    for copy in plan.working:
        of, document = desk_type(copy.type), _working_document(copy)
        for target in of.targets(document):
            if target.id != plan.loser.public_id and copy.public_id not in users[target.id]:
                users[target.id].append(copy.public_id)
        if copy.changed:
            refused, _ = doubled(document, of.replace_references(document, mapping))
            yield from (f"At the desk, {sentence}" for sentence in refused)
    standing = Version.objects.filter(Among(F("public_id"), users), STILL_STANDS)
    gone = standing.exclude(state=State.PUBLISHED).order_by("public_id")
    for public_id, state in gone.values_list("public_id", "state"):
        for user in users[public_id]:
            yield (
                f"The working copy of {user} refers to {public_id}, which has been {state}. "
                "Take that out of it first."
            )


def _in_other_submissions(plan: Plan, own: Any) -> Iterator[str]:
    both = [plan.loser.public_id, plan.winner.public_id]
    items = SubmissionItem.objects.filter(public_id__in=both, is_open=True)
    for item in items.exclude(submission=own).order_by("public_id"):
        yield (
            f"{item.public_id} is in submission {item.submission_id}. "
            "Publish that or take it back first."
        )


def _circles(plan: Plan) -> Iterator[str]:
    """Where the winner would come to be part of itself, or to follow itself, by way of others."""
    loser, winner = plan.loser.public_id, plan.winner.public_id
    for name, each in schema_of(desk_type(plan.winner.type).declaration).fields.items():
        if not isinstance(each, Reference) or each.to != winner[:1]:
            continue
        value = plan.after[winner][name]
        named = value if isinstance(each, References) else [value] if value else []
        step, seen = {target for target in named if target not in (loser, winner)}, set[str]()
        while step:
            seen |= step
            links = Link.objects.filter(
                public_id__in=step, predicate=each.predicate, superseded_in=None
            )
            step = set(links.values_list("target", flat=True)) - seen
            if step & {loser, winner}:
                words = name.replace("_", " ")
                yield (
                    f"{winner} would lead to itself: what it names under “{words}” "
                    f"names {loser} or {winner} in turn."
                )
                break
