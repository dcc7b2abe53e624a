"""What actors can be filtered by."""

from record.filters import (
    ContestedFilter,
    DatedFilter,
    DeclaredKindFilter,
    LinkFilter,
    source_filter,
    subject_filter,
    text_filter,
)


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
