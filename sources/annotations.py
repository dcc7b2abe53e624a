"""A citation as a Web Annotation (W3C Recommendation of 23 February 2017, JSON-LD).

Its target is the passage, its body what is claimed of it. A selector of ours with opening and
closing words is a text directive there (a ``FragmentSelector``), as what lies between is not ours
to give; a ``RangeSelector`` would leave out the closing words themselves. Where the source lets the
passage be read, and where the opening words are all of it, it is a ``TextQuoteSelector``.
"""

from typing import Any

from rest_framework import serializers

from record.models import Version
from record.serving import moment
from record.shapes import Serializer
from record.types import Document
from sources.marks import stance_words
from sources.passage import locator_words, passage_url
from sources.shown import contexts
from sources.telling import Told

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PROFILED = f'application/ld+json; profile="{CONTEXT}"'
# What a text directive is defined by, whose words a fragment of an address holds.
DIRECTIVES = "https://wicg.github.io/scroll-to-text-fragment/"
FRAGMENT = ":~:text="


class AnnotationBodyObject(Serializer):
    """The claims in words (``TextualBody``), or where one of them stands (``SpecificResource``)."""

    type = serializers.ChoiceField(["TextualBody", "SpecificResource"])
    purpose = serializers.ChoiceField(["describing", "linking"])
    value = serializers.CharField(required=False)
    format = serializers.ChoiceField(["text/plain"], required=False)
    language = serializers.ChoiceField(["en"], required=False)
    source = serializers.URLField(required=False)  # type: ignore[assignment]


class AnnotationSelectorObject(Serializer):
    """The passage: word for word, or as a text directive."""

    type = serializers.ChoiceField(["TextQuoteSelector", "FragmentSelector"])
    exact = serializers.CharField(required=False)
    prefix = serializers.CharField(required=False)
    suffix = serializers.CharField(required=False)
    conformsTo = serializers.URLField(required=False)  # noqa: N815 - the standard's name
    value = serializers.CharField(required=False)


class AnnotationTargetObject(Serializer):
    """The source, and the passage in it, where a selector says which."""

    type = serializers.ChoiceField(["SpecificResource"])
    source = serializers.CharField()  # type: ignore[assignment]
    selector = AnnotationSelectorObject(required=False)


class AnnotationObject(Serializer):
    """A Web Annotation. ``@context`` is that of the W3C."""

    id = serializers.URLField()
    type = serializers.ChoiceField(["Annotation"])
    motivation = serializers.ChoiceField(["linking"])
    created = serializers.DateTimeField()
    body = AnnotationBodyObject(many=True)
    target = AnnotationTargetObject()

    def get_fields(self) -> dict[str, Any]:
        context = serializers.ChoiceField([CONTEXT])
        return {"@context": context, **super().get_fields()}


def annotation_of(told: Told, version: Version, citation: Document, origin: str) -> dict[str, Any]:
    """One query where the source lets its text be read; one more for the edition."""
    record = told.referred.record
    names = version.public_id, citation["key"]
    source = told.referred.documents[citation["source"]]
    selector = _selector(told, version, citation)
    page = told.referred.names[citation["source"]].url
    return {
        "@context": CONTEXT,
        "id": origin + record.address("api:citation_annotation", *names),
        "type": "Annotation",
        "motivation": "linking",
        "created": moment(record.editions([version.edition_id])[version.edition_id].published_at),
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "value": _words(told, version, citation),
                "format": "text/plain",
                "language": "en",
            },
            *(
                {"type": "SpecificResource", "purpose": "linking", "source": origin + place}
                for place in dict.fromkeys(each.href for each in told.claims(version, citation))
            ),
        ],
        "target": {
            "type": "SpecificResource",
            "source": passage_url(source["url"], None) or origin + page,
            **({"selector": selector} if selector else {}),
        },
    }


def _words(told: Told, version: Version, citation: Document) -> str:
    claims = "; ".join(claim.words for claim in told.claims(version, citation))
    where = locator_words(citation["locator"])
    stance = stance_words(citation["stance"]).capitalize()
    return f"{stance}, of “{version.label}”: {claims}." + (f" See {where}." if where else "")


def _selector(told: Told, version: Version, citation: Document) -> dict[str, str] | None:
    selector = citation["selector"]
    if selector is None:
        return None
    document = told.documents[version.public_id]
    of_it = document | {"citations": [citation]}
    shown = contexts(of_it, told.referred).get(citation["key"])
    exact = shown.passage if shown else "" if selector["end"] else selector["start"]
    if not exact:
        return {
            "type": "FragmentSelector",
            "conformsTo": DIRECTIVES,
            "value": passage_url("https://localhost/", selector).partition("#")[2],
        }
    around = {name: selector[name] for name in ("prefix", "suffix") if selector[name]}
    return {"type": "TextQuoteSelector", "exact": exact, **around}
