"""Pages of events."""

from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from actors.lanes import BY_ACTOR
from events.filters import EventFilter
from events.linked_data import thing
from events.reading import BACKLINKS, detail, row, words
from record.pages import EntryPages, detail_view, list_view, register
from record.timeline.lanes import BY_KIND, LanesBy
from sources.citations import citation_view

PAGES = register(
    EntryPages(
        type_name="event",
        title=gettext_lazy("Events"),
        lead=gettext_lazy("What happened, when, where and with whom, in order of time."),
        many=pgettext_lazy("type of entries", "events"),
        counted=ngettext_lazy("%(count)s event", "%(count)s events", "number"),
        none=gettext_lazy("No event has been published yet."),
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
            BY_KIND,
            BY_ACTOR,
            LanesBy(
                name="place",
                label=pgettext_lazy("lanes of a timeline", "By place"),
                others=ngettext_lazy("%(count)s other place", "%(count)s other places", "number"),
                none=pgettext_lazy("lane of a timeline", "No place"),
            ),
            LanesBy(
                name="proposal",
                label=pgettext_lazy("lanes of a timeline", "By proposal"),
                others=ngettext_lazy(
                    "%(count)s other proposal", "%(count)s other proposals", "number"
                ),
                none=pgettext_lazy("lane of a timeline", "No proposal"),
                referring="proposal",
                predicates=("presented at", "responded at"),
            ),
        ],
    )
)
event_list = list_view(PAGES)
event_detail = detail_view(PAGES)
event_citation = citation_view(PAGES)
