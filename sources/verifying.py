"""What of the record deserves a second look, for everybody: claims without evidence, claims on one
source alone, and passages that were not found when they were last looked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from record.called import foreign
from record.canonical import selector_digest
from record.filter_kinds import SINGLE_SOURCE
from record.models import Check, CheckState, Version
from record.reading import Record, Reference, document_of
from record.rows import Value
from record.waiving import HoldsWaivers
from sources.cards import CHECK_WORDS, SpokenTo, spoken_to
from sources.marks import Claims
from sources.telling import Told

BATCH = 2000  # ids a statement


@dataclass(frozen=True)
class WaivedClaim:
    """A claim that stands without evidence; ``since``: the edition that first let it;
    ``language``: of the reason, where it is not the page's."""

    claim: SpokenTo
    reason: str
    since: int
    language: str = ""


@dataclass(frozen=True)
class AloneClaims:
    """Claims that one source alone supports, by these citations of it."""

    claims: Sequence[SpokenTo]
    source: Reference
    citations: Sequence[Value]


@dataclass(frozen=True)
class EntryClaims:
    """Claims of one entry: ``WaivedClaim`` or ``AloneClaims``."""

    id: str
    type: str
    entry: Value
    claims: Sequence[Any]


@dataclass(frozen=True)
class FailingCheck:
    """A citation whose passage was missing, or fitted more than one, when it was last looked for.

    ``text``: the SHA-256 of the text that was looked through.
    """

    check: Check
    words: str
    entry: Value
    citation: Value
    source: Reference
    claims: Sequence[SpokenTo]


@dataclass(frozen=True)
class Numbers:
    """How much there is to check: of the edition that is read."""

    versions: int
    redacted: int
    waivers: int
    single_source: int
    failing: int


def numbers(record: Record) -> Numbers:
    """Five queries and those of ``failing``; none until something is published or checked."""
    return _numbers(record.number, record.state)


@lru_cache(maxsize=8)
def _numbers(number: int, state: tuple[str, int]) -> Numbers:
    record = Record(number)
    record.state = state
    held = waiving(record).select_related(None)  # in order, or its index is not taken
    return Numbers(
        versions=Version.objects.filter(edition__lte=number).count(),
        redacted=Version.objects.filter(redacted_in__lte=number).count(),
        waivers=sum(len(document_of(version)["waivers"]) for version in held.iterator()),
        single_source=record.links().filter(predicate=SINGLE_SOURCE).count(),
        failing=len(failing(record)),
    )


# Waivers -----------------------------------------------------------------------------------------


def waiving(record: Record) -> QuerySet[Version, Version]:
    """Entries that hold a waiver, by an index of their own."""
    return record.versions().filter(HoldsWaivers("document")).defer("search_text")


def waivers(record: Record, versions: Sequence[Version]) -> list[EntryClaims]:
    """The waivers of these entries. Three to five queries; one reads what they said before."""
    told, since = Told(record, versions), _since(record, versions)
    return [
        EntryClaims(
            version.public_id,
            version.type,
            told.entry(version),
            [
                WaivedClaim(
                    spoken_to(waiver["claim"], told.words(version.public_id), told.url(version)),
                    waiver["reason"],
                    since[version.public_id, waiver["claim"]],
                    foreign(told.documents[version.public_id]["language"]),
                )
                for waiver in told.documents[version.public_id]["waivers"]
            ],
        )
        for version in versions
    ]


def _since(record: Record, versions: Sequence[Version]) -> dict[tuple[str, str], int]:
    """By entry and claim, the edition since which there has been a waiver for it. One query.

    A waiver that was reworded is the same; one that was taken away and granted again, another.
    """
    since: dict[tuple[str, str], int] = {}
    past = Version.objects.filter(
        public_id__in=[version.public_id for version in versions], edition__lte=record.number
    ).order_by("edition_id")
    for version in past.only("public_id", "edition_id", "document", "state", "type", "schema"):
        document = document_of(version) if version.document else {}
        granted = {waiver["claim"] for waiver in document.get("waivers", ())}
        for key in [key for key in since if key[0] == version.public_id and key[1] not in granted]:
            del since[key]
        for claim in granted:
            since.setdefault((version.public_id, claim), version.edition_id)
    return since


# Claims on one source alone ----------------------------------------------------------------------


