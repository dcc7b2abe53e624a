"""Previews at the desk: an entry as the public would see it, and links to that for outsiders."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.loader import select_template
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from chronicle.secret_addresses import HEADERS
from desk import drafts
from desk.admin_actions import page_context
from desk.forms import TypedForm
from desk.models import PreviewLink, WorkingCopy
from desk.previewing import (
    LONGEST_DAYS,
    comments_on,
    links_to,
    preview_of,
    revoke,
    share,
)
from desk.refusals import Refused


class ShareForm(TypedForm):
    reader = forms.CharField(
        label="For whom",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Only the desk sees this.",
    )
    days = forms.IntegerField(
        label="Days",
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=14,
        help_text=f"After so many days, {LONGEST_DAYS} at most, it leads nowhere.",
    )


def preview_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """The newest revision of the working copy, with the public's own template."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    entry, copy = _seen(model_admin, request, object_id)
    try:
        templates, context = preview_of(copy.revision, request.GET.dict())
    except Refused as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
        return HttpResponseRedirect(model_admin.change_url(entry))
    chosen: Any = select_template(templates)
    context |= {
        "page_template": chosen.template,
        "link": None,
        "form": None,
        "sent": False,
        "desk_url": model_admin.change_url(entry),
    }
    return TemplateResponse(request, "preview/entry.html", context, headers=HEADERS)


def links_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Links to revisions of the entry, and what was written there; POST makes or revokes one.

    The address of a new link is shown in the answer, once: it is not kept.
    """
    entry, copy = _seen(model_admin, request, object_id)
    may_share = request.user.has_perm("desk.share_preview")
    if request.method == "POST" and not may_share:
        raise PermissionDenied
    address = ""
    form = ShareForm(drafts.typed(request))
    if "revoke" in request.POST:
        return _revoke(request, entry, request.POST["revoke"])
    if form.is_valid():
        try:
            _, secret = share(copy.revision, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            address = settings.SITE_URL + reverse("preview", args=[secret])
            form = ShareForm()
            drafts.forget(request)
    context = page_context(model_admin, request, f"Links to {entry.public_id}") | {
        "subtitle": str(entry),
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
        "revision": copy.revision,
        "may_share": may_share,
        "form": form,
        "address": address,
        "links": links_to(entry.public_id),
        "comments": comments_on([entry.public_id]),
        "now": timezone.now(),
    }
    return TemplateResponse(
        request, "desk/preview_links.html", context, headers={"Cache-Control": "no-store"}
    )


def _revoke(request: HttpRequest, entry: Any, number: str) -> HttpResponse:
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    link = PreviewLink.objects.filter(pk=int(number), revision__public_id=entry.public_id).first()
    if link is None:
        raise Http404
    revoke(link, by=request.user)
    messages.success(request, f"The link for {link.reader} leads nowhere any more.")
    return HttpResponseRedirect(request.path)


def _seen(model_admin: Any, request: HttpRequest, object_id: str) -> tuple[Any, WorkingCopy]:
    """The entry and its working copy; 404, or 403 where this user may not see it."""
    entry = model_admin.get_object(request, unquote(object_id))
    if entry is None:
        raise Http404
    if not model_admin.has_view_permission(request, entry):
        raise PermissionDenied
    copy = WorkingCopy.objects.select_related("revision").filter(public_id=entry.public_id).first()
    if copy is None:
        raise Http404
    return entry, copy
