"""What events can be filtered by."""

from typing import Any

from record.filters import (
    ContestedFilter,
    DatedFilter,
    LinkFilter,
    TermKindFilter,
    Versions,
    source_filter,
    subject_filter,
    text_filter,
)


class EventFilter(DatedFilter):
    type_name = "event"

    q = text_filter()
    kind = TermKindFilter("event kind")
    actor = LinkFilter("actor", "participant", label="Actor", method="taking_part")
    role = LinkFilter("term", "role", label="Role", vocabulary="role", method="in_role")
    place = LinkFilter("place", "place", label="Place")
    part_of = LinkFilter("event", "part of", label="Part of")
    follows = LinkFilter("event", "follows", label="Follows")
    source = source_filter()
    subject = subject_filter()
    contested = ContestedFilter()

    def taking_part(self, versions: Versions, name: str, actors: list[Any]) -> Versions:
        """With a role as well: those actors in that role, which the document links as one."""
        roles = self.form.cleaned_data.get("role") or []
        predicates = [f"participant as {role.id}" for role in roles] or ["participant"]
        return self.linked(versions, predicates, actors)

    def in_role(self, versions: Versions, name: str, roles: list[Any]) -> Versions:
        if self.form.cleaned_data.get("actor"):
            return versions
        return self.linked(versions, ["role"], roles)
