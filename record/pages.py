"""Pages of entries: a list and a detail page for each type, read from one edition.

Each room says here how its entries are shown; whatever they have in common is done once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronicle import localised
from record.addresses import address, without_noise
from record.as_of import address_with
from record.backlinks import Backlink, LinkedBack, linked_back
from record.conditional import View, conditional, record_of
from record.entry_page import Crumb, EntryPage, entry_page, home_crumb
from record.facets import number_of, number_of_all
from record.fields import fields_of, sorts_of
from record.filters import RecordFilter
from record.histogram import histogram
from record.kept_rows import kept_rows
from record.linked_data import Data, filled, named
from record.list_files import api_list, forms_of
from record.memento import memento_headers, time_gate
from record.metadata import Metadata, entry_metadata, list_metadata
from record.models import Check, Version
from record.moves import entry_or_redirect
from record.neighbours import in_time
from record.paging import BadCursor, Page, page
from record.reading import Record, document_of
from record.referred import Referred, targets_in
from record.rows import EntryRow
from record.shown_as import shown_as
from record.timeline.lanes import LanesBy
from record.types import Document, EntryType, WordsForClaim, entry_types, type_named
from record.unused import ignored, unused

LIMIT = 50  # rows of one page of a list
LONGEST = 60  # letters of what somebody made up
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
    """How entries of one type are shown. ``many`` is what they are called, ``counted`` says how
    many (by ``number``, with ``count`` as it is written); both, and ``title``, ``lead`` and
    ``none``, are to be translated.

    ``row`` makes one row of a list; ``detail`` the context of an entry's page, besides what all
    pages have; ``thing`` what the entry is of, in schema.org's words, and ``mentioned`` its kind
    where others name it, if they are to tell it; ``backlinks`` are what it is to be told of others
    that refer to the entry. ``words`` say the claims of a document, where the type has claims with
    evidence. ``dated_by`` is the field whose date puts its entries in the order of time, where one
    does; ``lanes``: what their timeline can be parted by; ``together_by``: the filter by those who
    can stand together in one; ``mapped_by``: the filter by the places where they stand on a map,
    where they do; ``itself`` of places.
    """

    type_name: str
    title: Any
    lead: Any
    many: Any
    counted: Any
    none: Any
    filterset: type[RecordFilter]
    row: Callable[[Document, Referred], EntryRow]
    detail: Callable[[Reading], dict[str, Any]]
    thing: Callable[[Document, Referred], Data]
    backlinks: Sequence[Backlink] = field(default=())
    words: Callable[[Document, Referred], WordsForClaim] | None = None
    mentioned: str = ""
    dated_by: str = ""
    together_by: str = ""
    lanes: Sequence[LanesBy] = ()
    mapped_by: str = ""
    limit: int = LIMIT
    keep_rows: bool = True

    @property
    def entry_type(self) -> EntryType:
        return type_named(self.type_name)

    @property
    def one(self) -> str:
        return str(self.entry_type.one)

    @property
    def list_url(self) -> str:
        return self.entry_type.list_url

    def number(self, number: int) -> str:
        """“1 event”, “1,204 events”."""
        return counted_words(self.counted, number)

    def rows(self, versions: Sequence[Version], record: Record) -> Sequence[Any]:
        """Of a list: two to four queries where not all of them are kept."""
        if self.keep_rows:
            return kept_rows(versions, record, rows_of)
        return rows_of(versions, record)


def counted_words(counted: Any, number: int) -> str:
    """``counted``: what ``ngettext_lazy(…, "number")`` gives, with ``count`` for the number."""
    return str(counted % {"number": number, "count": localised.number(number)})


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


def pages_under(plural: str) -> EntryPages:
    """Those whose addresses begin with it. Raises Http404."""
    found = next((each for each in all_pages() if each.entry_type.plural == plural), None)
    if found is None:
        raise Http404(f"There are no lists of “{plural[:LONGEST]}”.")
    return found


def rows_of(versions: Sequence[Version], record: Record) -> list[EntryRow]:
    """Rows of a list, of whatever types. Two to four queries."""
    documents = [document_of(version) for version in versions]
    referred = Referred(record, documents)
    return [_pages[document["type"]].row(document, referred) for document in documents]


def list_view(pages: EntryPages) -> View:
    """The list of a type: filters, their controls and facets, a page of rows."""

    @require_safe
    @conditional("html")
    def entry_list(request: HttpRequest) -> HttpResponse:
        clean = without_noise(request.GET, several=pages.filterset.several())
        if clean is not None:
            return HttpResponseRedirect(address(request.path, clean))
        record = record_of(request)
        filters = pages.filterset(request.GET, record=record)
        in_order = partial(page, order=filters.order)
        versions = filters.qs.select_related(None).only(*COLUMNS)
        found, bad_cursor = page_at(in_order, versions, request, pages.limit)
        fields = fields_of(filters)
        list_url = pages.list_url
        rows = pages.rows(found.items, record)
        context = {
            "pages": pages,
            "edition": record.edition,
            "list_url": list_url,
            "metadata": list_metadata(
                request,
                record,
                title=str(pages.title),
                lead=str(pages.lead),
                url=address_with(request, None),
                total=number_of(filters),
            ),
            "clear_url": record.page(list_url),
            "breadcrumbs": [home_crumb(record), Crumb(str(pages.title))],
            "views": shown_as(pages, request.GET, present="list"),
            "api_url": api_list(pages, request),
            "forms": forms_of(pages, request),
            "fields": fields,
            "kept": (),
            "histogram": histogram(filters),
            "problems": len(filters.errors),
            "active": filters.active(),
            "unused": unused(filters, {field.name for field in fields}),
            "ignored": ignored(filters),
            "total": number_of(filters),
            "all": number_of_all(filters),
            "sorts": sorts_of(filters),
            "rows": rows,
            "listed": list(zip(found.items, rows, strict=True)),
            "bad_cursor": bad_cursor,
            **neighbours(request, found),
        }
        return render(request, templates_of(pages, "list"), context)

    return entry_list


def detail_view(pages: EntryPages) -> View:
    """The page of one entry; old slugs, ids and merged entries lead to where it is now."""

    @require_safe
    @time_gate(pages.type_name)
    @conditional("html")
    def entry_detail(request: HttpRequest, slug: str) -> HttpResponse:
        record = record_of(request)
        version = entry_or_redirect(request, record, pages.type_name, slug)
        if isinstance(version, HttpResponse):
            return version
        context = detail_context(
            pages, record, version, request.GET.dict(), told=partial(_metadata, request, pages)
        )
        answer = render(request, templates_of(pages, "detail"), context)
        for name, value in memento_headers(request, pages.entry_type, version).items():
            answer[name] = value
        return answer

    return entry_detail


def detail_context(
    pages: EntryPages,
    record: Record,
    version: Version,
    parameters: Mapping[str, str],
    *,
    refer: type[Referred] = Referred,
    told: Callable[[Reading, EntryPage], Metadata] | None = None,
) -> dict[str, Any]:
    """What the template of an entry's page is given. ``refer`` looks up what it refers to;
    ``told`` is what the page tells programs of itself, where it is a public one."""
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
    page_of_it = entry_page(version, document, referred, editions.get(version.edition_id))
    return {
        "pages": pages,
        "edition": record.edition,
        "metadata": told(reading, page_of_it) if told else None,
        "breadcrumbs": [
            home_crumb(record),
            Crumb(str(pages.title), record.page(pages.list_url)),
            Crumb(page_of_it.title, language=page_of_it.title_language),
        ],
        "page": page_of_it,
        "in_time": in_time(record, version, pages.dated_by) if pages.dated_by else None,
        "claims": None,
        "heading": (),
        "evidence": None,
        **pages.detail(reading),
    }


def _metadata(
    request: HttpRequest, pages: EntryPages, reading: Reading, page_of_it: EntryPage
) -> Metadata:
    told = linked_parts(pages, reading.document, reading.referred)
    return entry_metadata(request, reading, page_of_it, *told, pages.dated_by)


def linked_parts(
    pages: EntryPages, document: Document, referred: Referred
) -> tuple[Data, dict[str, Data], list[Data | None]]:
    """What an entry is of, the sources that it cites, by id, and whom it mentions."""
    source = pages_of("source")
    works = {
        public_id: filled(source.thing(referred.documents[public_id], referred))
        for public_id in dict.fromkeys(each["source"] for each in document.get("citations", ()))
    }
    names = [referred.names[each] for each in sorted({each.id for each in targets_in(document)})]
    mentions = [named(name, kind) for name in names if (kind := pages_of(name.type).mentioned)]
    return pages.thing(document, referred), works, mentions


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

    def at(cursor: str | None) -> str:
        if cursor is None:
            return ""
        query = request.GET.copy()
        query["cursor"] = cursor
        return "?" + query.urlencode(safe=",/:")

    return {"next_url": at(found.next), "previous_url": at(found.previous)}


def list_address(record: Record, type_name: str, **parameters: str) -> str:
    """Address of a type's list, filtered."""
    return record.page(f"{_pages[type_name].list_url}?{urlencode(parameters)}")


def templates_of(pages: EntryPages, act: str) -> list[str]:
    """The room's own template, else the one for all."""
    own = f"{pages.entry_type.plural}/{pages.type_name}_{act}.html"
    return [own, f"record/entry_{act}.html"]
