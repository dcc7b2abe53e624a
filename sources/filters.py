"""What sources can be filtered by."""

from record.filters import DatedFilter, DeclaredKindFilter, subject_filter, text_filter


class SourceFilter(DatedFilter):
    type_name = "source"

    q = text_filter()
    kind = DeclaredKindFilter("source", "kind", label="Kind")
    subject = subject_filter()
