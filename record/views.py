"""Pages of editions, of corrections, and of what was said of one entry over time."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from record.addresses import address, query_with
from record.as_of import require_edition
from record.conditional import conditional, record_of
from record.corrections import corrections, kinds_of, read_asked, types_of
from record.editions import change_counts, contents, edition_rows, editions_around, listed
from record.entry_page import Crumb, home_crumb
from record.history import History, NoSuchVersion, compared, history_of
from record.memento import time_map
from record.models import State, Version
from record.pages import LIMIT, neighbours, page_at
from record.paging import edition_page, page
from record.reading import NotInRecord
from record.sorting import CHANGED
from record.types import type_named, type_of


@require_safe
@conditional("html")
def edition_list(request: HttpRequest) -> HttpResponse:
    record = record_of(request)
    found, bad_cursor = page_at(edition_page, edition_rows(record), request, LIMIT)
    context = {
        "edition": record.edition,
        "breadcrumbs": [home_crumb(record), Crumb(gettext("Editions"))],
        "editions": found.items,
        "bad_cursor": bad_cursor,
        "api_url": record.address("api:edition_list"),
        **neighbours(request, found),
    }
    return render(request, "record/edition_list.html", context)


@require_safe
@conditional("html")
def edition_detail(request: HttpRequest, number: int) -> HttpResponse:
    record = record_of(request)
    require_edition(number, record)
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
            home_crumb(record),
            Crumb(gettext("Editions"), record.address("record:edition_list")),
            Crumb(gettext("Edition %(number)d") % {"number": number}),
        ],
        "changes": changes,
        "total": sum(change.total for change in changes),
        "versions": listed(found.items, record),
        "bad_cursor": bad_cursor,
        "api_url": record.address("api:edition_detail", number),
        **neighbours(request, found),
    }
    return render(request, "record/edition_detail.html", context)


@require_safe
@conditional("html")
def correction_list(request: HttpRequest) -> HttpResponse:
    """Five queries."""
    record = record_of(request)
    asked = read_asked(request.GET)
    in_order = partial(page, order=CHANGED)
    found, bad_cursor = page_at(in_order, corrections(record, asked), request, LIMIT)
    kinds = kinds_of(record, asked)
    context = {
        "edition": record.edition,
        "breadcrumbs": [home_crumb(record), Crumb(gettext("Corrections"))],
        "feed_url": _feed_of(request, reverse("files:correction_feed")),
        "asked": asked,
        "kinds": kinds,
        "types": types_of(record, asked),
        "total": sum(kind.total for kind in kinds if not asked.change or kind.chosen),
        "versions": listed(found.items, record),
        "bad_cursor": bad_cursor,
        **neighbours(request, found),
    }
    return render(request, "record/correction_list.html", context)


@require_safe
@conditional("html")
def entry_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every version of an entry, and what differs between two: ``?from=1&to=3``, editions.

    Seven queries, and up to six more where parts of other entries are named. Raises Http404.
    """
    record = record_of(request)
    try:
        history = history_of(record, public_id)
    except NotInRecord:
        raise Http404(f"Nothing has been published under the id “{public_id[:40]}”.") from None
    before, after, wrong = _two_of(history, request)
    newest = history.newest
    entry_url = record.page(type_named(newest.type).url(newest.slug or newest.public_id))
    context = {
        "edition": record.edition,
        "breadcrumbs": [
            home_crumb(record),
            Crumb(history.name, entry_url, history.title.language),
            Crumb(gettext("History")),
        ],
        "history": history,
        "stands": newest.state == State.PUBLISHED,
        "compared": compared(record, before, after, tells=True),
        "wrong": wrong,
    }
    return render(request, "record/entry_history.html", context)


@require_safe
@conditional("timemap")
def entry_time_map(request: HttpRequest, public_id: str) -> HttpResponse:
    """The versions of an entry that can be read, for programs (RFC 7089). Two queries.

    Raises Http404.
    """
    try:
        found = time_map(request, type_of(public_id), public_id)
    except KeyError:
        found = None
    if found is None:
        raise Http404(f"No version of “{public_id[:40]}” can be read.")
    return found


def _feed_of(request: HttpRequest, url: str) -> str:
    """The address of a feed of what this page lists."""
    return address(url, query_with(request.GET, {}))


def _two_of(history: History, request: HttpRequest) -> tuple[Version | None, Version, list[str]]:
    """The versions to compare, the earlier one first, and what is wrong with what was asked for.

    Without parameters the newest and the one before; ``None`` before the first.
    """
    chosen: dict[str, Version] = {}
    wrong = []
    for name in ("from", "to"):
        text = request.GET.get(name, "")
        try:
            if text:
                chosen[name] = history.at(text)
        except NoSuchVersion:
            message = gettext("“%(text)s” is no edition that wrote a version of this entry.")
            wrong.append(message % {"text": text[:20]})
    after = chosen.get("to", history.newest)
    before = chosen.get("from", history.before(after))
    if before is not None and before.edition_id > after.edition_id:
        before, after = after, before
    return before, after, wrong
