"""What sources can be filtered by."""

from django.utils.translation import pgettext_lazy

from record.filter_kinds import (
    DeclaredKindFilter,
    changed_filter,
    subject_filter,
    text_filter,
)
from record.filters import DatedFilter
from record.sorting import CHANGED, NAMES


class SourceFilter(DatedFilter):
    type_name = "source"
    orders = {"title": NAMES, "changed": CHANGED}

    q = text_filter()
    kind = DeclaredKindFilter("source", "kind", label=pgettext_lazy("filter", "Kind"))
    subject = subject_filter()
    changed_since = changed_filter()
