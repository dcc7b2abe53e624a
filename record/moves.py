"""Addresses that are not where an entry is: old ones, merged ones, withdrawn ones, no one's."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from record.models import State, Version
from record.reading import Gone, Moved, NotInRecord, Record
from record.types import type_named

STATES = {
    State.MERGED: "was merged into one that is gone",
    State.WITHDRAWN: "has been withdrawn",
    State.REDACTED: "has been redacted",
}


def entry_or_redirect(
    request: HttpRequest, record: Record, type_name: str, slug: str
) -> Version | HttpResponse:
    """The entry at this address; or 301 to where it is, 410 with the reason. Raises Http404."""
    entry_type = type_named(type_name)
    try:
        version = record.get(type_name, slug)
    except NotInRecord:
        raise Http404(f"There is no {type_name} at “{slug}”.") from None
    except Moved as moved:
        return HttpResponsePermanentRedirect(entry_type.url(moved.version.slug))
    except Gone as gone:
        context = {
            "edition": record.edition,
            "version": gone.version,
            "into": gone.into,
            "what": STATES[State(gone.version.state)],
        }
        return render(request, "410.html", context, status=410)
    if slug != version.slug:
        return HttpResponsePermanentRedirect(entry_type.url(version.slug))
    return version
