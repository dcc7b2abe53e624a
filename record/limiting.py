"""How often one address may ask for what costs more than a page: counted in the cache.

In the database's, since limits must hold across processes; allauth counts attempts to sign in
there as well, but no GET. Nothing else is written, and nothing of what was asked.
"""

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 60  # seconds
NETWORK = 64  # bits of an IPv6 address that one household has


def within_limit(request: HttpRequest, action: str, *, most: int) -> bool:
    """Whether whoever asks has done so at most that often in this minute, this time included."""
    key = f"limit:{action}:{_who(request)}:{int(time.time()) // WINDOW}"
    cache.add(key, 0, 2 * WINDOW)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the cache was full, and has dropped it
        return True


def _who(request: HttpRequest) -> str:
    """The address that asks, by the number of proxies that are trusted; of IPv6 its network."""
    text: str = get_adapter().get_client_ip(request)
    try:
        return str(ipaddress.IPv6Network(f"{text}/{NETWORK}", strict=False))
    except ValueError:
        return text
