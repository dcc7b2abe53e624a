"""What terms can be filtered by."""

from record.filters import DeclaredKindFilter, RecordFilter, subject_filter, text_filter


class TermFilter(RecordFilter):
    type_name = "term"

    q = text_filter()
    vocabulary = DeclaredKindFilter("term", "vocabulary", label="Vocabulary")
    subject = subject_filter()
