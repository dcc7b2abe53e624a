"""What the public sees of a place."""

from typing import Any

from django.utils.translation import pgettext_lazy
from rest_framework import serializers

from chronicle import localised
from desk.documents import PartDocument, Reference
from desk.members import Members
from desk.references import targets_of
from desk.types import DeskType
from desk.values import Code, DecimalText, Text
from places.coordinates import coordinates_words
from places.models import NameUsage, Place, Precision
from record.called import rows_in
from record.folding import fold
from record.types import Document, EntryType, Facts
from sources.document import CitedDocument
from sources.evidence import evidence_of


class PlaceNameDocument(PartDocument):
    one = pgettext_lazy("part of an entry", "name")
    known_by = ("text",)

    text = Text(required_text=True, max_length=200)
    language = Code(required_text=True, max_length=12)
    usage = serializers.ChoiceField(NameUsage.choices)
    preferred = serializers.BooleanField()

    @classmethod
    def taken_over(cls, row: Document) -> Document:
        """A name that was preferred is one more name of what has a preferred one."""
        return row | {"preferred": False}


class CoordinatesDocument(Members):
    """Degrees in WGS 84, as decimal text; ``precision`` says what they stand for."""

    latitude = DecimalText()
    longitude = DecimalText()
    precision = serializers.ChoiceField(Precision.choices)

    @staticmethod
    def said(value: Document) -> str:
        return f"{coordinates_words(value)}, {localised.lower(Precision(value['precision']).label)}"

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(instance) if instance.precision else None

    def to_internal_value(self, data: Any) -> Any:
        if data is None:
            return {"latitude": None, "longitude": None, "precision": ""}
        return super().to_internal_value(data)


class PlaceDocument(CitedDocument):
    type_name = "place"
    must_have = ("names",)
    needs_evidence = ("coordinates", "part_of")

    names = PlaceNameDocument(many=True)
    coordinates = CoordinatesDocument(source="*", allow_null=True)
    part_of = Reference(to="L", predicate="part of")


def facts(document: Document) -> Facts:
    names = document["names"]
    preferred = [row for row in names if row["preferred"]]
    own = [row for row in preferred if row["language"] == document["language"]]
    label = (own or preferred or names)[0]["text"]
    return Facts(
        label=label,
        sort_key=fold(label)[:160],
        names=tuple(row["text"] for row in names),
    )


def name_in(document: Document, language: str) -> str:
    preferred = [row for row in document["names"] if row["preferred"]]
    return next((row["text"] for row in rows_in(language, preferred)), "")


ENTRY_TYPE = EntryType(
    name="place",
    one=pgettext_lazy("type of entry", "place"),
    plural="places",
    letter="L",
    schema=1,
    declaration=PlaceDocument,
    facts=facts,
    name_in=name_in,
    links=lambda document: targets_of(PlaceDocument, document),
)
DESK_TYPE = DeskType(model=Place, declaration=PlaceDocument, evidence=evidence_of(PlaceDocument))
