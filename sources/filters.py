"""What sources can be filtered by."""

from record.filter_kinds import (
    DeclaredKindFilter,
    changed_filter,
    subject_filter,
    text_filter,
)
from record.filters import DatedFilter


class SourceFilter(DatedFilter):
    type_name = "source"

    q = text_filter()
    kind = DeclaredKindFilter("source", "kind", label="Kind")
    subject = subject_filter()
    changed_since = changed_filter()
