"""Events as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext, pgettext_lazy

from actors.tenures import Capacity, capacity
from events.figures import figure_in_words
from events.linked import given_here, later, parts_of_it, presented_here
from record.backlinks import Backlink
from record.called import foreign
from record.pages import Reading
from record.phrases import phrase
from record.referred import Referred
from record.rows import EntryRow, Value, fact, first_of, is_contested, value_of, value_or_none
from record.types import Document, WordsForClaim
from sources.cards import claim_words
from sources.linked import LinkedClaims
from sources.marks import cited_sources
from sources.showing import evidence

NAMED = 8  # participants in a list's row
BACKLINKS = (
    Backlink(
        name="within",
        type="event",
        predicates=("part of",),
        parameter="part_of",
        many=pgettext_lazy("type of entries", "events"),
    ),
    Backlink(
        name="after",
        type="event",
        predicates=("follows",),
        parameter="follows",
        many=pgettext_lazy("type of entries", "events"),
    ),
    Backlink(
        name="presented",
        type="proposal",
        predicates=("presented at",),
        parameter="event",
        many=pgettext_lazy("type of entries", "proposals"),
    ),
    Backlink(
        name="responses",
        type="proposal",
        predicates=("responded at",),
        parameter="responded_at",
        many=pgettext_lazy("type of entries", "proposals"),
    ),
)


@dataclass(frozen=True)
class Participant:
    key: str
    actor: Value
    role: Value
    capacity: Capacity | None


@dataclass(frozen=True)
class Figure:
    key: str
    what: Value
    words: Value


@dataclass(frozen=True, kw_only=True)
class EventDetail:
    kind: Value
    date: dict[str, Any] | None
    summary: str
    place: Value | None
    part_of: Value | None
    follows: Sequence[Value]
    participants: Sequence[Participant]
    capacities: bool
    figures: Sequence[Figure]
    consists_of: LinkedClaims
    followed_by: LinkedClaims
    presented: LinkedClaims
    responses: LinkedClaims


def row(document: Document, referred: Referred) -> EntryRow:
    url, kind = referred.entry_page(document), referred.names[document["kind"]]
    place = referred.name(document["place"])
    ids = dict.fromkeys(part["actor"] for part in document["participants"])
    actors = [value_of(referred.names[actor]) for actor in ids]
    return EntryRow(
        id=document["id"],
        type="event",
        url=url,
        title=document["title"],
        language=foreign(document["language"]),
        kind=kind.name,
        kind_language=kind.language,
        date=document["date"],
        undated=pgettext("of an entry", "undated"),
        summary=document["summary"] or "",
        contested=is_contested(document),
        facts=[
            *fact(pgettext("fact", "Place"), [value_of(place)] if place else []),
            *fact(pgettext("fact", "Actors"), first_of(actors, NAMED, f"{url}#participants")),
        ],
        sources=cited_sources(document, referred, url),
    )


def detail(reading: Reading) -> dict[str, Any]:
    document, referred, back = reading.document, reading.referred, reading.back
    participants, figures = _participants(document, referred), _figures(document)
    event = EventDetail(
        kind=value_of(referred.names[document["kind"]]),
        date=document["date"],
        summary=document["summary"] or "",
        place=value_or_none(referred.name(document["place"])),
        part_of=value_or_none(referred.name(document["part_of"])),
        follows=[value_of(referred.names[earlier]) for earlier in document["follows"]],
        participants=participants,
        capacities=any(part.capacity for part in participants),
        figures=figures,
        consists_of=parts_of_it(back["within"]),
        followed_by=later(back["after"]),
        presented=presented_here(back["presented"]),
        responses=given_here(document, back["responses"], referred),
    )
    return {"entry": event} | evidence(
        document, referred, reading.checks, words(document, referred)
    )


def words(document: Document, referred: Referred) -> WordsForClaim:
    as_what = {
        part.key: phrase("%(actor)s (%(role)s)", actor=part.actor, role=part.role)
        for part in _participants(document, referred)
    }
    # Translators: the claim of a quantity: “figure: wounded”.
    figure = gettext("figure: %(what)s")
    counted = {each.key: phrase(figure, what=each.what) for each in _figures(document)}
    # Translators: the claim that there was such an event.
    return claim_words(gettext("that it happened"), as_what | counted)


def _participants(document: Document, referred: Referred) -> list[Participant]:
    return [_participant(part, referred) for part in document["participants"]]


def _figures(document: Document) -> list[Figure]:
    language = foreign(document["language"])
    return [
        Figure(part["key"], Value(part["what"], language=language), figure_in_words(part, language))
        for part in document["quantities"]
    ]


def _participant(part: Document, referred: Referred) -> Participant:
    return Participant(
        key=part["key"],
        actor=value_of(referred.names[part["actor"]]),
        role=value_of(referred.names[part["role"]]),
        capacity=capacity(part["tenure"], referred),
    )