@dataclass(frozen=True)
class Altogether:
    """``alone`` of ``total`` entries of a type cite one source alone, whatever they claim."""

    alone: int
    total: int


def altogether(record: Record, type_name: str) -> Altogether:
    """Two queries, of indexes; none again until something is published.

    Which others have a claim that one source alone supports, only their documents tell.
    """
    return _altogether(record.number, record.state, type_name)


@lru_cache(maxsize=32)
def _altogether(number: int, state: tuple[str, int], type_name: str) -> Altogether:
    record = Record(number)
    return Altogether(
        alone=record.links().filter(predicate=SINGLE_SOURCE, type=type_name).count(),
        total=record.versions(type_name).count(),
    )


def citing(record: Record, type_name: str) -> QuerySet[Version, Version]:
    """The entries of one type, whose index gives them in order."""
    return record.versions(type_name).defer("search_text")


def alone(record: Record, versions: Sequence[Version]) -> list[EntryClaims]:
    """Those of these entries that have such claims, with them. Two to four queries."""
    told = Told(record, versions)
    return [
        EntryClaims(version.public_id, version.type, told.entry(version), lonely)
        for version in versions
        if (lonely := _alone(told, version))
    ]


def _alone(told: Told, version: Version) -> list[AloneClaims]:
    """By the citations that support them."""
    claims = Claims(told.documents[version.public_id])
    words, url = told.words(version.public_id), told.url(version)
    by_citations: dict[tuple[str, ...], list[SpokenTo]] = {}
    citations = {}
    for claim, sources in claims.supporting.items():
        if len(sources) > 1:
            continue
        supporting = [one for one in claims.citations[claim] if one["stance"] == "supports"]
        keys = tuple(one["key"] for one in supporting)
        citations[keys] = supporting
        by_citations.setdefault(keys, []).append(spoken_to(claim, words, url))
    return [
        AloneClaims(
            spoken,
            told.referred.names[citations[keys][0]["source"]],
            [told.citation(version, citation) for citation in citations[keys]],
        )
        for keys, spoken in by_citations.items()
    ]


# Failing checks ----------------------------------------------------------------------------------


def failing(record: Record) -> tuple[int, ...]:
    """The checks that found no passage, or several, for a citation of this edition: their ids.

    The newest of each citation's very selector. Two queries, and one more for each two thousand;
    nothing more until something is published or checked.
    """
    return _failing(record.number, record.state)


@lru_cache(maxsize=8)
def _failing(number: int, state: tuple[str, int]) -> tuple[int, ...]:
    """``state``: as for ``Record``, which tells one state of the log from another."""
    record = Record(number)
    later = Check.objects.filter(
        public_id=OuterRef("public_id"),
        citation=OuterRef("citation"),
        selector=OuterRef("selector"),
        pk__gt=OuterRef("pk"),
    )
    suspects = Check.objects.exclude(state=CheckState.EXACT).filter(~Exists(later)).order_by("-pk")
    wanted: dict[str, list[Check]] = {}
    for check in suspects:
        wanted.setdefault(check.public_id, []).append(check)
    ids = sorted(wanted)
    found = []
    for start in range(0, len(ids), BATCH):
        versions = record.versions().filter(public_id__in=ids[start : start + BATCH])
        for version in versions.select_related(None).order_by():
            selectors = _selectors(document_of(version))
            found += [
                check.pk
                for check in wanted[version.public_id]
                if selectors.get(check.citation) == check.selector
            ]
    return tuple(sorted(found, reverse=True))


def failing_checks(record: Record, checks: Sequence[Check]) -> list[FailingCheck]:
    """What these say. Three to five queries."""
    ids = {check.public_id for check in checks}
    told = Told(record, record.versions().filter(public_id__in=ids))
    versions = {version.public_id: version for version in told.versions}
    found = []
    for check in checks:
        version = versions[check.public_id]
        citation = next(
            each
            for each in told.documents[check.public_id]["citations"]
            if each["key"] == check.citation
        )
        found.append(
            FailingCheck(
                check,
                str(CHECK_WORDS[check.state]),
                told.entry(version),
                told.citation(version, citation),
                told.referred.names[citation["source"]],
                told.claims(version, citation),
            )
        )
    return found


def _selectors(document: Mapping[str, Any]) -> dict[str, str]:
    return {
        citation["key"]: selector_digest(citation["selector"])
        for citation in document.get("citations", ())
        if citation["selector"]
    }
