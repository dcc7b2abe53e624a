"""The page that cites a passage for an entry that is there: which entry, then which claims."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from desk import drafts
from desk.evidence_table import ClaimLine, evidence_table
from desk.models import WorkingCopy
from desk.refusals import Refused
from desk.types import desk_type_for, desk_types, entry_with_id
from reading.access import may_change, page_context
from reading.citing import cite
from reading.drafting import citation_of
from reading.forms import CiteForm
from reading.held import Held
from reading.passage_views import chosen_passage, citing_there, held_of
from reading.room import Reading
from sources.models import Source
from sources.selectors import Span

MOST_FOUND = 10  # entries of a type
NEXT = "next"  # the button that goes on


def cite_page(request: HttpRequest, source: Source) -> HttpResponse:
    """Without an entry, entries to choose from; with one, its claims. Posting saves a citation."""
    held = held_of(source)
    typed = drafts.typed(request, about=("text", "from", "to", "entry"))
    told = request.GET if typed is None else typed
    try:
        span = held.span_in(told)
        if span is None:
            raise Refused("Choose a passage first, or paste its words.")
        passage = chosen_passage(held, span)
        if passage.why_not:
            raise Refused(passage.why_not)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        return HttpResponseRedirect(held.url("passage"))
    context = page_context(request, "Cite the passage") | {
        "source": source,
        "held": held,
        "span": span,
        "place": held.place(span),
        "passage": passage,
        "passage_url": held.passage_url(span),
        "cite_url": held.url("cite"),
    }
    entry = _entry(told.get("entry", ""))
    if entry is None:
        return _choose_entry(request, held, span, context)
    if not may_change(request.user, type(entry)):
        raise PermissionDenied
    return _choose_claims(request, held, span, entry, context | {"typed": typed})


def _entry(public_id: str) -> Any:
    """An entry of a type that cites; ``None`` for anything else."""
    try:
        model: Any = desk_type_for(public_id).model
    except KeyError:
        return None
    return entry_with_id(public_id) if hasattr(model, "citations") else None


def _choose_entry(
    request: HttpRequest, held: Held, span: Span, context: dict[str, Any]
) -> HttpResponse:
    """Those that cite words near by, and what a search finds. A query a type that is searched."""
    query = " ".join(request.GET.get("q", "").split())
    reading = Reading(held)
    numbers = held.folded.blocks_of(span)
    near = Span(
        held.folded.blocks[max(numbers[0] - 2, 0)].span.start,
        held.folded.blocks[min(numbers[-1], len(held.folded.blocks) - 1)].span.end,
    )
    beside = {
        claimed.public_id: (claimed.public_id, claimed.entry, claimed.type)
        for claimed in citing_there(reading, near)
        if may_change(request.user, desk_type_for(claimed.public_id).model)
    }
    context |= {
        "query": query,
        "beside": _with_addresses(held, span, beside.values()),
        "found": _with_addresses(held, span, _search(request, query)) if query else [],
    }
    return TemplateResponse(request, "reading/cite_entry.html", context)


def _with_addresses(
    held: Held, span: Span, entries: Iterable[tuple[str, str, str]]
) -> list[tuple[str, str, str, str]]:
    """Id, name, type and the address that chooses it."""
    return [
        (public_id, name, type_name, held.passage_url(span, "cite", entry=public_id))
        for public_id, name, type_name in entries
    ]


def _search(request: HttpRequest, query: str) -> list[tuple[str, str, str]]:
    """As the desk's lists search, in all types that cite and that this person may change."""
    found = []
    for desk_type in reversed(desk_types()):
        model: Any = desk_type.model
        if not hasattr(model, "citations") or not may_change(request.user, model):
            continue
        model_admin = admin.site._registry[model]
        rows, _ = model_admin.get_search_results(request, model.named(model.objects.all()), query)
        merged = WorkingCopy.objects.filter(merged_into__gt="").values("public_id")
        rows = rows.exclude(public_id__in=merged).distinct()[:MOST_FOUND]
        found += [(row.public_id, str(row), str(model._meta.verbose_name)) for row in rows]
    return found


def _choose_claims(
    request: HttpRequest, held: Held, span: Span, entry: Any, context: dict[str, Any]
) -> HttpResponse:
    table = evidence_table(entry)
    lines = table.lines if table else []
    copy = WorkingCopy.objects.filter(public_id=entry.public_id).only("published").first()
    form = CiteForm(
        context["typed"],
        claims=[(line.claim, line.name) for line in lines],
        reason_needed=copy is not None and copy.published_id is not None,
    )
    passage = context["passage"]
    if form.is_valid():
        told = form.cleaned_data
        numbers = passage.numbers
        where = citation_of(held, passage.selector, numbers) | {"blocks": numbers}
        try:
            row, already = cite(entry, source=held.source, passage=where, by=request.user, **told)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            said = f"Already cited as {row}." if already else f"{row} cites the passage now."
            messages.success(request, said)
            return HttpResponseRedirect(_onward(request, held, span))
    there = citing_there(Reading(held), span)
    context |= {
        "entry": entry,
        "entry_url": reverse("admin:desk_entry", args=[entry.public_id]),
        "called": _called(entry),
        "form": form,
        "lines": _ticked(lines, form),
        "already": [each for each in there if each.public_id == entry.public_id],
    }
    return TemplateResponse(request, "reading/cite_claims.html", context)


def _ticked(lines: Iterable[ClaimLine], form: CiteForm) -> list[tuple[ClaimLine, bool]]:
    chosen = form["claims"].value() or []
    return [(line, line.claim in chosen) for line in lines]


def _called(entry: Any) -> str:
    """What it is called. One query."""
    (named,) = type(entry).named(type(entry).objects.filter(pk=entry.pk))
    return str(named)


def _onward(request: HttpRequest, held: Held, span: Span) -> str:
    """Back to the text, or on to the next words of the same source."""
    if NEXT not in request.POST:
        return held.block_url(held.folded.blocks_of(span)[0])
    following = Reading(held).next_open(span.end)
    return held.passage_url(following) if following else held.url("passage")
