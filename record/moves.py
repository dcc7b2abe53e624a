"""Addresses that are not where an entry is: old ones, merged ones, withdrawn ones, no one's."""

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from record.models import State, Version
from record.reading import Gone, Moved, NotInRecord, Record, document_of
from record.types import type_named

# Translators: what became of an entry, behind its name or “This entry”: “P1 has been withdrawn”.
STATES = {
    State.MERGED: gettext_lazy("was merged into one that is gone"),
    State.WITHDRAWN: gettext_lazy("has been withdrawn"),
    State.REDACTED: gettext_lazy("has been redacted"),
}


def entry_or_redirect(
    request: HttpRequest, record: Record, type_name: str, slug: str, *, citation: str = ""
) -> Version | HttpResponse:
    """The entry at this address; or 301 to where it is, 410 with the reason. Raises Http404.

    With the key of a ``citation``, 301 leads to the page of that.
    """
    try:
        version = record.get(type_name, slug)
    except NotInRecord:
        raise Http404(f"There is no {type_name} at “{slug}”.") from None
    except Moved as moved:
        return _leading(record, moved, citation)
    except Gone as gone:
        return gone_page(request, record, gone)
    if slug != version.slug:
        return _leading(record, Moved(version), citation)
    return version


def gone_page(request: HttpRequest, record: Record, gone: Gone) -> HttpResponse:
    """410: since which edition, and why."""
    context = {
        "edition": record.edition,
        "version": gone.version,
        "since": gone.version.went_in,
        "into": gone.into,
    }
    return render(request, "410.html", context, status=410)


def _leading(record: Record, moved: Moved, citation: str) -> HttpResponse:
    address = record.page(_address_now(moved, citation))
    return HttpResponsePermanentRedirect(address)


def _address_now(moved: Moved, citation: str) -> str:
    """Of the entry, or of the citation under the key that it has there since a merge."""
    version, entry_type = moved.version, type_named(moved.version.type)
    if citation and (key := citation_now(moved, citation)):
        return entry_type.citation_url(version.slug, key)
    return entry_type.url(version.slug)


def citation_now(moved: Moved, citation: str) -> str:
    """The key of a citation where its entry is now; empty where it did not go with it."""
    if moved.tombstone is None:
        return citation
    keys = orjson.loads(moved.tombstone.document)["keys"]
    now: str = keys.get(f"{moved.tombstone.public_id}/{citation}", "")
    there, _, key = now.partition("/")
    return key if there == moved.version.public_id else ""


def last_with_citation(record: Record, version: Version, key: str) -> Version | None:
    """The last version of the entry that had a citation of that key, if any did. One query."""
    earlier = Version.objects.filter(
        public_id=version.public_id,
        edition__lt=version.edition_id,
        state=State.PUBLISHED,
        redacted_in=None,
    )
    return next(
        (
            found
            for found in earlier.select_related("superseded_in").order_by("-edition_id")
            if any(citation["key"] == key for citation in document_of(found)["citations"])
        ),
        None,
    )
