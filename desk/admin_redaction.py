"""The page on which a chief editor chooses what is redacted of an entry, and what stands then."""

from dataclasses import dataclass
from typing import Any

import orjson
from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from desk import drafts
from desk.admin_actions import page_context, submission_url
from desk.changes import plain_changes
from desk.forms import TypedForm
from desk.gates import referrers_at_desk
from desk.naming import names_of
from desk.redaction import Then, redactable, request_redaction
from desk.refusals import Refused
from record.changes import Change
from record.models import Link, State, Version
from record.referred import targets_of_all
from record.types import type_named

MOST_NAMED = 50  # referrers


class RedactForm(TypedForm):
    """``editions``: those whose versions are to go; the page draws them itself."""

    editions = forms.TypedMultipleChoiceField(
        coerce=int,
        label="Versions",
        error_messages={"required": "Choose at least one version."},
    )
    then = forms.ChoiceField(
        choices=Then, widget=forms.RadioSelect, label="What stands of it afterwards"
    )
    forget_address = forms.BooleanField(
        required=False,
        label="The address itself holds what has to go",
        help_text="Where nothing stands afterwards: the old address then leads nowhere.",
    )
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Shown in public, for good. Do not repeat here what has to go.",
    )

    def __init__(self, data: Any, *, versions: list[Version]) -> None:
        super().__init__(data)
        self.fields["editions"].choices = [  # type: ignore[attr-defined]
            (version.edition_id, f"edition {version.edition_id}") for version in versions
        ]


@dataclass(frozen=True)
class Said:
    """One version: what it is called, and how what it says differs from the one before."""

    version: Version
    name: str
    changes: list[Change]
    stands: bool
    chosen: bool


def redact_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask for a redaction; somebody else approves it as a submission."""
    entry = model_admin.get_object(request, unquote(object_id))
    if entry is None:
        raise Http404
    may_see = model_admin.has_view_or_change_permission(request, entry)
    if not (may_see and request.user.has_perm("desk.redact_version")):
        raise PermissionDenied
    versions = list(redactable(entry.public_id).select_related("edition"))
    form = RedactForm(drafts.typed(request), versions=versions)
    if form.is_valid():
        try:
            submission = request_redaction(
                entry.public_id,
                editions=form.cleaned_data["editions"],
                then=Then(form.cleaned_data["then"]),
                forget_address=form.cleaned_data["forget_address"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Submission {submission.pk} asks for the redaction.")
            return HttpResponseRedirect(submission_url(submission))
    chosen = form.data.getlist("editions") if form.is_bound else []  # type: ignore[attr-defined]
    public, at_desk = _referrers(entry.public_id)
    context = page_context(model_admin, request, f"Redact {entry.public_id}") | {
        "form": form,
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
        "versions": _said(versions, set(chosen)),
        "public_referrers": public[:MOST_NAMED],
        "more_public": max(0, len(public) - MOST_NAMED),
        "desk_referrers": at_desk[:MOST_NAMED],
        "more_at_desk": max(0, len(at_desk) - MOST_NAMED),
    }
    return TemplateResponse(request, "desk/redact.html", context)


def _said(versions: list[Version], chosen: set[str]) -> list[Said]:
    """Newest first. One query."""
    documents = [
        type_named(version.type).upcast(orjson.loads(version.document), version.schema)
        if version.state == State.PUBLISHED
        else None
        for version in versions
    ]
    type_name = versions[0].type if versions else ""
    names = names_of(target.id for target in targets_of_all(documents))
    said, before = [], None
    for version, document in zip(versions, documents, strict=True):
        said.append(
            Said(
                version,
                version.label or version.slug,
                plain_changes(type_name, before, document, names) if document else [],
                stands=version.superseded_in_id is None,
                chosen=str(version.edition_id) in chosen,
            )
        )
        before = document or before
    return said[::-1]


def _referrers(public_id: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Ids and names of the entries that refer to it: in public now, and at the desk. 3 queries."""
    links = Link.objects.filter(target=public_id, superseded_in=None).exclude(public_id=public_id)
    public = sorted(set(links.order_by().values_list("public_id", flat=True)))
    at_desk = referrers_at_desk(public_id)
    names = names_of([*public, *at_desk])
    return (
        [(each, names.get(each, each)) for each in public],
        [(each, names.get(each, each)) for each in at_desk],
    )
