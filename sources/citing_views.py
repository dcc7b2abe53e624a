"""Pages and files for citing: an entry, a claim, a set of entries; and a set that was cited."""

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from record.addresses import address, origin_of, query_with
from record.as_read import PARAMETER
from record.called import called, foreign
from record.conditional import conditional, record_of
from record.entry_page import Crumb, home_crumb
from record.following import ListAsked, list_asked
from record.models import Edition, Version
from record.moves import gone_page
from record.pages import COLUMNS, neighbours, page_at, pages_of, rows_of
from record.paging import page
from record.reading import Gone, Moved, NotInRecord, Record, document_of
from record.sets import MOST_SHOWN, asked_in_ids, entry_set, since
from record.types import type_of
from sources.bibliography.formats import FORMATS, write_bibliography
from sources.citing import ENDINGS, Cited
from sources.citing_entries import NoSuchClaim, cited_entry, claim_there
from sources.citing_sets import CHECKSUM, COUNT, cited_set, misfits, set_address

CLAIM = "claim"  # parameter
LIST_ONLY = ("cursor",)  # of the page of a list that leads here, no matter of the set
PLAIN = "text/plain; charset=utf-8"


@require_safe
@conditional("html")
def cite_entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """How to cite an entry, or with ``?claim=p2`` one claim of it. Four to seven queries."""
    record = record_of(request)
    version = _entry(request, record, public_id, "cite:entry")
    if isinstance(version, HttpResponse):
        return version
    cited, problem = _cited(request, record, version)
    pages = pages_of(version.type)
    entry_url = pages.entry_type.url(version.slug)
    title = called(document_of(version))
    query = query_with(request.GET, _edition_named(record) | ({CLAIM: ()} if problem else {}))
    context = _context(record, cited, "files:cite_entry", version.public_id, query) | {
        "breadcrumbs": [
            home_crumb(record),
            Crumb(str(pages.title), record.page(pages.list_url)),
            Crumb(title.name, record.page(entry_url), title.language),
            Crumb(gettext("Cite this")),
        ],
        "version": version,
        "language": foreign(cited.language),
        "problem": problem,
    }
    status = HTTPStatus.NOT_FOUND if problem else HTTPStatus.OK
    return render(request, "cite/entry.html", context, status=status)


