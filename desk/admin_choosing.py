"""Pages on which an editor chooses, claim by claim, between what two people made of an entry."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from desk.admin_actions import page_context
from desk.admin_moves import tell
from desk.bases import normalised
from desk.choosing import (
    MINE,
    NOW,
    THEIRS,
    bring_together,
    brought_together,
    choices,
    conflicts_of,
    decide,
    kept_beside,
    saved_meanwhile,
)
from desk.models import WorkingCopy
from desk.naming import desk_words, document_of
from desk.refusals import Refused
from desk.types import desk_type

NOT_SAVED = "Nothing has been saved yet; what you entered is kept."


def join_page(model_admin: Any, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """What this user saved while others had saved the entry, beside what those changed."""
    entry, copy = _found(model_admin, request, object_id)
    mine = kept_beside(entry.public_id, number, by=request.user)
    if mine is None:
        raise Http404
    if request.method == "POST":
        reason = normalised(request.POST.get("reason", ""))
        try:
            if not reason and copy.published_id:
                raise Refused("This entry has been published: say why you change it.")
            seen = request.POST.get("seen", "")
            bring_together(
                entry, mine, request.POST.dict(), seen=seen, by=request.user, reason=reason
            )
        except Refused as refused:
            tell(request, refused, NOT_SAVED)
            copy.refresh_from_db()
        else:
            messages.success(request, f"Both are saved now in {entry.public_id}.")
            return HttpResponseRedirect(model_admin.change_url(entry))
    newest = copy.revision
    carried = brought_together(mine, newest)
    looked_at = [mine, newest, mine.starts_from or mine]
    words = desk_words(mine.type, *map(document_of, looked_at))
    chosen, asked = _chosen(request), request.method == "POST"
    labels = {MINE: "yours", THEIRS: "theirs"}
    context = page_context(model_admin, request, f"Bring together {entry.public_id}") | {
        "subtitle": str(entry),
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
        "seen": newest.number,
        "reason": request.POST.get("reason", mine.reason),
        "reason_needed": copy.published_id is not None,
        "saves": saved_meanwhile(mine, newest),
        "conflicts": choices(carried.conflicts, labels, words, chosen, asked=asked),
        "taken": choices(
            carried.taken,
            {MINE: "leave as it was", THEIRS: "take over"},
            words,
            chosen,
            default=THEIRS,
        ),
        "kept": choices(carried.kept, labels, words, {}),
    }
    return TemplateResponse(request, "desk/join.html", context)


def decide_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """What unfinished changes say otherwise than a correction that has been published since."""
    entry, copy = _found(model_admin, request, object_id)
    if request.method == "POST" and copy.conflicts:
        reason = normalised(request.POST.get("reason", ""))
        try:
            if not reason:
                raise Refused("Say why you decide so.")
            seen = request.POST.get("seen", "")
            decide(entry, request.POST.dict(), seen=seen, by=request.user, reason=reason)
        except Refused as refused:
            tell(request, refused, NOT_SAVED)
            copy.refresh_from_db()
        else:
            messages.success(request, f"All of it is decided in {entry.public_id}.")
            return HttpResponseRedirect(model_admin.change_url(entry))
    divergences = conflicts_of(copy)
    document = document_of(copy.revision)
    declaration = desk_type(copy.type).declaration
    context = page_context(model_admin, request, f"Decide on {entry.public_id}") | {
        "subtitle": str(entry),
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
        "seen": copy.revision.number,
        "reason": request.POST.get("reason", ""),
        "editions": sorted({each["edition"] for each in copy.conflicts}),
        "conflicts": choices(
            divergences,
            {MINE: "unpublished", THEIRS: "published", NOW: "as the entry says now"},
            desk_words(copy.type, document),
            _chosen(request),
            now=(declaration, document),
            asked=request.method == "POST",
        ),
    }
    return TemplateResponse(request, "desk/decide.html", context)


def _found(model_admin: Any, request: HttpRequest, object_id: str) -> tuple[Any, WorkingCopy]:
    """The entry and its working copy, for those who may change it; otherwise 404, or 403."""
    entry = model_admin.get_object(request, unquote(object_id))
    if entry is None:
        raise Http404
    if not model_admin.has_change_permission(request, entry):
        raise PermissionDenied
    copies = WorkingCopy.objects.select_related("revision__saved_by")
    copy = copies.filter(public_id=entry.public_id).first()
    if copy is None:
        raise Http404
    return entry, copy


def _chosen(request: HttpRequest) -> Mapping[str, str]:
    return request.POST.dict() if request.method == "POST" else {}
