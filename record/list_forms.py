"""What the pages have in common that show a filtered list in another form than rows."""

from typing import Any

from django.http import HttpRequest

from record.entry_page import Crumb, home_crumb
from record.facets import number_of_all
from record.fields import fields_of
from record.filters import RecordFilter
from record.pages import EntryPages
from record.shown_as import LABELS, OWN, Form, shown_as
from record.unused import ignored, unused


def form_context(
    request: HttpRequest, pages: EntryPages, filters: RecordFilter, *, present: Form, url: str
) -> dict[str, Any]:
    """Of the frame that such a page shares with its list: trail, forms, filters. ``url``: its own.

    Queries: those of the filters' facets.
    """
    record = filters.record
    fields = fields_of(filters)
    return {
        "pages": pages,
        "edition": record.edition,
        "list_url": url,
        "clear_url": record.page(url),
        "breadcrumbs": [
            home_crumb(record),
            Crumb(str(pages.title), record.page(pages.list_url)),
            Crumb(str(LABELS[present])),
        ],
        "views": shown_as(pages, request.GET, present=present),
        "kept": [(name, request.GET[name]) for name in OWN[present] if name in request.GET],
        "fields": fields,
        "sorts": (),
        "problems": len(filters.errors),
        "active": filters.active(),
        "unused": unused(filters, {field.name for field in fields}),
        "ignored": ignored(filters),
        "all": number_of_all(filters),
    }
