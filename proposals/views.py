"""Pages of peace proposals."""

from django.utils.translation import ngettext_lazy

from proposals.filters import ProposalFilter
from proposals.linked_data import thing
from proposals.reading import BACKLINKS, detail, row, words
from record.pages import EntryPages, detail_view, list_view, register
from record.timeline.lanes import LanesBy
from sources.citations import citation_view

PAGES = register(
    EntryPages(
        type_name="proposal",
        title="Proposals",
        lead="Peace proposals: what each would have settled, who made it, and how others answered.",
        one="proposal",
        many="proposals",
        counted=ngettext_lazy("%(count)s proposal", "%(count)s proposals", "number"),
        none="No proposal has been published yet.",
        filterset=ProposalFilter,
        row=row,
        detail=detail,
        thing=thing,
        mentioned="CreativeWork",
        backlinks=BACKLINKS,
        words=words,
        dated_by="presented",
        lanes=[
            LanesBy(name="kind", label="By kind", one="kind", many="kinds"),
            LanesBy(name="actor", label="By actor", one="actor", many="actors"),
            LanesBy(name="topic", label="By topic", one="topic", many="topics"),
        ],
    )
)
proposal_list = list_view(PAGES)
proposal_detail = detail_view(PAGES)
proposal_citation = citation_view(PAGES)
