"""Pages of sources."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from record.called import called, foreign
from record.conditional import conditional, record_of
from record.entry_page import Crumb, api_address, home_crumb
from record.moves import entry_or_redirect
from record.pages import EntryPages, detail_view, list_view, register
from record.reading import document_of
from sources.filters import SourceFilter
from sources.linked_data import thing
from sources.reading import detail, row
from sources.shown import read_text

LONGEST_NUMBER = 9  # digits that are read of the number of a page

PAGES = register(
    EntryPages(
        type_name="source",
        title=gettext_lazy("Sources"),
        lead=gettext_lazy("What everything here rests on, and who speaks in it."),
        many=pgettext_lazy("type of entries", "sources"),
        counted=ngettext_lazy("%(count)s source", "%(count)s sources", "number"),
        none=gettext_lazy("No source has been published yet."),
        filterset=SourceFilter,
        row=row,
        detail=detail,
        thing=thing,
    )
)
source_list = list_view(PAGES)
source_detail = detail_view(PAGES)


@require_safe
@conditional("html")
def source_text(request: HttpRequest, slug: str) -> HttpResponse:
    """A source's text where its rights let the public read all of it, a page at a time.

    Six queries; one more of an edition that is asked for, as rights of now decide. Raises Http404.
    """
    record = record_of(request)
    version = entry_or_redirect(request, record, PAGES.type_name, slug)
    if isinstance(version, HttpResponse):
        return version
    document = document_of(version)
    page = request.GET.get("page", "")
    is_number = page.isascii() and page.isdecimal() and len(page) <= LONGEST_NUMBER
    text = read_text(record, document, int(page) if is_number else 1)
    if text is None:
        raise Http404(f"The text of “{version.label}” is not shown here.")
    title = called(document)
    entry_url = record.page(PAGES.entry_type.url(version.slug))
    context = {
        "edition": record.edition,
        "breadcrumbs": [
            home_crumb(record),
            Crumb(str(PAGES.title), record.page(PAGES.list_url)),
            Crumb(title.name, entry_url, title.language),
            Crumb(gettext("Text")),
        ],
        "version": version,
        "entry_url": entry_url,
        "language": foreign(document["language"]),
        "title": title,
        "sha256": document["text_sha256"],
        "rights": document["rights"] or "",
        "text": text,
        "api_url": api_address(record, version),
        "previous_url": record.page(f"?page={text.before}") if text.before else "",
        "next_url": record.page(f"?page={text.after}") if text.after else "",
    }
    return render(request, "sources/source_text.html", context)
