"""Pages of actors."""

from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from actors.filters import ActorFilter
from actors.linked_data import thing
from actors.reading import BACKLINKS, detail, row, words
from record.pages import EntryPages, detail_view, list_view, register
from sources.citations import citation_view

PAGES = register(
    EntryPages(
        type_name="actor",
        title=gettext_lazy("Actors"),
        lead=gettext_lazy(
            "Persons, states, organisations and bodies: who they are, and what they held."
        ),
        many=pgettext_lazy("type of entries", "actors"),
        counted=ngettext_lazy("%(count)s actor", "%(count)s actors", "number"),
        none=gettext_lazy("No actor has been published yet."),
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
