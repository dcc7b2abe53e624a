"""What the public sees of an actor."""

from django.utils.translation import pgettext_lazy
from rest_framework import serializers

from actors.models import Actor, ActorKind, NameKind
from desk.documents import PartDocument, PartReference, Reference
from desk.references import targets_of
from desk.types import DeskType
from desk.values import Code, PartialDateValue, Text
from record.called import rows_in
from record.folding import fold
from record.types import Document, EntryType, Facts, days_of
from sources.document import CitedDocument
from sources.evidence import evidence_of


class ActorNameDocument(PartDocument):
    one = pgettext_lazy("part of an entry", "name")
    known_by = ("text",)
    words = {"used": pgettext_lazy("field", "when it is used")}

    text = Text(required_text=True, max_length=200)
    language = Code(required_text=True, max_length=12)
    script = Code(max_length=4)
    kind = serializers.ChoiceField(NameKind.choices)
    used = PartialDateValue()

    @classmethod
    def taken_over(cls, row: Document) -> Document:
        """A name that was preferred is one more name of who has a preferred one."""
        return row | {"kind": "variant"} if row["kind"] == NameKind.PREFERRED else row


class OfficeDocument(PartDocument):
    one = pgettext_lazy("part of an entry", "office")
    known_by = ("title",)

    title = Text(required_text=True, max_length=200)
    single_holder = serializers.BooleanField()


class TenureDocument(PartDocument):
    """``office`` is a part of the organisation (``A3/p2``); or ``role`` says it in words."""

    # Translators: the time in which somebody held an office.
    one = pgettext_lazy("part of an entry", "tenure")
    known_by = ("office", "role", "organisation")
    words = {"held": pgettext_lazy("field", "when it was held")}

    office = PartReference(to="A", part="offices", predicate="office")
    role = Text(max_length=200)
    organisation = Reference(to="A", predicate="organisation")
    held = PartialDateValue()


class RelationDocument(PartDocument):
    one = pgettext_lazy("part of an entry", "relation")
    known_by = ("kind", "to")
    # Translators: when a relation between two actors was so.
    words = {"held": pgettext_lazy("field", "when it held")}

    kind = Reference(to="T", predicate="relation", allow_null=False)
    to = Reference(to="A", predicate="related to", allow_null=False)
    held = PartialDateValue()


class ActorDocument(CitedDocument):
    type_name = "actor"
    must_have = ("names",)
    needs_evidence = ("existed", "description")
    citable = ("kind",)
    words = {"existed": pgettext_lazy("field", "dates of existence")}

    kind = serializers.ChoiceField(ActorKind.choices)
    names = ActorNameDocument(many=True)
    existed = PartialDateValue()
    description = Text()
    offices = OfficeDocument(many=True)
    tenures = TenureDocument(many=True)
    relations = RelationDocument(many=True)


def facts(document: Document) -> Facts:
    names = document["names"]
    preferred = [row for row in names if row["kind"] == NameKind.PREFERRED]
    own = [row for row in preferred if row["language"] == document["language"]]
    label = (own or preferred or names)[0]["text"]
    earliest, latest = days_of(document["existed"])
    return Facts(
        label=label,
        sort_key=fold(label)[:160],
        kind=document["kind"],
        earliest=earliest,
        latest=latest,
        names=tuple(row["text"] for row in names),
        words=(
            *(row["title"] for row in document["offices"]),
            *(row["role"] for row in document["tenures"] if row["role"]),
            *filter(None, [document["description"]]),
        ),
    )


def name_in(document: Document, language: str) -> str:
    preferred = [row for row in document["names"] if row["kind"] == NameKind.PREFERRED]
    return next((row["text"] for row in rows_in(language, preferred)), "")


ENTRY_TYPE = EntryType(
    name="actor",
    one=pgettext_lazy("type of entry", "actor"),
    plural="actors",
    letter="A",
    schema=1,
    declaration=ActorDocument,
    facts=facts,
    name_in=name_in,
    links=lambda document: targets_of(ActorDocument, document),
)
DESK_TYPE = DeskType(model=Actor, declaration=ActorDocument, evidence=evidence_of(ActorDocument))
