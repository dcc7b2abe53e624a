"""Whether the record is what it was when it was published: read whole, nothing changed.

Faults are sentences for whoever keeps the record. What cannot be read because of one fault is
not looked at again, so that one cause has one sentence.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from record import search
from record.canonical import NotCanonical, canonical, edition_checksum, version_checksum
from record.models import Edition, EditionCounter, State, Version
from record.name_keys import name_keys
from record.quotable import openings
from record.reading import Record, document_of, part_keys
from record.types import Document, Target, type_named, type_of
from record.verifying_shown import shown_faults

Progress = Callable[[str, int, int], None]
BATCH = 1000
NEVER = 2**31  # the edition that supersedes what stands
UNFIT = (LookupError, TypeError, ValueError, AttributeError, ValidationError)


@dataclass
class Report:
    """What was read, counted by kind, and what was wrong with it."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Life(NamedTuple):
    """One version's time: from its edition until the one that supersedes it."""

    version: int
    since: int
    until: int
    readable: bool  # an entry that references lead to, not a tombstone


def verify(progress: Progress | None = None) -> Report:
    """Read the whole record, as of its newest edition, and compare all that was derived from it.

    A handful of queries for each thousand versions, and one for each entry whose parts others
    refer to. ``progress`` is told ``(stage, done, of)``.
    """
    report = Report()
    record = Record.current()
    lives = _lives(record)
    report.faults += _editions(record, report.counts)
    report.faults += _succession(lives)
    report.faults += _versions(record, lives, report.counts, progress)
    report.faults += _search(record, report.counts)
    report.faults += shown_faults(report.counts)
    return report


def _editions(record: Record, counts: Counter[str]) -> Iterator[str]:
    """Numbers without gaps, times that never go back, and the chain of checksums."""
    contents = defaultdict(list)
    for number, public_id, change, checksum in Version.objects.order_by().values_list(
        "edition", "public_id", "change", "checksum"
    ):
        contents[number].append({"id": public_id, "change": change, "checksum": checksum})
    previous: Edition | None = None
    for edition in Edition.objects.filter(number__lte=record.number).order_by("number"):
        counts["editions"] += 1
        yield from _edition(edition, previous, contents[edition.number])
        previous = edition
    counter = EditionCounter.objects.filter(pk=1).annotate(
        newest=Subquery(Edition.objects.order_by("-number").values("number")[:1])
    )
    values = counter.values_list("value", Coalesce("newest", 0)).first()
    if values is None and record.number:
        yield "The counter of editions is gone."
    elif values is not None:
        value, newest = values
        if value != newest:
            yield f"The counter of editions stands at {value}, the newest edition is {newest}."


def _edition(
    edition: Edition, previous: Edition | None, contents: list[dict[str, str]]
) -> Iterator[str]:
    expected = previous.number + 1 if previous else 1
    if edition.number != expected:
        yield f"Edition {expected} is missing before edition {edition.number}."
    if previous and edition.published_at < previous.published_at:
        yield f"Edition {edition.number} was published before edition {previous.number}."
    if not contents:
        yield f"Edition {edition.number} holds no version."
    computed = edition_checksum(
        number=edition.number,
        published_at=f"{edition.published_at:%Y-%m-%dT%H:%M:%SZ}",
        reason=edition.reason,
        by=edition.by,
        approved_by=edition.approved_by,
        four_eyes=edition.four_eyes,
        versions=contents,
        previous=previous.checksum if previous else None,
    )
    if computed != edition.checksum:
        yield f"Edition {edition.number}: its checksum does not fit what it holds."


def _lives(record: Record) -> dict[str, list[Life]]:
    """When each entry's versions stood, oldest first."""
    lives = defaultdict(list)
    for public_id, pk, since, superseded_in, state, redacted_in in (
        Version.objects.filter(edition__lte=record.number)
        .order_by("public_id", "edition_id")
        .values_list("public_id", "pk", "edition", "superseded_in", "state", "redacted_in")
        .iterator(chunk_size=BATCH)
    ):
        readable = state == State.PUBLISHED or redacted_in is not None
        lives[public_id].append(Life(pk, since, _end(record, superseded_in), readable))
    return lives