@require_safe
@conditional("bibliography")
def cite_entry_file(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """The same as a bibliography. As many queries."""
    record = record_of(request)
    version = _entry(request, record, public_id, "files:cite_entry", ending)
    if isinstance(version, HttpResponse):
        return version
    cited, problem = _cited(request, record, version)
    if problem:
        return HttpResponse(f"{problem}\n", status=HTTPStatus.NOT_FOUND, content_type=PLAIN)
    return _file(cited, ending)


@require_safe
@conditional("html")
def cite_list(request: HttpRequest, plural: str) -> HttpResponse:
    """How to cite what the filters of a list find, whole. Queries as the list, and up to eight."""
    asked = list_asked(request, plural, beside=LIST_ONLY)
    if isinstance(asked, HttpResponse):
        return asked
    edition, found = _edition(asked.record), entry_set(asked.filters)
    cited = cited_set(asked, edition, found, origin=origin_of(request))
    query = query_with(request.GET, _edition_named(asked.record))
    context = _context(asked.record, cited, "files:cite_list", plural, query) | {
        "breadcrumbs": _list_crumbs(asked, gettext("Cite this list")),
        "asked": asked,
        "found": found,
        "set_url": set_address(asked, edition.number, found),
    }
    return render(request, "cite/list.html", context)


@require_safe
@conditional("bibliography")
def cite_list_file(request: HttpRequest, plural: str, ending: str) -> HttpResponse:
    """The same as a bibliography. As many queries."""
    asked = list_asked(request, plural, beside=LIST_ONLY)
    if isinstance(asked, HttpResponse):
        return asked
    edition, found = _edition(asked.record), entry_set(asked.filters)
    return _file(cited_set(asked, edition, found, origin=origin_of(request)), ending)


@require_safe
@conditional("html")
def cited_list(request: HttpRequest, plural: str) -> HttpResponse:
    """A set that was cited: whether it is the very one, what is in it, and what has changed since.

    ``?edition=3&count=12&sha256=…`` beside the filters; with neither count nor checksum it is not
    said whether it is the very one. Queries as two lists, and up to four.
    """
    asked = list_asked(request, plural, beside=(*LIST_ONLY, COUNT, CHECKSUM))
    if isinstance(asked, HttpResponse):
        return asked
    found, edition = entry_set(asked.filters), _edition(asked.record)
    pages = asked.pages
    in_order = partial(page, order=asked.filters.order)
    versions = asked.filters.qs.select_related(None).only(*COLUMNS)
    shown, bad_cursor = page_at(in_order, versions, request, pages.limit)
    given = {name: request.GET.get(name, "").strip() for name in (COUNT, CHECKSUM)}
    context = {
        "edition": edition,
        "breadcrumbs": _list_crumbs(asked, gettext("A cited set")),
        "asked": asked,
        "names_edition": PARAMETER in request.GET,
        "found": found,
        "says_of_it": any(given.values()),
        "misfits": misfits(asked, found, given[COUNT], given[CHECKSUM]),
        "newest": asked.record.newest,
        "since": None
        if asked.record.number == asked.record.newest
        else since(found, asked.filters, pages.filterset(request.GET, record=asked.record.now)),
        "most_shown": MOST_SHOWN,
        "rows": rows_of(shown.items, asked.record),
        "bad_cursor": bad_cursor,
        "cite_url": address(
            reverse("cite:list", args=[plural]),
            query_with(request.GET, {COUNT: (), CHECKSUM: ()}),
        ),
        **neighbours(request, shown),
    }
    return render(request, "cite/set.html", context)


def _entry(
    request: HttpRequest, record: Record, public_id: str, name: str, *more: str
) -> Version | HttpResponse:
    """The entry of that id; 301 to where a merged one, and its claim, is cited now; or 410."""
    try:
        return record.get(type_of(public_id).name, public_id)
    except (KeyError, NotInRecord):
        raise Http404(f"Nothing is published under the id “{public_id[:40]}”.") from None
    except Gone as gone:
        return gone_page(request, record, gone)
    except Moved as moved:
        claim = claim_there(record, moved, request.GET.get(CLAIM, ""))
        query = query_with(request.GET, {CLAIM: (claim,) if claim else ()})
        url = reverse(name, args=[moved.version.public_id, *more])
        return HttpResponsePermanentRedirect(address(url, query))


def _cited(request: HttpRequest, record: Record, version: Version) -> tuple[Cited, str]:
    """What is cited; and a sentence where there is no such claim, so that it is the whole entry."""
    edition, origin = _edition(record), origin_of(request)
    claim = request.GET.get(CLAIM, "")
    try:
        return cited_entry(record, edition, version, claim, origin=origin), ""
    except NoSuchClaim as error:
        return cited_entry(record, edition, version, "", origin=origin), str(error)


def _context(record: Record, cited: Cited, file_name: str, of: str, query: str) -> dict[str, Any]:
    """Of a page that says how to cite something. Its files: ``file_name`` of ``of``."""
    written = cited.written()
    urls = [address(reverse(file_name, args=[of, each.ending]), query) for each in written]
    return {
        "edition": record.edition,
        "cited": cited,
        "forms": list(zip(written, urls, strict=True)),
    }


def _list_crumbs(asked: ListAsked, last: str) -> Sequence[Crumb]:
    query = urlencode(asked_in_ids(asked.filters), safe=",/:")
    list_url = address(asked.pages.list_url, query)
    return [
        home_crumb(asked.record),
        Crumb(str(asked.pages.title), asked.record.page(list_url)),
        Crumb(last),
    ]


def _edition(record: Record) -> Edition:
    if record.edition is None:
        raise Http404("Nothing has been published yet, so nothing can be cited.")
    return record.edition


def _edition_named(record: Record) -> dict[str, Sequence[str]]:
    """For the addresses of files, so that they go on being of what the page shows."""
    return {PARAMETER: (str(record.number),)}


def _file(cited: Cited, ending: str) -> HttpResponse:
    kind = ENDINGS[ending]
    _, _, content_type, _ = FORMATS[kind]
    headers = {"Content-Disposition": f'attachment; filename="{cited.label}.{ending}"'}
    text = write_bibliography(cited.items, kind)
    return HttpResponse(text, content_type=content_type, headers=headers)
