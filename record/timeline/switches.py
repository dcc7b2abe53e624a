"""What a list can be seen as, and what a timeline can be parted by; one of them is the present."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chronicle.named_addresses import url_of
from record.addresses import address
from record.timeline.asking import list_query, timeline_query
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


def views_of(pages: "EntryPages", data: Mapping[str, Any], *, timeline: bool) -> list[Switch]:
    """The same entries as a list and as a timeline; none where they are in no order of time."""
    if not pages.dated_by:
        return []
    return [
        Switch("List", address(pages.list_url, list_query(data)), not timeline),
        Switch("Timeline", address(timeline_url(pages), timeline_query(data)), timeline),
    ]


def lanes_switch(links: Links, lanes: Sequence[LanesBy], chosen: LanesBy | None) -> list[Switch]:
    found = [Switch("All together", links.by(""), chosen is None)]
    return found + [Switch(by.label, links.by(by.name), by == chosen) for by in lanes]
