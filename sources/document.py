"""What the public sees of a source, and of the citations of every entry that has them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import pgettext_lazy
from rest_framework import serializers

from desk.documents import EntryDocument, PartDocument, Reference, WaiverDocument
from desk.members import Members
from desk.references import targets_of
from desk.types import DeskType
from desk.values import Code, Key, Names, PartialDateValue, Text
from record.filter_kinds import SINGLE_SOURCE
from record.folding import fold
from record.types import Document, EntryType, Facts, Target, days_of
from sources.asserting import asserted_targets, replaced_assertion
from sources.letting import texts_held
from sources.models import AuthorRole, SetAside, Source, SourceKind, SourceText, Stance, TextShown
from sources.passage import locator_words, selector_words


class SourceAuthorDocument(PartDocument):
    needs_evidence = False
    one = pgettext_lazy("part of an entry", "author")
    known_by = ("given", "family", "literal")
    # Translators: an author that is no person.
    words = {"literal": pgettext_lazy("field", "name of a body")}

    role = serializers.ChoiceField(AuthorRole.choices)
    family = Text(max_length=120)
    given = Text(max_length=120)
    literal = Text(max_length=200)


class SourceDocument(EntryDocument):
    """A source. It is evidence, and needs none."""

    type_name = "source"
    must_have = ("title",)
    words = {
        # Translators: on the web.
        "url": pgettext_lazy("field", "address"),
        "archived_url": pgettext_lazy("field", "archived copy"),
        "text_shown": pgettext_lazy("field", "text shown in public"),
        "text_sha256": pgettext_lazy("field", "which text"),
    }

    kind = serializers.ChoiceField(SourceKind.choices)
    title = Text(required_text=True)
    authors = SourceAuthorDocument(many=True)
    publisher = Text(max_length=200)
    container = Text(max_length=200)
    published = PartialDateValue()
    url = Code(max_length=1000)
    archived_url = Code(max_length=1000)
    archived_on = serializers.DateField(allow_null=True)
    rights = Text()
    text_shown = serializers.ChoiceField(TextShown.choices)
    text_sha256 = Code(max_length=64)
    point_of_view = Text()


class LocatorDocument(Members):
    """Where a person would look: section, blocks of the text, page, time, row of a dataset."""

    section = Text(max_length=200)
    blocks = serializers.ListField(child=serializers.IntegerField(min_value=1))
    page = Code(max_length=40)
    timecode = Code(max_length=40)
    record = Code(max_length=80)

    said = staticmethod(locator_words)


class SelectorDocument(Members):
    """Where a program would look: opening and closing words of the passage, and what is around.

    ``end`` is ``null`` where the opening words are the whole passage.
    """

    start = Text(required_text=True, max_length=300)
    end = Text(max_length=300)
    prefix = Text(max_length=300)
    suffix = Text(max_length=300)

    said = staticmethod(selector_words)

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(instance) if instance.start else None

    def to_internal_value(self, data: Any) -> Any:
        if data is None:
            return dict.fromkeys(self.fields, "")
        return super().to_internal_value(data)


class CitationDocument(Members):
    """A citation: the claims it speaks to, and the passage of the source."""

    identity = ("key",)
    one = pgettext_lazy("part of an entry", "citation")
    known_by = ("source",)
    claim_fields = ("claims",)
    words = {
        # Translators: which claims a citation is about.
        "claims": pgettext_lazy("field", "speaks to"),
        # Translators: what a source that disputes a claim has in its place.
        "asserts": pgettext_lazy("field", "says instead"),
        "locator": pgettext_lazy("field", "where to look"),
        "selector": pgettext_lazy("field", "the passage"),
        # Translators: the other source in which this one was read.
        "cited_via": pgettext_lazy("field", "read in"),
    }

    key = Key("c")
    source = Reference(  # type: ignore[assignment]
        to="S", predicate="cites", allow_null=False
    )
    claims = Names(longest=40)
    stance = serializers.ChoiceField(Stance.choices)
    asserts = serializers.JSONField(allow_null=True)
    locator = LocatorDocument(source="*")
    selector = SelectorDocument(source="*", allow_null=True)
    accessed_on = serializers.DateField(allow_null=True)
    cited_via = Reference(to="S", predicate="cites via")
    note = Text()


class CitedDocument(EntryDocument):
    """An entry whose claims rest on citations, or on waivers where there are none."""

    waivers = WaiverDocument(many=True)
    citations = CitationDocument(many=True)

    def extra_targets(self, document: Document) -> Iterator[Target]:
        cited = {citation["source"] for citation in document["citations"]}
        if len(cited) == 1:  # so that entries which rest on one source are found by a link
            yield Target(SINGLE_SOURCE, *cited)
        for citation in document["citations"]:
            yield from asserted_targets(self, document, citation)

    def extra_replaced(self, document: Document, mapping: Mapping[str, str]) -> Document:
        return {
            "citations": [
                citation | {"asserts": replaced_assertion(self, document, citation, mapping)}
                for citation in document["citations"]
            ]
        }


def facts(document: Document) -> Facts:
    names = [
        author["literal"] or " ".join(filter(None, (author["given"], author["family"])))
        for author in document["authors"]
    ]
    earliest, latest = days_of(document["published"])
    return Facts(
        label=document["title"],
        sort_key=fold(document["title"])[:160],
        kind=document["kind"],
        earliest=earliest,
        latest=latest,
        names=(document["title"],),
        words=tuple(
            text for text in (*names, document["publisher"], document["container"]) if text
        ),
    )


def with_choice_of_text(document: Document) -> Document:
    """Schema 1 said whether the text may be shown, and never which: so none of it is."""
    shown = TextShown.ALL if document["text_shown"] else TextShown.NOTHING
    return document | {"text_shown": shown.value, "text_sha256": None}


def nothing_left(public_id: str) -> Document:
    """Of a source that has been redacted since: what cites it calls it by its id."""
    empty = dict.fromkeys(SourceDocument().fields)
    known = {"id": public_id, "type": "source", "slug": public_id, "title": public_id}
    lists: Document = {name: [] for name in ("authors", "identifiers", "subjects")}
    rest = {"kind": SourceKind.OTHER.value, "text_shown": TextShown.NOTHING.value}
    return empty | known | lists | rest | {"language": "und"}  # ISO 639: not known


ENTRY_TYPE = EntryType(
    name="source",
    one=pgettext_lazy("type of entry", "source"),
    plural="sources",
    letter="S",
    schema=2,
    declaration=SourceDocument,
    facts=facts,
    links=lambda document: targets_of(SourceDocument, document),
    upcasters={1: with_choice_of_text},
    nothing_left=nothing_left,
)


def left_behind(public_id: str) -> list[str]:
    """Texts stay with the source that they are of, and passages are looked for in its own."""
    held = SourceText.objects.filter(source__public_id=public_id).count()
    aside = SetAside.objects.filter(entry__public_id=public_id).count()
    return [
        f"The desk holds {number} {words} of {public_id}, which stay with it."
        for number, words in ((held, "source texts"), (aside, "notes of what is set aside"))
        if number
    ]


DESK_TYPE = DeskType(
    model=Source,
    declaration=SourceDocument,
    evidence=texts_held,
    left_behind=left_behind,
)
