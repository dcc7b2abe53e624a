"""The page of a timeline: a filtered list of dated entries, drawn."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronicle.named_addresses import url_of
from record.addresses import address, query_with, without_noise
from record.as_of import address_with
from record.conditional import conditional, record_of
from record.filters import DatedFilter
from record.list_forms import form_context
from record.metadata import oembed_address
from record.pages import pages_under
from record.shown_as import timeline_url
from record.timeline.asking import asked_of
from record.timeline.showing import timeline_of


@require_safe
@conditional("html")
def timeline(request: HttpRequest, plural: str) -> HttpResponse:
    """Queries: those of the list's filters and their facets, and those of ``timeline_of``."""
    pages = pages_under(plural)
    if not pages.dated_by or not issubclass(pages.filterset, DatedFilter):
        raise Http404(f"There is no timeline of “{plural}”.")
    clean = without_noise(request.GET, several=pages.filterset.several())
    if clean is not None:
        return HttpResponseRedirect(address(request.path, clean))
    record = record_of(request)
    filters = pages.filterset(request.GET, record=record)
    asked = asked_of(request.GET, pages.lanes)
    reach, drawn = timeline_of(pages, filters, asked)
    url = timeline_url(pages)
    context = form_context(request, pages, filters, present="timeline", url=url) | {
        "wrong": asked.wrong,
        "total": reach.number,
        "timeline": drawn,
        "embed_url": address(url_of("embeds:embed_timeline", plural), query_with(request.GET, {})),
        "oembed_url": oembed_address(request, record, address_with(request, None)),
    }
    return render(request, "record/timeline.html", context)
