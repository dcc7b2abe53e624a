"""The pages of a passage: finding it by its words, and what can be made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from desk import drafts
from desk.naming import names_of
from desk.refusals import Refused
from reading.access import page_context
from reading.claiming import Claimed, Entries
from reading.cutting import Piece, cut
from reading.drafting import Choices, citation_of, draft_url, to_choose
from reading.forms import WordsForm
from reading.held import Held, held_text
from reading.offers import Offers
from reading.pasting import MOST_CANDIDATES, find, is_exact, nearest, selected, shown
from reading.room import Reading, figure_words
from reading.setting_aside import PERMISSION
from sources.models import Source
from sources.selecting import Selector, selector_for
from sources.selectors import Span

NONE = "none"  # of the dates, or of several whom a name may mean


@dataclass(frozen=True)
class ChosenPassage:
    """The passage, in the letters of its blocks; ``why_not``: there is no selector for it."""

    blocks: Sequence[tuple[int, str, Sequence[Piece]]]
    numbers: Sequence[int]
    words: str
    selector: Selector
    why_not: str


def passage(request: HttpRequest, source: Source) -> HttpResponse:
    """What can be made of the passage that the address names, or of the words that are posted.

    Posting looks for words and changes nothing: one place leads on to its passage.
    """
    held = held_of(source)
    form = WordsForm(None if "from" in request.GET else drafts.typed(request))
    if request.method == "POST":
        return _found(request, held, form)
    try:
        span = held.span_in(request.GET)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        span = None
    if span is None:
        return _page(request, held, form)
    return _page(request, held, form, _of_passage(request, held, span))


def draft(request: HttpRequest, source: Source) -> HttpResponse:
    """To the form of a new event, filled in with what was chosen of the passage."""
    if not request.user.has_perm("events.add_event"):
        raise PermissionDenied
    held = held_of(source)
    try:
        span = held.span_in(request.GET)
        if span is None:
            raise Refused("Choose a passage first, or paste its words.")
        selector = selector_for(held.folded, span)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        return HttpResponseRedirect(held.url("passage"))
    offers = Reading(held).offers_in(span)
    citation = citation_of(held, selector, held.folded.blocks_of(span))
    after = held.block_url(held.folded.blocks_of(span)[-1])
    return HttpResponseRedirect(draft_url(held, citation, _chosen(request, offers), back=after))


def held_of(source: Source) -> Held:
    held = held_text(source)
    if held is None:
        raise Http404(f"The desk holds no text of {source.public_id}.")
    return held


def chosen_passage(held: Held, span: Span) -> ChosenPassage:
    """The passage in its blocks, with the selector made for it."""
    numbers = held.folded.blocks_of(span)
    try:
        selector, why_not = selector_for(held.folded, span), ""
    except Refused as refused:
        selector, why_not = {}, refused.messages[0]
    blocks = [held.folded.blocks[number - 1] for number in numbers]
    return ChosenPassage(
        blocks=[(block.number, block.section, cut(block, [span])) for block in blocks],
        numbers=numbers,
        words=held.folded.text[span.start : span.end],
        selector=selector,
        why_not=why_not,
    )


def citing_there(reading: Reading, span: Span) -> list[Claimed]:
    """Citations of the very passage first, then those that share words with it. Two queries."""
    blocks = [reading.coverage.blocks[number - 1] for number in reading.held.folded.blocks_of(span)]
    cited = {
        each.citation: each
        for block in blocks
        for each in block.cited
        if each.span.start < span.end and span.start < each.span.end
    }
    return Entries(cited.values()).claimed(
        sorted(cited.values(), key=lambda each: each.span != span)
    )


def _found(request: HttpRequest, held: Held, form: WordsForm) -> HttpResponse:
    """To the one place where the words stand; else the places, or what comes nearest."""
    if not form.is_valid():
        return _page(request, held, form)
    told = form.cleaned_data
    try:
        spans = find(held.folded, told["words"])
    except Refused as refused:
        form.add_error("words", refused)
        return _page(request, held, form)
    if told["block"]:
        here = selected(held.folded, told["words"], block=told["block"], before=told["before"])
        spans = [here] if here else spans
    if len(spans) == 1 and (told["block"] or is_exact(held.folded, told["words"], spans[0])):
        return HttpResponseRedirect(held.passage_url(spans[0]))
    context: dict[str, Any] = {
        "looked": True,
        "candidates": [
            (candidate, held.passage_url(candidate.span))
            for candidate in (shown(held.folded, span) for span in spans)
        ],
        "most": MOST_CANDIDATES,
        "within": bool(spans) and not is_exact(held.folded, told["words"], spans[0]),
    }
    near = None if spans else nearest(held.folded, told["words"])
    if near is not None:
        context |= {"nearest": near, "nearest_url": held.passage_url(near.candidate.span)}
    return _page(request, held, form, context)


def _of_passage(request: HttpRequest, held: Held, span: Span) -> dict[str, Any]:
    reading = Reading(held)
    offers = reading.offers_in(span)
    found = to_choose(offers)
    ids = {*found.actors, *found.places, *(each for group in found.groups for each in group.ids)}
    names = names_of(ids)
    following = reading.next_open(span.end)
    passage = chosen_passage(held, span)
    return {
        "span": span,
        "place": held.place(span),
        "passage": passage,
        "there": citing_there(reading, span),
        "offers": offers,
        "actors": _named(found.actors, names),
        "places": _named(found.places, names),
        "groups": [
            (f"who-{number}", group.words, _named(group.ids, names))
            for number, group in enumerate(found.groups, start=1)
        ],
        "figures": [
            (number, each, figure_words(each)) for number, each in enumerate(offers.figures)
        ],
        "next_url": held.passage_url(following) if following else "",
        "block_url": held.block_url(passage.numbers[0]),
        "may_draft": request.user.has_perm("events.add_event"),
        "may_set_aside": request.user.has_perm(PERMISSION),
    }


def _named(ids: Sequence[str], names: dict[str, str]) -> list[tuple[str, str]]:
    return [(public_id, names.get(public_id, public_id)) for public_id in ids]


def _chosen(request: HttpRequest, offers: Offers) -> Choices:
    """What the address takes of the offers; all of them that are plain where it takes none."""
    if "chosen" not in request.GET:
        plain = to_choose(offers)
        return Choices(
            who=plain.actors,
            place=plain.places[0] if plain.places else "",
            date=offers.dates[0] if offers.dates else None,
            figures=offers.figures,
        )
    ids = [
        each for name, values in request.GET.lists() if name.startswith("who") for each in values
    ]
    offered = {public_id for name in offers.names for public_id in name.candidates}
    chosen = [each for each in dict.fromkeys(ids) if each in offered]
    places = [request.GET.get("place", ""), *(each for each in chosen if each.startswith("L"))]
    dates = dict(enumerate(offers.dates))
    date = request.GET.get("date", "")
    figures = set(request.GET.getlist("figure"))
    return Choices(
        who=list(dict.fromkeys(each for each in chosen if each.startswith("A"))),
        place=next((each for each in places if each in offered), ""),
        date=next((found for number, found in dates.items() if str(number) == date), None),
        figures=[each for number, each in enumerate(offers.figures) if str(number) in figures],
    )


def _page(
    request: HttpRequest, held: Held, form: WordsForm, found: dict[str, Any] | None = None
) -> HttpResponse:
    title = "A passage" if found and "span" in found else "Find a passage"
    context = page_context(request, title) | {
        "source": held.source,
        "held": held,
        "words_form": form,
        "passage_url": held.url("passage"),
        "draft_url": held.url("draft"),
        "cite_url": held.url("cite"),
        "aside_url": held.url("set_aside"),
        "form_of_aside": drafts.sign(request, held.url("set_aside")),
        "form_of_words": drafts.sign(request, held.url("passage")),
        "span": None,
        "looked": False,
        "candidates": [],
        "nearest": None,
        "none": NONE,
        "room_url": held.url("room"),
        "sources_url": reverse("reading:sources"),
    }
    return TemplateResponse(request, "reading/passage.html", context | (found or {}))
