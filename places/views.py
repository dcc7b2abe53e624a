"""Pages of places."""

from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from places.filters import PlaceFilter
from places.linked_data import thing
from places.reading import BACKLINKS, detail, row, words
from record.pages import EntryPages, detail_view, list_view, register
from sources.citations import citation_view

PAGES = register(
    EntryPages(
        type_name="place",
        title=gettext_lazy("Places"),
        lead=gettext_lazy("Where things happened, with the names that each place has had."),
        many=pgettext_lazy("type of entries", "places"),
        counted=ngettext_lazy("%(count)s place", "%(count)s places", "number"),
        none=gettext_lazy("No place has been published yet."),
        filterset=PlaceFilter,
        row=row,
        detail=detail,
        thing=thing,
        mentioned="Place",
        backlinks=BACKLINKS,
        words=words,
        mapped_by="itself",
    )
)
place_list = list_view(PAGES)
place_detail = detail_view(PAGES)
place_citation = citation_view(PAGES)
