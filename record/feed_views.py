"""Addresses of feeds, and of lists as files."""

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.views.decorators.http import require_safe

from record.addresses import origin_of
from record.conditional import conditional, record_of
from record.corrections import corrections, read_asked
from record.downloads import FORMATS
from record.feeds import CURSOR, LENGTH, Feed, atom, cursor_in, edition_in, newest
from record.following import list_asked
from record.history import history_of
from record.models import Version
from record.reading import NotInRecord

ATOM = "atom"  # for ETags


@require_safe
@conditional(ATOM)
def record_feed(request: HttpRequest) -> HttpResponse:
    """Every version of the whole record, newest first. Four queries at most. Raises Http404."""
    record = record_of(request)
    cursor = edition_in(cursor_in(request.GET))
    first, last = (record.number, record.number) if cursor is None else (cursor, cursor)
    # Every edition has a version, so those of one document are in as many editions.
    around = range(max(first - LENGTH, 1), min(last + LENGTH, record.number) + 1)
    versions = Version.objects.filter(edition__in=around).select_related("edition")
    feed = Feed(
        settings.SITE_NAME,
        "Everything that is published, corrected and taken back.",
        record.address("record:edition_list"),
    )
    return atom(request, feed, newest(versions, record, request.GET))


@require_safe
@conditional(ATOM)
def correction_feed(request: HttpRequest) -> HttpResponse:
    """The list of corrections, filtered alike. Four queries at most."""
    record = record_of(request)
    path = request.get_full_path().replace(request.path, reverse("record:correction_list"), 1)
    feed = Feed(f"{settings.SITE_NAME}: corrections", "What was put right, with its reason.", path)
    return atom(
        request, feed, newest(corrections(record, read_asked(request.GET)), record, request.GET)
    )


@require_safe
@conditional(ATOM)
def entry_feed(request: HttpRequest, public_id: str) -> HttpResponse:
    """The versions of one entry. Three queries, one more where it is gone. Raises Http404."""
    record = record_of(request)
    try:
        history = history_of(record, public_id)
    except NotInRecord:
        raise Http404(f"Nothing has been published under the id “{public_id[:40]}”.") from None
    feed = Feed(
        f"{settings.SITE_NAME}: {history.name}",
        "Every version of this entry.",
        record.address("record:entry_history", public_id),
    )
    versions = Version.objects.filter(public_id=public_id, edition__lte=record.number)
    return atom(request, feed, newest(versions.select_related("edition"), record, request.GET))


@require_safe
@conditional(ATOM)
def list_feed(request: HttpRequest, plural: str) -> HttpResponse:
    """The entries of a filtered list, those that changed last first; 400 for wrong filters.

    As many queries as the list's filters take, and three.
    """
    asked = list_asked(request, plural, beside=[CURSOR])
    if isinstance(asked, HttpResponse):
        return asked
    feed = Feed(
        f"{settings.SITE_NAME}: {asked.title}",
        "Entries that are new in this list, and new versions of those that are in it.",
        asked.path,
    )
    return atom(request, feed, newest(asked.filters.qs, asked.record, request.GET))


@require_safe
@conditional("download")
def list_download(request: HttpRequest, plural: str, form: str) -> HttpResponseBase:
    """A filtered list as a file, whole, in the order that the list is in; 400 for wrong filters."""
    asked = list_asked(request, plural)
    if isinstance(asked, HttpResponse):
        return asked
    content_type, written = FORMATS[form]
    name = f"{plural}-edition-{asked.record.number}.{form}"
    return StreamingHttpResponse(
        written(asked, origin_of(request)),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
