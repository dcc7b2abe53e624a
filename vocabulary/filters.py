"""What terms can be filtered by."""

from django.utils.translation import pgettext_lazy

from record.filter_kinds import (
    DeclaredKindFilter,
    changed_filter,
    subject_filter,
    text_filter,
)
from record.filters import RecordFilter
from record.sorting import CHANGED, NAMES


class TermFilter(RecordFilter):
    type_name = "term"
    orders = {"vocabulary": NAMES, "changed": CHANGED}

    q = text_filter()
    vocabulary = DeclaredKindFilter(
        "term", "vocabulary", label=pgettext_lazy("filter", "Vocabulary")
    )
    subject = subject_filter()
    changed_since = changed_filter()
