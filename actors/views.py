"""Pages of actors."""

from django.utils.translation import ngettext_lazy

from actors.filters import ActorFilter
from actors.linked_data import thing
from actors.reading import BACKLINKS, detail, row, words
from record.pages import EntryPages, detail_view, list_view, register
from sources.citations import citation_view

PAGES = register(
    EntryPages(
        type_name="actor",
        title="Actors",
        lead="Persons, states, organisations and bodies: who they are, and what they held.",
        one="actor",
        many="actors",
        counted=ngettext_lazy("%(count)s actor", "%(count)s actors", "number"),
        none="No actor has been published yet.",
        filterset=ActorFilter,
        row=row,
        detail=detail,
        thing=thing,
        mentioned="Thing",
        backlinks=BACKLINKS,
        words=words,
    )
)
actor_list = list_view(PAGES)
actor_detail = detail_view(PAGES)
actor_citation = citation_view(PAGES)
