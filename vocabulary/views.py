"""Pages of terms: the codebook."""

from django.utils.translation import ngettext_lazy

from record.pages import EntryPages, detail_view, list_view, register
from vocabulary.filters import TermFilter
from vocabulary.linked_data import thing
from vocabulary.reading import detail, row

PAGES = register(
    EntryPages(
        type_name="term",
        title="Codebook",
        lead="The words that entries are described with, and what each of them means here.",
        one="term",
        many="terms",
        counted=ngettext_lazy("%(count)s term", "%(count)s terms", "number"),
        none="No term has been published yet.",
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
