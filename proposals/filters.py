"""What peace proposals can be filtered by."""

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from record.choices import declared_choices
from record.filter_fields import NONE, NamedEntry
from record.filter_kinds import (
    Asked,
    ChoicesFilter,
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

# What an actor can be to a proposal: the predicates of those links, in a reader's words.
ROLES = {
    # Translators: what an actor can be to a proposal.
    "author": pgettext_lazy("role in a proposal", "author"),
    "response": pgettext_lazy("role in a proposal", "one who responded"),
}


class ProposalFilter(DatedFilter):
    type_name = "proposal"
    orders = BY_DATE

    q = text_filter()
    kind = TermKindFilter("proposal kind")
    actor = LinkFilter(
        "actor", *ROLES, label=pgettext_lazy("filter", "Actor"), narrowed_by="concerned"
    )
    role = ChoicesFilter(
        label=pgettext_lazy("filter", "Role"), choices=lambda: ROLES.items(), narrowed_by="in_role"
    )
    stance = ChoicesFilter(
        label=pgettext_lazy("filter", "Stance"),
        choices=lambda: declared_choices("proposal", "responses.stance"),
        narrowed_by="with_stance",
    )
    topic = LinkFilter("term", "topic", label=pgettext_lazy("filter", "Topic"), vocabulary="topic")
    event = LinkFilter("event", "presented at", label=pgettext_lazy("filter", "Presented at"))
    responded_at = LinkFilter(
        "event", "responded at", label=pgettext_lazy("filter", "Responded at")
    )
    # Translators: the earlier proposal whose provisions a proposal takes up.
    earlier = LinkFilter(
        "proposal", "earlier", label=pgettext_lazy("filter", "Takes up"), parts=True
    )
    source = source_filter()
    subject = subject_filter()
    contested = ContestedFilter()
    single_source = SingleSourceFilter()
    changed_since = changed_filter()

    def concerned(self, versions: Versions, actors: list[NamedEntry], asked: Asked) -> Versions:
        """Authors and those who responded; with a role or a stance: those in it, who took it."""
        roles, stances = words(asked, "role"), words(asked, "stance")
        if any(words(asked, name) and NONE not in asked[name] for name in ("role", "stance")):
            actors = entries_named(actors) or actors  # where nobody is concerned, nobody has these
        if stances:
            versions = self.linked(versions, stances, actors, of=ROLES)
        if roles or not stances:
            versions = self.linked(versions, roles or ROLES, actors, of=ROLES)
        return versions

    def in_role(self, versions: Versions, roles: list[str], asked: Asked) -> Versions:
        return self._with_words(versions, "role", asked)

    def with_stance(self, versions: Versions, stances: list[str], asked: Asked) -> Versions:
        return self._with_words(versions, "stance", asked)

    def _with_words(self, versions: Versions, name: str, asked: Asked) -> Versions:
        chosen = words(asked, name)
        if chosen and entries_named(asked.get("actor")):
            return versions
        found = Q(self.has_link(chosen)) if chosen else Q()
        if NONE in asked[name]:
            every = [word for word, _ in self.filters[name].extra["choices"]()]
            found |= ~Q(self.has_link(every))
        return versions.filter(found)

    def tallies(self) -> dict[str, Tally]:
        tallies = super().tallies()
        roles, stances = words(self.asked, "role"), words(self.asked, "stance")
        if roles or stances:
            also = roles if stances else ()
            tallies["actor"] = LinkTally(stances or roles, also=also, of=tuple(ROLES))
        if actors := entries_named(self.asked.get("actor")):
            ids = tuple(actor.id for actor in actors)
            for name in ("role", "stance"):
                every = tuple(word for word, _ in self.filters[name].extra["choices"]())
                tallies[name] = LinkTally(every, by="predicate", targets=ids, of=every)
        return tallies


def words(asked: Asked, name: str) -> tuple[str, ...]:
    """The words asked for, but for having none."""
    return tuple(word for word in asked.get(name, ()) if word != NONE)