def _end(record: Record, superseded_in: int | None) -> int:
    """The edition in which something ended, ``NEVER`` if it still stands in ``record``."""
    stands = superseded_in is None or superseded_in > record.number
    return NEVER if stands or superseded_in is None else superseded_in


def _succession(lives: dict[str, list[Life]]) -> Iterator[str]:
    """Each version stands until the next one of its entry, the last to this day."""
    for public_id, own in lives.items():
        following = [life.since for life in own[1:]] + [NEVER]
        for life, until in zip(own, following, strict=True):
            if life.until != until:
                yield (
                    f"{public_id} in edition {life.since} stands {_until(life.until)}; "
                    f"it should stand {_until(until)}."
                )


def _until(number: int) -> str:
    return "to this day" if number == NEVER else f"until edition {number}"


def _versions(
    record: Record,
    lives: dict[str, list[Life]],
    counts: Counter[str],
    progress: Progress | None,
) -> Iterator[str]:
    resolver = _Resolver(lives)
    total = sum(len(own) for own in lives.values())
    versions = Version.objects.filter(edition__lte=record.number).prefetch_related(
        "links", "openings", "name_keys"
    )
    for version in versions.order_by("public_id", "edition_id").iterator(chunk_size=BATCH):
        counts["versions"] += 1
        counts["standing versions"] += _end(record, version.superseded_in_id) == NEVER
        counts["tombstones"] += version.state != State.PUBLISHED
        counts["redacted versions"] += version.redacted_in_id is not None
        if version.redacted_in_id is None:
            faults = [*_text(version)] or [*_contents(record, version, resolver, counts)]
            yield from (f"{version}: {fault}" for fault in faults)
        if progress and (counts["versions"] % BATCH == 0 or counts["versions"] == total):
            progress("reading versions", counts["versions"], total)


def _text(version: Version) -> Iterator[str]:
    """Whether the document is, byte for byte, what was published."""
    if version_checksum(version.salt, version.document) != version.checksum:
        yield "its document does not fit its checksum."
        return
    try:
        document = orjson.loads(version.document)
        if canonical(document) != version.document:
            yield "its document is not in canonical form."
            return
    except (NotCanonical, orjson.JSONDecodeError) as error:
        yield f"its document cannot be read: {error}"
        return
    own = {"id": version.public_id, "type": version.type, "slug": version.slug}
    for name, value in own.items():
        if not isinstance(document, dict) or document.get(name) != value:
            yield f"its {name} is not that of its document."
            return
    if document.get("state", State.PUBLISHED) != version.state:
        yield "its state is not that of its document."


def _contents(
    record: Record, version: Version, resolver: "_Resolver", counts: Counter[str]
) -> Iterator[str]:
    """Whether what was derived from the document fits it, and its references lead somewhere."""
    try:
        if type_of(version.public_id).name != version.type:
            yield f"an entry with this id is no {version.type}."
            return
        document = document_of(version)
        columns = _columns(version, document)
        targets: set[Target] = set()
        if version.state == State.PUBLISHED:
            targets = set(type_named(version.type).links(document))
    except UNFIT as error:
        yield f"its document is not one of its type ({type(error).__name__}: {error})."
        return
    wrong = sorted(name for name, value in columns.items() if getattr(version, name) != value)
    if wrong:
        yield f"what lists need does not follow from its document: {', '.join(wrong)}."
    yield from _links(record, version, targets, counts)
    held = {opening.citation: opening.words for opening in version.openings.all()}
    if held != (openings(document) if version.state == State.PUBLISHED else {}):
        yield "quotations find its citations by other words than those of its document."
    keys = {key.language: key.sort_key for key in version.name_keys.all()}
    if keys != (name_keys(document, version.label) if version.state == State.PUBLISHED else {}):
        yield "other languages list it by other keys than those of its names."
    end = _end(record, version.superseded_in_id)
    for target_id, part in sorted({(target.id, target.part) for target in targets}):
        counts["references"] += 1
        yield from resolver.faults(version.edition_id, end, target_id, part)
    if merged_into := document.get("merged_into"):
        yield from resolver.merger_faults(version.edition_id, merged_into)


