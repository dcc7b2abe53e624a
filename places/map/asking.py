"""What an address asks of a map beside the filters: ``window``, in degrees.

West, south, east and north with commas between, as GeoJSON has them (RFC 7946, section 5): where
west is greater than east, it reaches over the 180th meridian. It filters nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from django.utils.translation import gettext

from places.map.window import LEAST, Window
from record.filter_fields import written
from record.shown_as import WINDOW

LONGEST = 40  # letters of what cannot be used, as it is said
EDGES = 4


@dataclass(frozen=True)
class Asked:
    """``wrong``: sentences on what cannot be used."""

    window: Window | None
    wrong: Sequence[str] = ()


def asked_of(data: Mapping[str, Any]) -> Asked:
    """What cannot be used is left out, and said. No query."""
    texts = [text.strip() for text in written(data, WINDOW) if text.strip()]
    if len(texts) > 1:
        return Asked(None, [gettext("“%(name)s” is to be given once.") % {"name": WINDOW}])
    if not texts:
        return Asked(None)
    text = texts[0]
    found = _window(text)
    if isinstance(found, str):
        example = gettext("Write west, south, east and north in degrees, like 44,38,51,42.")
        return Asked(None, [f"{found % {'text': text[:LONGEST]}} {example}"])
    return Asked(found)


def _window(text: str) -> Window | str:
    """What is asked for, or what is wrong with ``text``, in words that name it."""
    none = gettext("The part to show: “%(text)s” is not four numbers.")
    try:
        edges = [float(piece) for piece in text.split(",")]
    except ValueError:
        return none
    if len(edges) != EDGES or not all(map(isfinite, edges)):
        return none
    west, south, east, north = edges
    if abs(west) > 180 or abs(east) > 180:
        return gettext(
            "The part to show: “%(text)s” leaves the earth: degrees east are from -180 to 180."
        )
    if abs(south) > 90 or abs(north) > 90:
        return gettext(
            "The part to show: “%(text)s” leaves the earth: degrees north are from -90 to 90."
        )
    if south >= north:
        return gettext("The part to show: “%(text)s” has its south above its north, or no height.")
    if west == east:
        return gettext("The part to show: “%(text)s” has no width.")
    window = Window(west, south, east if east > west else east + 360, north)
    return window.at_least(LEAST).fitted()
