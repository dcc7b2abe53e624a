"""How often each client may ask the API, and what it is told of that.

Counted in the memory of each process, minute by minute, so that a request costs some microseconds
and writes nothing: a limit holds for each process of the server. Every answer of the API says what
is left, whether it was made, kept or is not sent again; its headers are no part of what is kept.

They are those of draft-ietf-httpapi-ratelimit-headers-11: ``RateLimit-Policy`` (``q``: requests,
``w``: seconds) and ``RateLimit`` (``r``: requests left, ``t``: seconds until all are there again).
"""

import time
from collections.abc import Callable
from http import HTTPStatus
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chronicle.limits import A_MINUTE, who_asks
from record.problems import problem
from tokens.known import known_tokens

API = "/api/"
BEARER = "bearer "
MOST_CLIENTS = 50_000  # that a process counts in a minute; beyond, the first are counted anew
MOST_NAMED = (
    10_000  # clients whose names are kept, as to read an address takes longer than all else
)
NOBODY_KNOWN = (
    "This token is not known here: it was mistyped or revoked. The API needs none; leave the "
    "Authorization header out to ask without."
)
UNKNOWN = {"WWW-Authenticate": 'Bearer error="invalid_token"', "Cache-Control": "no-store"}


class Counts:
    """How often each client has asked in the minute that it is."""

    def __init__(self) -> None:
        self.minute = -1
        self.asked: dict[str, int] = {}
        self.lock = Lock()

    def count(self, client: str, now: int) -> int:
        """This time included; ``now`` in seconds."""
        minute = now // A_MINUTE
        with self.lock:
            if minute != self.minute:
                self.minute, self.asked = minute, {}
            number = self.asked.get(client, 0) + 1
            if number == 1 and len(self.asked) >= MOST_CLIENTS:
                del self.asked[next(iter(self.asked))]
            self.asked[client] = number
            return number


counts = Counts()
_named: dict[tuple[str, str, int], str] = {}


def throttle(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: at the API's addresses alone. Browsers' questions before they ask are free."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API) or request.method == "OPTIONS":
            return get_response(request)
        policy, client, limit = "default", client_of(request), settings.API_LIMIT
        secret = _bearer(request)
        if secret and (token := known_tokens.get(secret)):
            policy, client, limit = "token", f"token {token.pk}", token.limit
            secret = ""
        if not limit:
            return _unknown(request) if secret else get_response(request)
        now = int(time.time())
        left = limit - counts.count(client, now)
        again = A_MINUTE - now % A_MINUTE
        if left < 0:
            response = _too_many(request, limit, again)
        else:
            response = _unknown(request) if secret else get_response(request)
        response.headers["RateLimit-Policy"] = f'"{policy}";q={limit};w={A_MINUTE}'
        response.headers["RateLimit"] = f'"{policy}";r={max(left, 0)};t={again}'
        return response

    return middleware


def client_of(request: HttpRequest) -> str:
    """As ``who_asks``, kept: by all that it is read from."""
    meta = request.META
    asks = (
        meta.get("REMOTE_ADDR", ""),
        meta.get("HTTP_X_FORWARDED_FOR", ""),
        settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    )
    name = _named.get(asks)
    if name is None:
        name = who_asks(request)
        if len(_named) >= MOST_NAMED:
            _named.clear()
        _named[asks] = name
    return name


def _bearer(request: HttpRequest) -> str:
    """The token that is given; other kinds of authorization are of whatever stands before us."""
    given: str = request.META.get("HTTP_AUTHORIZATION", "")
    return given[len(BEARER) :].strip() or "none" if given[: len(BEARER)].lower() == BEARER else ""


def _unknown(request: HttpRequest) -> HttpResponse:
    return problem(request, HTTPStatus.UNAUTHORIZED, NOBODY_KNOWN, headers=UNKNOWN)


def _too_many(request: HttpRequest, limit: int, again: int) -> HttpResponse:
    detail = (
        f"You have asked {limit:,} times within a minute, which is as often as you may. "
        f"Ask again in {again} seconds. A token lets you ask more often: the site issues them."
    )
    headers = {"Retry-After": str(again), "Cache-Control": "no-store"}
    return problem(request, HTTPStatus.TOO_MANY_REQUESTS, detail, headers=headers)
