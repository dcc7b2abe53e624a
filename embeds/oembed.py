"""oEmbed 1.0 (oembed.com): other sites give the address of a page here, and get a frame for it."""

from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult, urlsplit

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import override
from django.views.decorators.http import require_safe

from chronicle.components import component
from chronicle.languages import language_at, tag_of
from chronicle.named_addresses import url_of
from embeds.cards import Card, Unusable, comparison_card, entry_card, timeline_card
from embeds.matrix_card import matrix_card
from embeds.views import PLAIN, entry_in, pinned_record
from record.addresses import origin_of
from record.as_of import asked_record
from record.conditional import conditional, current_of
from record.reading import Gone, Moved, NotInRecord, Record
from record.types import entry_types

CACHE_AGE = 24 * 60 * 60  # seconds; what stands in the frame says itself what has changed since
LEAST = 100  # pixels; no card can be read in less
JSON = "application/json"


class NothingThere(LookupError):
    """There is no card of that address: one sentence."""


@require_safe
@conditional("oembed")
def oembed(request: HttpRequest) -> HttpResponse:
    """``?url=…``: of an entry, a timeline, proposals side by side or who answered how, or of a
    card of them.

    404 for other addresses, 501 for other formats than JSON, as the specification has it. Queries
    as those of the card.
    """
    if request.GET.get("format", "json") != "json":
        said = "There is JSON alone: format=json.\n"
        return HttpResponse(said, status=HTTPStatus.NOT_IMPLEMENTED, content_type=PLAIN)
    try:
        width = _most(request, "maxwidth")
        height = _most(request, "maxheight")
        url = request.GET["url"]
    except (KeyError, ValueError):
        said = (
            "Give the address of a page as url=…, and maxwidth and maxheight, where they matter, "
            f"as numbers of pixels from {LEAST}.\n"
        )
        return HttpResponse(said, status=HTTPStatus.BAD_REQUEST, content_type=PLAIN)
    try:
        asked = _on_this_site(request, url)
        language = language_at(asked.path)
        with override(language):
            card = _card_at(request, asked)
            answer = _answer(card, origin_of(request), width or card.width, height or card.height)
    except NothingThere as why:
        return HttpResponse(f"{why}\n", status=HTTPStatus.NOT_FOUND, content_type=PLAIN)
    headers = {"Content-Language": tag_of(language)}
    return HttpResponse(orjson.dumps(answer), content_type=JSON, headers=headers)


def _answer(card: Card, origin: str, most_wide: int, most_high: int) -> dict[str, Any]:
    width, height = min(card.width, most_wide), min(card.height, most_high)
    frame = component("_embed_frame")(card, origin=origin, width=width, height=height)
    return {
        "version": "1.0",
        "type": "rich",
        "title": card.frame_title,
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{origin}{url_of('home')}",
        "cache_age": CACHE_AGE,
        "html": str(frame),
        "width": width,
        "height": height,
    }


def _most(request: HttpRequest, name: str) -> int | None:
    """``ValueError`` for what is no number that a card fits in."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) >= LEAST):
        raise ValueError(name)
    return int(text)


def _on_this_site(request: HttpRequest, url: str) -> SplitResult:
    try:
        asked = urlsplit(url)
    except ValueError:
        raise NothingThere("That is no address.") from None
    if asked.scheme not in ("http", "https") or asked.netloc != request.get_host():
        raise NothingThere(f"That is no address of {origin_of(request)}.")
    return asked


def _card_at(request: HttpRequest, asked: SplitResult) -> Card:
    query = QueryDict(asked.query)
    try:
        record = pinned_record(request)
        of_url = asked_record(query, current_of(request))
        return _card_of(of_url if of_url.is_asked else record, asked.path, query)
    except (Http404, Unusable) as why:
        raise NothingThere(str(why)) from None
    except (NotInRecord, Gone):
        raise NothingThere("Nothing that could be embedded is there.") from None


def _card_of(record: Record, path: str, query: QueryDict) -> Card:
    try:
        found = resolve(path)
    except Resolver404:
        raise NothingThere("There is nothing at that address.") from None
    values = found.kwargs
    match found.view_name:
        case "record:timeline" | "embeds:timeline":
            return timeline_card(record, values["plural"], query)
        case "proposals:proposal_compare" | "embeds:compare":
            return comparison_card(record, query)
        case "proposals:proposal_responses" | "embeds:responses":
            return matrix_card(record, query)
        case "embeds:entry":
            return _entry_card(record, "", values["public_id"])
    for each in entry_types():
        if found.view_name == f"{each.plural}:{each.name}_detail":
            return _entry_card(record, each.name, values["slug"])
    raise NothingThere(
        "Entries, timelines, proposals side by side and who answered how can be embedded; not this."
    )


def _entry_card(record: Record, type_name: str, key: str) -> Card:
    """Of a merged entry, that of the other one."""
    try:
        version = record.get(type_name, key) if type_name else entry_in(record, key)
    except Moved as moved:
        version = moved.version
    return entry_card(record, version)
