"""The page of downloads, and what it offers: files that `manage.py build_data` has made."""

from http import HTTPStatus

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from packages.kept import SQLITE, ZIP, kept, on_the_shelf
from record.as_of import require_edition
from record.conditional import CACHE_CONTROL, conditional, record_of
from record.entry_page import Crumb, home_crumb
from record.models import Edition
from record.pages import LIMIT, neighbours, page_at
from record.paging import edition_page

TYPES = {ZIP: "application/zip", SQLITE: "application/vnd.sqlite3"}


@require_safe
def data(request: HttpRequest) -> HttpResponseBase:
    """What is kept of each edition, newest first. Three queries, or four."""
    return conditional(f"html of {on_the_shelf()}")(_data)(request)


def _data(request: HttpRequest) -> HttpResponse:
    record = record_of(request)
    editions = Edition.objects.filter(number__lte=record.number)
    found, bad_cursor = page_at(edition_page, editions, request, LIMIT)
    rows = kept(found.items)
    context = {
        "edition": record.edition,
        "breadcrumbs": [home_crumb(record), Crumb(gettext("Data"))],
        "rows": rows,
        "site_name": settings.SITE_NAME,
        "newest": next((row.edition.number for row in rows if row.files), 0),
        "bad_cursor": bad_cursor,
        **neighbours(request, found),
    }
    return render(request, "packages/data.html", context)


@require_safe
def file(request: HttpRequest, number: int, form: str) -> HttpResponseBase:
    """One file, as it is kept. Three queries. 404 where it is not made yet; ``NoSuchEdition``."""
    record = record_of(request)
    require_edition(number, record)
    [row] = kept([Edition.objects.get(number=number)])
    found = row.file(form)
    try:
        opened = found.path.open("rb") if found else None
    except FileNotFoundError:
        opened = None
    if found is None or opened is None:
        context = {
            "edition": record.edition,
            "breadcrumbs": [
                home_crumb(record),
                Crumb(gettext("Data"), record.address("packages:data")),
                Crumb(gettext("Not made yet")),
            ],
            "number": number,
        }
        return render(request, "packages/not_made.html", context, status=404)
    headers = {"Cache-Control": CACHE_CONTROL, "ETag": f'"{found.sha256}"'}
    refused = get_conditional_response(request, etag=headers["ETag"])
    if refused is None:
        return FileResponse(
            opened,
            as_attachment=True,
            filename=found.path.name,
            content_type=TYPES[form],
            headers=headers,
        )
    opened.close()  # to close an answer with it would end the request as well
    if refused.status_code == HTTPStatus.NOT_MODIFIED:
        for name, value in headers.items():
            refused.headers[name] = value
    else:  # no cache may give this to those who required nothing
        refused.headers["Cache-Control"] = "no-store"
    return refused
