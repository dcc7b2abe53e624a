"""Coordinates in a reader's words."""

from record.types import Document


def coordinates_words(value: Document) -> str:
    """Digits as they stand: more would be more precise than it is, fewer less."""
    north = degrees_words(value["latitude"], "N", "S")
    return f"{north}, {degrees_words(value['longitude'], 'E', 'W')}"


def degrees_words(degrees: str, positive: str, negative: str) -> str:
    half = negative if degrees.startswith("-") else positive
    return f"{degrees.removeprefix('-')}° {half}"
