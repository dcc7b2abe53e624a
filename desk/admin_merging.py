"""Merging an entry into another: the page that shows first what it would do."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse

from desk import drafts
from desk.admin_actions import page_context, submission_url
from desk.changes import plain_changes
from desk.choices import EntryChoiceField, EntrySelect, look_up
from desk.forms import LinesField, TypedForm
from desk.merge_plan import Plan, plan_merger
from desk.merging import request_merger
from desk.models import WorkingCopy
from desk.naming import document_of, in_words, name_in, names_of
from desk.refusals import Refused
from desk.takeover import Offer
from record.reading import document_of as published_document
from record.referred import targets_of_all
from record.wording import Wording

REFERRERS_A_PAGE = 50
PAGE = "referrers"
CHOSEN = ("winner", "winner_id", "shown", "take")  # what the addresses of its pages say again
OF_KIND = {"citations": "citation", "identifiers": "external identifier", "subjects": "subject"}


class WinnerForm(forms.Form):
    """Which entry of the same type stays; by its id where no list can be searched."""

    winner = EntryChoiceField(None, label="Merge it into", required=False)
    winner_id = forms.CharField(label="or its public id", required=False, max_length=16)

    def __init__(self, data: Any, *, model_admin: Any) -> None:
        super().__init__(data)
        model = model_admin.model
        own = next(each for each in model._meta.related_objects if each.field.name == "entry")
        field: Any = self.fields["winner"]
        field.queryset = model.objects.all()
        field.widget = EntrySelect(own.field, model_admin.admin_site)
        field.widget.takes_id = False  # `winner_id` does
        field.widget.choices = field.choices
        field.widget.is_required = False
        field.known = look_up(field, [(data or {}).get("winner")])
        field.present = set(field.known)  # the plan says what stands against a retired one

    @property
    def chosen(self) -> str:
        """The public id; empty where none is chosen. The form has to be valid."""
        winner = self.cleaned_data["winner"]
        typed: str = self.cleaned_data["winner_id"].strip()
        return str(winner.public_id) if winner else typed


class ReasonForm(TypedForm):
    reason = LinesField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Why these two are one. Shown in public with the edition.",
    )


@dataclass(frozen=True)
class Choice:
    """One thing that the loser has, in words, and what becomes of it."""

    offer: Offer
    what: str
    says: str


def merge_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Asks into which, shows what that would do, and puts it up for review. GET writes nothing."""
    entry = model_admin.get_object(request, unquote(object_id))
    if entry is None:
        raise Http404
    may_see = model_admin.has_view_permission(request, entry)
    if not (may_see and request.user.has_perm("desk.merge_entry")):
        raise PermissionDenied
    typed = drafts.typed(request)
    told = request.GET if typed is None else typed
    is_asked = "winner" in told or "winner_id" in told
    form = WinnerForm(told if is_asked else None, model_admin=model_admin)
    # Shown again by POST too, though nothing is written: a form's sign against forgery and what was
    # typed have no place in an address.
    again = typed is not None and "again" in typed
    is_final = request.method == "POST" and not again
    reason = ReasonForm(None if again else typed)
    if typed is None or again:
        reason.initial = {"reason": told.get("reason", "")}
    plan = None
    if is_asked and form.is_valid():
        try:
            plan = _plan(form, entry, told)
            if is_final and reason.is_valid():
                return _ask(request, plan, reason.cleaned_data["reason"])
        except Refused as refused:
            # Once there is a plan, it is shown anew; what was typed stays.
            (form if plan is None else reason).add_error(None, refused)
            plan = _plan(form, entry, told) if plan is not None else None
    context = page_context(model_admin, request, f"Merge {entry.public_id} into another") | {
        "form": form,
        "reason": reason,
        "entry": entry,
        "entry_url": model_admin.change_url(entry),
        "media": model_admin.media + form.media,
        "plan": plan,
    }
    if plan is not None:
        staying = model_admin.model.objects.get(public_id=plan.winner.public_id)
        context["form"] = WinnerForm({"winner": staying.pk}, model_admin=model_admin)
        context |= _shown(plan, told)
    return TemplateResponse(request, "desk/merge.html", context)


def _plan(form: WinnerForm, entry: Any, told: Any) -> Plan:
    if not form.chosen:
        raise Refused("Choose the entry that it is merged into.")
    chosen = frozenset(told.getlist("take")) if "shown" in told else None
    return plan_merger(entry.public_id, form.chosen, chosen=chosen)


def _ask(request: HttpRequest, plan: Plan, reason: str) -> HttpResponse:
    submission = request_merger(
        plan.loser.public_id,
        plan.winner.public_id,
        by=request.user,
        reason=reason,
        chosen=frozenset(plan.taken),
        seen=request.POST.get("seen", ""),
    )
    messages.success(request, f"Submission {submission.pk} asks for the merger.")
    return HttpResponseRedirect(submission_url(submission))


def _shown(plan: Plan, told: QueryDict) -> dict[str, Any]:
    """Three queries."""
    pages = Paginator(plan.referrers, REFERRERS_A_PAGE)
    page = pages.get_page(told.get(PAGE))
    winner = plan.winner.public_id
    documents = [plan.before[winner], plan.takeover.document, published_document(plan.loser)]
    wanted = {target.id for target in targets_of_all(documents)}
    names = names_of([*wanted, *page])
    type_name = plan.winner.type
    words = Wording(type_name, documents[::-1], names)
    unfinished = [copy for copy in plan.working if copy.changed]
    query = QueryDict(mutable=True)
    for name in (each for each in CHOSEN if each in told):
        query.setlist(name, told.getlist(name))
    return {
        "choices": [_choice(offer, words) for offer in plan.takeover.offers],
        "left": [
            (words.where([name]), words.said([name], says).in_a_line)
            for name, says in plan.takeover.left
        ],
        "changes": plain_changes(type_name, documents[0], documents[1], names),
        "referrers": page,
        "referring": [(public_id, names.get(public_id, public_id)) for public_id in page],
        "page_query": query.urlencode(),
        "page_var": PAGE,
        "unfinished": [
            (copy.public_id, name_in(document_of(copy.revision)))
            for copy in unfinished[:REFERRERS_A_PAGE]
        ],
        "unfinished_number": len(unfinished),
        "own_changes": WorkingCopy.objects.filter(
            public_id=plan.loser.public_id, changed=True
        ).exists(),
        "keys": list(plan.takeover.keys.items()),
    }


def _choice(offer: Offer, words: Wording) -> Choice:
    if isinstance(offer.value, dict):
        says = words.said([offer.of, offer.name], offer.value).in_a_line
    else:
        says = words.names.get(offer.value, in_words(offer.value))
    what = OF_KIND.get(offer.of, offer.of.replace("_", " "))
    if offer.name[:1] in "pc" and offer.name[1:].isdecimal():
        what = f"{what} {offer.name}"
    return Choice(offer, what, says)
