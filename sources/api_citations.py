"""The API's views of citations: which there are, and what is known of one."""

from collections.abc import Iterable, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from record.addresses import address, query_with
from record.api import SEARCH, PublicView
from record.conditional import record_of
from record.expanding import Placing, check_listed
from record.facets import facets_as_json
from record.filters import PAGING
from record.models import Version
from record.moves import key_now, last_with_citation, why_gone
from record.paging import page
from record.parameters import (
    COUNTS,
    check_known,
    read_counts,
    read_page,
    read_sort,
    require_none_wrong,
)
from record.problems import ParameterError, problem
from record.reading import LONGEST_SLUG, Gone, Moved, NotInRecord, Record
from record.selecting_fields import SHAPING, WHOLE, Shaping, picked, read_shaping
from record.serving import checks_of, references_as_json
from record.types import Document, type_named
from sources.annotations import PROFILED, annotation_of
from sources.citation_schema import AnnotationRenderer, CitationSchema
from sources.citation_shapes import citation_as_json, citation_object, named_by
from sources.resting import (
    FACETS,
    PARAMETERS,
    SORTS,
    citations_in,
    citing_types,
    citing_versions,
    facets_of,
    number_of_citations,
    read_asked,
)
from sources.telling import Told


class CitationList(PublicView):
    """Citations, entry by entry."""

    schema = CitationSchema()

    def get(self, request: Request) -> HttpResponseBase:
        """At most twelve queries: four of them for a page, one for each type that cites; three for
        what is asked for, two to four for what is told. Those of the total and of facets, and two
        for entries in place, if they are asked for."""
        if elsewhere := self.searched():
            return elsewhere
        record = record_of(request)
        query = request.query_params
        errors: list[ParameterError] = []
        check_known(query, [*PARAMETERS, SEARCH, "sort", *COUNTS, *PAGING, *SHAPING], errors)
        asked = read_asked(query, record, errors)
        sort = read_sort(query, SORTS, errors)
        shaping = read_shaping(query, citation_object(), errors)
        versions, order = citing_versions(record, asked, sort)
        paging = read_page(query, order, errors)
        counts = read_counts(query, FACETS, errors)
        check_listed(shaping, paging.limit, errors)
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
        total = {"total": number_of_citations(record, asked)} if counts.total else {}
        facets = facets_as_json(facets_of(record, asked, counts.facets))
        also = facets.get("facets", {}).get("source", ())
        results, beside = told_as_asked(told, cited, shaping, self.origin, also=also)
        return self.answer(
            {
                "edition": record.number,
                "next": self.page_url(found.next),
                "previous": self.page_url(found.previous),
                **total,
                **facets,
                "results": results,
                **beside,
            }
        )


class CitationDetail(PublicView):
    """One citation; as an annotation where Accept asks for that."""

    schema = CitationSchema()
    renderer_classes = [JSONRenderer, AnnotationRenderer]

    def get(self, request: Request, entry: str, key: str) -> HttpResponseBase:
        """Four to ten queries."""
        record = record_of(request)
        shaping = self.read_shaping()
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
        [result], beside = told_as_asked(told, [(version, citation)], shaping, self.origin)
        return self.answer(
            {
                "edition": record.number,
                "result": result,
                **beside,
                "url": self.origin + told.referred.citation_page(told.documents[entry], key),
            }
        )

    def read_shaping(self) -> Shaping:
        """What is asked of the citation; nothing of an annotation, which is whole."""
        query = self.request.query_params
        errors: list[ParameterError] = []
        is_annotation = self.asks_for_annotation()
        check_known(query, () if is_annotation else SHAPING, errors)
        shaping = WHOLE if is_annotation else read_shaping(query, citation_object(), errors)
        require_none_wrong(errors)
        return shaping

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
        return HttpResponsePermanentRedirect(address(there, query_with(self.request.GET, {})))

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


def told_as_asked(
    told: Told,
    cited: Sequence[tuple[Version, Document]],
    shaping: Shaping,
    origin: str,
    also: Iterable[str] = (),
) -> tuple[list[Document], dict[str, Any]]:
    """The citations; and beside them names of whatever they name, and of ``also``, and how their
    passages were last checked. One query, or two, and as many for entries in place."""
    record = told.referred.record
    whole = [citation_as_json(told, *each, origin) for each in cited]
    placing = Placing(record, whole, shaping)
    results = placing.in_place([picked(each, shaping.tree) for each in whole])
    named = named_by(told, cited, {*also, *placing.named})
    beside = {
        "references": references_as_json(named, origin),
        "checks": checks_of_cited(told, cited) | checks_of(record, list(placing.checked.values())),
    }
    return results, beside


def checks_of_cited(told: Told, cited: Sequence[tuple[Version, Document]]) -> dict[str, Any]:
    """How these citations' passages were last checked. One query."""
    ids = {f"{version.public_id}/{citation['key']}" for version, citation in cited}
    versions = {version.public_id: version for version, _ in cited}.values()
    checks = checks_of(told.referred.record, list[Any](versions))
    return {name: check for name, check in checks.items() if name in ids}


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
