"""Pages of entries: a list and a detail page for each type, read from one edition.

Each room says here how its entries are shown; whatever they have in common is done once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from record.addresses import query_with, without_noise
from record.as_of import PARAMETER, as_of, record_asked
from record.backlinks import Backlink, LinkedBack, linked_back
from record.conditional import View, conditional, record_of
from record.entry_page import Crumb, entry_page
from record.facets import number_of, number_of_all
from record.fields import fields_of, sorts_of
from record.filters import RecordFilter
from record.histogram import histogram
from record.kept_rows import kept_rows
from record.models import Check, Version
from record.moves import entry_or_redirect
from record.neighbours import in_time
from record.paging import BadCursor, Page, page
from record.reading import Record, document_of
from record.referred import Referred
from record.rows import EntryRow
from record.timeline.lanes import LanesBy
from record.timeline.switches import views_of
from record.types import Document, EntryType, WordsForClaim, entry_types, type_named
from record.unused import ignored, unused

LIMIT = 50  # rows of one page of a list
COLUMNS = ("public_id", "type", "state", "schema", "document", "sort_key")  # of which they are made


@dataclass(frozen=True)
class Reading:
    """What a room's page of one entry is made from: all of one edition."""

    record: Record
    version: Version
    document: Document
    back: Mapping[str, LinkedBack]
    referred: Referred
    checks: Mapping[str, Check]
    parameters: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class EntryPages:
    """How entries of one type are shown. ``one`` and ``many`` are words for a number of them.

    ``row`` makes one row of a list; ``detail`` the context of an entry's page, besides what all
    pages have; ``backlinks`` are what it is to be told of others that refer to the entry.
    ``words`` say the claims of a document, where the type has claims with evidence. ``dated_by``
    is the field whose date puts its entries in the order of time, where one does; ``lanes``: what
    their timeline can be parted by. ``as_of``: they are shown as of any edition that is asked for.
    """

    type_name: str
    title: str
    lead: str
    one: str
    many: str
    none: str
    filterset: type[RecordFilter]
    row: Callable[[Document, Referred], EntryRow]
    detail: Callable[[Reading], dict[str, Any]]
    backlinks: Sequence[Backlink] = field(default=())
    words: Callable[[Document, Referred], WordsForClaim] | None = None
    dated_by: str = ""
    lanes: Sequence[LanesBy] = ()
    limit: int = LIMIT
    keep_rows: bool = True
    as_of: bool = False

    @property
    def entry_type(self) -> EntryType:
        return type_named(self.type_name)

    @property
    def list_url(self) -> str:
        return self.entry_type.list_url

    def rows(self, versions: Sequence[Version], record: Record) -> Sequence[Any]:
        """Of a list: two to four queries where not all of them are kept."""
        if self.keep_rows and not record.is_asked:
            return kept_rows(versions, record, rows_of)
        return rows_of(versions, record)


_pages: dict[str, EntryPages] = {}


def register(pages: EntryPages) -> EntryPages:
    _pages[pages.type_name] = pages
    return pages


def pages_of(type_name: str) -> EntryPages:
    return _pages[type_name]


def words_of(pages: EntryPages, document: Document, referred: Referred) -> WordsForClaim:
    """How the claims of a document are said, of a type that has any with evidence."""
    if pages.words is None:
        raise TypeError(f"Entries of type {pages.type_name} make no claims with evidence.")
    return pages.words(document, referred)


def all_pages() -> list[EntryPages]:
    """In the order in which the rooms stand."""
    return [_pages[entry_type.name] for entry_type in entry_types()]


def rows_of(versions: Sequence[Version], record: Record) -> list[EntryRow]:
    """Rows of a list, of whatever types. Two to four queries."""
    documents = [document_of(version) for version in versions]
    referred = Referred(record, documents)
    rows = [_pages[document["type"]].row(document, referred) for document in documents]
    if not record.is_asked:
        return rows
    return [replace(row, url=record.page(row.type, row.url)) for row in rows]


def record_for(request: HttpRequest, pages: EntryPages) -> Record:
    """What a page of this type is answered from. One query."""
    if not pages.as_of:
        return record_of(request)
    types = frozenset(each.type_name for each in all_pages() if each.as_of)
    return record_asked(request, types)


