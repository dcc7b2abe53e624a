"""Where a timeline leads: to itself, nearer or at another time, and to lists of what it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from record.addresses import address, query_with
from record.filter_fields import NONE
from record.filters import DATES
from record.shown_as import LANES, OWN, WINDOW
from record.timeline.window import FEWEST, Window

NEARER = 0.8  # of the present window: less of a step opens nothing


@dataclass(frozen=True)
class Links:
    """``present`` is the window that is shown, ``whole`` the one that is shown unless another is
    asked for. ``limits``: the days that the list is filtered by. ``certainly``: it is of what
    certainly lies in them, which no window says.
    """

    data: Mapping[str, Any]
    url: str
    list_url: str
    present: Window
    whole: Window
    limits: Window
    certainly: bool

    def at(self, window: Window) -> str:
        """The timeline of another window."""
        return self._timeline({WINDOW: [] if window == self.whole else [window.edtf]})

    def by(self, lanes: str) -> str:
        """The same in other lanes."""
        return self._timeline({LANES: [lanes] if lanes else []})

    def opening(self, window: Window) -> str:
        """The timeline nearer, at these days; empty where that would show no more."""
        nearer = window.at_least(FEWEST).whole()
        return self.at(nearer) if nearer.days <= NEARER * self.present.days else ""

    def listing(self, window: Window | None = None, **values: Sequence[str]) -> str:
        """The list of what is in a window, or whole, with other values of filters."""
        changes: dict[str, Sequence[str]] = {name: [] for name in OWN["timeline"]} | values
        if window is not None and not self.certainly:
            # What reaches into both reaches into what they have in common.
            first, last = max(window.first, self.limits.first), min(window.last, self.limits.last)
            if first <= last:
                days = Window(first, last).edtf.partition("/")
                changes |= {name: [] for name in DATES}
                changes |= {"from": [days[0]], "to": [days[2] or days[0]]}
        return address(self.list_url, query_with(self.data, changes))

    @property
    def undated(self) -> str:
        """The list of what has no date."""
        changes: dict[str, Sequence[str]] = dict.fromkeys((*OWN["timeline"], *DATES), ())
        return address(self.list_url, query_with(self.data, changes | {"date": [NONE]}))

    def _timeline(self, changes: Mapping[str, Sequence[str]]) -> str:
        return address(self.url, query_with(self.data, changes))
