"""Words of the site for what is said thousands of times in a file, looked up once a language:
Django asks half a dozen catalogues in turn, which takes longer than all else of a value.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.signals import setting_changed
from django.utils import translation

from chronicle.languages import of_now

Words = Callable[..., Any]  # of things and, last, a language


def kept_words(function: Words) -> Words:
    """Its answers are kept for the process. Things are what declarations and templates are made of,
    which are as many today as tomorrow.
    """
    kept = cache(function)

    def forget(*, setting: str, **_: Any) -> None:
        if setting == "LOCALE_PATHS":  # as in tests, that have catalogues of their own
            kept.cache_clear()

    setting_changed.connect(forget, weak=False)
    return kept


def gettext(message: str) -> str:
    """A message of ours, in the language that is spoken."""
    text: str = _gettext(message, of_now())
    return text


@kept_words
def _gettext(message: str, language: str) -> str:
    return translation.gettext(message)
