"""Where a map leads: to another part of the earth, and to lists of what stands at a place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from places.map.window import LEAST, Window
from record.addresses import address, query_with
from record.shown_as import OWN, WINDOW

NEARER = 0.8  # of the present height: less of a step opens nothing


@dataclass(frozen=True)
class Links:
    """``present`` is the part that is shown."""

    data: Mapping[str, Any]
    url: str
    present: Window

    def at(self, window: Window | None) -> str:
        """The map of another part, or of the whole."""
        texts = [] if window is None else [window.text]
        return address(self.url, query_with(self.data, {WINDOW: texts}))

    def opening(self, points: Sequence[tuple[float, float]]) -> Window | None:
        """The part that has just these points in it; none where it would show no more."""
        nearer = Window.around(points).padded(LEAST)
        return nearer if nearer.height <= NEARER * self.present.height else None


def listing(data: Mapping[str, Any], list_url: str, **values: Sequence[str]) -> str:
    """The list of what a map shows, with other values of filters."""
    changes: dict[str, Sequence[str]] = dict.fromkeys(OWN["map"], ())
    return address(list_url, query_with(data, changes | values))
