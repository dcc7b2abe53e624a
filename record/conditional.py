"""Conditional responses: unchanged since the client last asked, or not (RFC 9110).

What a public address answers depends on the edition, the log of checks, the code and templates
that are deployed, the language, what the client accepts and the address itself, so these make its
ETag, before anything else is read. An answer that has been given is kept under it (`kept_answers`).
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from chronicle.deployment import deployed
from chronicle.languages import of_now
from record.as_of import DAY, NoSuchEdition, address_with, asked_record
from record.canonical import digest
from record.kept_answers import kept_answers
from record.problems import problem
from record.reading import Record

# Browsers ask every time (304 costs one query), a shared cache twice a minute: what is
# published, and what is redacted, is seen at once. Hence nothing is `immutable` either.
CACHE_CONTROL = "public, max-age=0, s-maxage=30, must-revalidate"
STRONG = "If-Match fits strong tags alone, and those here are weak: leave it out."
View = Callable[..., HttpResponseBase]


def current_of(request: Any) -> Record:
    """The record as of the newest edition, read once a request. One query."""
    request = getattr(request, "_request", request)  # DRF wraps Django's
    if not hasattr(request, "current_record"):
        request.current_record = Record.current()
    current: Record = request.current_record
    return current


def record_of(request: Any) -> Record:
    """The record that this request is answered from: the current one, or that of the edition that
    its address asks for. One query. ``NoSuchEdition`` where that is none.

    The one way for a view to a record, so that none can forget to be as of an edition.
    """
    request = getattr(request, "_request", request)
    if not hasattr(request, "record"):
        request.record = asked_record(request.GET, current_of(request))
    record: Record = request.record
    return record


def etag(request: HttpRequest, representation: str) -> str:
    """One query. Weak: the members of a map may come in another order."""
    parts = [
        *map(str, current_of(request).state),
        deployed(),
        of_now(),
        request.headers.get("Accept", ""),  # JSON for one is YAML, or a refusal, for another
        f"{request.scheme}://{request.get_host()}{request.get_full_path()}",
        representation,
    ]
    mark = digest("\n".join(parts))[:32]
    return f'W/"{mark}"'


def conditional(representation: str) -> Callable[[View], View]:
    """Answer 304 where the client has this already; give every 200 its ETag.

    For views, ``representation`` ("html", "json") is what they answer with. Preconditions count
    for GET and HEAD alone, and only where the answer would be 200 without them (RFC 9110, 13.2.1).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in ("GET", "HEAD"):
                mark = etag(request, representation)
                if _has(request, mark):
                    response: HttpResponseBase = HttpResponseNotModified(headers={"ETag": mark})
                else:
                    answer = _of_day(request) or _answer(request, mark, view, *args, **kwargs)
                    response = _met(request, mark, answer, representation)
            else:
                response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", CACHE_CONTROL)
            patch_vary_headers(response, ["Accept"])
            return response

        return wrapped

    return decorate


def _of_day(request: HttpRequest) -> HttpResponseBase | None:
    """Where an address as of a day leads: to the edition of that day.

    Not for ever, as the newest edition of today is not its last one yet. A day that is none is
    left to the view, which says so as it says everything.
    """
    query = request.META["QUERY_STRING"]
    # Most addresses need not be taken apart to see that they name none.
    if (DAY not in query and "%" not in query) or DAY not in request.GET:
        return None
    try:
        record = record_of(request)
    except NoSuchEdition:
        return None
    return HttpResponseRedirect(address_with(request, record.number))


def _answer(
    request: HttpRequest, mark: str, view: View, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """What has been answered under this tag, or else what the view answers now."""
    response: HttpResponseBase | None = kept_answers.get(mark)
    if response is None:
        response = view(request, *args, **kwargs)
        if request.method == "GET" and not settings.DEBUG:
            kept_answers.keep(mark, response, current_of(request).state)
    return response


def _has(request: HttpRequest, mark: str) -> bool:
    """Whether the client names the tag itself, so that the answer need not be made.

    It was given with a 200 of this address, and nothing that this depends on has changed. Of "*",
    only the answer itself tells whether there is anything here.
    """
    known = _tags(request, "If-None-Match")
    # Compared weakly, as RFC 9110 has it for this header.
    named = mark.removeprefix("W/") in {tag.removeprefix("W/") for tag in known}
    return named and not _requires_another(request)


def _met(
    request: HttpRequest, mark: str, response: HttpResponseBase, representation: str
) -> HttpResponseBase:
    """The response with its tag, if it is a 200, or what the preconditions make of it."""
    if response.status_code != HTTPStatus.OK:
        return response
    response.headers["ETag"] = mark
    if _requires_another(request):
        # No cache may give this to those who required nothing.
        status, headers = HTTPStatus.PRECONDITION_FAILED, {"Cache-Control": "no-store"}
        if representation == "json":
            return problem(request, status, STRONG, headers=headers)
        return HttpResponse(status=status, headers=headers)
    if _tags(request, "If-None-Match") == ["*"]:
        return HttpResponseNotModified(headers={"ETag": mark})
    return response


def _requires_another(request: HttpRequest) -> bool:
    """Whether If-Match fails: it compares strongly, and so no weak tag, as ours are, fits it."""
    return _tags(request, "If-Match") not in ([], ["*"])


def _tags(request: HttpRequest, header: str) -> list[str]:
    value = request.headers.get(header)
    return parse_etags(value) if value else []
