"""What places can be filtered by."""

from record.filters import LinkFilter, RecordFilter, subject_filter, text_filter


class PlaceFilter(RecordFilter):
    type_name = "place"

    q = text_filter()
    part_of = LinkFilter("place", "part of", label="Part of")
    subject = subject_filter()
