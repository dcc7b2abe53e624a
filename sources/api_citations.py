"""The API's views of citations: which there are, and what is known of one."""

from collections.abc import Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from record.api import PublicView
from record.conditional import record_of
from record.filters import PAGING
from record.models import Version
from record.moves import key_now, last_with_citation, why_gone
from record.openapi import RecordSchema, in_path, paging_parameters
from record.openapi_parameters import picking_parameters
from record.paging import page
from record.parameters import check_known, once, read_page, require_none_wrong
from record.problems import MEDIA_TYPE, ParameterError, problem
from record.reading import LONGEST_SLUG, Gone, Moved, NotInRecord, Record
from record.selecting_fields import PICKING, picked, read_picking
from record.serving import checks_of, references_as_json
from record.shapes import Problem, Serializer, detail_object, list_object
from record.types import Document, type_named
from sources.annotations import PROFILED, AnnotationObject, annotation_of
from sources.citation_shapes import citation_as_json, citation_object, named_by
from sources.marks import STANCES
from sources.resting import (
    LONGEST_NUMBER,
    PARAMETERS,
    citations_in,
    citing_types,
    citing_versions,
    number_of_citations,
    read_asked,
)
from sources.telling import Told

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
            return [
                in_path("entry", str, "Public id of the entry."),
                in_path("key", str, "The citation’s key, like c1."),
            ]
        block = {"type": "integer", "minimum": 1, "maximum": 10**LONGEST_NUMBER - 1}
        return [
            OpenApiParameter("source", str, description="Id or slug of the source that is cited."),
            OpenApiParameter("block", block, description="A block of the text of that source."),
            OpenApiParameter("stance", str, description="How they speak.", enum=list(STANCES)),
            OpenApiParameter("entry", str, description="Public id of the entry that cites."),
            OpenApiParameter("count", str, description="For the exact “total”.", enum=["exact"]),
            *paging_parameters(),
            *picking_parameters(citation_object()),
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
            return detail_object(citation_object(), whole=True)
        total = serializers.IntegerField(min_value=0, required=False)
        return list_object(citation_object(), total=total)

    def _is_annotation(self) -> bool:
        return self.path.endswith("/annotation/")

    def _plural(self) -> str:
        return "citations"


class CitationList(PublicView):
    """Citations, entry by entry."""

    schema = CitationSchema()

    def get(self, request: Request) -> HttpResponse:
        """At most twelve queries: four of them for a page, one for each type that cites; three for
        what is asked for, two to four for what is told. And those of the total, if it is asked for.
        """
        record = record_of(request)
        query = request.query_params
        errors: list[ParameterError] = []
        check_known(query, [*PARAMETERS, "count", *PAGING, *PICKING], errors)
        asked = read_asked(query, record, errors)
        tree = read_picking(query, citation_object(), errors)
        versions, order = citing_versions(record, asked)
        paging = read_page(query, order, errors)
        count = once(query, "count", errors)
        if count not in (None, "exact"):
            errors.append(ParameterError("count", "This is “exact”, or left out.", ["exact"]))
        require_none_wrong(errors)
        found = page(
            versions.defer("search_text"), cursor=paging.cursor, limit=paging.limit, order=order
        )
        told = Told(record, found.items)
        cited = [
            (version, citation)
            for version in told.versions
            for citation in citations_in(told.documents[version.public_id], asked)
        ]
        total = {"total": number_of_citations(record, asked)} if count else {}
        return self.answer(
            {
                "edition": record.number,
                "next": self.page_url(found.next),
                "previous": self.page_url(found.previous),
                **total,
                "results": [
                    picked(citation_as_json(told, *each, self.origin), tree) for each in cited
                ],
                **beside(told, cited, self.origin),
            }
        )


class CitationDetail(PublicView):
    """One citation; as an annotation where Accept asks for that."""

    schema = CitationSchema()
    renderer_classes = [JSONRenderer, AnnotationRenderer]

    def get(self, request: Request, entry: str, key: str) -> HttpResponseBase:
        """Four to eight queries."""
        self.refuse_parameters()
        record = record_of(request)
        try:
            version = record.get(_type_of(entry), entry)
        except NotInRecord:
            raise self.not_found(record, f"{entry}/{key}") from None
        except Moved as moved:
            return self.moved_to(record, moved, key)
        except Gone as gone:
            return self.gone(gone.version)
        told = Told(record, [version])
        citation = _citation(told.documents[version.public_id], key)
        if citation is None:
            return self.removed(record, version, key)
        if self.asks_for_annotation():
            return self.annotation(told, version, citation)
        cited = [(version, citation)]
        result = citation_as_json(told, version, citation, self.origin)
        return self.answer(
            {
                "edition": record.number,
                "result": result,
                **beside(told, cited, self.origin),
                "url": result["url"],
            }
        )

    def asks_for_annotation(self) -> bool:
        return bool(self.request.accepted_renderer.media_type == AnnotationRenderer.media_type)

    def annotation(self, told: Told, version: Version, citation: Document) -> HttpResponse:
        """Two queries at most."""
        body = annotation_of(told, version, citation, self.origin)
        return HttpResponse(orjson.dumps(body), content_type=PROFILED)

    def moved_to(self, record: Record, moved: Moved, key: str) -> HttpResponseBase:
        """301, or 410 where the citation did not go with its entry."""
        now = key_now(record, moved, key)
        if not now:
            return self.gone(moved.tombstone or moved.version)
        match = self.request.resolver_match
        there = reverse(match.view_name if match else "", args=[moved.version.public_id, now])
        return HttpResponsePermanentRedirect(record.page(there))

    def gone(self, tombstone: Version) -> HttpResponse:
        return problem(self.request, HTTPStatus.GONE, why_gone(tombstone))

    def removed(self, record: Record, version: Version, key: str) -> HttpResponse:
        """410 where the entry had that citation once; else there never was one. One query."""
        last = last_with_citation(record, version, key)
        if last is None:
            raise self.not_found(record, f"{version.public_id}/{key}")
        detail = f"{version.public_id} has had no citation {key} since edition "
        return problem(self.request, HTTPStatus.GONE, f"{detail}{last.superseded_in_id}.")

    def not_found(self, record: Record, name: str) -> NotFound:
        return NotFound(
            f"Edition {record.number} has no citation “{name[:LONGEST_SLUG]}”. Citations are named "
            "by the id of their entry and a key of their own: E14/c3."
        )


class CitationAnnotation(CitationDetail):
    """The same as an annotation, whatever Accept says."""

    renderer_classes = [AnnotationRenderer, JSONRenderer]

    def asks_for_annotation(self) -> bool:
        return True


def beside(told: Told, cited: Sequence[tuple[Version, Document]], origin: str) -> dict[str, Any]:
    """Names of whatever these citations name, and how their passages were last checked.

    One query, or two."""
    ids = {f"{version.public_id}/{citation['key']}" for version, citation in cited}
    versions = {version.public_id: version for version, _ in cited}.values()
    checks = checks_of(told.referred.record, list[Any](versions))
    return {
        "references": references_as_json(named_by(told, cited), origin),
        "checks": {name: check for name, check in checks.items() if name in ids},
    }


def _citation(document: Document, key: str) -> Document | None:
    citations: list[Document] = document["citations"]
    return next((citation for citation in citations if citation["key"] == key), None)


@cache
def _letters() -> dict[str, str]:
    return {type_named(name).letter: name for name in citing_types()}


def _type_of(public_id: str) -> str:
    """The type of the entry; ``NotInRecord`` where no entry of that id could cite."""
    if not public_id[1:].isdecimal() or public_id[0] not in _letters():
        raise NotInRecord(public_id)
    return _letters()[public_id[0]]
