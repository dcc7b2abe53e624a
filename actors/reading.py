"""Actors as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy

from actors import linked
from actors.over_time import over_time
from actors.tenures import Capacity, capacity_of
from chronicle.localised import language_name, script_name
from record.backlinks import Backlink, Cut
from record.called import called, foreign
from record.choices import choice_label
from record.pages import Reading
from record.phrases import labelled_value, phrase
from record.referred import Referred
from record.rows import EntryRow, Value, fact, first_of, is_contested, value_of
from record.types import Document, WordsForClaim
from sources.cards import claim_words
from sources.linked import LinkedClaim, LinkedClaims
from sources.marks import cited_sources
from sources.showing import evidence

# Translators: the claim that an actor exists at all.
SUCH = {
    "person": gettext_lazy("that there is or was such a person"),
    "state": gettext_lazy("that there is or was such a state"),
    "organisation": gettext_lazy("that there is or was such an organisation"),
    "body": gettext_lazy("that there is or was such a body"),
    "group": gettext_lazy("that there is or was such a group"),
}
NAMED = 6  # tenures in a list's row
BACKLINKS = (
    Backlink(
        name="holders",
        type="actor",
        predicates=("office",),
        parameter="office",
        parts=True,
        many=pgettext_lazy("type of entries", "actors"),
    ),
    Backlink(
        name="serving",
        type="actor",
        predicates=("organisation",),
        parameter="organisation",
        many=pgettext_lazy(
            "type of entries", "actors who served here, in offices of its own or otherwise"
        ),
    ),
    Backlink(
        name="related",
        type="actor",
        predicates=("related to",),
        parameter="related_to",
        many=pgettext_lazy("type of entries", "actors"),
    ),
    Backlink(
        name="events",
        type="event",
        predicates=("participant",),
        parameter="actor",
        many=pgettext_lazy("type of entries", "events"),
    ),
    Backlink(
        name="authored",
        type="proposal",
        predicates=("author",),
        parameter="actor",
        besides=(("role", "author"),),
        many=pgettext_lazy("type of entries", "proposals"),
    ),
    Backlink(
        name="responses",
        type="proposal",
        predicates=("response",),
        parameter="actor",
        besides=(("role", "response"),),
        many=pgettext_lazy("type of entries", "proposals"),
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
    used: dict[str, Any] | None


@dataclass(frozen=True)
class Office:
    """``url``: of its own page, where it is told who held it on a day."""

    key: str
    url: str
    title: Value
    single_holder: bool
    holders: Sequence[LinkedClaim]


@dataclass(frozen=True)
class TenureRow:
    key: str
    capacity: Capacity


@dataclass(frozen=True)
class RelationRow:
    key: str
    kind: Value
    to: Value
    held: dict[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class ActorDetail:
    """``holders_cut``: where not all who held an office stand with it."""

    kind: str
    is_person: bool
    existed: dict[str, Any] | None
    description: str
    names: Sequence[NameRow]
    names_dated: bool
    offices: Sequence[Office]
    holders_cut: Cut | None
    serving: LinkedClaims
    tenures: Sequence[TenureRow]
    relations: Sequence[RelationRow]
    related: LinkedClaims
    events: LinkedClaims
    authored: LinkedClaims
    responses: LinkedClaims


def row(document: Document, referred: Referred) -> EntryRow:
    url, title = referred.entry_page(document), called(document)
    language = foreign(document["language"])
    tenures = [capacity_of(each, document, referred).in_words for each in document["tenures"]]
    return EntryRow(
        id=document["id"],
        type="actor",
        url=url,
        title=title.name,
        title_language=title.language,
        language=language,
        kind=choice_label("actor", "kind", document["kind"]),
        date=document["existed"],
        summary=document["description"] or "",
        contested=is_contested(document),
        facts=fact(gettext("Served as"), first_of(tenures, NAMED, f"{url}#tenures")),
        sources=cited_sources(document, referred, url),
    )


def detail(reading: Reading) -> dict[str, Any]:
    document, referred, back = reading.document, reading.referred, reading.back
    holders = linked.holders_here(document, back["holders"])
    actor = ActorDetail(
        kind=choice_label("actor", "kind", document["kind"]),
        is_person=document["kind"] == "person",
        existed=document["existed"],
        description=document["description"] or "",
        names=[_name(part) for part in document["names"]],
        names_dated=any(part["used"] for part in document["names"]),
        offices=[
            Office(
                part["key"],
                referred.record.address("actors:office_holders", document["slug"], part["key"]),
                Value(part["title"], language=foreign(document["language"])),
                part["single_holder"],
                holders.get(part["key"], ()),
            )
            for part in document["offices"]
        ],
        holders_cut=back["holders"].cut,
        serving=linked.serving_here(document, back["serving"], referred),
        tenures=[
            TenureRow(part["key"], capacity_of(part, document, referred))
            for part in document["tenures"]
        ],
        relations=[_relation(part, referred) for part in document["relations"]],
        related=linked.related_here(document, back["related"], referred),
        events=linked.events_of(document, back["events"], referred),
        authored=linked.proposals_by(document, back["authored"]),
        responses=linked.responses_by(document, back["responses"]),
    )
    together = referred.record.address("record:together", "events", actor=document["slug"])
    told = {"entry": actor, "over_time": over_time(actor), "together_url": together}
    return told | evidence(document, referred, reading.checks, words(document, referred))


def _name(part: Document) -> NameRow:
    return NameRow(
        key=part["key"],
        text=part["text"],
        tag=foreign(part["language"]),
        language=language_name(part["language"]),
        script=script_name(part["script"]),
        use=choice_label("actor", "names.kind", part["kind"]),
        used=part["used"],
    )


def _relation(part: Document, referred: Referred) -> RelationRow:
    return RelationRow(
        part["key"],
        value_of(referred.names[part["kind"]]),
        value_of(referred.names[part["to"]]),
        part["held"],
    )


def words(document: Document, referred: Referred) -> WordsForClaim:
    # Translators: claims in words: a name, that there is an office, a tenure of somebody.
    name, office, served = (
        gettext("name “%(name)s”"),
        gettext("office of %(office)s"),
        gettext("served as %(office)s"),
    )
    parts = {
        part["key"]: phrase(name, name=Value(part["text"], language=foreign(part["language"])))
        for part in document["names"]
    }
    language = foreign(document["language"])
    parts |= {
        part["key"]: phrase(office, office=Value(part["title"], language=language))
        for part in document["offices"]
    }
    parts |= {
        part["key"]: phrase(served, office=capacity_of(part, document, referred).in_words)
        for part in document["tenures"]
    }
    parts |= {
        part["key"]: labelled_value(
            value_of(referred.names[part["kind"]]), value_of(referred.names[part["to"]])
        )
        for part in document["relations"]
    }
    fields = {"existed": pgettext("field", "dates")}
    return claim_words(str(SUCH[document["kind"]]), parts, fields)
