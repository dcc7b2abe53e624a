"""What actors can be filtered by."""

from django.utils.translation import pgettext_lazy

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
    kind = DeclaredKindFilter("actor", "kind", label=pgettext_lazy("filter", "Kind"))
    # Translators: the organisation in which an actor held an office.
    office = LinkFilter(
        "actor", "office", label=pgettext_lazy("filter", "Held office in"), parts=True
    )
    # Translators: the organisation that an actor served.
    organisation = LinkFilter("actor", "organisation", label=pgettext_lazy("filter", "Served"))
    related_to = LinkFilter("actor", "related to", label=pgettext_lazy("filter", "Related to"))
    relation = LinkFilter(
        "term", "relation", label=pgettext_lazy("filter", "Relation"), vocabulary="relation"
    )
    source = source_filter()
    subject = subject_filter()
    contested = ContestedFilter()
    single_source = SingleSourceFilter()
    changed_since = changed_filter()
