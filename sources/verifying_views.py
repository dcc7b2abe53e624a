"""Pages for whoever wants to check the record: how, and where a second look is worth it."""

from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from record import verify
from record.conditional import conditional, record_of
from record.entry_page import Crumb, home_crumb
from record.models import Check
from record.pages import all_pages, neighbours, page_at, pages_of
from record.paging import page
from record.reading import Record
from record.sorting import CHECKS
from sources.fitting import LEAST_LETTERS, LEAST_WORDS
from sources.quotation import (
    MOST_LETTERS,
    TOO_MANY,
    Found,
    NotAQuotation,
    find_quotation,
    may_ask,
    read_quotation,
)
from sources.verifying import (
    alone,
    altogether,
    citing,
    failing,
    failing_checks,
    numbers,
    waivers,
    waiving,
)

FIRST_TYPE = "event"  # of claims on one source
ENTRIES = 20  # of one page: each may have many claims
SCRIPT = Path(verify.__file__)


@require_safe
@conditional("html")
def verifying(request: HttpRequest) -> HttpResponse:
    """How the chain of editions works, and what is needed to check it.

    Two queries, and seven the first time in an edition.
    """
    record = record_of(request)
    context = {
        "edition": record.edition,
        "breadcrumbs": [home_crumb(record), Crumb(gettext("Verify"))],
        "numbers": numbers(record) if record.edition else None,
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "verify/about.html", context)


@require_safe
@conditional("text")
def verify_script(request: HttpRequest) -> HttpResponse:
    """The script itself, to be saved."""
    answer = HttpResponse(SCRIPT.read_bytes(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="verify.py"'
    return answer


@require_safe
@conditional("html")
def waiver_list(request: HttpRequest) -> HttpResponse:
    """Every claim that stands without evidence. Five to eight queries."""
    record = record_of(request)
    found, bad_cursor = page_at(page, waiving(record), request, ENTRIES)
    context = _context(record, gettext("Waivers")) | {
        "entries": waivers(record, found.items),
        "bad_cursor": bad_cursor,
        **neighbours(request, found),
    }
    return render(request, "verify/waivers.html", context)


@require_safe
@conditional("html")
def single_source_list(request: HttpRequest) -> HttpResponse:
    """Claims that one source alone supports, entry by entry: ``?type=actor``, else of events.

    Four to seven queries, and two more the first time in an edition.
    """
    record = record_of(request)
    types = [each for each in all_pages() if each.words]
    asked = request.GET.get("type", FIRST_TYPE)
    shown = next((each for each in types if each.type_name == asked), pages_of(FIRST_TYPE))
    found, bad_cursor = page_at(page, citing(record, shown.type_name), request, ENTRIES)
    context = _context(record, gettext("Claims on one source")) | {
        "types": [(record.page(f"?type={each.type_name}"), each) for each in types],
        "shown": shown,
        "entries": alone(record, found.items),
        "looked_at": len(found.items),
        "altogether": altogether(record, shown.type_name),
        "bad_cursor": bad_cursor,
        **neighbours(request, found),
    }
    return render(request, "verify/single_source.html", context)


@require_safe
@conditional("html")
def check_list(request: HttpRequest) -> HttpResponse:
    """Citations whose passages were not found when they were last looked for.

    Six to eight queries, and up to two more the first time that anything has changed. Of the
    citations of the edition that is read, by the checks of now.
    """
    record = record_of(request)
    ids = failing(record)
    rows: Any = Check.objects.filter(pk__in=ids)
    found, bad_cursor = page_at(partial(page, order=CHECKS), rows, request, ENTRIES)
    context = _context(record, gettext("Failing checks")) | {
        "checks": failing_checks(record, found.items),
        "total": len(ids),
        "bad_cursor": bad_cursor,
        **neighbours(request, found),
    }
    return render(request, "verify/checks.html", context)


@require_safe
@conditional("html")
def quotation(request: HttpRequest) -> HttpResponse:
    """Whether words that are given stand in what the public may read: ``?words=…``.

    Two queries without words, twelve at most with them; and those of the cache, where one asks how
    often it was asked.
    """
    record = record_of(request)
    text, problem, status = request.GET.get("words", ""), "", HTTPStatus.OK
    found: Found | None = None
    if text.strip():
        try:
            words = read_quotation(text)
        except NotAQuotation as error:
            problem = str(error)
        else:
            if may_ask(request):
                found = find_quotation(record, words)
            else:
                problem, status = str(TOO_MANY), HTTPStatus.TOO_MANY_REQUESTS
    context = _context(record, gettext("Check a quotation")) | {
        "words": text[: 2 * MOST_LETTERS],
        "problem": problem,
        "found": found,
        "least_words": LEAST_WORDS,
        "least_letters": LEAST_LETTERS,
        "most_letters": MOST_LETTERS,
    }
    answer = render(request, "verify/quotation.html", context, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        answer["Cache-Control"] = "no-store"  # that somebody asked too often is nobody else's
    return answer


def _context(record: Record, title: str) -> dict[str, Any]:
    trail = [
        home_crumb(record),
        Crumb(gettext("Verify"), record.address("verify:about")),
        Crumb(title),
    ]
    return {"edition": record.edition, "breadcrumbs": trail}
