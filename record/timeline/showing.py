"""What the page of a timeline says: the picture, the time it shows, and the ways from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from chronicle.dates import OPEN_END, OPEN_START
from record.filters import DatedFilter
from record.pages import EntryPages
from record.shown_as import Switch, timeline_url
from record.timeline.asking import Asked
from record.timeline.counting import Reach, around, most_within, reach_of
from record.timeline.links import Links
from record.timeline.picture import Composer, Drawing
from record.timeline.switches import lanes_switch
from record.timeline.window import FEWEST, FIRST_DAY, LAST_DAY, Window


@dataclass(frozen=True)
class Beside:
    """So many that are not in the picture, and where they are."""

    number: int
    href: str


@dataclass(frozen=True)
class Way:
    """To another window; without an address where there is nothing more that way."""

    name: str
    label: str
    href: str


@dataclass(frozen=True)
class Timeline:
    """``within``: entries in the picture; ``listing``: their list."""

    window: Window
    within: int
    drawing: Drawing
    lanes: Sequence[Switch]
    ways: Sequence[Way]
    before: Beside
    after: Beside
    undated: Beside
    listing: str


def timeline_of(
    pages: EntryPages, filters: DatedFilter, asked: Asked
) -> tuple[Reach, Timeline | None]:
    """How far the entries reach, and their timeline where any has a date.

    Three queries, and those of ``Composer.draw``.
    """
    versions = filters.qs
    reach = reach_of(versions)
    if reach.first is None or reach.last is None:
        return reach, None
    limits = _limits(filters)
    most = most_within(versions, reach.first, reach.last, reach.dated).clipped(limits)
    whole = most.at_least(FEWEST).whole()
    everything = Window(reach.first, reach.last).clipped(limits).at_least(FEWEST).whole()
    window = whole
    if asked.window:
        bounds = asked.window.bounds
        window = Window.of_days(bounds.first_day, bounds.last_day, within=whole).at_least(FEWEST)
    links = Links(
        filters.data,
        timeline_url(pages),
        pages.list_url,
        present=window,
        whole=whole,
        limits=limits,
        certainly=_certainly(filters),
    )
    beside = around(versions, window)
    composer = Composer(pages, filters, asked.lanes, window, beside.within, links)
    return reach, Timeline(
        window=window,
        within=beside.within,
        drawing=composer.draw(),
        lanes=lanes_switch(links, pages.lanes, asked.lanes),
        ways=_ways(links, everything),
        before=Beside(beside.before, links.at(window.back_to(everything.first))),
        after=Beside(beside.after, links.at(window.up_to(everything.last))),
        undated=Beside(reach.number - reach.dated, links.undated),
        listing=links.listing(window),
    )


def _ways(links: Links, everything: Window) -> list[Way]:
    """Through the time that there is anything in."""
    window, whole = links.present, links.whole
    earlier = window.moved(-1) if everything.first < window.first else None
    later = window.moved(1) if everything.last > window.last else None
    nearer = window.inner() if window.days > FEWEST else None
    farther = None
    if not window.holds(everything):
        around_it = Window(min(window.first, everything.first), max(window.last, everything.last))
        farther = window.outer().clipped(around_it)
    # Translators: of a timeline: to the days before; to fewer days, larger; to more, smaller.
    ways = [
        ("earlier", pgettext("way through time", "Earlier"), earlier),
        ("nearer", pgettext("way through time", "Nearer"), nearer),
        ("farther", pgettext("way through time", "Farther"), farther),
        ("later", pgettext("way through time", "Later"), later),
    ]
    found = [Way(name, label, links.at(to) if to else "") for name, label, to in ways]
    if window != whole:
        found.append(Way("whole", gettext("All of the time"), links.at(whole)))
    return found


def _limits(filters: DatedFilter) -> Window:
    """The days that the list is filtered by."""
    start, end = filters.asked.get("from"), filters.asked.get("to")
    first = start.bounds.first_day if start else OPEN_START
    last = end.bounds.last_day if end else OPEN_END
    return Window.of_days(first, last, within=Window(FIRST_DAY, LAST_DAY))


def _certainly(filters: DatedFilter) -> bool:
    """Whether the list is of what certainly lies within days."""
    dated = {"from", "to"} & filters.narrowing
    return bool(dated) and filters.asked.get("within") == "certainly"
