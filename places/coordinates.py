"""Coordinates in a reader's words."""

from record.types import Document


def coordinates_words(value: Document) -> str:
    """Digits as they stand: more would be more precise than it is, fewer less."""
    return f"{_half(value['latitude'], 'N', 'S')}, {_half(value['longitude'], 'E', 'W')}"


def _half(degrees: str, positive: str, negative: str) -> str:
    half = negative if degrees.startswith("-") else positive
    return f"{degrees.removeprefix('-')}° {half}"
