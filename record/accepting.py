"""What a request takes: the Accept header, for every address that answers in several types."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest
from django.http.request import MediaType
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


def preferred(request: HttpRequest, media_types: Sequence[str]) -> str | None:
    """The one of these that is liked best, the first of equals; ``None`` where none is taken.

    After RFC 9110, 12.5.1: of each, the range that names it most precisely counts. Parameters
    other than q do not: for ``charset=utf-8``, Django's own would find nothing that fits.
    """
    header = request.headers.get("Accept", "").strip() or "*/*"
    ranges = [MediaType(each) for each in header.split(",")]
    liked = [(*_liking(ranges, media_type), media_type) for media_type in media_types]
    quality, _, found = max(liked, key=lambda each: each[:2])
    return found if quality else None


def _liking(ranges: Sequence[MediaType], media_type: str) -> tuple[float, int]:
    """The quality, and how precise the range is that says so."""
    main = media_type.partition("/")[0]
    precise = {media_type: 2, f"{main}/*": 1, "*/*": 0}
    found = [
        (precise[name], each.quality)
        for each in ranges
        if (name := f"{each.main_type}/{each.sub_type}".lower()) in precise
    ]
    precision, quality = max(found, default=(0, 0.0))
    return quality, precision


class ByAccept(BaseContentNegotiation):
    """In place of DRF's, which heeds no q-values."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        by_type = {str(renderer.media_type): renderer for renderer in renderers}
        found = preferred(request._request, list(by_type))
        if found is None:
            raise NotAcceptable(available_renderers=list(by_type.values()))
        return by_type[found], found
