"""Pages of editions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from record.as_of import NoSuchEdition
from record.conditional import conditional, record_of
from record.editions import change_counts, contents, edition_rows, editions_around, listed
from record.entry_page import Crumb
from record.pages import LIMIT, neighbours, page_at
from record.paging import edition_page, page


@require_safe
@conditional("html")
def edition_list(request: HttpRequest) -> HttpResponse:
    record = record_of(request)
    found, bad_cursor = page_at(edition_page, edition_rows(record), request, LIMIT)
    context = {
        "edition": record.edition,
        "breadcrumbs": [Crumb("Chronicle", reverse("home")), Crumb("Editions")],
        "editions": found.items,
        "bad_cursor": bad_cursor,
        "api_url": reverse("api:edition_list"),
        **neighbours(request, found),
    }
    return render(request, "record/edition_list.html", context)


@require_safe
@conditional("html")
def edition_detail(request: HttpRequest, number: int) -> HttpResponse:
    record = record_of(request)
    if not 1 <= number <= record.number:
        raise NoSuchEdition(str(number), record.number)
    around = editions_around(record, number)
    shown = around[number]
    found, bad_cursor = page_at(page, contents(shown), request, LIMIT)
    changes = change_counts(shown)
    context = {
        "edition": record.edition,
        "shown": shown,
        "before": around.get(number - 1),
        "after": around.get(number + 1),
        "breadcrumbs": [
            Crumb("Chronicle", reverse("home")),
            Crumb("Editions", reverse("record:edition_list")),
            Crumb(f"Edition {number}"),
        ],
        "changes": changes,
        "total": sum(change.total for change in changes),
        "versions": listed(found.items, record),
        "bad_cursor": bad_cursor,
        "api_url": reverse("api:edition_detail", args=[number]),
        **neighbours(request, found),
    }
    return render(request, "record/edition_detail.html", context)
