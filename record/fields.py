"""What a list can be filtered by, in the order in which it is to be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from record.addresses import query_with
from record.controls import Control, controls
from record.facets import Facet, facets
from record.filters import RecordFilter
from record.sorting import LABELS
from record.unused import with_unused


@dataclass(frozen=True)
class Sort:
    """One order that the list can be read in. ``value`` is empty for the list's own."""

    value: str
    label: str
    query: str
    chosen: bool


def fields_of(filters: RecordFilter) -> list[Control | Facet]:
    """Controls and facets, in the order of the filters. Queries as ``facets``."""
    found: dict[str, Control | Facet] = {control.name: control for control in controls(filters)}
    found |= {facet.name: with_unused(filters, facet) for facet in facets(filters)}
    return [found[name] for name in filters.fields if name in found]


def sorts_of(filters: RecordFilter) -> Sequence[Sort]:
    """The orders to choose from, the list's own first."""
    own = next(iter(filters.orders))
    asked = filters.asked.get("sort") or own
    found = []
    for name in filters.orders:
        value = "" if name == own else name
        query = query_with(filters.data, {"sort": [value] if value else []})
        found.append(Sort(value, str(LABELS[name]), query, name == asked))
    return found
