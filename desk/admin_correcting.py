"""Correcting what is published: the entry's form, filled from the published document."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from desk import drafts
from desk.admin_actions import page_context, submission_url
from desk.admin_aside import Aside, form_over, keep_beside, save_what_no_document_holds
from desk.admin_joining import change_in, join_url
from desk.admin_moves import tell
from desk.admin_saving import Refusals
from desk.bases import normalised
from desk.carrying import carry
from desk.corrections import (
    Unchanged,
    correction_of,
    newest_in_correction,
    open_correction,
    save_correction,
)
from desk.history import attributed
from desk.joining import check_fits
from desk.models import KeptBeside, Revision, WorkingCopy
from desk.naming import document_of
from desk.refusals import Refused
from desk.submissions import EDITORIAL
from desk.types import desk_type_of
from record.models import Change
from record.types import Document


def correct_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """What a correction is, and the button that opens its form; then the form.

    The form is opened by POST, since it is made of the working rows, which are put back.
    """
    entry = model_admin.get_object(request, unquote(object_id))
    if entry is None:
        raise Http404
    if not (
        model_admin.has_change_permission(request, entry)
        and request.user.has_perm("desk.submit_entry")
    ):
        raise PermissionDenied
    if request.method != "POST":
        return _introduction(model_admin, request, entry)
    reason = normalised(request.POST.get("reason", ""))
    try:
        with transaction.atomic(), attributed(by=request.user, reason=reason):  # type: ignore[arg-type]
            return _form(model_admin, request, model_admin.wait_for_others(request, object_id))
    except Unchanged as unchanged:
        tell(request, unchanged)
    except Refused as refused:
        tell(request, refused)
        if drafts.keep(request):  # the form, which there is nothing to correct with for now
            return HttpResponseRedirect(request.path)
    return HttpResponseRedirect(model_admin.change_url(entry))


def _introduction(model_admin: Any, request: HttpRequest, entry: Any) -> HttpResponse:
    drafts.typed(request)  # there may be a draft, which the form opens with
    context = page_context(model_admin, request, f"Correct {entry.public_id}") | {
        "subtitle": str(entry),
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
        "correction": open_correction(entry.public_id),
    }
    return TemplateResponse(request, "desk/correct.html", context)


def _form(model_admin: Any, request: HttpRequest, entry: Any) -> HttpResponse:
    copies = WorkingCopy.objects.select_related("published")
    copy = copies.filter(public_id=entry.public_id).first()
    if copy is None:
        raise Refused(f"{entry.public_id} has never been saved as a whole.")
    start, so_far = correction_of(copy), open_correction(copy.public_id)
    number = newest_in_correction(copy, so_far)
    context = {
        "title": f"Correct what is published of {entry.public_id}",
        "correcting": True,
        "correction": so_far,
        "kinds": [(kind.value, kind.label) for kind in EDITORIAL],
        "kind": change_in(request, so_far.change if so_far else Change.CORRECTION),
    }
    draft = drafts.draft_for(request) if "_open" in request.POST else None
    if draft is not None:
        drafts.as_posted(request, draft)
        request.refusals = Refusals([drafts.NOT_SAVED_YET])  # type: ignore[attr-defined]
    elif "_open" in request.POST:
        for each in start.conflicts:
            messages.warning(
                request,
                f"{each.where} has been published anew since this correction was begun, and "
                "stands here as it is published.",
            )
        request.method = "GET"  # an empty form is what is asked for
        return form_over(model_admin, request, entry, Aside(start.document, number), context)
    aside = Aside(*_opened_at(request, copy, start.document, number))
    response = form_over(model_admin, request, entry, aside, context)
    if aside.made is None:
        return response
    return _send(model_admin, request, entry, aside, aside.made, start.document)


def _send(
    model_admin: Any,
    request: HttpRequest,
    entry: Any,
    aside: Aside,
    mine: Document,
    theirs: Document,
) -> HttpResponse:
    """Put what the form made up for review, with what others have corrected or published since it
    was opened; or keep it beside that, where both changed a claim."""
    reason = normalised(request.POST.get("reason", ""))
    made = _joined(entry, aside.document, mine, theirs)
    if made is None:
        opened_at = Revision.objects.get(public_id=entry.public_id, number=aside.seen)
        kept = keep_beside(
            mine, opened_at, by=request.user, reason=reason, beside=KeptBeside.CORRECTION
        )
        address = f"{join_url(entry, kept)}?change_kind={change_in(request)}"
    else:
        submission = save_correction(
            entry, made, by=request.user, reason=reason, change=change_in(request)
        )
        address = submission_url(submission)
        messages.success(
            request,
            f"The correction is up for review; the working copy of {entry.public_id} is as it was.",
        )
    save_what_no_document_holds(model_admin, request, entry.pk, aside)
    return HttpResponseRedirect(address)


def _joined(entry: Any, base: Document, mine: Document, theirs: Document) -> Document | None:
    """Both in one; ``None`` where somebody has to choose."""
    if base == theirs:
        return mine
    carried = carry(desk_type_of(entry).declaration, base, mine, theirs)
    if carried.conflicts:
        return None
    try:
        check_fits(entry, carried.document)
    except Refused:
        return None
    return carried.document


def _opened_at(
    request: HttpRequest, copy: WorkingCopy, document: Document, number: int
) -> tuple[Document, int]:
    """What the form was opened with, which may be no longer what a correction starts from."""
    seen = request.POST.get("seen", "")
    if seen == str(number) or not (seen.isdecimal() and seen.isascii() and len(seen) < 9):
        return document, number
    found = Revision.objects.filter(public_id=copy.public_id, number=int(seen)).first()
    if found is None or "state" in document_of(found):
        return document, number
    return document_of(found), found.number
