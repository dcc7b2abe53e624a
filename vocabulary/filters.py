"""What terms can be filtered by."""

from record.filter_kinds import (
    DeclaredKindFilter,
    changed_filter,
    subject_filter,
    text_filter,
)
from record.filters import RecordFilter


class TermFilter(RecordFilter):
    type_name = "term"

    q = text_filter()
    vocabulary = DeclaredKindFilter("term", "vocabulary", label="Vocabulary")
    subject = subject_filter()
    changed_since = changed_filter()
