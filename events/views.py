"""Pages of events."""

from events.filters import EventFilter
from events.linked_data import thing
from events.reading import BACKLINKS, detail, row, words
from record.pages import EntryPages, detail_view, list_view, register
from sources.citations import citation_view

PAGES = register(
    EntryPages(
        type_name="event",
        title="Events",
        lead="What happened, when, where and with whom, in order of time.",
        one="event",
        many="events",
        none="No event has been published yet.",
        filterset=EventFilter,
        row=row,
        detail=detail,
        thing=thing,
        backlinks=BACKLINKS,
        words=words,
        dated_by="date",
    )
)
event_list = list_view(PAGES)
event_detail = detail_view(PAGES)
event_citation = citation_view(PAGES)
