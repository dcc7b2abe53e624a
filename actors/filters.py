"""What actors can be filtered by."""

from record.filters import (
    ContestedFilter,
    DeclaredKindFilter,
    RecordFilter,
    source_filter,
    subject_filter,
    text_filter,
)


class ActorFilter(RecordFilter):
    type_name = "actor"

    q = text_filter()
    kind = DeclaredKindFilter("actor", "kind", label="Kind")
    subject = subject_filter()
    source = source_filter()
    contested = ContestedFilter()