def list_view(pages: EntryPages) -> View:
    """The list of a type: filters, their controls and facets, a page of rows."""

    @require_safe
    @conditional("html")
    def entry_list(request: HttpRequest) -> HttpResponse:
        clean = without_noise(request.GET, several=pages.filterset.several())
        if clean is not None:
            return HttpResponseRedirect(f"{request.path}?{clean}" if clean else request.path)
        record = record_for(request, pages)
        filters = pages.filterset(request.GET, record=record)
        in_order = partial(page, order=filters.order)
        versions = filters.qs.select_related(None).only(*COLUMNS)
        found, bad_cursor = page_at(in_order, versions, request, pages.limit)
        fields = fields_of(filters)
        list_url = pages.list_url
        context = {
            "pages": pages,
            "edition": record.edition,
            "list_url": list_url,
            "as_of": as_of(record, _without_edition(list_url, request)),
            "clear_url": record.page(pages.type_name, list_url),
            "views": views_of(pages, request.GET, timeline=False),
            "breadcrumbs": [Crumb("Chronicle", reverse("home")), Crumb(pages.title)],
            "api_url": _api_list(pages, request),
            "forms": _forms_of(pages, request),
            "fields": fields,
            "histogram": histogram(filters),
            "problems": len(filters.errors),
            "active": filters.active(),
            "unused": unused(filters, {field.name for field in fields}),
            "ignored": ignored(filters),
            "total": number_of(filters),
            "all": number_of_all(filters),
            "sorts": sorts_of(filters),
            "rows": pages.rows(found.items, record),
            "bad_cursor": bad_cursor,
            **neighbours(request, found),
        }
        return render(request, templates_of(pages, "list"), context)

    return entry_list


def detail_view(pages: EntryPages) -> View:
    """The page of one entry; old slugs, ids and merged entries lead to where it is now."""

    @require_safe
    @conditional("html")
    def entry_detail(request: HttpRequest, slug: str) -> HttpResponse:
        record = record_for(request, pages)
        version = entry_or_redirect(request, record, pages.type_name, slug)
        if isinstance(version, HttpResponse):
            return version
        context = detail_context(pages, record, version, request.GET.dict())
        return render(request, templates_of(pages, "detail"), context)

    return entry_detail


def detail_context(
    pages: EntryPages,
    record: Record,
    version: Version,
    parameters: Mapping[str, str],
    *,
    refer: type[Referred] = Referred,
) -> dict[str, Any]:
    """What the template of an entry's page is given. ``refer`` looks up what it refers to."""
    document = document_of(version)
    editions = record.editions([record.number, version.edition_id])
    back = linked_back(record, version, pages.backlinks)
    linking = [entry.document for linked in back.values() for entry in linked.entries]
    referred = refer(record, [document, *linking])
    reading = Reading(
        record,
        version,
        document,
        back,
        referred,
        checks=record.checks([document]),
        parameters=parameters,
    )
    return {
        "pages": pages,
        "edition": record.edition,
        "as_of": as_of(record, pages.entry_type.url(version.public_id)),
        "breadcrumbs": [
            Crumb("Chronicle", reverse("home")),
            Crumb(pages.title, record.page(pages.type_name, pages.list_url)),
            Crumb(version.label),
        ],
        "page": entry_page(version, document, referred, editions.get(version.edition_id)),
        "in_time": in_time(record, version, pages.dated_by) if pages.dated_by else None,
        "claims": None,
        "heading": (),
        "evidence": None,
        **pages.detail(reading),
    }


def page_at(
    paged: Callable[..., Page], queryset: Any, request: HttpRequest, limit: int
) -> tuple[Page, bool]:
    """The page at the request's cursor; the first one, and True, where it is none of ours."""
    try:
        return paged(queryset, cursor=request.GET.get("cursor"), limit=limit), False
    except BadCursor:
        return paged(queryset, cursor=None, limit=limit), True


def neighbours(request: HttpRequest, found: Page) -> dict[str, str]:
    """Addresses of the pages before and after, empty where there is none."""

    def address(cursor: str | None) -> str:
        if cursor is None:
            return ""
        query = request.GET.copy()
        query["cursor"] = cursor
        return "?" + query.urlencode(safe=",/:")

    return {"next_url": address(found.next), "previous_url": address(found.previous)}


def list_address(type_name: str, **parameters: str) -> str:
    """Address of a type's list, filtered."""
    return f"{_pages[type_name].list_url}?{urlencode(parameters)}"


def _without_edition(url: str, request: HttpRequest) -> str:
    query = query_with(request.GET, {PARAMETER: []})
    return f"{url}?{query}" if query else url


def _forms_of(pages: EntryPages, request: HttpRequest) -> dict[str, str]:
    """The same list to be kept and followed; without paging, for they have all of it."""
    plural, query = pages.entry_type.plural, query_with(request.GET, {})
    addresses = {
        "feed": reverse("record:list_feed", args=[plural]),
        "csv": reverse("record:download", args=[plural, "csv"]),
        "jsonl": reverse("record:download", args=[plural, "jsonl"]),
    }
    return {name: f"{url}?{query}" if query else url for name, url in addresses.items()}


def _api_list(pages: EntryPages, request: HttpRequest) -> str:
    """The same list in the API."""
    query = query_with(request.GET, {PARAMETER: []})
    address = reverse(f"api:{pages.type_name}_list")
    return f"{address}?{query}" if query else address


def templates_of(pages: EntryPages, act: str) -> list[str]:
    """The room's own template, else the one for all."""
    own = f"{pages.entry_type.plural}/{pages.type_name}_{act}.html"
    return [own, f"record/entry_{act}.html"]
