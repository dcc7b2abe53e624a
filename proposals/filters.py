"""What peace proposals can be filtered by."""

from typing import Any

from record.filters import (
    ChoicesFilter,
    ContestedFilter,
    DatedFilter,
    LinkFilter,
    TermKindFilter,
    Versions,
    declared_choices,
    source_filter,
    subject_filter,
    text_filter,
)


class ProposalFilter(DatedFilter):
    type_name = "proposal"

    q = text_filter()
    kind = TermKindFilter("proposal kind")
    actor = LinkFilter("actor", "author", "response", label="Actor", method="concerned")
    stance = ChoicesFilter(
        label="Stance",
        choices=lambda: declared_choices("proposal", "responses.stance"),
        method="with_stance",
    )
    topic = LinkFilter("term", "topic", label="Topic", vocabulary="topic")
    source = source_filter()
    subject = subject_filter()
    contested = ContestedFilter()

    def concerned(self, versions: Versions, name: str, actors: list[Any]) -> Versions:
        """Authors and those who responded; with a stance: those who responded so."""
        stances = self.form.cleaned_data.get("stance")
        return self.linked(versions, stances or ["author", "response"], actors)

    def with_stance(self, versions: Versions, name: str, stances: list[str]) -> Versions:
        if self.form.cleaned_data.get("actor"):
            return versions
        return self.linked(versions, stances)
