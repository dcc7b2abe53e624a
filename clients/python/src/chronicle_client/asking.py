"""Asking a site, as patiently as it asks for."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

import httpx

from chronicle_client.entries import Data
from chronicle_client.errors import Gone, NotThere, Refused, Unreachable

AGENT = "chronicle-client/0.1"
BUSY = (429, 502, 503, 504)
TRIES = 5
LONGEST_WAIT = 300  # seconds
PATIENCE = 60  # seconds that an answer may take
REFUSALS: Mapping[int, type[Refused]] = {404: NotThere, 410: Gone}


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
        self.http = httpx.Client(
            base_url=f"{self.url}/api/v1/",
            headers={
                "User-Agent": AGENT,
                "Accept": "application/json",
                **({"Authorization": f"Bearer {token}"} if token else {}),
            },
            timeout=PATIENCE,
            follow_redirects=True,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.http.close()

    def get(self, address: str, query: Mapping[str, str] | None = None) -> Data:
        """The body of a 200. ``Refused`` with what the site says instead, ``Unreachable``."""
        response = self._answered(address, query or {})
        where = str(response.request.url)
        body = _json(response)
        if response.is_success and "edition" in body:
            return body
        if response.is_success or "status" not in body:
            raise Unreachable(f"{where} answers {response.status_code}, and not as a Chronicle.")
        raise REFUSALS.get(response.status_code, Refused)(where, response.status_code, body)

    def _answered(self, address: str, query: Mapping[str, str]) -> httpx.Response:
        """The answer, asked for again while the site is busy or the network fails."""
        attempt = 1
        while True:
            seconds = float(2**attempt)
            try:
                response = self.http.get(address, params=dict(query))
            except httpx.HTTPError as error:
                failure = f"{self.url} does not answer: {error or type(error).__name__}"
            else:
                if response.status_code not in BUSY:
                    return response
                failure = f"{self.url} is busy, and answers {response.status_code}."
                seconds = _asked_for(response.headers.get("Retry-After", ""), seconds)
            if attempt == TRIES:
                raise Unreachable(failure)
            if seconds > LONGEST_WAIT:
                raise Unreachable(f"{failure} It asks to come back in {seconds:.0f} seconds.")
            self.wait(seconds)
            attempt += 1


def _asked_for(retry_after: str, otherwise: float) -> float:
    """Seconds to wait: what ``Retry-After`` says, in seconds or as a moment."""
    if retry_after.isascii() and retry_after.isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return otherwise
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
