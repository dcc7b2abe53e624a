"""What places can be filtered by."""

from django.utils.translation import pgettext_lazy

from record.filter_kinds import (
    ContestedFilter,
    LinkFilter,
    SingleSourceFilter,
    changed_filter,
    source_filter,
    subject_filter,
    text_filter,
)
from record.filters import RecordFilter


class PlaceFilter(RecordFilter):
    type_name = "place"

    q = text_filter()
    part_of = LinkFilter("place", "part of", label=pgettext_lazy("filter", "Part of"))
    source = source_filter()
    subject = subject_filter()
    contested = ContestedFilter()
    single_source = SingleSourceFilter()
    changed_since = changed_filter()
