"""Pages of events."""

from django.utils.translation import ngettext_lazy

from events.filters import EventFilter
from events.linked_data import thing
from events.reading import BACKLINKS, detail, row, words
from record.pages import EntryPages, detail_view, list_view, register
from record.timeline.lanes import LanesBy
from sources.citations import citation_view

PAGES = register(
    EntryPages(
        type_name="event",
        title="Events",
        lead="What happened, when, where and with whom, in order of time.",
        one="event",
        many="events",
        counted=ngettext_lazy("%(count)s event", "%(count)s events", "number"),
        none="No event has been published yet.",
        filterset=EventFilter,
        row=row,
        detail=detail,
        thing=thing,
        mentioned="Event",
        backlinks=BACKLINKS,
        words=words,
        dated_by="date",
        together_by="actor",
        mapped_by="place",
        lanes=[
            LanesBy(name="kind", label="By kind", one="kind", many="kinds"),
            LanesBy(name="actor", label="By actor", one="actor", many="actors"),
            LanesBy(name="place", label="By place", one="place", many="places"),
            LanesBy(
                name="proposal",
                label="By proposal",
                one="proposal",
                many="proposals",
                referring="proposal",
                predicates=("presented at", "responded at"),
            ),
        ],
    )
)
event_list = list_view(PAGES)
event_detail = detail_view(PAGES)
event_citation = citation_view(PAGES)
