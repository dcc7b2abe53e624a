"""One rich example of each type, every field filled, that refer to one another."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import User

from actors.models import Actor, ActorKind, NameKind
from chronicle.dates import PartialDate
from desk.bases import Entry
from events.models import Event
from places.models import NameUsage, Place, Precision
from proposals.models import LineageKind, Proposal, ResponseStance
from record.models import Edition
from sources.models import AuthorRole, Source, SourceKind, Stance, TextShown
from tests import world
from vocabulary.models import Term, Vocabulary

TEXT = """The talks by the lake

Opening of the talks

In July the delegations met by the lake. About forty delegates came, the host said.

The second day

The delegations met again “in good spirits” – and parted without a paper.

The chair then gave each side a plan of two points. The Republic accepted the first of them.
"""
HEADINGS = [1, 2, 4]


@dataclass(frozen=True)
class FullWorld:
    """An example of each type; ``edition`` is the one that published them all."""

    term: Term
    source: Source
    place: Place
    actor: Actor
    event: Event
    proposal: Proposal
    edition: Edition

    @property
    def entries(self) -> list[Entry]:
        return [self.term, self.source, self.place, self.actor, self.event, self.proposal]


def full_world(*, by: User, approved_by: User) -> FullWorld:
    """All six, and whatever else they refer to, published in one edition."""
    term, source = full_term(by=by), full_source(by=by)
    place = full_place(source, by=by)
    actor = full_actor(source, by=by)
    event = full_event(term, source, place, actor, by=by)
    proposal = full_proposal(source, actor, event, by=by)
    entries = [term, source, place, actor, event, proposal]
    edition = world.publish_all(*entries, by=by, approved_by=approved_by)
    return FullWorld(term, source, place, actor, event, proposal, edition)


def full_term(*, by: User | None = None) -> Term:
    return world.term(
        "Round of talks",
        by=by,
        order=3,
        retired=False,
        editor_note="A round can last several days.",
        desk_note="Ask whether a video call counts.",
        subjects=[subject(by=by)],
        identifiers=[{"scheme": "wikidata", "value": "Q202866"}],
        labels=[
            {
                "label": "Round of talks",
                "definition": "Delegations of two or more sides in one room.",
            },
            {"label": "Danışıqlar", "language": "az", "definition": "Tərəflərin görüşü."},
        ],
    )


def full_source(*, by: User | None = None) -> Source:
    """The desk holds its text, ``TEXT``."""
    source = world.source(
        "The talks by the lake",
        by=by,
        kind=SourceKind.ARTICLE,
        authors=[
            {"role": AuthorRole.AUTHOR, "family": "Writer", "given": "A."},
            {"role": AuthorRole.EDITOR, "literal": "Institute of the Lake"},
        ],
        publisher="Lake Press",
        container="Journal of the Lake",
        published=PartialDate("2005-03~", as_given="around March 2005"),
        url="https://example.org/talks",
        archived_url="https://archive.example.org/talks",
        archived_on=datetime.date(2024, 5, 6),
        rights="All rights with the press.",
        text_shown=TextShown.NOTHING,
        point_of_view="Written by the hosts.",
        editor_note="The second printing.",
        desk_note="A clean copy is in the office.",
        subjects=[subject(by=by)],
        identifiers=[
            {"scheme": "doi", "value": "10.5555/12345678"},
            {"scheme": "issn", "value": "2049-3630"},
        ],
        set_aside=[{"block": 1, "reason": "Only the title of it."}],
    )
    world.hold_text(source, TEXT, headings=HEADINGS)
    return source


def full_place(cited: Source, *, by: User | None = None) -> Place:
    return world.place(
        "Lakeside",
        by=by,
        names=[
            {"text": "Lakeside", "language": "en", "preferred": True},
            {"text": "Göl kənarı", "language": "az", "usage": NameUsage.OFFICIAL},
            {"text": "Lake-Side", "language": "en", "usage": NameUsage.AS_IN_SOURCE},
        ],
        latitude=Decimal("40.409300"),
        longitude=Decimal("-49.867000"),
        precision=Precision.SETTLEMENT,
        part_of=world.place("The Shire", by=by),
        editor_note="Not the lake itself.",
        desk_note="Compare the two maps.",
        subjects=[subject(by=by)],
        identifiers=[{"scheme": "geonames", "value": "587084"}],
        waivers=[{"claim": "part_of", "reason": "Plain from any map."}],
        citations=[{"source": cited, "record": "587084", "accessed_on": datetime.date(2024, 5, 6)}],
    )


def full_actor(cited: Source, *, by: User | None = None) -> Actor:
    body = world.actor(
        "Conference of States",
        by=by,
        kind=ActorKind.BODY,
        offices=[{"title": "Chair of the Conference", "single_holder": False}],
    )
    return world.actor(
        "The Envoy",
        by=by,
        kind=ActorKind.PERSON,
        names=[
            {"text": "The Envoy", "language": "en", "kind": NameKind.PREFERRED},
            {
                "text": "Elçi",
                "language": "az",
                "script": "Latn",
                "kind": NameKind.AS_IN_SOURCE,
                "used": PartialDate("1997/1999"),
            },
        ],
        existed=PartialDate("1940/.."),
        description="Spoke for the Republic by the lake.",
        offices=[{"title": "Special envoy", "single_holder": True}],
        tenures=[
            {
                "office": body.offices.get(),
                "organisation": body,
                "held": PartialDate("1993/2003", as_given="for ten years"),
            },
            {"role": "Head of the delegation", "held": PartialDate("1997-07", inferred=True)},
        ],
        relations=[
            {
                "kind": world.term("Member of", vocabulary=Vocabulary.RELATION, by=by),
                "to": body,
                "held": PartialDate("1993/.."),
            }
        ],
        editor_note="Sources disagree on the year of birth.",
        desk_note="Look for a photograph.",
        subjects=[subject(by=by)],
        identifiers=[{"scheme": "viaf", "value": "102333412"}],
        waivers=[{"claim": "existed", "reason": "Known from the office held."}],
        citations=[{"source": cited, "section": "Opening of the talks", "page": "12"}],
    )


def full_event(
    kind: Term, cited: Source, where: Place, who: Actor, *, by: User | None = None
) -> Event:
    whole = world.event("The talks of 1997", date="1997", by=by)
    earlier = world.event("Preparation of the talks", date="1997-05/1997-06", by=by)
    other = world.source("A letter from the lake", kind=SourceKind.ARCHIVE_ITEM, by=by)
    return world.event(
        "First day by the lake",
        by=by,
        kind=kind,
        date=PartialDate("1997-07-02~", as_given="in early July", inferred=True),
        summary="Delegations met for the first time.\n\nThey agreed to meet again.",
        place=where,
        part_of=whole,
        follows=[earlier],
        participants=[
            world.participant(who, by=by, tenure=who.tenures.first()),
            world.participant(world.actor("The Kingdom", by=by), by=by),
        ],
        quantities=[
            {"what": "delegates", "best": Decimal("40"), "unit": "persons", "approximate": True},
            {"what": "flags", "low": Decimal("2.5"), "high": Decimal("3.25")},
        ],
        editor_note="The day is disputed.",
        desk_note="The host's diary may help.",
        subjects=[subject(by=by)],
        identifiers=[{"scheme": "wikidata", "value": "Q1"}],
        waivers=[{"claim": "part_of", "reason": "Follows from the title of the talks."}],
        citations=[
            {
                "source": cited,
                "section": "Opening of the talks",
                "blocks": [3],
                "page": "3",
                "timecode": "00:01:00",
                "record": "r1",
                "start": "In July the delegations",
                "end": "the host said.",
                "prefix": "of the talks",
                "suffix": "The second day",
                "accessed_on": datetime.date(2024, 5, 6),
                "cited_via": other,
                "note": "The host is not named.",
            },
            {
                "source": other,
                "claims": ["date"],
                "stance": Stance.DISPUTES,
                "asserts": PartialDate("1997-08").as_document(),
            },
            {"source": cited, "claims": ["title"], "stance": Stance.MENTIONS},
        ],
    )


def full_proposal(cited: Source, author: Actor, at: Event, *, by: User | None = None) -> Proposal:
    kingdom = world.actor("The Second Kingdom", by=by)
    earlier = world.proposal(
        "The earlier plan",
        by=by,
        provisions=[
            world.provision("Both sides stop.", by=by),
            world.provision("Both sides count.", by=by),
        ],
    )
    stop, count = earlier.provisions.all()
    return world.proposal(
        "The plan of two points",
        by=by,
        presented=PartialDate("1997-07", as_given="after the second day"),
        summary="Two points, one of them old.",
        event=at,
        outcome="Set aside within a year.",
        authors=[{"actor": author}, {"actor": kingdom}],
        provisions=[
            world.provision("Both sides withdraw.", by=by),
            world.provision("A mission observes.", by=by),
        ],
        silences=[{"topic": world.term("Borders", vocabulary=Vocabulary.TOPIC, by=by)}],
        lineage=[
            {"provision": 0, "kind": LineageKind.REVISES, "earlier": stop},
            {"provision": None, "kind": LineageKind.DROPS, "earlier": count},
        ],
        responses=[
            {
                "actor": author,
                "to": 0,
                "stance": ResponseStance.ACCEPTS,
                "date": PartialDate("1997-07"),
                "event": at,
            },
            {"actor": kingdom, "stance": ResponseStance.REJECTS},
            {
                "actor": world.actor("The Third Republic", by=by),
                "stance": ResponseStance.NONE_FOUND,
                "date": PartialDate("2024"),
                "looked_in": "The journal, all volumes.",
            },
        ],
        editor_note="The plan has no official name.",
        desk_note="Two drafts are said to exist.",
        subjects=[subject(by=by)],
        identifiers=[{"scheme": "un-symbol", "value": "A/51/1"}],
        waivers=[{"claim": "outcome", "reason": "Nothing came of it that anybody wrote of."}],
        citations=[
            {
                "source": cited,
                "section": "The second day",
                "blocks": [6],
                "start": "The chair then gave each",
                "end": "the first of them.",
                "accessed_on": datetime.date(2024, 5, 6),
            }
        ],
    )


def subject(*, by: User | None = None) -> Term:
    """One term that all the examples have as their subject."""
    found = Term.objects.filter(slug="negotiations").first()
    return found or world.term("Negotiations", vocabulary=Vocabulary.SUBJECT, by=by)
