"""What is done with entries from their lists and forms: into a submission, or withdrawn."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from desk import drafts
from desk.forms import TypedForm
from desk.gathering import add_entries
from desk.models import Submission, WorkingCopy
from desk.moves import CHANGES_REQUESTED, DRAFT
from desk.naming import document_of, name_in
from desk.refusals import Refused
from desk.standing import unpublished_needs
from desk.submission_forms import SubmitForm
from desk.submissions import EDITORIAL, resubmit, submit, submit_draft
from desk.types import desk_type
from desk.withdrawal import request_withdrawal


class WithdrawForm(TypedForm):
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Shown in public where the entry was.",
    )


@admin.action(description="Submit for review, or put into a draft…", permissions=["submit"])
def submit_for_review(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponse:
    """Asks for the reason on a page of its own; nothing is submitted yet."""
    ids = list(queryset.order_by("pk").values_list("public_id", flat=True))
    return _ask_why(model_admin, request, ids, SubmitForm(into=_own_drafts(request)))


def submit_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Put the entries named (``entry``), with what they need (``also``), into a submission.

    A new one or one of the user's drafts (``into``), which stays a draft where ``draft`` is
    posted and is put up for review otherwise. Asks why first.
    """
    if not model_admin.has_submit_permission(request):
        raise PermissionDenied
    own = _own_drafts(request)
    typed = drafts.typed(request, about=("entry",))
    if typed is None:
        return _ask_why(model_admin, request, request.GET.getlist("entry"), SubmitForm(into=own))
    ids = typed.getlist("entry")
    also = typed.getlist("also")
    _check_may_see(model_admin, request, [*ids, *also])
    form = SubmitForm(typed, into=own)
    if form.is_valid():
        stays = "draft" in request.POST
        try:
            submission = _put_together(form, [*ids, *also], by=request.user, stays=stays)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            done = "holds these entries" if stays else "is up for review"
            messages.success(request, f"Submission {submission.pk} {done}.")
            return HttpResponseRedirect(submission_url(submission))
    return _ask_why(model_admin, request, ids, form, also=also)


def _own_drafts(request: HttpRequest) -> list[Submission]:
    """The user's own submissions that take entries. One query."""
    own = Submission.objects.filter(
        created_by=request.user.pk,
        state__in=[DRAFT, CHANGES_REQUESTED],
        change__in=EDITORIAL,
        is_correction=False,
    )
    return list(own)


def _put_together(form: SubmitForm, ids: list[str], *, by: Any, stays: bool) -> Submission:
    """Into the draft that is chosen, or a new submission; up for review unless it ``stays``."""
    draft = form.draft
    if draft is None:
        return submit(ids, by=by, as_draft=stays, **form.description)
    with transaction.atomic():
        add_entries(draft, ids, by=by)
        if not stays:
            again = draft.state == CHANGES_REQUESTED
            (resubmit if again else submit_draft)(draft, by=by)
    return draft


def withdraw_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask for the withdrawal of a published entry; somebody approves it as a submission."""
    entry = model_admin.get_object(request, unquote(object_id))
    if entry is None:
        raise Http404
    may_see = model_admin.has_view_or_change_permission(request, entry)
    if not (may_see and request.user.has_perm("desk.withdraw_entry")):
        raise PermissionDenied
    form = WithdrawForm(drafts.typed(request))
    if form.is_valid():
        try:
            submission = request_withdrawal(
                [entry.public_id], by=request.user, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Submission {submission.pk} asks for the withdrawal.")
            return HttpResponseRedirect(submission_url(submission))
    context = page_context(model_admin, request, f"Withdraw {entry.public_id}") | {
        "form": form,
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
    }
    return TemplateResponse(request, "desk/withdraw.html", context)


def page_context(model_admin: Any, request: HttpRequest, title: str) -> dict[str, Any]:
    """What the admin's own page skeleton wants of a page of ours."""
    request.current_app = model_admin.admin_site.name
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "subtitle": None,
        "opts": model_admin.opts,
        "media": model_admin.media,
    }


def submission_url(submission: Any) -> str:
    return reverse("admin:desk_submission_change", args=[submission.pk])


def may_see_type(request: HttpRequest, type_name: str) -> bool:
    opts = desk_type(type_name).model._meta
    return any(
        request.user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}")
        for verb in ("view", "change")
    )


def _check_may_see(model_admin: Any, request: HttpRequest, ids: list[str]) -> None:
    copies = WorkingCopy.objects.filter(public_id__in=ids)
    types = copies.order_by().values_list("type", flat=True).distinct()
    if not all(may_see_type(request, type_name) for type_name in types):
        raise PermissionDenied


def _ask_why(
    model_admin: Any,
    request: HttpRequest,
    ids: list[str],
    form: SubmitForm,
    also: list[str] | None = None,
) -> HttpResponse:
    _check_may_see(model_admin, request, ids)
    copies = WorkingCopy.objects.filter(public_id__in=ids).select_related("revision")
    needs = [copy for copy in unpublished_needs(ids) if may_see_type(request, copy.type)]
    opts = model_admin.opts
    submit_url = reverse(f"admin:{opts.app_label}_{opts.model_name}_submit")
    context = page_context(model_admin, request, "Submit for review") | {
        "form_of": drafts.sign(request, submit_url),
        "form": form,
        "entries": [_named(copy) for copy in copies.order_by("type", "public_id")],
        "needs": [
            _named(copy) | {"chosen": also is None or copy.public_id in also} for copy in needs
        ],
        "list_url": reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"),
        "submit_url": submit_url,
    }
    return TemplateResponse(request, "desk/submit.html", context)


def _named(copy: WorkingCopy) -> dict[str, Any]:
    return {
        "id": copy.public_id,
        "type": copy.type,
        "name": name_in(document_of(copy.revision)),
        "is_new": copy.published_id is None,
        "gaps": copy.gaps,
        "revision": copy.revision_id,
    }
