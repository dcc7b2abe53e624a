"""How often something may be done: counted in the cache, which all processes share.

In the database's, since limits must hold across processes. Nothing else is written, and nothing of
what was asked.
"""

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

A_MINUTE, AN_HOUR = 60, 60 * 60  # seconds
NETWORK = 64  # bits of an IPv6 address that one household has


def within(key: str, most: int, seconds: int) -> bool:
    """Whether this has been done at most that often in this stretch of time, now included."""
    key = f"limit:{key}:{int(time.time()) // seconds}"
    cache.add(key, 0, 2 * seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the cache was full, and has dropped it
        return True


def until_next(seconds: int) -> int:
    """Seconds until the next such stretch of time begins."""
    return seconds - int(time.time()) % seconds


def who_asks(request: HttpRequest) -> str:
    """The address that asks, by the number of proxies that are trusted; of IPv6 its network.

    Empty where a server tells none, as behind a socket, so that all who ask there are one.
    """
    try:
        text: str = get_adapter().get_client_ip(request)
    except (
        ImproperlyConfigured,
        PermissionDenied,
    ):  # fewer proxies than are trusted, or no address
        text = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.IPv6Network(f"{text}/{NETWORK}", strict=False))
    except ValueError:
        return text
