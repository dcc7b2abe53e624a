"""One finding in the browser: what it is about, and that it is so."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from desk import drafts
from desk.findings import accept_finding, reopen_finding
from desk.forms import TypedForm
from desk.integrity import integrity_checks
from desk.models import Finding
from desk.naming import names_of
from desk.refusals import Refused
from desk.worklists import visible_types


class AcceptForm(TypedForm):
    reason = forms.CharField(
        label="Why it is so",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Kept at the desk, for whoever comes after you.",
    )


def finding_page(site: Any, request: HttpRequest, facts: str) -> HttpResponse:
    """Shows a finding; posted, says why it is so, or (``reopen``) takes that back."""
    finding = Finding.objects.select_related("accepted_by").filter(pk=facts).first()
    if finding is None:
        raise Http404("This is no longer found: what it was about has been changed.")
    if finding.type not in visible_types(request.user):
        raise PermissionDenied
    may_accept = request.user.has_perm("desk.accept_finding")
    if request.method == "POST":
        if not may_accept:
            raise PermissionDenied
        if "reopen" in request.POST:
            reopen_finding(finding, by=request.user)
            messages.success(request, "It stands in the lists again.")
            return HttpResponseRedirect(request.get_full_path())
    form = AcceptForm(drafts.typed(request))
    if form.is_valid():
        try:
            accept_finding(finding, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Accepted: it is out of the lists until its facts change.")
            return HttpResponseRedirect(request.get_full_path())
    request.current_app = site.name
    titles = {check.name: check.title for check in integrity_checks()}
    ids = list(finding.entries.order_by("pk").values_list("public_id", flat=True))
    names = names_of(ids)
    context = site.each_context(request) | {
        "title": titles.get(finding.check_name, "A finding"),
        "subtitle": None,
        "finding": finding,
        "entries": [(public_id, names.get(public_id, public_id)) for public_id in ids],
        "form": form,
        "may_accept": may_accept,
    }
    return TemplateResponse(request, "desk/finding.html", context)
