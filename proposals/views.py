"""Pages of peace proposals."""

from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from actors.lanes import BY_ACTOR
from proposals.claims import words
from proposals.filters import ProposalFilter
from proposals.linked_data import thing
from proposals.reading import BACKLINKS, detail, row
from record.pages import EntryPages, detail_view, list_view, register
from record.timeline.lanes import BY_KIND, LanesBy
from sources.citations import citation_view

PAGES = register(
    EntryPages(
        type_name="proposal",
        title=gettext_lazy("Proposals"),
        lead=gettext_lazy(
            "Peace proposals: what each would have settled, who made it, and how others answered."
        ),
        many=pgettext_lazy("type of entries", "proposals"),
        counted=ngettext_lazy("%(count)s proposal", "%(count)s proposals", "number"),
        none=gettext_lazy("No proposal has been published yet."),
        filterset=ProposalFilter,
        row=row,
        detail=detail,
        thing=thing,
        mentioned="CreativeWork",
        backlinks=BACKLINKS,
        words=words,
        dated_by="presented",
        lanes=[
            BY_KIND,
            BY_ACTOR,
            LanesBy(
                name="topic",
                label=pgettext_lazy("lanes of a timeline", "By topic"),
                others=ngettext_lazy("%(count)s other topic", "%(count)s other topics", "number"),
                none=pgettext_lazy("lane of a timeline", "No topic"),
            ),
        ],
    )
)
proposal_list = list_view(PAGES)
proposal_detail = detail_view(PAGES)
proposal_citation = citation_view(PAGES)
