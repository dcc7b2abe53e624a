"""The page of a map: a filtered list of places, or of what happened at them, drawn."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from places.map.asking import OWN, asked_of
from places.map.counting import ITSELF, found_by
from places.map.showing import Composer
from record.addresses import address, without_noise
from record.conditional import conditional, record_of
from record.entry_page import Crumb, home_crumb
from record.facets import number_of, number_of_all
from record.fields import fields_of
from record.pages import all_pages
from record.shown_as import map_url, shown_as
from record.unused import ignored, unused

LONGEST = 60  # letters of what somebody made up


@require_safe
@conditional("html")
def map_of_entries(request: HttpRequest, plural: str) -> HttpResponse:
    """Queries: those of the list's filters and their facets, and those of ``found_by``."""
    pages = next((each for each in all_pages() if each.entry_type.plural == plural), None)
    if pages is None or not pages.mapped_by:
        raise Http404(f"There is no map of “{plural[:LONGEST]}”.")
    clean = without_noise(request.GET, several=pages.filterset.several())
    if clean is not None:
        return HttpResponseRedirect(address(request.path, clean))
    record = record_of(request)
    filters = pages.filterset(request.GET, record=record)
    asked = asked_of(request.GET)
    url = map_url(pages)
    composer = Composer(pages, filters, found_by(pages, filters), url)
    fields = fields_of(filters)
    context = {
        "pages": pages,
        "edition": record.edition,
        "list_url": url,
        "clear_url": record.page(url),
        "breadcrumbs": [
            home_crumb(record),
            Crumb(pages.title, record.page(pages.list_url)),
            Crumb("Map"),
        ],
        "views": shown_as(pages, request.GET, present="map"),
        "kept": [(name, request.GET[name]) for name in OWN if name in request.GET],
        "fields": fields,
        "sorts": (),
        "problems": len(filters.errors),
        "active": filters.active(),
        "unused": unused(filters, {field.name for field in fields}),
        "ignored": ignored(filters),
        "wrong": asked.wrong,
        "total": number_of(filters),
        "all": number_of_all(filters),
        "counted": pages.mapped_by != ITSELF,
        "map": composer.map_of(asked),
        "unlocated": composer.unlocated(),
    }
    return render(request, "places/map.html", context)
