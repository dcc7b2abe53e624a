"""The reading room's pages of texts: which there are, one of them, what is set aside in it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from desk import drafts
from desk.refusals import Refused
from reading.access import page_context
from reading.bar import State
from reading.forms import AsideForm, WordsForm
from reading.held import PAGE, Held, held_text
from reading.room import Reading
from reading.setting_aside import PERMISSION, block_of, set_aside, take_back
from sources.models import SetAside, Source, SourceText

SOURCES_A_PAGE = 50
HIDDEN = "off"  # of the suggestions
LEGEND = [State.CITED, State.PARTLY, State.FLAGGED, State.ASIDE, State.QUIET, State.HEADING]


def sources(request: HttpRequest) -> HttpResponse:
    """Sources whose texts the desk holds, the newest text first. Two queries of its own."""
    newest = SourceText.objects.filter(source=OuterRef("source")).order_by("-loaded_at", "-pk")
    texts = (
        SourceText.objects.filter(pk=Subquery(newest.values("pk")[:1]))
        .select_related("source")
        .only("loaded_at", "source__public_id", "source__title", "source__kind")
        .order_by("-loaded_at", "-pk")
    )
    page = Paginator(texts, SOURCES_A_PAGE).get_page(request.GET.get("page"))
    context = page_context(request, "The reading room") | {
        "texts": page,
        "may_load": request.user.has_perm("sources.add_sourcetext"),
    }
    return TemplateResponse(request, "reading/sources.html", context)


def room(request: HttpRequest, source: Source) -> HttpResponse:
    """Fifty blocks of the text, what is claimed from them beside them, and the bar over all."""
    held = held_text(source)
    if held is None:
        context = page_context(request, source.title) | {
            "source": source,
            "may_load": request.user.has_perm("sources.add_sourcetext"),
            "load_url": f"{reverse('admin:sources_sourcetext_add')}?source={source.public_id}",
        }
        return TemplateResponse(request, "reading/no_text.html", context)
    number = _page_number(request.GET.get("page", ""), held.pages)
    offered = request.GET.get("offers") != HIDDEN
    reading = Reading(held)
    first = reading.next_open(0)
    context = page_context(request, source.title) | {
        "source": source,
        "held": held,
        "blocks": reading.page(number, offered=offered),
        "bar": _bar(reading, offered=offered),
        "figure": reading.figure,
        "failures": reading.coverage.failures,
        "legend": LEGEND,
        "offered": offered,
        "switch_url": held.url("room", page=_page(number), offers=HIDDEN if offered else ""),
        "next_url": held.passage_url(first) if first else "",
        "pages": _pages(held, number, offered=offered),
        "words_form": WordsForm(auto_id="paste_%s"),
        "passage_url": held.url("passage"),
        "aside_url": held.url("set_aside"),
        "form_of_aside": drafts.sign(request, held.url("set_aside")),
        "form_of_words": drafts.sign(request, held.url("passage")),
        "may_set_aside": request.user.has_perm(PERMISSION),
    }
    return TemplateResponse(request, "reading/room.html", context)


def aside(request: HttpRequest, source: Source) -> HttpResponse:
    """Set the block aside, or the passage that the address names; a form says why."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    held = held_text(source)
    if held is None:
        raise Http404(f"The desk holds no text of {source.public_id}.")
    typed = drafts.typed(request, about=("block",))
    told = request.GET if typed is None else typed
    context = page_context(request, "Set aside") | {"source": source, "held": held}
    form = AsideForm(typed, initial=request.GET.dict())
    if form.is_valid():
        block = form.cleaned_data["block"]
        try:
            span = held.span_in(told)
            set_aside(
                source,
                held.folded,
                block=block,
                span=span,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, refused)
        else:
            what = "The passage" if span else f"Block {block}"
            messages.success(request, f"{what} is set aside.")
            return HttpResponseRedirect(held.block_url(block))
    context |= {
        "form": form,
        "place": {name: told.get(name, "") for name in ("text", "from", "to")},
    }
    return TemplateResponse(request, "reading/set_aside.html", context)


@require_POST
def back_from_aside(request: HttpRequest, source: Source, number: int) -> HttpResponse:
    """It is to be read again."""
    row = SetAside.objects.filter(entry=source, pk=number).first()
    if row is None:
        raise Http404
    held = held_text(source)
    block = block_of(row, held.folded) if held else row.block
    try:
        take_back(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, f"Block {block} is no longer set aside.")
    return HttpResponseRedirect(held.block_url(block) if held else reverse("reading:sources"))


def _bar(reading: Reading, *, offered: bool) -> dict[str, Any]:
    asked = {} if offered else {"offers": HIDDEN}
    return {
        "pieces": [(piece, reading.held.block_url(piece.first, **asked)) for piece in reading.bar],
        "runs": [(run, reading.held.block_url(run.first, **asked)) for run in reading.runs],
    }


def _pages(held: Held, number: int, *, offered: bool) -> dict[str, Any]:
    """This page and its neighbours; empty addresses where there are none."""

    def url(page: int) -> str:
        if not 1 <= page <= held.pages:
            return ""
        return held.url("room", page=_page(page), offers="" if offered else HIDDEN)

    return {
        "number": number,
        "all": held.pages,
        "before": url(number - 1),
        "after": url(number + 1),
        "first": (number - 1) * PAGE + 1,
        "last": min(number * PAGE, len(held.folded.blocks)),
        "blocks": len(held.folded.blocks),
    }


def _page(number: int) -> int | str:
    return number if number > 1 else ""


def _page_number(text: str, last: int) -> int:
    """The page asked for, or the nearest that there is."""
    if not (text.isascii() and text.isdecimal()):
        return 1
    return min(max(int(text[:9]), 1), last)
