"""``gettext`` for what is said thousands of times in a file: each message is looked up once a
language. Django asks half a dozen catalogues in turn, which takes longer than all else of a value.
"""

from functools import cache

from django.utils import translation

from chronicle.languages import of_now


def gettext(message: str) -> str:
    """A message of ours, in the language that is spoken."""
    return _gettext(message, of_now())


@cache
def _gettext(message: str, language: str) -> str:
    return translation.gettext(message)
