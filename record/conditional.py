"""Conditional responses: unchanged since the client last asked, or not (RFC 9110).

What a public address answers depends on the edition, the log of checks, the release, the
language and the address itself, so these make its ETag, before anything is read.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import condition

from record.canonical import digest
from record.models import Check
from record.reading import Record

# Browsers ask every time (304 costs two queries), a shared cache twice a minute: what is
# published, and what is redacted, is seen at once. Hence nothing is `immutable` either.
CACHE_CONTROL = "public, max-age=0, s-maxage=30, must-revalidate"
View = Callable[..., HttpResponseBase]


def record_of(request: Any) -> Record:
    """The record that this request is answered from: the current one, read once. One query."""
    request = getattr(request, "_request", request)  # DRF wraps Django's
    if not hasattr(request, "record"):
        request.record = Record.current()
    record: Record = request.record
    return record


def etag(request: HttpRequest, representation: str) -> str:
    """Two queries. Weak: the members of a map may come in another order."""
    newest_check = Check.objects.aggregate(newest=Max("id"))["newest"] or 0
    parts = [
        str(record_of(request).number),
        str(newest_check),
        settings.RELEASE,
        get_language() or "",
        request.build_absolute_uri(),
        representation,
    ]
    mark = digest("\n".join(parts))[:32]
    return f'W/"{mark}"'


def conditional(representation: str) -> Callable[[View], View]:
    """Answer 304 where the client has this already; give every 200 its ETag.

    For views, ``representation`` ("html", "json") is what they answer with.
    """

    def decorate(view: View) -> View:
        tagged = condition(etag_func=lambda request, *_, **__: etag(request, representation))(view)

        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response: HttpResponseBase = tagged(request, *args, **kwargs)
            if response.status_code not in (200, 304):
                del response.headers["ETag"]
            response.headers.setdefault("Cache-Control", CACHE_CONTROL)
            patch_vary_headers(response, ["Accept", "Accept-Language"])
            return response

        return wrapped

    return decorate