def _columns(version: Version, document: Document) -> dict[str, Any]:
    """The columns that are derived from a document, as they should be."""
    if version.state != State.PUBLISHED:
        return {"label": "", "kind": "", "earliest": None, "latest": None, "search_text": ""}
    facts = type_named(version.type).facts(document)
    stances = {citation["stance"] for citation in document.get("citations", ())}
    return {
        "label": facts.label,
        "kind": facts.kind,
        "earliest": facts.earliest,
        "latest": facts.latest,
        "sort_key": facts.sort_key,
        "contested": "disputes" in stances,
        "search_text": search.text_of(facts),
    }


def _links(
    record: Record, version: Version, targets: set[Target], counts: Counter[str]
) -> Iterator[str]:
    links = list(version.links.all())
    counts["links"] += len(links)
    found = {Target(link.predicate, link.target, link.part) for link in links}
    for target in sorted(targets - found):
        yield f"its link to {target.id} as “{target.predicate}” is missing."
    for target in sorted(found - targets):
        yield f"a link to {target.id} as “{target.predicate}” is not in its document."
    for link in links:
        same = all(
            getattr(link, name) == getattr(version, name)
            for name in ("type", "public_id", "sort_key", "edition_id")
        )
        ends = {_end(record, row.superseded_in_id) for row in (link, version)}
        if not same or len(ends) > 1:
            yield f"its link to {link.target} as “{link.predicate}” does not stand as it does."


class _Resolver:
    """Looks references up in every edition in which the version that makes them stands."""

    def __init__(self, lives: dict[str, list[Life]]) -> None:
        self.lives = lives
        self.keys = cache(self._keys)

    def faults(self, since: int, until: int, target: str, part: str) -> Iterator[str]:
        reached = since
        for life in self.lives.get(target, ()):
            if life.since >= until or life.until <= since:
                continue
            if life.readable and life.since <= reached:
                reached = max(reached, life.until)
            keys = self.keys(target).get(life.version) if part else None
            if keys is not None and part not in keys:
                at = max(since, life.since)
                yield f"it refers to {target}/{part}, which is not there in edition {at}."
        if reached < until:
            yield f"it refers to {target}, which does not stand in edition {reached}."

    def merger_faults(self, at: int, merged_into: str) -> Iterator[str]:
        if not any(life.since <= at < life.until for life in self.lives.get(merged_into, ())):
            yield f"it was merged into {merged_into}, which does not stand in edition {at}."

    def _keys(self, public_id: str) -> dict[int, set[str]]:
        """Keys of the parts of each readable version, by its row's id; none of redacted ones."""
        versions = Version.objects.filter(
            public_id=public_id, state=State.PUBLISHED, redacted_in=None
        )
        return {
            pk: part_keys(document)
            for pk, text in versions.values_list("pk", "document")
            if isinstance(document := _parsed(text), dict)
        }


def _parsed(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _search(record: Record, counts: Counter[str]) -> Iterator[str]:
    counts["search rows"] = search.readable().filter(edition__lte=record.number).count()
    wrong = search.differing()
    versions = Version.objects.in_bulk(wrong)
    for pk in sorted(wrong):
        if pk not in versions:
            yield f"The search holds words of a version ({pk}) that is not there."
        elif versions[pk].edition_id <= record.number:
            yield f"{versions[pk]}: the search does not hold its words, or holds others."
