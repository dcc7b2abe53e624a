"""Coordinates in a reader's words."""

from django.utils.translation import gettext

from chronicle.localised import decimal_sign
from record.types import Document


def coordinates_words(value: Document) -> str:
    """Digits as they stand: more would be more precise than it is, fewer less."""
    return f"{latitude_words(value['latitude'])}, {longitude_words(value['longitude'])}"


def latitude_words(degrees: str) -> str:
    # Translators: degrees of latitude: “40.4° N”, “12° S”.
    north, south = gettext("%(degrees)s° N"), gettext("%(degrees)s° S")
    return _half(degrees, north, south)


def longitude_words(degrees: str) -> str:
    # Translators: degrees of longitude: “49.9° E”, “12° W”.
    east, west = gettext("%(degrees)s° E"), gettext("%(degrees)s° W")
    return _half(degrees, east, west)


def _half(degrees: str, positive: str, negative: str) -> str:
    message = negative if degrees.startswith("-") else positive
    written = degrees.removeprefix("-").replace(".", decimal_sign())
    # Number and letter are not parted at the end of a line.
    return (message % {"degrees": written}).replace(" ", "\xa0")
