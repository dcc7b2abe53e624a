"""Pages of terms: the codebook."""

from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from record.pages import EntryPages, detail_view, list_view, register
from vocabulary.filters import TermFilter
from vocabulary.linked_data import thing
from vocabulary.reading import detail, row

PAGES = register(
    EntryPages(
        type_name="term",
        title=gettext_lazy("Codebook"),
        lead=gettext_lazy(
            "The words that entries are described with, and what each of them means here."
        ),
        many=pgettext_lazy("type of entries", "terms"),
        counted=ngettext_lazy("%(count)s term", "%(count)s terms", "number"),
        none=gettext_lazy("No term has been published yet."),
        filterset=TermFilter,
        row=row,
        detail=detail,
        thing=thing,
        limit=200,
        keep_rows=False,
    )
)
term_list = list_view(PAGES)
term_detail = detail_view(PAGES)
