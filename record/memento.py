"""Entries in time for programs that ask by date: Memento (RFC 7089).

An entry's page is the original resource and its own TimeGate: asked with ``Accept-Datetime`` it
leads to the page as of the edition that wrote the version of then. Such a page, ``?edition=N``, is
a memento. All versions that can be read stand in a TimeMap.
"""

import datetime
from collections.abc import Callable, Sequence
from email.utils import format_datetime, parsedate_to_datetime
from functools import wraps
from http import HTTPStatus
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from record.addresses import origin_of
from record.as_of import PARAMETERS
from record.as_read import AsRead
from record.conditional import CACHE_CONTROL, View, record_of
from record.models import State, Version
from record.reading import Gone, Moved, NotInRecord, Record
from record.types import EntryType, type_named

ASKED = "Accept-Datetime"
LINK_FORMAT = "application/link-format"  # RFC 6690
LONGEST = 60  # letters of what was asked for instead
EXAMPLE = "Thu, 31 May 2007 20:35:00 GMT"


class Memento(NamedTuple):
    """A version that can be read: its edition, when that was published, and its slug then."""

    edition: int
    at: datetime.datetime
    slug: str


def mementos(record: Record, public_id: str) -> list[Memento]:
    """Of an entry up to an edition, the first one first. One query."""
    versions = Version.objects.filter(
        public_id=public_id, edition__lte=record.number, state=State.PUBLISHED, redacted_in=None
    )
    rows = versions.order_by("edition_id").values_list("edition", "edition__published_at", "slug")
    return [Memento(*row) for row in rows]


def time_gate(type_name: str) -> Callable[[View], View]:
    """For views of an entry by its slug: three queries where a date is asked for, else none."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, slug: str) -> HttpResponseBase:
            response = _gate(request, type_named(type_name), slug) or view(request, slug)
            patch_vary_headers(response, [ASKED])
            return response

        return wrapped

    return decorate


def memento_headers(
    request: HttpRequest, entry_type: EntryType, version: Version
) -> dict[str, str]:
    """The headers of an entry's page. One query where an edition is asked for, else none."""
    record = record_of(request)
    if not record.is_asked or record.edition is None:
        origin = origin_of(request)
        links = [
            _link(origin + entry_type.url(version.slug), rel="original timegate"),
            _link(origin + _map_url(version.public_id), rel="timemap", type=LINK_FORMAT),
        ]
        return {"Link": ", ".join(links)}
    found = mementos(record.now, version.public_id)
    at = record.edition.published_at
    links = _all_links(request, entry_type, version.public_id, found, ends=True)
    return {"Memento-Datetime": _written(at), "Link": ", ".join(links)}


def time_map(request: HttpRequest, entry_type: EntryType, public_id: str) -> HttpResponse | None:
    """Every version that can be read, as RFC 6690 has links; ``None`` without any. One query."""
    found = mementos(record_of(request), public_id)
    if not found:
        return None
    links = _all_links(request, entry_type, public_id, found, ends=False)
    return HttpResponse(",\n".join(links) + "\n", content_type=LINK_FORMAT)


def _gate(request: HttpRequest, entry_type: EntryType, slug: str) -> HttpResponseBase | None:
    """Where a date that is asked for leads; what is nowhere now is left to the view."""
    text = request.headers.get(ASKED, "")
    if not text or {*PARAMETERS} & {*request.GET}:
        return None  # a memento is of its edition, whatever else is asked for
    wanted = _read(text)
    if wanted is None:
        said = f"“{text[:LONGEST]}” is no date. {ASKED} takes one like “{EXAMPLE}”.\n"
        return HttpResponse(
            said,
            status=HTTPStatus.BAD_REQUEST,
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": "no-store"},
        )
    try:
        version = record_of(request).get(entry_type.name, slug)
    except (NotInRecord, Moved, Gone):
        return None
    found = mementos(record_of(request), version.public_id)
    # Before the first version there is none to show, so that one is.
    chosen = next((each for each in reversed(found) if each.at <= wanted), found[0])
    links = _all_links(request, entry_type, version.public_id, found, ends=True)
    url = origin_of(request) + _url(entry_type, chosen)
    headers = {"Link": ", ".join(links), "Cache-Control": CACHE_CONTROL}
    return HttpResponseRedirect(url, headers=headers)


def _all_links(
    request: HttpRequest,
    entry_type: EntryType,
    public_id: str,
    found: Sequence[Memento],
    *,
    ends: bool,
) -> list[str]:
    """Of the original, the TimeMap and the mementos: with ``ends`` the first and last alone."""
    origin = origin_of(request)
    last = len(found) - 1
    span = {} if ends else {"from": _written(found[0].at), "until": _written(found[-1].at)}
    rel = "timemap" if ends else "self"
    links = [
        _link(origin + entry_type.url(found[-1].slug), rel="original timegate"),
        _link(origin + _map_url(public_id), rel=rel, type=LINK_FORMAT, **span),
    ]
    for number, memento in enumerate(found):
        place = ("first " if number == 0 else "") + ("last " if number == last else "")
        if place or not ends:
            url = origin + _url(entry_type, memento)
            links.append(_link(url, rel=f"{place}memento", datetime=_written(memento.at)))
    return links


def _link(url: str, **parameters: str) -> str:
    return "; ".join([f"<{url}>", *(f'{name}="{value}"' for name, value in parameters.items())])


def _url(entry_type: EntryType, memento: Memento) -> str:
    return AsRead(memento.edition).pinned(entry_type.url(memento.slug))


def _map_url(public_id: str) -> str:
    return reverse("record:entry_time_map", args=[public_id])


def _written(moment: datetime.datetime) -> str:
    return format_datetime(moment.astimezone(datetime.UTC), usegmt=True)


def _read(text: str) -> datetime.datetime | None:
    """A date as RFC 9110 has it; ``None`` where it is none."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else None
