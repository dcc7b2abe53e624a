"""The page that brings together what two people made of one entry, or of its correction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from desk.admin_actions import page_context, submission_url
from desk.admin_choosing import NOT_SAVED, chosen_in, found
from desk.admin_moves import tell
from desk.bases import normalised
from desk.choosing import MINE, THEIRS, choices
from desk.corrections import open_correction
from desk.joining import (
    Meeting,
    bring_into_correction,
    bring_together,
    kept,
    with_correction,
    with_working_copy,
)
from desk.models import KeptBeside, Revision, WorkingCopy
from desk.naming import desk_words, document_of
from desk.refusals import Refused
from desk.submissions import EDITORIAL
from record.models import Change

Save = Callable[..., str]  # whatever was chosen; returns where to go then


@dataclass(frozen=True)
class Joining:
    """How one of the two pages differs from the other."""

    beside: KeptBeside
    meet: Callable[[Revision, WorkingCopy], Meeting]
    save: Save


def join_url(entry: Any, revision: Revision) -> str:
    """Where ``revision`` is brought together with what it was kept beside."""
    opts, page = entry._meta, PAGES[KeptBeside(revision.kept_beside)]
    return reverse(
        f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[entry.pk, revision.number]
    )


def join_page(model_admin: Any, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """What this user saved while others had saved the entry, beside what those changed."""
    return _page(model_admin, request, object_id, number, JOIN)


def join_correction_page(
    model_admin: Any, request: HttpRequest, object_id: str, number: int
) -> HttpResponse:
    """What this user corrected while others had corrected or published the entry."""
    return _page(model_admin, request, object_id, number, JOIN_CORRECTION)


def change_in(request: HttpRequest, default: Change | str = Change.CORRECTION) -> Change:
    """The kind of change that was chosen for a correction."""
    typed = chosen_in(request).get("change_kind", request.GET.get("change_kind", ""))
    return Change(typed if typed in EDITORIAL else default)


def _page(
    model_admin: Any, request: HttpRequest, object_id: str, number: int, joining: Joining
) -> HttpResponse:
    entry, copy = found(model_admin, request, object_id)
    is_correction = joining.beside == KeptBeside.CORRECTION
    if is_correction and not request.user.has_perm("desk.submit_entry"):
        raise PermissionDenied
    mine = kept(entry.public_id, number, by=request.user, beside=joining.beside)
    if mine is None:
        raise Http404
    if request.method == "POST":
        reason = normalised(request.POST.get("reason", ""))
        try:
            if not reason and copy.published_id:
                raise Refused("This entry has been published: say why you change it.")
            return HttpResponseRedirect(joining.save(model_admin, request, entry, mine, reason))
        except Refused as refused:
            tell(request, refused, NOT_SAVED)
            copy.refresh_from_db()
    try:
        meeting = joining.meet(mine, copy)
    except Refused as refused:
        tell(request, refused, NOT_SAVED)
        return HttpResponseRedirect(model_admin.change_url(entry))
    context = page_context(model_admin, request, f"Bring together {entry.public_id}") | {
        "subtitle": str(entry),
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
        "reason": chosen_in(request).get("reason", mine.reason),
        "reason_needed": copy.published_id is not None,
        **_sides(request, meeting),
    }
    if is_correction:
        item = open_correction(entry.public_id)
        context |= {
            "correcting": True,
            "kinds": [(kind.value, kind.label) for kind in EDITORIAL],
            "kind": change_in(request, item.change if item else Change.CORRECTION),
        }
    return TemplateResponse(request, "desk/join.html", context)


def _sides(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    mine, carried = meeting.mine, meeting.carried
    words = desk_words(mine.type, document_of(mine), meeting.theirs, document_of(meeting.start))
    chosen, asked = chosen_in(request), request.method == "POST"
    labels = {MINE: "yours", THEIRS: "theirs"}
    taken = {MINE: "leave as it was", THEIRS: "take over"}
    return {
        "seen": meeting.seen,
        "saves": meeting.saves,
        "conflicts": choices(carried.conflicts, labels, words, chosen, asked=asked),
        "taken": choices(carried.taken, taken, words, chosen, default=THEIRS),
        "kept": choices(carried.kept, labels, words, {}),
    }


def _save(model_admin: Any, request: HttpRequest, entry: Any, mine: Revision, reason: str) -> str:
    seen = request.POST.get("seen", "")
    bring_together(entry, mine, request.POST.dict(), seen=seen, by=request.user, reason=reason)
    messages.success(request, f"Both are saved now in {entry.public_id}.")
    address: str = model_admin.change_url(entry)
    return address


def _save_correction(
    model_admin: Any, request: HttpRequest, entry: Any, mine: Revision, reason: str
) -> str:
    submission = bring_into_correction(
        entry,
        mine,
        request.POST.dict(),
        seen=request.POST.get("seen", ""),
        by=request.user,
        reason=reason,
        change=change_in(request),
    )
    messages.success(request, f"Both are up for review now as the correction of {entry.public_id}.")
    return submission_url(submission)


JOIN = Joining(KeptBeside.WORKING_COPY, with_working_copy, _save)
JOIN_CORRECTION = Joining(KeptBeside.CORRECTION, with_correction, _save_correction)
# Ends of the names of their addresses.
PAGES = {KeptBeside.WORKING_COPY: "join", KeptBeside.CORRECTION: "join_correction"}
