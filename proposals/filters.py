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

# What an actor can be to a proposal: the predicates of those links, in a reader's words.
ROLES = {"author": "author", "response": "one who responded"}


class ProposalFilter(DatedFilter):
    type_name = "proposal"

    q = text_filter()
    kind = TermKindFilter("proposal kind")
    actor = LinkFilter("actor", *ROLES, label="Actor", method="concerned")
    role = ChoicesFilter(label="Role", choices=lambda: ROLES.items(), method="in_role")
    stance = ChoicesFilter(
        label="Stance",
        choices=lambda: declared_choices("proposal", "responses.stance"),
        method="with_stance",
    )
    topic = LinkFilter("term", "topic", label="Topic", vocabulary="topic")
    event = LinkFilter("event", "presented at", label="Presented at")
    responded_at = LinkFilter("event", "responded at", label="Responded at")
    earlier = LinkFilter("proposal", "earlier", label="Takes up", parts=True)
    source = source_filter()
    subject = subject_filter()
    contested = ContestedFilter()

    def concerned(self, versions: Versions, name: str, actors: list[Any]) -> Versions:
        """Authors and those who responded; with a role or a stance: those in it, who took it."""
        roles, stances = (self.form.cleaned_data.get(name) for name in ("role", "stance"))
        if stances:
            versions = self.linked(versions, stances, actors)
        if roles or not stances:
            versions = self.linked(versions, roles or ROLES, actors)
        return versions

    def in_role(self, versions: Versions, name: str, roles: list[str]) -> Versions:
        if self.form.cleaned_data.get("actor"):
            return versions
        return self.linked(versions, roles)

    def with_stance(self, versions: Versions, name: str, stances: list[str]) -> Versions:
        if self.form.cleaned_data.get("actor"):
            return versions
        return self.linked(versions, stances)
