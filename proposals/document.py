"""What the public sees of a peace proposal."""

from collections.abc import Iterator

from django.utils.translation import pgettext_lazy
from rest_framework import serializers

from desk.documents import OwnPart, PartDocument, PartReference, Reference
from desk.references import targets_of
from desk.types import DeskType
from desk.values import PartialDateValue, Text
from proposals.models import LineageKind, Proposal, ResponseStance
from record.types import Document, EntryType, Facts, Target, date_sort_key, days_of
from sources.document import CitedDocument
from sources.evidence import evidence_of


class AuthorDocument(PartDocument):
    one = pgettext_lazy("part of an entry", "author")
    known_by = ("actor",)
    unique = ("actor",)

    actor = Reference(to="A", predicate="author", allow_null=False)


class ProvisionDocument(PartDocument):
    one = pgettext_lazy("part of an entry", "provision")
    known_by = ("topic",)

    topic = Reference(to="T", predicate="topic", allow_null=False)
    summary = Text(required_text=True)


class SilenceDocument(PartDocument):
    """A topic that it does not address: claimed, and with evidence, like a provision."""

    one = pgettext_lazy("part of an entry", "topic not addressed")
    known_by = ("topic",)
    unique = ("topic",)

    topic = Reference(to="T", predicate="does not address", allow_null=False)


class LineageDocument(PartDocument):
    """``provision`` is one of this proposal (``null`` where one is dropped); ``earlier``, as
    ``P1/p3``, one of another. Of the whole, ``earlier_proposal`` stands alone, as ``P1``."""

    # Translators: how a provision stands to an earlier one.
    one = pgettext_lazy("part of an entry", "lineage")
    known_by = ("kind", "earlier", "earlier_proposal")
    words = {
        "earlier": pgettext_lazy("field", "earlier provision"),
        "earlier_proposal": pgettext_lazy("field", "earlier proposal"),
    }

    provision = OwnPart(part="provisions")
    kind = serializers.ChoiceField(LineageKind.choices)
    earlier = PartReference(to="P", part="provisions", predicate="earlier")
    earlier_proposal = Reference(to="P", predicate="earlier")


class ResponseDocument(PartDocument):
    """``to`` is the key of a provision, or ``null`` for the whole proposal."""

    one = pgettext_lazy("part of an entry", "response")
    known_by = ("actor",)
    words = {
        "to": pgettext_lazy("field", "to the provision"),
        "looked_in": pgettext_lazy("field", "where it was looked for"),
    }

    actor = Reference(to="A", predicate="response", allow_null=False)
    to = OwnPart(part="provisions")
    stance = serializers.ChoiceField(ResponseStance.choices)
    date = PartialDateValue()
    event = Reference(to="E", predicate="responded at")
    looked_in = Text()

    def extra_targets(self, row: Document) -> Iterator[Target]:
        """So that who rejects what is one link."""
        yield Target(row["stance"], row["actor"])


class ProposalDocument(CitedDocument):
    type_name = "proposal"
    must_have = ("title",)
    needs_evidence = ("summary", "presented", "event", "outcome")
    citable = ("title", "kind")
    words = {
        "presented": pgettext_lazy("field", "date of presentation"),
        "event": pgettext_lazy("field", "event at which it was presented"),
        "silences": pgettext_lazy("field", "topics not addressed"),
    }

    title = Text(required_text=True, max_length=200)
    summary = Text()
    kind = Reference(to="T", predicate="kind", allow_null=False)
    presented = PartialDateValue()
    event = Reference(to="E", predicate="presented at")
    authors = AuthorDocument(many=True)
    outcome = Text()
    provisions = ProvisionDocument(many=True)
    silences = SilenceDocument(many=True)
    lineage = LineageDocument(many=True)
    responses = ResponseDocument(many=True)


def facts(document: Document) -> Facts:
    earliest, latest = days_of(document["presented"])
    return Facts(
        label=document["title"],
        sort_key=date_sort_key(document["presented"]),
        kind=document["kind"],
        earliest=earliest,
        latest=latest,
        names=(document["title"],),
        words=(
            *filter(None, [document["summary"], document["outcome"]]),
            *(row["summary"] for row in document["provisions"]),
        ),
    )


def with_silences(document: Document) -> Document:
    """Schema 1 had no way to say that a topic is not addressed, so it says so of none."""
    return document | {"silences": []}


ENTRY_TYPE = EntryType(
    name="proposal",
    one=pgettext_lazy("type of entry", "proposal"),
    plural="proposals",
    letter="P",
    schema=2,
    declaration=ProposalDocument,
    facts=facts,
    in_time=True,
    links=lambda document: targets_of(ProposalDocument, document),
    upcasters={1: with_silences},
    own_pages=frozenset({"compare", "responses"}),
)
DESK_TYPE = DeskType(
    model=Proposal, declaration=ProposalDocument, evidence=evidence_of(ProposalDocument)
)
