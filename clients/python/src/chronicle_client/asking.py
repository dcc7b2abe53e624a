"""Asking a site, as patiently as it asks for."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self, TypeVar

import httpx

from chronicle_client.connection import Connection
from chronicle_client.entries import Data
from chronicle_client.errors import Gone, NotThere, Refused, Unreachable
from chronicle_client.reading import parsed, reading

AGENT = "chronicle-client/0.1"
BUSY = (429, 502, 503, 504)
TRIES = 5
REDIRECTS = 5  # of one request
LONGEST_WAIT = 300  # seconds
PATIENCE = 60  # seconds that an answer may take
LARGEST = 512 * 1024 * 1024  # bytes of one answer, unpacked
ENCODINGS = ("", "identity", "gzip")
REFUSALS: Mapping[int, type[Refused]] = {404: NotThere, 410: Gone}

Read = TypeVar("Read")


class Asking:
    """One site's API. ``transport`` and ``wait`` are for tests, and for those who know better."""

    def __init__(
        self,
        url: str,
        *,
        token: str = "",
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url, self.wait = url.rstrip("/"), wait
        if not url.startswith(("https://", "http://")):
            raise Unreachable(f"The address “{url}” begins with neither https:// nor http://.")
        self.connection = Connection()
        with reading(f"The address “{url}”", Unreachable):
            self.http = httpx.Client(
                base_url=f"{self.url}/api/v1/",
                headers={
                    "User-Agent": AGENT,
                    "Accept": "application/json",
                    "Accept-Encoding": "gzip",
                    **({"Authorization": f"Bearer {token}"} if token else {}),
                },
                timeout=PATIENCE,
                transport=transport,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.http.close()

    def get(
        self, address: str, read: Callable[[Data], Read], query: Mapping[str, str] | None = None
    ) -> Read:
        """What ``read`` makes of the body of a 200.

        ``Refused`` with what the site says instead; ``Unreachable``, also where ``read`` cannot.
        """
        response, content = self._answered(address, query or {})
        where, status = str(response.url), response.status_code
        body = _json(content)
        with reading(f"What {where} answers", Unreachable):
            if response.is_success and "edition" in body:
                return read(body)
            if response.is_success or "status" not in body:
                raise Unreachable(f"{where} answers {status}, and not as a Chronicle.")
            raise REFUSALS.get(status, Refused)(where, status, body)

    def _answered(self, address: str, query: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        """The answer, asked for again while the site is busy or the network fails."""
        attempt = 1
        while True:
            seconds = float(2**attempt)
            try:
                response, content = self._once(address, query)
            except httpx.HTTPError as error:
                failure = f"{self.url} does not answer: {error or type(error).__name__}"
            else:
                if response.status_code not in BUSY:
                    return response, content
                failure = f"{self.url} is busy, and answers {response.status_code}."
                seconds = _asked_for(response.headers.get("Retry-After", ""), seconds)
            if attempt == TRIES:
                raise Unreachable(failure)
            if seconds > LONGEST_WAIT:
                raise Unreachable(f"{failure} It asks to come back in {seconds:.0f} seconds.")
            self.wait(seconds)
            attempt += 1

    def _once(self, address: str, query: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        """The answer with its content, in time."""
        trace = {"trace": self.connection.trace}
        request = self.http.build_request("GET", address, params=query, extensions=trace)
        until = time.monotonic() + PATIENCE
        try:
            with self.connection.shut_after(PATIENCE):
                response, content = self._followed(request, until)
        except httpx.HTTPError:
            if time.monotonic() < until:
                raise
        else:
            if time.monotonic() < until:
                return response, content
        raise Unreachable(f"{request.url} takes longer than {PATIENCE} seconds to answer.")

    def _followed(self, request: httpx.Request, until: float) -> tuple[httpx.Response, bytes]:
        """Redirects are followed within the site alone.

        Not by httpx, which reads the content of a redirect whatever its size.
        """
        for _ in range(REDIRECTS):
            response = self.http.send(request, stream=True)
            try:
                if response.next_request is None:
                    return response, _content(response, until)
            finally:
                response.close()
            request = response.next_request
            if request.url.host != self.http.base_url.host:
                raise Unreachable(f"{self.url} leads to another site: {request.url}")
        raise Unreachable(f"{self.url} leads on and on, to {request.url}")


def _content(response: httpx.Response, until: float) -> bytes:
    """All of it, or what came in time. ``Unreachable`` where it is too large.

    In other encodings than these, one piece of an answer may unpack to any size.
    """
    if (encoding := response.headers.get("Content-Encoding", "")) not in ENCODINGS:
        raise Unreachable(f"{response.url} answers packed as {encoding}, and not as gzip.")
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > LARGEST:
            raise Unreachable(f"What {response.url} answers is larger than {LARGEST} bytes.")
        if time.monotonic() > until:
            break
    return bytes(content)


def _asked_for(retry_after: str, otherwise: float) -> float:
    """Seconds to wait: what ``Retry-After`` says, in seconds or as a moment."""
    if retry_after.isascii() and retry_after.isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return otherwise
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _json(content: bytes) -> dict[str, Any]:
    """Empty where it is no object of JSON."""
    try:
        body = parsed(content.decode())
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
