"""Places as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext, pgettext_lazy

from chronicle.localised import language_name
from places.coordinates import coordinates_words
from record.backlinks import Backlink
from record.called import called, foreign
from record.choices import choice_label
from record.pages import Reading
from record.phrases import phrase
from record.referred import Referred
from record.rows import EntryRow, Value, fact, is_contested, value_of, value_or_none
from record.types import Document, WordsForClaim
from sources.cards import claim_words
from sources.linked import LinkedClaims, linked_claim
from sources.marks import cited_sources
from sources.showing import evidence

BACKLINKS = (
    Backlink(
        name="within",
        type="place",
        predicates=("part of",),
        parameter="part_of",
        many=pgettext_lazy("type of entries", "places"),
    ),
    Backlink(
        name="events",
        type="event",
        predicates=("place",),
        parameter="place",
        many=pgettext_lazy("type of entries", "events"),
    ),
)


@dataclass(frozen=True)
class NameRow:
    """``tag`` is the language's, where it is not the page's."""

    key: str
    text: str
    tag: str
    language: str
    script: str
    use: str


@dataclass(frozen=True)
class Coordinates:
    """``stand_for``: what they are the spot of."""

    words: str
    stand_for: str


@dataclass(frozen=True, kw_only=True)
class PlaceDetail:
    names: Sequence[NameRow]
    coordinates: Coordinates | None
    part_of: Value | None
    within: LinkedClaims
    events: LinkedClaims


def row(document: Document, referred: Referred) -> EntryRow:
    url, title = referred.entry_page(document), called(document)
    part_of = referred.name(document["part_of"])
    others = [
        Value(part["text"], language=foreign(part["language"]))
        for part in document["names"]
        if part["text"] != title.name
    ]
    return EntryRow(
        id=document["id"],
        type="place",
        url=url,
        title=title.name,
        title_language=title.language,
        kind=pgettext("type of entry", "Place"),
        language=foreign(document["language"]),
        contested=is_contested(document),
        facts=[
            *fact(pgettext("fact", "Part of"), [value_of(part_of)] if part_of else []),
            *fact(pgettext("fact: other names", "Also"), others),
        ],
        sources=cited_sources(document, referred, url),
    )


def detail(reading: Reading) -> dict[str, Any]:
    document, referred, back = reading.document, reading.referred, reading.back
    place = PlaceDetail(
        names=[_name(part) for part in document["names"]],
        coordinates=_coordinates(document["coordinates"]),
        part_of=value_or_none(referred.name(document["part_of"])),
        within=LinkedClaims(
            [linked_claim(linking, "part_of") for linking in back["within"].entries],
            back["within"].cut,
        ),
        events=LinkedClaims(
            [
                linked_claim(linking, "place", date=linking.document["date"])
                for linking in back["events"].entries
            ],
            back["events"].cut,
        ),
    )
    return {"entry": place} | evidence(
        document, referred, reading.checks, words(document, referred)
    )


def _name(part: Document) -> NameRow:
    usage = choice_label("place", "names.usage", part["usage"])
    return NameRow(
        key=part["key"],
        text=part["text"],
        tag=foreign(part["language"]),
        language=language_name(part["language"]),
        script="",
        # Translators: how a name is used, and that it is the one that pages show.
        use=gettext("%(usage)s, preferred") % {"usage": usage} if part["preferred"] else usage,
    )


def _coordinates(value: Document | None) -> Coordinates | None:
    if value is None:
        return None
    return Coordinates(
        words=coordinates_words(value),
        stand_for=choice_label("place", "coordinates.precision", value["precision"]),
    )


def words(document: Document, referred: Referred) -> WordsForClaim:
    name = gettext("name “%(name)s”")
    names = {
        part["key"]: phrase(name, name=Value(part["text"], language=foreign(part["language"])))
        for part in document["names"]
    }
    return claim_words(gettext("that there is such a place"), names)
