"""The page that says who stands together in a filtered list, and in which of its entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from record.addresses import address, query_with, without_noise
from record.conditional import conditional, record_of
from record.facets import number_of
from record.filter_fields import values_in
from record.filters import RecordFilter
from record.list_forms import form_context
from record.pages import EntryPages, pages_of, pages_under
from record.ranked import place_of, ranked
from record.reading import Record, Reference
from record.shown_as import BOTH, together_url
from record.together.counting import MOST, Pair, named_in, pairs_of, with_both
from record.together.drawing import arcs_of
from record.types import type_named

MOST_LISTED = 50


@dataclass(frozen=True)
class Chosen:
    """Two of those named, and the entries that name both."""

    first: Reference
    second: Reference
    rows: list[Any]
    more: bool


@require_safe
@conditional("html")
def together(request: HttpRequest, plural: str) -> HttpResponse:
    """Queries: those of the list's filters and their facets, four of whom it names, and three to
    five for the entries of a pair."""
    pages = pages_under(plural)
    if not pages.together_by:
        raise Http404(f"Nobody stands together in “{plural}”.")
    clean = without_noise(request.GET, several=[*pages.filterset.several(), BOTH])
    if clean is not None:
        return HttpResponseRedirect(address(request.path, clean))
    record = record_of(request)
    filters = pages.filterset(request.GET, record=record)
    by = pages.together_by
    named = named_in(filters, by)
    pairs = pairs_of(filters, by, named.totals)
    asked = values_in(request.GET, BOTH)  # two ids: whose common entries are listed
    names = record.references([*named.totals, *asked])
    chosen, wrong = _chosen(pages, filters, record, names, asked)
    url = together_url(pages)
    one_type = type_named(filters.filters[by].to)
    context = form_context(request, pages, filters, present="together", url=url) | {
        "wrong": wrong,
        "total": number_of(filters),
        "named": {
            each: _row(request, names[each], number, url, by)
            for each, number in named.totals.items()
        },
        "named_many": pages_of(one_type.name).many,
        "most": MOST,
        "others": named.others,
        "arcs": arcs_of(ranked(named.totals, names), pairs),
        "pairs": _pairs(request, pairs, names, url),
        "chosen": chosen,
    }
    return render(request, "record/together.html", context)


def _row(request: HttpRequest, name: Reference, number: int, url: str, by: str) -> dict[str, Any]:
    """One of those named; ``alone`` leads to the entries that name it."""
    only = query_with(request.GET, {by: [name.slug], BOTH: []})
    return {"name": name, "number": number, "alone": address(url, only)}


def _pairs(
    request: HttpRequest, pairs: Sequence[Pair], names: dict[str, Reference], url: str
) -> list[dict[str, Any]]:
    """Most frequent first, then by name; so are the two of a pair, though not in its address."""
    shown = []
    for pair in pairs:
        first, second = sorted((names[pair.first], names[pair.second]), key=place_of)
        both = address(url, query_with(request.GET, {BOTH: [pair.first, pair.second]}))
        row = {"first": first, "second": second, "number": pair.number, "url": f"{both}#both"}
        shown.append((-pair.number, place_of(first), place_of(second), row))
    return [row for *_, row in sorted(shown, key=itemgetter(0, 1, 2))]


def _chosen(
    pages: EntryPages,
    filters: RecordFilter,
    record: Record,
    names: dict[str, Reference],
    asked: list[str],
) -> tuple[Chosen | None, str]:
    if not asked:
        return None, ""
    found = [names[public_id] for public_id in asked if public_id in names]
    if len(asked) != 2 or len(found) != 2:
        wrong = gettext("“both” takes two ids of this edition, with a comma between them: A1,A2.")
        return None, wrong
    versions = with_both(filters, pages.together_by, asked)
    read = list(versions.select_related(None)[: MOST_LISTED + 1])
    rows = list(pages.rows(read[:MOST_LISTED], record))
    return Chosen(found[0], found[1], rows, len(read) > MOST_LISTED), ""
