"""What the public sees of an event."""

from collections.abc import Iterator

from django.utils.translation import pgettext_lazy
from rest_framework import serializers

from desk.documents import PartDocument, PartReference, Reference, References
from desk.references import targets_of
from desk.types import DeskType
from desk.values import DecimalText, PartialDateValue, Text
from events.figures import figure_words
from events.models import Event
from record.field_words import labelled
from record.types import Document, EntryType, Facts, Target, date_sort_key, days_of
from sources.document import CitedDocument
from sources.evidence import evidence_of


class ParticipationDocument(PartDocument):
    """``tenure`` is the actor's tenure (``A7/p4``) in whose capacity they took part."""

    one = pgettext_lazy("part of an entry", "participant")
    known_by = ("actor",)
    # Translators: before the office that somebody held: “in the capacity of: Chair”.
    words = {"tenure": pgettext_lazy("field", "in the capacity of")}
    unique = ("actor", "role")

    actor = Reference(to="A", predicate="participant", allow_null=False)
    role = Reference(to="T", predicate="role", allow_null=False)
    tenure = PartReference(to="A", part="tenures", predicate="tenure")

    def extra_targets(self, row: Document) -> Iterator[Target]:
        """So that an actor in a role is one link."""
        yield Target(f"participant as {row['role']}", row["actor"])


class QuantityDocument(PartDocument):
    one = pgettext_lazy("part of an entry", "quantity")
    known_by = ("what",)
    words = {
        "low": pgettext_lazy("figure", "lowest"),
        "best": pgettext_lazy("figure", "best estimate"),
        "high": pgettext_lazy("figure", "highest"),
    }

    what = Text(required_text=True, max_length=200)
    low = DecimalText()
    best = DecimalText()
    high = DecimalText()
    unit = Text(max_length=60)
    approximate = serializers.BooleanField()

    @staticmethod
    def said(row: Document) -> str:
        return labelled(row["what"], figure_words(row))


class EventDocument(CitedDocument):
    type_name = "event"
    must_have = ("title",)
    needs_evidence = ("summary", "date", "place", "part_of", "follows")
    citable = ("title", "kind")

    title = Text(required_text=True, max_length=200)
    summary = Text()
    kind = Reference(to="T", predicate="kind", allow_null=False)
    date = PartialDateValue()
    place = Reference(to="L", predicate="place")
    part_of = Reference(to="E", predicate="part of")
    follows = References(to="E", predicate="follows")
    participants = ParticipationDocument(many=True)
    quantities = QuantityDocument(many=True)


def facts(document: Document) -> Facts:
    earliest, latest = days_of(document["date"])
    return Facts(
        label=document["title"],
        sort_key=date_sort_key(document["date"]),
        kind=document["kind"],
        earliest=earliest,
        latest=latest,
        names=(document["title"],),
        words=(
            *filter(None, [document["summary"]]),
            *(row["what"] for row in document["quantities"]),
        ),
    )


ENTRY_TYPE = EntryType(
    name="event",
    one=pgettext_lazy("type of entry", "event"),
    plural="events",
    letter="E",
    schema=1,
    declaration=EventDocument,
    facts=facts,
    in_time=True,
    links=lambda document: targets_of(EventDocument, document),
)
DESK_TYPE = DeskType(model=Event, declaration=EventDocument, evidence=evidence_of(EventDocument))
