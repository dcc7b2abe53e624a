"""Addresses that are not where an entry is: old ones, merged ones, withdrawn ones, no one's."""

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from record.models import State, Version
from record.reading import Gone, Moved, NotInRecord, Record, document_of, standing
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


def why_gone(tombstone: Version) -> str:
    """For programs: since which edition, and its reason."""
    went_in = tombstone.went_in
    return (
        f"{tombstone.public_id} was {tombstone.state} in edition {went_in.number}: {went_in.reason}"
    )


def _leading(record: Record, moved: Moved, citation: str) -> HttpResponse:
    """301 to the entry, or to the citation under the key that it has there since a merge."""
    version, entry_type = moved.version, type_named(moved.version.type)
    there = entry_type.url(version.slug)
    if citation and (key := key_now(record, moved, citation)):
        there = entry_type.citation_url(version.slug, key)
    return HttpResponsePermanentRedirect(record.page(there))


def key_now(record: Record, moved: Moved, key: str) -> str:
    """The key of a part or citation where its entry is now; empty where it did not go with it.

    One query a merge, but for the first."""
    tombstone = moved.tombstone
    while tombstone is not None:
        keys: dict[str, str] = orjson.loads(tombstone.document)["keys"]
        into, _, key = keys.get(f"{tombstone.public_id}/{key}", "").partition("/")
        if not key or into == moved.version.public_id:
            return key
        tombstone = Version.objects.filter(
            standing(record.number), public_id=into, state=State.MERGED
        ).first()
        if tombstone is None:
            return ""
    return key


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
