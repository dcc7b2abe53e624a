"""What a timeline can be parted by; one of them is the present."""

from collections.abc import Sequence

from django.utils.translation import pgettext

from record.shown_as import Switch
from record.timeline.lanes import LanesBy
from record.timeline.links import Links


def lanes_switch(links: Links, lanes: Sequence[LanesBy], chosen: LanesBy | None) -> list[Switch]:
    found = [Switch(pgettext("lanes of a timeline", "All together"), links.by(""), chosen is None)]
    return found + [Switch(str(by.label), links.by(by.name), by == chosen) for by in lanes]
