"""Addresses by the names of their patterns."""

from functools import lru_cache
from typing import Any

from django.urls import reverse


@lru_cache(maxsize=10_000)
def url_of(name: str, *arguments: Any) -> str:
    """What Django's ``reverse`` says, which never changes while a process runs.

    A page has some thirty, most of them on every page; asking Django took a millisecond.
    """
    return reverse(name, args=arguments)
