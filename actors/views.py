"""Pages of actors."""

from actors.filters import ActorFilter
from actors.reading import BACKLINKS, detail, row
from record.pages import EntryPages, detail_view, list_view, register

PAGES = register(
    EntryPages(
        type_name="actor",
        title="Actors",
        lead="Persons, states, organisations and bodies: who they are, and what they held.",
        one="actor",
        many="actors",
        none="No actor has been published yet.",
        filterset=ActorFilter,
        row=row,
        detail=detail,
        backlinks=BACKLINKS,
    )
)
actor_list = list_view(PAGES)
actor_detail = detail_view(PAGES)
