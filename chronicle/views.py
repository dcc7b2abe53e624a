"""The home page, and the search over all types of entries."""

import re
from collections import defaultdict

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from chronicle.example import example
from chronicle.searching import Search
from record.addresses import address, without_noise
from record.as_of import PARAMETERS, NoSuchEdition, address_with
from record.conditional import conditional, record_of
from record.editions_over_time import last_editions
from record.entry_page import Crumb, home_crumb
from record.facets import totals_of
from record.filter_fields import NONE
from record.histogram import histogram
from record.kinds_over_time import kinds_over_time
from record.metadata import home_metadata
from record.overview import numbers
from record.pages import LIMIT, all_pages, neighbours, page_at, pages_of
from record.ranking import ranked_page
from record.suggestions import suggestions
from sources.coverage_by_source import coverage_by_source

WORD = re.compile(r"[^\W_]+")
LONGEST = 200  # letters of an address that are looked at


@require_safe
@conditional("html")
def home(request: HttpRequest) -> HttpResponse:
    """What is in it, and how to check it."""
    record, events = record_of(request), pages_of("event")
    context = {
        "edition": record.edition,
        "metadata": home_metadata(
            request, record, {each.entry_type.plural: str(each.title) for each in all_pages()}
        ),
        "numbers": numbers(record),
        "example": example(record),
        "events": events,
        "histogram": histogram(events.filterset(QueryDict(record.query), record=record)),
        "editions": last_editions(record),
    }
    return render(request, "chronicle/home.html", context)


@require_safe
@conditional("html")
def overview(request: HttpRequest) -> HttpResponse:
    """The whole record in pictures: by kind over time, by source, by edition. Twelve queries
    the first time in an edition."""
    record, events = record_of(request), pages_of("event")
    filters = events.filterset(None, record=record)
    context = {
        "edition": record.edition,
        "breadcrumbs": [home_crumb(record), Crumb(gettext("Overview"))],
        "events": events,
        "kinds": kinds_over_time(events, filters),
        "coverage": coverage_by_source(record),
        "editions": last_editions(record),
    }
    return render(request, "chronicle/overview.html", context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django does not read: too much of it, most often."""
    return render(request, "400.html", status=400)


@require_safe
@conditional("html")
def methodology(request: HttpRequest) -> HttpResponse:
    """What is claimed, how it is checked, and what is not known: with the numbers of now."""
    record = record_of(request)
    filters = pages_of("event").filterset(None, record=record)
    counted = totals_of(filters, ["contested", "single_source", "date"])
    context = {
        "edition": record.edition,
        "breadcrumbs": [home_crumb(record), Crumb(gettext("Method"))],
        "numbers": numbers(record)
        | {
            "contested": counted["contested"].get("true", 0),
            "single": counted["single_source"].get("true", 0),
            "undated": counted["date"].get(NONE, 0),
        },
    }
    return render(request, "chronicle/methodology.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """With a search for the words of the address, which may still be those of its title.

    Of an edition that is none, with what editions there are.
    """
    last = request.path.rstrip("/").rpartition("/")[2][:LONGEST]
    words = " ".join(WORD.findall(last))
    context = {
        "words": words,
        "edition": None,
        "reason": str(exception) if isinstance(exception, NoSuchEdition) else "",
        "now_url": address_with(request, None) if {*PARAMETERS} & {*request.GET} else "",
    }
    return render(request, "404.html", context, status=404)


@require_safe
@conditional("html")
def search(request: HttpRequest) -> HttpResponse:
    """Entries of every type that hold all the words, or name one that does; the best first."""
    clean = without_noise(request.GET)
    if clean is not None:
        return HttpResponseRedirect(address(request.path, clean))
    asked = Search(request.GET, record_of(request))
    found, bad_cursor = page_at(ranked_page, asked.hits, request, LIMIT)
    context = {
        "edition": asked.record.edition,
        "breadcrumbs": [home_crumb(asked.record), Crumb(gettext("Search"))],
        "search": asked,
        "rows": asked.rows(found.items),
        "bad_cursor": bad_cursor,
        **neighbours(request, found),
    }
    return render(request, "chronicle/search.html", context)


@require_safe
def lost_password(request: HttpRequest) -> HttpResponse:
    """In place of allauth's pages that send a link by e-mail."""
    return render(request, "account/lost_password.html")


@require_safe
@conditional("json")
def suggest(request: HttpRequest) -> HttpResponse:
    """A few entries by the beginnings of their names, by type, for a search box. One query.

    ``{"edition": 7, "groups": [{"title": "Actors", "entries": [{"name", "also", "url"}]}]}``
    """
    record = record_of(request)
    by_type = defaultdict(list)
    for found in suggestions(record, request.GET.get("q", "")):
        by_type[found.type].append({"name": found.name, "also": found.also, "url": found.url})
    groups = [
        {"title": str(pages.title), "entries": by_type[pages.type_name]}
        for pages in all_pages()
        if pages.type_name in by_type
    ]
    body = orjson.dumps({"edition": record.number, "groups": groups})
    return HttpResponse(body, content_type="application/json")
