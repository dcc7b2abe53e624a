"""The API's views: lists and details of every entry type, and of editions.

Read-only. Each request speaks for one edition, read once; documents are served as stored.
"""

from functools import cached_property
from http import HTTPStatus
from typing import Any, ClassVar

import orjson
from django.http import HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView

from record.addresses import origin_of
from record.conditional import conditional, record_of
from record.facets import entries_in, number_of, totals_of
from record.filters import PAGING, RecordFilter
from record.models import Edition, Version
from record.openapi import RecordSchema
from record.paging import edition_page
from record.parameters import (
    COUNTS,
    check_filters,
    check_known,
    read_counts,
    read_ids,
    read_page,
    require_none_wrong,
)
from record.problems import ParameterError, problem
from record.reading import LONGEST_SLUG, Gone, Moved, NotInRecord, Record
from record.served import served, served_entry
from record.serving import (
    contents_of,
    context_of,
    edition_of,
    references_as_json,
    result_of,
)
from record.sorting import EDITIONS
from record.types import type_named

NOTHING_BESIDE: dict[str, Any] = {"references": {}, "checks": {}}


@method_decorator(conditional("json"), name="dispatch")
class PublicView(APIView):
    """An address that anybody may read, and nobody write."""

    http_method_names = ["get", "head", "options"]
    schema = RecordSchema()
    format_kwarg = None  # which DRF asks for

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Only what an answer depends on: here nobody signs in."""
        negotiated = self.perform_content_negotiation(request)
        request.accepted_renderer, request.accepted_media_type = negotiated
        record_of(request)  # or say what is wrong with the edition that is asked for

    def answer(self, body: dict[str, Any]) -> HttpResponse:
        return HttpResponse(orjson.dumps(body), content_type="application/json")

    @cached_property
    def origin(self) -> str:
        """Scheme and host, which make addresses absolute."""
        return origin_of(self.request)

    def page_url(self, cursor: str | None) -> str | None:
        """The address of this list at another cursor."""
        if cursor is None:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return f"{self.origin}{self.request.path}?{query.urlencode(safe=',/:')}"

    def refuse_parameters(self) -> None:
        errors: list[ParameterError] = []
        check_known(self.request.query_params, (), errors)
        require_none_wrong(errors)


class EntryList(PublicView):
    """A page of the current entries of one type."""

    filter_class: ClassVar[type[RecordFilter]] = RecordFilter

    def get(self, request: Request) -> HttpResponse:
        """Four queries, and as many as two for names and editions that are not kept.

        One more for all entries that filters name, up to three where words are looked for, and
        those of the total and the facets, unless they have been counted since the newest edition.
        """
        record = record_of(request)
        query = request.query_params
        errors: list[ParameterError] = []
        filters = self.filter_class(query, record=record)
        check_known(query, [*filters.filters, "ids", *COUNTS, *PAGING], errors)
        check_filters(filters, errors)
        asked = read_page(query, filters.order, errors)
        counts = read_counts(query, filters, errors)
        ids = read_ids(query, type_named(self.filter_class.type_name), errors)
        require_none_wrong(errors)
        if ids is not None:
            filters.only(ids)
        found = filters.page(cursor=asked.cursor, limit=asked.limit, rows=served)
        facets = totals_of(filters, counts.facets)
        total = 0
        if counts.total:
            total = number_of(filters) if ids is None else filters.qs.count()
        editions = record.editions(version.edition_id for version in found.items)
        return self.answer(
            {
                "edition": record.number,
                "next": self.page_url(found.next),
                "previous": self.page_url(found.previous),
                **({"total": total} if counts.total else {}),
                **({"facets": facets} if counts.facets else {}),
                "results": [
                    result_of(version, editions[version.edition_id]) for version in found.items
                ],
                **context_of(record, found.items, self.origin, also=entries_in(filters, facets)),
            }
        )


class EntryDetail(PublicView):
    """One entry, by public id or slug."""

    type_name: ClassVar[str] = ""

    def get(self, request: Request, key: str) -> HttpResponseBase:
        """Four queries, and as many as two for names and editions; four more at an old address."""
        self.refuse_parameters()
        record = record_of(request)
        version = served_entry(record, self.type_name, key)
        if version is None:
            return self.elsewhere(record, key)
        number = version.edition_id
        return self.answer(
            {
                "edition": record.number,
                "result": result_of(version, record.editions([number])[number]),
                **context_of(record, [version], self.origin),
                "url": self.origin + record.page(type_named(version.type).url(version.slug)),
            }
        )

    def elsewhere(self, record: Record, key: str) -> HttpResponseBase:
        """What is said under an id or slug of nothing that is in the record."""
        try:
            version = record.get(self.type_name, key)
        except NotInRecord as error:
            raise self.not_found(record, key) from error
        except Moved as moved:
            if moved.tombstone is None:
                return self.moved_to(record, moved.version)
            version = moved.tombstone
        except Gone as gone:
            version = gone.version
        return self.gone(record, version)

    def moved_to(self, record: Record, version: Version) -> HttpResponseBase:
        match = self.request.resolver_match
        view_name = match.view_name if match else ""
        return HttpResponsePermanentRedirect(record.page(reverse(view_name, args=[version.slug])))

    def gone(self, record: Record, tombstone: Version) -> HttpResponse:
        """The tombstone, its version and why."""
        edition = tombstone.edition
        detail = (
            f"{tombstone.public_id} was {tombstone.state} in edition {edition.number}: "
            f"{edition.reason}"
        )
        merged_into = orjson.loads(tombstone.document or "{}").get("merged_into")
        references = record.references([merged_into] if merged_into else [])
        return problem(
            self.request,
            HTTPStatus.GONE,
            detail,
            edition=record.number,
            result=result_of(tombstone, edition),
            references=references_as_json(references, self.origin),
        )

    def not_found(self, record: Record, key: str) -> NotFound:
        return NotFound(
            f"Edition {record.number} has no {self.type_name} with the id or slug "
            f"“{key[:LONGEST_SLUG]}”."
        )


class EditionList(PublicView):
    """A page of the editions, newest first."""

    def get(self, request: Request) -> HttpResponse:
        """Two queries."""
        record = record_of(request)
        errors: list[ParameterError] = []
        check_known(request.query_params, PAGING, errors)
        asked = read_page(request.query_params, EDITIONS, errors)
        require_none_wrong(errors)
        editions = Edition.objects.filter(number__lte=record.number)
        found = edition_page(editions, cursor=asked.cursor, limit=asked.limit)
        return self.answer(
            {
                "edition": record.number,
                "next": self.page_url(found.next),
                "previous": self.page_url(found.previous),
                "results": [edition_of(edition) for edition in found.items],
                **NOTHING_BESIDE,
            }
        )


class EditionDetail(PublicView):
    """One edition, with all that its checksum is computed over."""

    def get(self, request: Request, number: int) -> HttpResponse:
        """Four queries."""
        self.refuse_parameters()
        record = record_of(request)
        if not 1 <= number <= record.number:
            then = f" as of edition {record.number}" if record.is_asked else ""
            raise NotFound(f"There are editions 1 to {record.number}{then}.")
        edition = Edition.objects.get(number=number)
        return self.answer(
            {
                "edition": record.number,
                "result": contents_of(edition),
                **NOTHING_BESIDE,
                "url": self.origin + record.edition_address(number),
            }
        )


def entry_routes(filter_class: type[RecordFilter]) -> list[URLPattern]:
    """The addresses of one entry type."""
    name = filter_class.type_name
    plural = type_named(name).plural
    return [
        path(f"{plural}/", EntryList.as_view(filter_class=filter_class), name=f"{name}_list"),
        path(f"{plural}/<str:key>/", EntryDetail.as_view(type_name=name), name=f"{name}_detail"),
    ]


urlpatterns = [
    path("editions/", EditionList.as_view(), name="edition_list"),
    path("editions/<int:number>/", EditionDetail.as_view(), name="edition_detail"),
]
