"""What events can be filtered by."""

from django.utils.translation import pgettext_lazy

from record.filter_fields import NONE_RECORDED, NamedEntry
from record.filter_kinds import (
    Asked,
    ContestedFilter,
    LinkFilter,
    SingleSourceFilter,
    TermKindFilter,
    Versions,
    changed_filter,
    entries_named,
    source_filter,
    subject_filter,
    text_filter,
)
from record.filters import DatedFilter
from record.sorting import BY_DATE
from record.tallies import LinkTally, Tally

IN_ROLE = "participant as "  # then the id of the role


class EventFilter(DatedFilter):
    type_name = "event"
    orders = BY_DATE

    q = text_filter()
    kind = TermKindFilter("event kind")
    actor = LinkFilter(
        "actor", "participant", label=pgettext_lazy("filter", "Actor"), narrowed_by="taking_part"
    )
    role = LinkFilter(
        "term",
        "role",
        label=pgettext_lazy("filter", "Role"),
        vocabulary="role",
        narrowed_by="in_role",
    )
    place = LinkFilter("place", "place", label=pgettext_lazy("filter", "Place"))
    part_of = LinkFilter("event", "part of", label=pgettext_lazy("filter", "Part of"))
    follows = LinkFilter("event", "follows", label=pgettext_lazy("filter", "Follows"))
    source = source_filter()
    subject = subject_filter()
    contested = ContestedFilter()
    single_source = SingleSourceFilter()
    changed_since = changed_filter()

    def taking_part(self, versions: Versions, actors: list[NamedEntry], asked: Asked) -> Versions:
        """With a role as well: those actors in that role, which the document links as one."""
        in_roles = _in_roles(asked)
        if in_roles and NONE_RECORDED not in asked["role"]:
            actors = entries_named(actors) or actors  # where nobody took part, nobody has a role
        return self.linked(versions, in_roles or ["participant"], actors, of=["participant"])

    def in_role(self, versions: Versions, roles: list[NamedEntry], asked: Asked) -> Versions:
        if entries_named(roles) and entries_named(asked.get("actor")):
            return versions
        return self.linked(versions, ["role"], roles)

    def tallies(self) -> dict[str, Tally]:
        tallies = super().tallies()
        if predicates := _in_roles(self.asked):
            tallies["actor"] = LinkTally(tuple(predicates))
        if actors := entries_named(self.asked.get("actor")):
            ids = tuple(actor.id for actor in actors)
            tallies["role"] = LinkTally(
                by="predicate", beginning=IN_ROLE, targets=ids, of=("role",)
            )
        return tallies


def _in_roles(asked: Asked) -> list[str]:
    return [f"{IN_ROLE}{role.id}" for role in entries_named(asked.get("role"))]
