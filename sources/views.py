"""Pages of sources."""

from record.pages import EntryPages, detail_view, list_view, register
from sources.filters import SourceFilter
from sources.reading import detail, row

PAGES = register(
    EntryPages(
        type_name="source",
        title="Sources",
        lead="What everything here rests on, and who speaks in it.",
        one="source",
        many="sources",
        none="No source has been published yet.",
        filterset=SourceFilter,
        row=row,
        detail=detail,
    )
)
source_list = list_view(PAGES)
source_detail = detail_view(PAGES)
