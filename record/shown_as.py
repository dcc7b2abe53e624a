"""What a filtered list can be seen as: rows, a timeline, a map, who stands together in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import pgettext_lazy

from chronicle.named_addresses import url_of
from record.addresses import address, query_with

if TYPE_CHECKING:
    from record.pages import EntryPages

Form = Literal["list", "timeline", "map", "together"]
LANES, WINDOW, BOTH = "lanes", "window", "both"
# What the addresses of each ask beside the filters. The order of the list says nothing to others.
OWN: Mapping[Form, tuple[str, ...]] = {
    "list": ("sort",),
    "timeline": (LANES, WINDOW),
    "map": (WINDOW,),
    "together": (BOTH,),
}
LABELS: Mapping[Form, object] = {
    "list": pgettext_lazy("what a list is shown as", "List"),
    "timeline": pgettext_lazy("what a list is shown as", "Timeline"),
    "map": pgettext_lazy("what a list is shown as", "Map"),
    # Translators: a picture of who is named in the same entries.
    "together": pgettext_lazy("what a list is shown as", "Together"),
}


@dataclass(frozen=True)
class Switch:
    """One of several ways to see the same; ``chosen`` is where the reader is."""

    label: str
    href: str
    chosen: bool


def timeline_url(pages: "EntryPages") -> str:
    return url_of("record:timeline", pages.entry_type.plural)


def map_url(pages: "EntryPages") -> str:
    return url_of("places:map", pages.entry_type.plural)


def together_url(pages: "EntryPages") -> str:
    return url_of("record:together", pages.entry_type.plural)


def shown_as(pages: "EntryPages", data: Mapping[str, Any], *, present: Form) -> list[Switch]:
    """The same entries in each form that they have; none where that is a list alone."""
    forms: dict[Form, str] = {"list": pages.list_url}
    if pages.dated_by:
        forms["timeline"] = timeline_url(pages)
    if pages.mapped_by:
        forms["map"] = map_url(pages)
    if pages.together_by:
        forms["together"] = together_url(pages)
    if len(forms) == 1:
        return []
    return [
        Switch(
            str(LABELS[form]), address(url, query_with(data, _gone(form, present))), form == present
        )
        for form, url in forms.items()
    ]


def _gone(form: Form, present: Form) -> dict[str, tuple[str, ...]]:
    """What the address of one form leaves out: all that is of none but another."""
    kept = OWN[form] if form == present else ()
    return {name: () for names in OWN.values() for name in names if name not in kept}
