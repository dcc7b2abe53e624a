"""What a list can be seen as, and what a timeline can be parted by; one of them is the present."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chronicle.named_addresses import url_of
from record.addresses import address, query_with
from record.timeline.asking import OWN, WINDOW, list_query, timeline_query
from record.timeline.lanes import LanesBy
from record.timeline.links import Links

if TYPE_CHECKING:
    from record.pages import EntryPages


@dataclass(frozen=True)
class Switch:
    label: str
    href: str
    chosen: bool


def timeline_url(pages: "EntryPages") -> str:
    return url_of("record:timeline", pages.entry_type.plural)


def map_url(pages: "EntryPages") -> str:
    return url_of("places:map", pages.entry_type.plural)


def views_of(
    pages: "EntryPages", data: Mapping[str, Any], *, timeline: bool, mapped: bool = False
) -> list[Switch]:
    """The same entries as a list, as a timeline and on a map; none where they are a list alone."""
    found = [Switch("List", address(pages.list_url, list_query(data)), not (timeline or mapped))]
    if pages.dated_by:
        query = query_with(data, {"sort": (), WINDOW: ()}) if mapped else timeline_query(data)
        found.append(Switch("Timeline", address(timeline_url(pages), query), timeline))
    if pages.mapped_by:
        query = query_with(data, {"sort": (), **dict.fromkeys(OWN, ())})
        found.append(Switch("Map", address(map_url(pages), query), mapped))
    return found if len(found) > 1 else []


def lanes_switch(links: Links, lanes: Sequence[LanesBy], chosen: LanesBy | None) -> list[Switch]:
    found = [Switch("All together", links.by(""), chosen is None)]
    return found + [Switch(by.label, links.by(by.name), by == chosen) for by in lanes]
