"""The API's views of entries: lists and details of every type.

Read-only. Each request speaks for one edition, read once; documents are served as stored.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, ClassVar

import orjson
from django.http import (
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from rest_framework.exceptions import NotFound
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from record.addresses import address, origin_of, query_with
from record.conditional import conditional, record_of
from record.expanding import check_listed, shaped
from record.facets import entries_in, facets_as_json, number_of, totals_of
from record.filters import PAGING, RecordFilter
from record.models import Version
from record.moves import why_gone
from record.negotiation import (
    FORMAT,
    Form,
    Given,
    answer_in,
    check_form,
    links,
    negotiated,
)
from record.openapi import RecordSchema
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
from record.reading import LONGEST_SLUG, Gone, Moved, NotInRecord, Record, Reference
from record.selecting_fields import SHAPING, WHOLE, Shaping, read_shaping
from record.served import Served, served, served_entry
from record.serving import (
    context_of,
    references_as_json,
    result_of,
)
from record.shapes import result_object
from record.types import EntryType, type_named

SEARCH, WORDS = "search", "q"
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

    def searched(self) -> HttpResponseBase | None:
        """To this address with “q”, where words are asked for as “search”, which many call it."""
        query = self.request.GET
        if SEARCH not in query:
            return None
        if WORDS in query:
            detail = f"This is another name of “{WORDS}”: give one of them."
            require_none_wrong([ParameterError(SEARCH, detail)])
        asked = query_with(query, {SEARCH: [], WORDS: [query[SEARCH]]})
        return HttpResponseRedirect(address(self.request.path, asked))

    def refuse_parameters(self) -> None:
        errors: list[ParameterError] = []
        check_known(self.request.query_params, (), errors)
        require_none_wrong(errors)


class EntryView(PublicView):
    """An address of entries, in whichever form they are asked for."""

    form: Form

    def perform_content_negotiation(
        self, request: Request, force: bool = False
    ) -> tuple[BaseRenderer, str]:
        """By ``format`` or Accept."""
        self.form = negotiated(request._request)
        return JSONRenderer(), self.form.media_type

    def read_shaping(self, type_name: str, errors: list[ParameterError]) -> Shaping:
        """What is asked of results; nothing of forms that are whole."""
        query = self.request.query_params
        check_form(self.form, query, errors)
        if self.form.write:
            return WHOLE
        return read_shaping(query, result_object(type_name), errors)

    def in_form(
        self, record: Record, versions: Sequence[Served], entry_type: EntryType
    ) -> HttpResponse:
        """The entries in a form that has a writer: whatever is not JSON."""
        given = Given(
            record=record,
            entry_type=entry_type,
            versions=versions,
            is_list="key" not in self.kwargs,
            address=self.request.build_absolute_uri(),
            query=self.request.query_params,
            origin=self.origin,
        )
        return answer_in(self.form, given)

    def with_links(self, response: HttpResponse, **beside: str | None) -> HttpResponse:
        """The response, and where the pages beside it and its other forms are."""
        response["Link"] = links(self.form, self.request._request, beside)
        return response

    def results_of(
        self,
        record: Record,
        versions: Sequence[Served],
        shaping: Shaping,
        also: Mapping[str, Reference] = MappingProxyType({}),
    ) -> tuple[Sequence[Any], dict[str, Any]]:
        """Documents as they are stored, unless something else is asked for; and what goes with
        them. Two to four queries."""
        if not shaping.is_whole:
            return shaped(record, versions, shaping, self.origin, also=also)
        editions = record.editions(version.edition_id for version in versions)
        results = [result_of(version, editions[version.edition_id]) for version in versions]
        return results, context_of(record, versions, self.origin, also=also)


class EntryList(EntryView):
    """A page of the current entries of one type."""

    filter_class: ClassVar[type[RecordFilter]] = RecordFilter

    def get(self, request: Request) -> HttpResponseBase:
        """Four queries, and as many as two for names and editions that are not kept; in other
        forms as their writers say.

        One more for all entries that filters name, up to three where words are looked for, and
        those of the total and the facets, unless they have been counted since the newest edition.
        """
        if elsewhere := self.searched():
            return elsewhere
        record = record_of(request)
        query = request.query_params
        errors: list[ParameterError] = []
        filters = self.filter_class(query, record=record)
        known = [*filters.filters, SEARCH, "ids", *COUNTS, *PAGING, *SHAPING, FORMAT]
        check_known(query, known, errors)
        check_filters(filters, errors)
        asked = read_page(query, filters.order, errors)
        counts = read_counts(query, filters.facets, errors)
        ids = read_ids(query, type_named(self.filter_class.type_name), errors)
        shaping = self.read_shaping(self.filter_class.type_name, errors)
        check_listed(shaping, asked.limit, errors)
        require_none_wrong(errors)
        if ids is not None:
            filters.only(ids)
        found = filters.page(cursor=asked.cursor, limit=asked.limit, rows=served)
        next_, previous = self.page_url(found.next), self.page_url(found.previous)
        if self.form.write:
            written = self.in_form(record, found.items, type_named(self.filter_class.type_name))
            return self.with_links(written, next=next_, prev=previous)
        facets = facets_as_json(totals_of(filters, counts.facets))
        total = 0
        if counts.total:
            total = number_of(filters) if ids is None else filters.qs.count()
        also = entries_in(filters, facets.get("facets", {}))
        results, context = self.results_of(record, found.items, shaping, also=also)
        answer = self.answer(
            {
                "edition": record.number,
                "next": next_,
                "previous": previous,
                **({"total": total} if counts.total else {}),
                **facets,
                "results": results,
                **context,
            }
        )
        return self.with_links(answer, next=next_, prev=previous)


class EntryDetail(EntryView):
    """One entry, by public id or slug."""

    type_name: ClassVar[str] = ""

    def get(self, request: Request, key: str) -> HttpResponseBase:
        """Four queries, and as many as two for names and editions; four more at an old address.

        One more where entries stand in place of their ids.
        """
        record = record_of(request)
        errors: list[ParameterError] = []
        check_known(request.query_params, [*SHAPING, FORMAT], errors)
        shaping = self.read_shaping(self.type_name, errors)
        require_none_wrong(errors)
        version = served_entry(record, self.type_name, key)
        if version is None:
            return self.elsewhere(record, key)
        entry_type = type_named(version.type)
        if self.form.write:
            return self.with_links(self.in_form(record, [version], entry_type))
        results, context = self.results_of(record, [version], shaping)
        answer = self.answer(
            {
                "edition": record.number,
                "result": results[0],
                **context,
                "url": self.origin + record.page(entry_type.url(version.slug)),
            }
        )
        return self.with_links(answer)

    def elsewhere(self, record: Record, key: str) -> HttpResponseBase:
        """What is said under an id or slug of nothing that is in the record."""
        try:
            version = record.get(self.type_name, key)
        except NotInRecord as error:
            raise self.not_found(record, key) from error
        except Moved as moved:
            if moved.tombstone is None:
                return self.moved_to(moved.version)
            version = moved.tombstone
        except Gone as gone:
            version = gone.version
        return self.gone(record, version)

    def moved_to(self, version: Version) -> HttpResponseBase:
        match = self.request.resolver_match
        url = reverse(match.view_name if match else "", args=[version.slug])
        return HttpResponsePermanentRedirect(address(url, query_with(self.request.GET, {})))

    def gone(self, record: Record, tombstone: Version) -> HttpResponse:
        """The tombstone, its version and why."""
        merged_into = orjson.loads(tombstone.document or "{}").get("merged_into")
        references = record.references([merged_into] if merged_into else [])
        return problem(
            self.request,
            HTTPStatus.GONE,
            why_gone(tombstone),
            edition=record.number,
            result=result_of(tombstone, tombstone.edition),
            references=references_as_json(references, self.origin),
        )

    def not_found(self, record: Record, key: str) -> NotFound:
        return NotFound(
            f"Edition {record.number} has no {self.type_name} with the id or slug "
            f"“{key[:LONGEST_SLUG]}”."
        )


def entry_routes(filter_class: type[RecordFilter]) -> list[URLPattern]:
    """The addresses of one entry type."""
    name = filter_class.type_name
    plural = type_named(name).plural
    return [
        path(f"{plural}/", EntryList.as_view(filter_class=filter_class), name=f"{name}_list"),
        path(f"{plural}/<str:key>/", EntryDetail.as_view(type_name=name), name=f"{name}_detail"),
    ]
