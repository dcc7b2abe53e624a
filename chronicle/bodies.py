"""How much may be sent to a page: little, but where files and whole texts are taken."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = TypeVar("View", bound=Callable[..., Any])
CHUNK = 64 * 1024  # bytes
MOST_DRAINED = 64 * 1024**2  # bytes


def takes_much(view: View) -> View:
    """A page that takes files or whole texts, up to Django's own limits and the page's."""
    view.takes_much = True  # type: ignore[attr-defined]
    return view


class BodyLimit:
    """Refuses at the door, before anything is parsed, what is longer than a page takes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        size = _size(request)
        if size <= settings.MOST_SENT or getattr(view, "takes_much", False):
            return None
        # Read and thrown away: a server that answers and hangs up before that is not heard.
        if size <= MOST_DRAINED:
            while request.read(CHUNK):
                pass
        told = {"sent": size, "most": settings.MOST_SENT}
        return render(request, "413.html", told, status=413)


def _size(request: HttpRequest) -> int:
    """Bytes of the body, of which nothing beyond them is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0
