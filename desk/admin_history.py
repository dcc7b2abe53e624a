"""The history tab of an entry, with its saves and revisions; and what of it is not public yet."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from desk.admin_actions import page_context
from desk.comparing import since_published
from desk.models import WorkingCopy
from desk.passages import may_read_texts
from desk.timeline import timeline

SAVES_A_PAGE = 50


def history_page(
    model_admin: Any,
    request: HttpRequest,
    object_id: str,
    extra_context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Who changed what, when and why. As many queries for one save as for a hundred."""
    entry = _visible(model_admin, request, object_id)
    copy = WorkingCopy.objects.filter(public_id=entry.public_id).first()
    pages = Paginator(timeline(entry), SAVES_A_PAGE)
    context = page_context(model_admin, request, f"History of {entry.public_id}") | {
        "subtitle": str(entry),
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
        "saves": pages.get_page(request.GET.get(PAGE_VAR)),
        "page_var": PAGE_VAR,
        "current": copy.revision_id if copy else None,
        "published": copy.published_id if copy else None,
    }
    return TemplateResponse(request, "desk/history.html", context | (extra_context or {}))


def changes_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """What the working copy has that the public has not, claim by claim."""
    entry = _visible(model_admin, request, unquote(object_id))
    texts = may_read_texts(request.user)
    context = page_context(model_admin, request, f"Changes of {entry.public_id}") | {
        "subtitle": str(entry),
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
        "since": since_published(entry.public_id, texts=texts),
    }
    return TemplateResponse(request, "desk/changes.html", context)


def _visible(model_admin: Any, request: HttpRequest, object_id: str) -> Any:
    """The entry, or 404, or 403 where this user may not see it."""
    entry = model_admin.get_object(request, object_id)
    if entry is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, entry):
        raise PermissionDenied
    return entry
