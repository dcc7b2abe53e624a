"""The page on which an editor chooses, claim by claim, what a correction leaves of other work."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from desk import drafts
from desk.admin_actions import page_context
from desk.admin_moves import tell
from desk.bases import normalised
from desk.choosing import (
    MINE,
    NOW,
    THEIRS,
    choices,
    conflicts_of,
    decide,
)
from desk.models import WorkingCopy
from desk.naming import desk_words, document_of
from desk.refusals import Refused
from desk.types import desk_type

NOT_SAVED = "Nothing has been saved yet; what you entered is kept."


def decide_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """What unfinished changes say otherwise than a correction that has been published since."""
    entry, copy = found(model_admin, request, object_id)
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
    divergences, chosen = conflicts_of(copy), chosen_in(request)
    document = document_of(copy.revision)
    declaration = desk_type(copy.type).declaration
    context = page_context(model_admin, request, f"Decide on {entry.public_id}") | {
        "subtitle": str(entry),
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
        "seen": copy.revision.number,
        "reason": chosen.get("reason", ""),
        "editions": sorted({each["edition"] for each in copy.conflicts}),
        "conflicts": choices(
            divergences,
            {MINE: "unpublished", THEIRS: "published", NOW: "as the entry says now"},
            desk_words(copy.type, document),
            chosen,
            now=(declaration, document),
            asked=request.method == "POST",
        ),
    }
    return TemplateResponse(request, "desk/decide.html", context)


def found(model_admin: Any, request: HttpRequest, object_id: str) -> tuple[Any, WorkingCopy]:
    """The entry and its working copy, for those who may change it; otherwise 404, or 403."""
    entry = model_admin.get_object(request, unquote(object_id))
    if entry is None:
        raise Http404
    if not model_admin.has_change_permission(request, entry):
        raise PermissionDenied
    copies = WorkingCopy.objects.select_related("revision__saved_by", "published__saved_by")
    copy = copies.filter(public_id=entry.public_id).first()
    if copy is None:
        raise Http404
    return entry, copy


def chosen_in(request: HttpRequest) -> Mapping[str, str]:
    """Sides by the name of the claim."""
    typed = drafts.typed(request)
    return {} if typed is None else {name: str(typed[name]) for name in typed}
