"""What places can be filtered by."""

from record.filters import (
    ContestedFilter,
    LinkFilter,
    RecordFilter,
    source_filter,
    subject_filter,
    text_filter,
)


class PlaceFilter(RecordFilter):
    type_name = "place"

    q = text_filter()
    part_of = LinkFilter("place", "part of", label="Part of")
    source = source_filter()
    subject = subject_filter()
    contested = ContestedFilter()
