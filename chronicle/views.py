"""The home page, and the search over all types of entries."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chronicle.example import example
from chronicle.searching import search_for
from record.addresses import without_noise
from record.conditional import conditional, record_of
from record.entry_page import Crumb
from record.histogram import histogram
from record.models import Version
from record.overview import numbers
from record.pages import LIMIT, neighbours, page_at, pages_of, rows_of
from record.paging import page

WORD = re.compile(r"[^\W_]+")
LONGEST = 200  # letters of an address that are looked at


@require_safe
@conditional("html")
def home(request: HttpRequest) -> HttpResponse:
    """What is in it, and how to check it."""
    record, events = record_of(request), pages_of("event")
    context = {
        "edition": record.edition,
        "numbers": numbers(record),
        "example": example(record),
        "events": events,
        "histogram": histogram(events.filterset(None, record=record)),
        "changed": Version.objects.filter(edition=record.number).count(),
    }
    return render(request, "chronicle/home.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """With a search for the words of the address, which may still be those of its title."""
    last = request.path.rstrip("/").rpartition("/")[2][:LONGEST]
    words = " ".join(WORD.findall(last))
    return render(request, "404.html", {"words": words, "edition": None}, status=404)


@require_safe
@conditional("html")
def search(request: HttpRequest) -> HttpResponse:
    """Entries of every type that hold all the words, or name one that does."""
    clean = without_noise(request.GET)
    if clean is not None:
        return HttpResponseRedirect(f"{request.path}?{clean}" if clean else request.path)
    record = record_of(request)
    wanted = search_for(request.GET, record)
    found, bad_cursor = page_at(page, wanted.versions, request, LIMIT)
    context = {
        "edition": record.edition,
        "breadcrumbs": [Crumb("Chronicle", reverse("home")), Crumb("Search")],
        "wanted": wanted,
        "rows": rows_of(found.items, record),
        "bad_cursor": bad_cursor,
        **neighbours(request, found),
    }
    return render(request, "chronicle/search.html", context)


@require_safe
def lost_password(request: HttpRequest) -> HttpResponse:
    """In place of allauth's pages that send a link by e-mail."""
    return render(request, "account/lost_password.html")
