"""What actors can be filtered by."""

from record.filter_kinds import (
    ContestedFilter,
    DeclaredKindFilter,
    LinkFilter,
    SingleSourceFilter,
    changed_filter,
    source_filter,
    subject_filter,
    text_filter,
)
from record.filters import DatedFilter


class ActorFilter(DatedFilter):
    """Dates are those of existence: a life, or from founding to dissolution."""

    type_name = "actor"

    q = text_filter()
    kind = DeclaredKindFilter("actor", "kind", label="Kind")
    office = LinkFilter("actor", "office", label="Held office in", parts=True)
    organisation = LinkFilter("actor", "organisation", label="Served")
    related_to = LinkFilter("actor", "related to", label="Related to")
    relation = LinkFilter("term", "relation", label="Relation", vocabulary="relation")
    source = source_filter()
    subject = subject_filter()
    contested = ContestedFilter()
    single_source = SingleSourceFilter()
    changed_since = changed_filter()
