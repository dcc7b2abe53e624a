"""The page of a map: a filtered list of places, or of what happened at them, drawn."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from places.map.asking import asked_of
from places.map.counting import ITSELF, found_by
from places.map.showing import Composer
from record.addresses import address, without_noise
from record.conditional import conditional, record_of
from record.facets import number_of
from record.list_forms import form_context
from record.pages import pages_under
from record.shown_as import map_url


@require_safe
@conditional("html")
def map_of_entries(request: HttpRequest, plural: str) -> HttpResponse:
    """Queries: those of the list's filters and their facets, and those of ``found_by``."""
    pages = pages_under(plural)
    if not pages.mapped_by:
        raise Http404(f"There is no map of “{plural}”.")
    clean = without_noise(request.GET, several=pages.filterset.several())
    if clean is not None:
        return HttpResponseRedirect(address(request.path, clean))
    record = record_of(request)
    filters = pages.filterset(request.GET, record=record)
    asked = asked_of(request.GET)
    url = map_url(pages)
    composer = Composer(pages, filters, found_by(pages, filters), url)
    context = form_context(request, pages, filters, present="map", url=url) | {
        "wrong": asked.wrong,
        "total": number_of(filters),
        "counted": pages.mapped_by != ITSELF,
        "map": composer.map_of(asked),
        "unlocated": composer.unlocated(),
        "all_unlocated": len(composer.found.unlocated),
    }
    return render(request, "places/map.html", context)
