"""Cards as pages of their own, without the site's frame; and the pages that say how to embed them.

A card always names its edition: without one, its address leads to that of now.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from chronicle.named_addresses import url_of
from embeds.cards import (
    Card,
    Unusable,
    address_of,
    comparison_card,
    entry_card,
    timeline_card,
)
from embeds.framing import framed_anywhere
from embeds.matrix_card import matrix_card
from record.addresses import origin_of
from record.as_of import address_with
from record.conditional import conditional, current_of, record_of
from record.entry_page import Crumb, home_crumb
from record.metadata import oembed_address
from record.models import State, Version
from record.moves import STATES, gone_page
from record.pages import pages_of, pages_under
from record.reading import Gone, Moved, NotInRecord, Record
from record.shown_as import LABELS, timeline_url
from record.types import type_named, type_of

PLAIN = "text/plain; charset=utf-8"


@require_safe
@framed_anywhere
@conditional("html")
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Queries: one or two, and those of ``entry_card``; two or three of what is gone."""
    if leading := _to_edition(request):
        return leading
    record = record_of(request)
    try:
        version = entry_in(record, public_id)
    except Moved as moved:
        return HttpResponsePermanentRedirect(address_of(record, "entry", moved.version.public_id))
    except Gone as gone:
        return _gone_card(request, record, gone.version)
    return _card(request, entry_card(record, version), "entry")


@require_safe
@framed_anywhere
@conditional("html")
def timeline(request: HttpRequest, plural: str) -> HttpResponse:
    """Queries: those of ``timeline_card``."""
    return _asked_card(
        request, lambda record: timeline_card(record, plural, request.GET), "timeline"
    )


@require_safe
@framed_anywhere
@conditional("html")
def comparison(request: HttpRequest) -> HttpResponse:
    """Queries: those of ``comparison_card``."""
    return _asked_card(request, lambda record: comparison_card(record, request.GET), "comparison")


@require_safe
@framed_anywhere
@conditional("html")
def responses(request: HttpRequest) -> HttpResponse:
    """Queries: those of ``matrix_card``."""
    return _asked_card(request, lambda record: matrix_card(record, request.GET), "responses")


@require_safe
@conditional("html")
def embed_entry(request: HttpRequest, public_id: str) -> HttpResponse:
    record = pinned_record(request)
    try:
        version = entry_in(record, public_id)
    except Moved as moved:
        now = address_of(record_of(request), "embed_entry", moved.version.public_id)
        return HttpResponsePermanentRedirect(now)
    except Gone as gone:
        return gone_page(request, record, gone)
    pages = pages_of(version.type)
    own = type_named(version.type).url(version.slug)
    card = entry_card(record, version)
    trail = [Crumb(pages.title, pages.list_url), Crumb(card.title, own)]
    return _embedding(request, card, trail)


@require_safe
@conditional("html")
def embed_timeline(request: HttpRequest, plural: str) -> HttpResponse:
    pages = pages_under(plural)
    return _embedding_asked(
        request,
        lambda record: timeline_card(record, plural, request.GET, quoted=True),
        [Crumb(pages.title, pages.list_url), Crumb(str(LABELS["timeline"]), timeline_url(pages))],
    )


@require_safe
@conditional("html")
def embed_comparison(request: HttpRequest) -> HttpResponse:
    pages = pages_of("proposal")
    return _embedding_asked(
        request,
        lambda record: comparison_card(record, request.GET),
        [Crumb(pages.title, pages.list_url)],
    )


@require_safe
@conditional("html")
def embed_responses(request: HttpRequest) -> HttpResponse:
    pages = pages_of("proposal")
    answers = Crumb(gettext("Who answered how"), url_of("proposals:proposal_responses"))
    return _embedding_asked(
        request,
        lambda record: matrix_card(record, request.GET),
        [Crumb(pages.title, pages.list_url), answers],
    )


def _asked_card(
    request: HttpRequest, made: Callable[[Record], Card], template: str
) -> HttpResponse:
    """Of what the address asks for; a refusal where that is not to be had."""
    if leading := _to_edition(request):
        return leading
    try:
        return _card(request, made(record_of(request)), template)
    except Unusable as why:
        return _refused(why)


def _embedding_asked(
    request: HttpRequest, made: Callable[[Record], Card], trail: Sequence[Crumb]
) -> HttpResponse:
    """How to embed what the address asks for; a refusal where that is not to be had."""
    record = pinned_record(request)
    try:
        return _embedding(request, made(record), trail)
    except Unusable as why:
        return _refused(why)


def entry_in(record: Record, public_id: str) -> Version:
    """By its id, which stays when slugs change. Raises as ``Record.get``, or Http404."""
    try:
        return record.get(type_of(public_id).name, public_id)
    except (KeyError, NotInRecord):
        raise Http404(
            gettext("Nothing is published under the id “%(id)s”.") % {"id": public_id[:40]}
        ) from None


def pinned_record(request: HttpRequest) -> Record:
    """The record that is read, of which all addresses name the edition. Raises Http404."""
    number = record_of(request).number
    if number == 0:
        raise Http404(gettext("Nothing has been published yet, so there is nothing to embed."))
    return current_of(request).at(number)


def _to_edition(request: HttpRequest) -> HttpResponse | None:
    """Where an address leads that names no edition: to the same as of the newest."""
    number = pinned_record(request).number
    if record_of(request).is_asked:
        return None
    return HttpResponseRedirect(address_with(request, number))


def _card(request: HttpRequest, card: Card, name: str) -> HttpResponse:
    context = {"card": card, "site_name": settings.SITE_NAME}
    return render(request, f"embeds/{name}.html", context)


def _gone_card(request: HttpRequest, record: Record, version: Version) -> HttpResponse:
    """410, in the frame in which it stood: since which edition, and why."""
    context = {
        "title": f"{capfirst(str(type_named(version.type).one))} {version.public_id}",
        "what": STATES[State(version.state)],
        "since": version.went_in,
        "public_id": version.public_id,
        "edition": record.edition,
        "site_name": settings.SITE_NAME,
    }
    return render(request, "embeds/gone.html", context, status=HTTPStatus.GONE)


def _embedding(request: HttpRequest, card: Card, trail: Sequence[Crumb]) -> HttpResponse:
    record = record_of(request)
    context = {
        "edition": record.edition,
        "breadcrumbs": [
            home_crumb(record),
            *(Crumb(each.name, record.page(each.url)) for each in trail),
            Crumb(gettext("Embed")),
        ],
        "card": card,
        "origin": origin_of(request),
        "oembed": oembed_address(request, record, card.page),
        "site_name": settings.SITE_NAME,
    }
    return render(request, "embeds/embedding.html", context)


def _refused(why: Unusable) -> HttpResponse:
    """What stands on other sites must not show more than was asked for, so it shows nothing."""
    said = gettext("This cannot be shown on a card.")
    return HttpResponse(f"{said}\n{why}\n", status=HTTPStatus.BAD_REQUEST, content_type=PLAIN)
