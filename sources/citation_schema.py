"""The API's description of citations."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.renderers import JSONRenderer

from record.openapi import (
    RecordSchema,
    count_parameters,
    in_path,
    paging_parameters,
    searched_parameter,
    sort_parameter,
    words_parameter,
)
from record.openapi_parameters import example, shaping_parameters
from record.paging import MOST
from record.problems import MEDIA_TYPE
from record.shapes import Problem, Serializer, counted_list_object, detail_object
from sources.annotations import AnnotationObject
from sources.citation_shapes import citation_object
from sources.marks import STANCES
from sources.resting import FACETS, LONGEST_NUMBER, SORTS

FOUND = "One page: all citations asked for of at most “limit” entries."


class AnnotationRenderer(JSONRenderer):
    """Not one that renders: so that an annotation can be asked for in Accept."""

    media_type = "application/ld+json"


class CitationSchema(RecordSchema):
    """Describes the three views: by what stands in their addresses."""

    def get_operation_id(self) -> str:
        return "citations_annotation" if self._is_annotation() else super().get_operation_id()

    def get_summary(self) -> str:
        if self._is_annotation():
            return "Read one citation as an annotation"
        return "List citations" if self._is_list() else "Read one citation"

    def get_description(self) -> str:  # type: ignore[override]
        if self._is_annotation():
            return (
                "A Web Annotation (W3C, JSON-LD): its target is the passage, its body the claims."
            )
        if self._is_list():
            return f"What rests on a source, or on a block of its text. {FOUND}"
        return "By the id of the entry and the citation’s own key. Accept asks for an annotation."

    def _own_parameters(self) -> list[OpenApiParameter]:
        if not self._is_list():
            own = [
                in_path("entry", str, "Public id of the entry."),
                in_path("key", str, "The citation’s key, like c1."),
            ]
            return own if self._is_annotation() else [*own, *shaping_parameters(citation_object())]
        block = {"type": "integer", "minimum": 1, "maximum": 10**LONGEST_NUMBER - 1}
        return [
            OpenApiParameter("source", str, description="Id or slug of the source that is cited."),
            OpenApiParameter("block", block, description="A block of the text of that source."),
            OpenApiParameter("stance", str, description="How they speak.", enum=list(STANCES)),
            OpenApiParameter("entry", str, description="Public id of the entry that cites."),
            words_parameter("q"),
            searched_parameter(),
            OpenApiParameter(
                "ids",
                str,
                description=f"Ids of citations, with commas between them, at most {MOST}. "
                "Others are left out.",
                pattern="^[A-Z][1-9]",
                examples=example("E1/c1,E2/c1"),
            ),
            sort_parameter(SORTS, ": type by type, each in the order of its list"),
            *count_parameters(FACETS),
            *paging_parameters(),
            *shaping_parameters(citation_object()),
        ]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]
        described: dict[Any, Any] = super().get_response_serializers()
        if self._is_list():
            return described
        answer = described.pop((HTTPStatus.OK.value, "application/json"))
        if not self._is_annotation():
            described[HTTPStatus.OK.value, "application/json"] = answer
        annotation = OpenApiResponse(AnnotationObject, answer.description)
        described[HTTPStatus.OK.value, AnnotationRenderer.media_type] = annotation
        gone = OpenApiResponse(Problem, "The entry, or this citation of it, is gone.")
        described[HTTPStatus.GONE.value, MEDIA_TYPE] = gone
        moved = OpenApiResponse(None, "The entry was merged: to the citation where it is now.")
        described[HTTPStatus.MOVED_PERMANENTLY.value] = moved
        return described

    def _served(self) -> type[Serializer]:
        if not self._is_list():
            return detail_object(citation_object())
        return counted_list_object(citation_object())

    def _is_annotation(self) -> bool:
        return self.path.endswith("/annotation/")

    def _plural(self) -> str:
        return "citations"
