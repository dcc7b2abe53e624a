"""Pages of several proposals at once: side by side, and who answered how; and both as dossiers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from proposals.choosing import LEAST, MOST, Chosen, Remark, offered, read_chosen
from proposals.comparing import compare
from proposals.dossier import Dossier, Frame, of_comparison, of_matrix
from proposals.dossier_docx import CONTENT_TYPE, as_docx
from proposals.dossier_markdown import as_markdown
from proposals.matrix_asked import read_matrix
from record.addresses import address, origin_of, query_with, without_noise
from record.conditional import conditional, current_of, record_of
from record.entry_page import Crumb, home_crumb
from record.metadata import oembed_address
from record.pages import neighbours
from record.reading import Record
from record.types import type_named

SHOW = "show"  # the form's button that compares, besides the one that searches


@require_safe
@conditional("html")
def proposal_compare(request: HttpRequest) -> HttpResponse:
    """``?ids=P1,P2``: two to six proposals side by side, else a form to choose them.

    Eight to eleven queries, and three or four more where a name is not that of a proposal now.
    """
    if (clean := _clean(request, "ids")) is not None:
        return HttpResponseRedirect(clean)
    if SHOW in request.GET:  # the address to keep is that of the comparison alone
        query = query_with(request.GET, {SHOW: [], "q": []})
        return HttpResponseRedirect(_address("proposal_compare", query))
    record = record_of(request)
    chosen = read_chosen(record, request.GET)
    text = request.GET.get("q", "").strip()
    choosing = bool(text) or len(chosen.ids) < LEAST
    context = _context(record, gettext("Side by side")) | {
        "chosen": chosen,
        "remarks": _remarks(chosen),
        "least": LEAST,
        "most": MOST,
        "q": text,
        "offer": offered(record, text, chosen.ids),
        "choosing": choosing,
        "comparison": None if choosing else compare(record, chosen.ids),
        **_kept("compare", chosen.query, request),
        "embed_url": record.page(address(reverse("embeds:embed_compare"), chosen.query)),
        "oembed_url": oembed_address(request, record, _address("proposal_compare", chosen.query)),
        "responses_url": record.address("proposals:proposal_responses"),
    }
    return render(request, "proposals/compare.html", context)


@require_safe
@conditional("html")
def proposal_responses(request: HttpRequest) -> HttpResponse:
    """Who answered how, ``?on=1999-11-19``, to proposals, or ``?proposal=P1`` to its provisions.

    Six to nine queries.
    """
    if (clean := _clean(request)) is not None:
        return HttpResponseRedirect(clean)
    record = record_of(request)
    asked = read_matrix(record, request.GET)
    query = asked.query(asked.day.written)
    context = _context(record, asked.title, *asked.crumbs) | {
        "asked": asked,
        "matrix": asked.matrix,
        **_kept("responses", query, request),
        **neighbours(request, asked.found),
        "embed_url": record.page(address(reverse("embeds:embed_responses"), query)),
        "oembed_url": oembed_address(request, record, asked.path),
    }
    return render(request, "proposals/responses.html", context)


@require_safe
@conditional("file")
def compare_dossier(request: HttpRequest, file: str) -> HttpResponse:
    """The comparison as Markdown or DOCX; 400 where the address names no two proposals."""
    record = _pinned_record(request)
    chosen = read_chosen(record, request.GET)
    if len(chosen.ids) < LEAST:
        return _refused(_remarks(chosen) or [Remark(gettext("Name proposals: ?ids=P1,P2."))])
    title = " – ".join(entry.label for entry in chosen.entries)
    frame = _frame(request, record, _address("proposal_compare", chosen.query), title)
    return _file(of_comparison(compare(record, chosen.ids), frame), file, "proposals-side-by-side")


@require_safe
@conditional("file")
def responses_dossier(request: HttpRequest, file: str) -> HttpResponse:
    """The matrix as Markdown or DOCX; 400 for a day or a proposal that cannot be read."""
    record = _pinned_record(request)
    asked = read_matrix(record, request.GET)
    if asked.remarks:
        return _refused(asked.remarks)
    frame = _frame(request, record, asked.path, asked.title_of_file)
    corner = gettext("Provision") if asked.proposal else gettext("Proposal")
    return _file(of_matrix(asked.matrix, frame, corner=corner), file, "responses-to-proposals")


def _remarks(chosen: Chosen) -> list[Remark]:
    remarks = list(chosen.remarks)
    if len(chosen.ids) == 1:
        message = gettext(
            "One proposal is chosen. Choose at least one more: %(least)d to %(most)d can stand "
            "side by side."
        )
        remarks.append(Remark(message % {"least": LEAST, "most": MOST}))
    return remarks


def _context(record: Record, title: str, *between: Crumb) -> dict[str, Any]:
    pages = type_named("proposal")
    return {
        "edition": record.edition,
        "title": title,
        "breadcrumbs": [
            home_crumb(record),
            Crumb(gettext("Proposals"), record.page(pages.list_url)),
            *between,
            Crumb(title),
        ],
    }


def _clean(request: HttpRequest, *several: str) -> str | None:
    """The address without what says nothing, where it has any."""
    query = without_noise(request.GET, several=several)
    if query is None:
        return None
    return address(request.path, query)


def _address(view: str, query: str, *arguments: str) -> str:
    url = reverse(f"proposals:{view}", args=arguments)
    return address(url, query)


def _kept(name: str, query: str, request: HttpRequest) -> dict[str, Any]:
    """Where the page stands for good, and its dossiers: of the edition that is read."""
    record = record_of(request)
    url = record.pinned(_address(f"proposal_{name}", query))
    return {
        "address": f"{origin_of(request)}{url}",
        "forms": {
            form: record.pinned(_address(f"{name}_dossier", query, form)) for form in ("md", "docx")
        },
    }


def _pinned_record(request: HttpRequest) -> Record:
    """Of which all addresses name the edition."""
    return current_of(request).at(record_of(request).number)


def _frame(request: HttpRequest, record: Record, url: str, title: str) -> Frame:
    if record.edition is None:
        raise Http404("Nothing has been published yet.")
    return Frame(record.edition, origin_of(request), record.page(url), title)


def _refused(remarks: list[Remark]) -> HttpResponse:
    """A file is not read with a note at its top, so what is wrong is refused."""
    said = "\n".join(remark.text for remark in remarks)
    return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")


def _file(dossier: Dossier, form: str, name: str) -> HttpResponse:
    if form == "docx":
        response = HttpResponse(as_docx(dossier), content_type=CONTENT_TYPE)
    else:
        body = as_markdown(dossier)
        response = HttpResponse(body, content_type="text/markdown; charset=utf-8")
    file = f"{name}-edition-{dossier.edition}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
