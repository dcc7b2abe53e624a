"""What a list can be filtered by, in the order in which it is to be read."""

from record.controls import Control, controls
from record.facets import Facet, facets
from record.filters import RecordFilter


def fields_of(filters: RecordFilter) -> list[Control | Facet]:
    """Controls and facets, in the order of the filters. Queries as ``facets``."""
    found: dict[str, Control | Facet] = {control.name: control for control in controls(filters)}
    found |= {facet.name: facet for facet in facets(filters)}
    return [found[name] for name in filters.form.fields if name in found]
