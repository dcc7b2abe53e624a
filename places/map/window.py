"""The part of the earth that a map shows, in degrees.

Drawn in plate carrée, narrowed by the cosine of the middle latitude: what is as far north as it is
east is drawn so near the middle, and every meridian and parallel is a straight line.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil, cos, log10, radians
from typing import Self

from django.utils.translation import gettext

from places.coordinates import latitude_words, longitude_words

ASPECT = 1.5  # of every picture: so many times as wide as high
LEAST = 0.25  # degrees from south to north: below that the coast lines say nothing
LEAST_WHOLE = 4.0  # the same where nothing else is asked for, to see where one is
PAD = 0.1  # of what is to be seen, left free on each side
STEP = 0.4  # of the window, to one side
STEEPEST = 75.0  # degrees: nearer to a pole, parallels are narrowed no more
ALL_AROUND, ALMOST = 360.0, 359.0


@dataclass(frozen=True)
class Window:
    """``east`` is greater than ``west``, though that be beyond 180."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Collection[tuple[float, float]]) -> Self:
        """What holds all points (latitude, longitude), over the 180th meridian if that is less."""
        latitudes = [latitude for latitude, _ in points]
        longitudes = sorted({longitude for _, longitude in points})
        nexts = [*longitudes[1:], longitudes[0] + ALL_AROUND]
        empty, west = max(
            (after - before, after) for before, after in zip(longitudes, nexts, strict=True)
        )
        west = _turned(west)
        return cls(west, min(latitudes), west + ALL_AROUND - empty, max(latitudes))

    @property
    def width(self) -> float:
        return self.east - self.west

    @property
    def height(self) -> float:
        return self.north - self.south

    @property
    def narrowing(self) -> float:
        """How many times narrower a degree of longitude is drawn than one of latitude."""
        return cos(radians(min(abs(self.south + self.north) / 2, STEEPEST)))

    @property
    def is_all_around(self) -> bool:
        return self.width >= ALL_AROUND

    @property
    def text(self) -> str:
        """As it stands in addresses: west, south, east, north."""
        digits = max(0, ceil(2 - log10(self.height)))
        east = self.east if self.east <= 180 else self.east - ALL_AROUND
        edges = (self.west, max(self.south, -90.0), east, min(self.north, 90.0))
        return ",".join(_plain(edge, digits) for edge in edges)

    @property
    def words(self) -> str:
        digits = max(0, ceil(1 - log10(self.height)))
        south, north = max(self.south, -90.0), min(self.north, 90.0)
        said = {
            "south": latitude_words(_plain(south, digits)),
            "north": latitude_words(_plain(north, digits)),
            "west": longitude_words(_plain(_turned(self.west), digits)),
            "east": longitude_words(_plain(_turned(self.east), digits)),
        }
        # Translators: what a map shows: “38° N to 42° N, 44° E to 51° E”.
        message = gettext("%(south)s to %(north)s, %(west)s to %(east)s")
        if self.is_all_around:
            # Translators: what a map shows: “60° S to 75° N, all around the earth”.
            message = gettext("%(south)s to %(north)s, all around the earth")
        return message % said

    def share(self, latitude: float, longitude: float) -> tuple[float, float] | None:
        """Where a point stands, from the left and from the top, 0 to 1; none for outside."""
        across = ((longitude - self.west) % ALL_AROUND) / self.width
        down = (self.north - latitude) / self.height
        return (across, down) if across <= 1 and 0 <= down <= 1 else None

    def at_least(self, height: float) -> Self:
        """So many degrees high."""
        return self._grown(0, max(height - self.height, 0) / 2)

    def padded(self, least: float) -> Self:
        """With room on all sides, at least so many degrees high, in the shape of the picture."""
        roomy = self._grown(self.width * PAD, self.height * PAD)
        return roomy.at_least(least).fitted()

    def fitted(self) -> Self:
        """As much around it as the shape of the picture has room for; beyond a pole only where
        there is nothing else to show."""
        found = self
        for _ in range(4):  # away from a pole, parallels get longer, and so on: it settles soon
            found = found._shaped()
        return found

    def inner(self) -> Self:
        """The middle half of it."""
        return self._sized(max(0.5, LEAST / self.height))

    def outer(self) -> Self:
        """Twice as much, to all of the earth."""
        return self._sized(2)

    def moved(self, east: int, north: int) -> Self:
        """To one side, with some of the same to find one's way: -1, 0 or 1 each way."""
        across, up = east * STEP * self.width, north * STEP * self.height
        return type(self)(
            self.west + across, self.south + up, self.east + across, self.north + up
        ).fitted()

    def _sized(self, times: float) -> Self:
        by = (times - 1) / 2
        return self._grown(self.width * by, self.height * by).fitted()

    def _grown(self, across: float, up: float) -> Self:
        """By so many degrees on each side."""
        return type(self)(self.west - across, self.south - up, self.east + across, self.north + up)

    def _shaped(self) -> Self:
        narrowing = self.narrowing
        width = max(self.width, ASPECT * self.height / narrowing)
        height = max(self.height, self.width * narrowing / ASPECT)
        middle = (self.west + self.east) / 2
        west = _turned(middle - width / 2)
        if width >= ALMOST:
            west, width = -180.0, ALL_AROUND
            height = width * narrowing / ASPECT
        across = (self.south + self.north) / 2
        beyond = max(90 - height / 2, 0)
        across = min(max(across, -beyond), beyond)
        return type(self)(west, across - height / 2, west + width, across + height / 2)


def _turned(longitude: float) -> float:
    """The same meridian, from -180 to less than 180."""
    return (longitude + 180) % ALL_AROUND - 180


def _plain(number: float, digits: int) -> str:
    text = f"{number:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
