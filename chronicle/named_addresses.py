"""Addresses by the names of their patterns."""

from functools import lru_cache
from typing import Any

from django.urls import reverse

from chronicle.languages import of_now


def url_of(name: str, *arguments: Any) -> str:
    """What Django's ``reverse`` says in the language of now, kept while a process runs.

    A page has some thirty, most of them on every page; asking Django took a millisecond.
    """
    return _url_of(of_now(), name, *arguments)


@lru_cache(maxsize=20_000)
def _url_of(language: str, name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)
