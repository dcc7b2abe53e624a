"""The API's view of a quotation: whether words stand in what the public may read, and what rests on
them. It answers from what the page answers from, and is asked no more often."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from chronicle.limits import A_MINUTE, until_next
from record.api import PublicView
from record.conditional import record_of
from record.openapi import RecordSchema
from record.parameters import check_known, once, require_none_wrong
from record.problems import ParameterError, problem
from record.reading import Record
from record.serving import references_as_json
from record.shapes import Serializer, detail_object
from sources.api_citations import checks_of_cited
from sources.citation_shapes import citation_as_json, citation_object, named_by
from sources.fitting import BEGUN, ENDS, HOW, LEAST_LETTERS, LEAST_WORDS, READ, SELECTOR
from sources.quotation import (
    MOST_LETTERS,
    MOST_SHOWN,
    TOO_MANY,
    NotAQuotation,
    look_for,
    may_ask,
    read_quotation,
)
from sources.resting import source_of
from sources.shown import text_url
from sources.telling import Told


class HeldObject(Serializer):
    """A text that holds the words: in which blocks, and the address of the first."""

    source = serializers.RegexField(r"^S[1-9][0-9]*$")  # type: ignore[assignment]
    blocks = serializers.ListField(child=serializers.IntegerField(min_value=1))
    url = serializers.URLField()


def quotation_object() -> type[Serializer]:
    how = serializers.ChoiceField(HOW)
    cited = type("QuotedCitation", (citation_object(),), {"how": how, "__doc__": SAID})
    return type(
        "QuotationResult",
        (serializers.Serializer,),
        {
            "text": serializers.CharField(),
            "found": serializers.BooleanField(),
            "texts": HeldObject(many=True),
            "citations": cited(many=True),
            "more": serializers.BooleanField(),
            "remark": serializers.CharField(allow_blank=True),
            "__doc__": ANSWERED,
        },
    )


SAID = (
    f"A citation, and how the words belong to its passage. “{READ}”: they stand in it, or right "
    f"beside it, as the public may read it. “{SELECTOR}”: they all stand in its opening words, or "
    f"in its closing ones. “{ENDS}”: they hold its opening words and then its closing ones. "
    f"“{BEGUN}”: they hold its opening words. Of the last two, no other words were compared."
)
ANSWERED = (
    "Where words stand in what the public may read. ``text``: the words as they were compared, "
    "white space, quotation marks and dashes folded. ``found``: all of them stand in a text of "
    "``texts``, or in words of a citation that may be read. Of other ``citations`` they hold words "
    "of the passage, and ``remark`` says that no others were compared. That nothing was found says "
    "nothing of texts that are not public. ``more``: there are others, or not all was compared."
)


class QuotationSchema(RecordSchema):
    """Describes the view."""

    def get_operation_id(self) -> str:
        return "verify_quote"

    def get_tags(self) -> list[str]:
        return ["citations"]

    def get_summary(self) -> str:
        return "Verify a quotation"

    def get_description(self) -> str:  # type: ignore[override]
        return "Whether words stand in what the public may read, and which citations rest on them."

    def _own_parameters(self) -> list[OpenApiParameter]:
        words = f"The words: {LEAST_WORDS} at least, or {LEAST_LETTERS} letters."
        text = {"type": "string", "maxLength": MOST_LETTERS}
        only = "Id or slug of the only source to be looked at."
        example = OpenApiExample("words", "the delegations met by the lake")
        return [
            OpenApiParameter("text", text, description=words, required=True, examples=[example]),
            OpenApiParameter("source", str, description=only),
        ]

    def _served(self) -> type[Serializer]:
        return detail_object(quotation_object(), whole=True)

    def _plural(self) -> str:
        return "citations"


class VerifyQuote(PublicView):
    """Words, and where they stand."""

    schema = QuotationSchema()

    def get(self, request: Request) -> HttpResponse:
        """Fourteen queries at most, and those of the cache, which knows how often one has asked."""
        record = record_of(request)
        query = request.query_params
        errors: list[ParameterError] = []
        check_known(query, ["text", "source"], errors)
        folded = _words(once(query, "text", errors), errors)
        source = source_of(record, query, errors)
        require_none_wrong(errors)
        if not may_ask(request._request):
            wait = {"Retry-After": str(until_next(A_MINUTE)), "Cache-Control": "no-store"}
            return problem(request, HTTPStatus.TOO_MANY_REQUESTS, str(TOO_MANY), headers=wait)
        return self.answer(self.found(record, folded, source))

    def found(self, record: Record, folded: str, source: str) -> dict[str, Any]:
        looked = look_for(record, folded, source=source)
        shown = looked.fitting[:MOST_SHOWN]
        told = Told(record, {each.version.pk: each.version for each in shown}.values())
        cited = [(each.version, each.citation) for each in shown]
        sources = [each.source["id"] for each in looked.texts]
        names = named_by(told, cited, sources)
        address = f"{reverse('verify:quotation')}?{urlencode({'words': folded})}"
        return {
            "edition": record.number,
            "result": {
                "text": folded,
                "found": looked.found,
                "texts": [
                    {
                        "source": each.source["id"],
                        "blocks": each.blocks,
                        "url": self.origin + text_url(record, each.source, each.blocks[0]),
                    }
                    for each in looked.texts
                ],
                "citations": [
                    citation_as_json(told, *one, self.origin) | {"how": each.how}
                    for each, one in zip(shown, cited, strict=True)
                ],
                "more": looked.more or len(looked.fitting) > MOST_SHOWN,
                "remark": looked.remark,
            },
            "references": references_as_json(names, self.origin),
            "checks": checks_of_cited(told, cited),
            "url": self.origin + record.page(address),
        }


def _words(text: str | None, errors: list[ParameterError]) -> str:
    if text is None:
        errors.append(ParameterError("text", "Give the words that are to be looked for."))
        return ""
    try:
        return read_quotation(text)
    except NotAQuotation as error:
        errors.append(ParameterError("text", str(error)))
        return ""
