"""The admin of an entry: its list, its form with all its rows, its end."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from desk import admin_actions, admin_history, drafts
from desk.admin_aside import MEANWHILE, aside_of, save_beside
from desk.admin_evidence import ShowsEvidence
from desk.admin_filters import EvidenceFilter, StandingFilter, with_names_in, with_standing
from desk.admin_pages import EntryPages
from desk.admin_paging import PagedByKeys
from desk.admin_prefilling import FilledFromAddress, came_from
from desk.admin_rows import ChoosesEntries
from desk.admin_saving import Refusals, SaveRefused, save_rows_of
from desk.admin_search import BoundedSearch
from desk.admin_submitting import may_submit_at_once, submit_at_once, where_submitted
from desk.admin_work import WorksThroughLists
from desk.bases import normalised
from desk.deletion import deletion_problem
from desk.forms import EntryForm, PartForm
from desk.history import attributed
from desk.refusals import Refused
from desk.revisions import save_revision
from desk.standing import Standing, standing_of
from desk.types import entry_with_id

# The last fieldset of every entry.
NOTES: Any = (
    "Subjects and notes",
    {"fields": ("subjects", "language", "editor_note", "desk_note")},
)


class EntryAdmin(
    PagedByKeys,
    WorksThroughLists,
    ShowsEvidence,
    FilledFromAddress,
    BoundedSearch,
    ChoosesEntries,
    EntryPages,
):
    """An entry with its rows. Saving keeps a revision; nothing changes in public."""

    form = EntryForm
    change_form_template = "desk/entry_form.html"
    list_filter: ClassVar[Any] = [StandingFilter, EvidenceFilter]
    search_fields: ClassVar[Any] = ["=public_id", "slug"]
    actions = [admin_actions.submit_for_review]
    list_per_page = 50
    save_on_top = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        entries = self.model.named(super().get_queryset(request))
        return with_standing(with_names_in(self.list_display, entries))

    # Columns of lists

    @admin.display(description="standing")
    def standing(self, entry: Any) -> str:
        if not entry.was_published:
            return "never published"
        if entry.merged_into:
            return f"merged into {entry.merged_into}"
        if not entry.stands_published:
            return "withdrawn"
        return "unpublished changes" if entry.has_changes else "as published"

    @admin.display(description="evidence", ordering="gaps")
    def evidence(self, entry: Any) -> str:
        if entry.gaps is None:
            return ""
        return f"{entry.gaps} lacking" if entry.gaps else "complete"

    # The form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        """Save everything under one reason, or nothing: then the form comes back as typed."""
        if request.method == "POST":
            return self._save(request, object_id, *args, **kwargs)
        draft = drafts.draft_for(request)
        if draft is None:
            return super().changeform_view(request, object_id, *args, **kwargs)
        drafts.as_posted(request, draft)
        request.refusals = Refusals([drafts.NOT_SAVED_YET])  # type: ignore[attr-defined]
        return self._changeform_view(request, object_id, "", {})  # type: ignore[attr-defined]

    def _save(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        reason = normalised(request.POST.get("reason", ""))
        try:
            with transaction.atomic(), attributed(by=request.user, reason=reason):  # type: ignore[arg-type]
                if object_id is not None:
                    entry = self.wait_for_others(request, object_id)
                    if beside := save_beside(self, request, entry, reason):
                        return beside
                return super().changeform_view(request, object_id, *args, **kwargs)
        except SaveRefused as refused:
            request.refusals = refused.refusals  # type: ignore[attr-defined]
        except IntegrityError:
            request.refusals = Refusals([MEANWHILE])  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, *args, **kwargs)

    def wait_for_others(self, request: HttpRequest, object_id: str) -> Any:
        """Lock the entry, so that what is compared with the form is what it will replace.

        Read again once it is locked: somebody may just have saved it.
        """
        entry: Any = self.get_object(request, unquote(object_id))
        if entry is None:
            return None
        self.model._default_manager.select_for_update(no_key=True).filter(pk=entry.pk).first()
        return self.get_object(request, unquote(object_id))

    def form_page(self, request: HttpRequest, entry: Any, context: dict[str, Any]) -> HttpResponse:
        """The form of a saved entry as Django answers it, from the rows as they are now."""
        response: HttpResponse = self._changeform_view(request, str(entry.pk), "", context)  # type: ignore[attr-defined]
        return response

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None:
            form.revision = obj.revision_number
            form.reason_needed = obj.stands_published
            if aside := aside_of(request):
                form.revision = aside.seen
        refusals = _refusals(request)
        if refusals:
            form.refusals = ["Nothing has been saved.", *refusals.general]
        return form

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        """As Django's, with provisional names that are unique over all lists of parts."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        number = 0
        for formset in formsets:
            formset.refusals = _refusals(request).rows.get(formset.prefix, [])
            if formset.is_bound or not issubclass(formset.form, PartForm):
                continue
            for form in formset.extra_forms:
                number += 1
                form.initial["part_key"] = f"new-{number}"
        return formsets, inlines

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        columns = {field.name for field in self.opts.concrete_fields}
        if not change or columns & set(form.changed_data):
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        form.save_m2m()
        entry = form.instance
        try:
            save_rows_of(entry, formsets)
            if aside := aside_of(request):
                aside.made_of(entry, form)
                return
            reason = form.cleaned_data["reason"]
            save_revision(entry, by=request.user, reason=reason)  # type: ignore[arg-type]
            submit_at_once(request, entry, reason=reason)
        except Refused as refused:
            raise SaveRefused(Refusals(refused.messages)) from refused
        standing = standing_of(entry)
        if standing is not None:
            for sentence in standing.lacking():
                self.message_user(request, sentence, messages.WARNING)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """What is saved beside the working copy is a revision, and no change of it."""
        return None if aside_of(request) else super().log_change(request, obj, message)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        return where_submitted(request, obj) or super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if aside_of(request):
            return HttpResponse()
        return where_submitted(request, obj) or super().response_change(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        entry = kwargs.get("obj")
        user = request.user
        standing: Standing | None = standing_of(entry) if entry else None
        winner = standing.merged_into if standing else ""
        slug = context["adminform"].form.fields.get("slug")
        if slug is not None and standing is not None and standing.url:
            slug.help_text = (
                "The last part of the public address. If you change it, the old address "
                f"{standing.url} will lead here, and is given to no other entry."
            )
        context |= {
            "standing": standing,
            "merged_url": self.change_url(entry_with_id(winner)) if winner else "",
            "can_submit": user.has_perm("desk.submit_entry"),
            "came_from": "" if entry else came_from(request),
            "submits_at_once": may_submit_at_once(request, standing),
            "can_withdraw": user.has_perm("desk.withdraw_entry"),
            "can_redact": user.has_perm("desk.redact_version"),
            "can_merge": user.has_perm("desk.merge_entry"),
            "stays": entry is not None and entry.was_published,
            "unsaved": request.method == "POST",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    # History, and the end of an entry

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return admin_history.history_page(self, request, unquote(object_id), extra_context)

    def get_actions(self, request: HttpRequest) -> Any:
        """Not to delete many at once: each says why it cannot go."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("desk.submit_entry"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A merged entry is edited no more; it can be looked at."""
        allowed = super().has_change_permission(request, obj)
        merged = obj is not None and bool(getattr(obj, "merged_into", None))
        return allowed and not merged

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> Any:
        """Where an entry is chosen for another one, merged ones are not offered."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            found = found.exclude(merged_into__gt="")
        return found, may_repeat

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj is not None and getattr(obj, "was_published", False))

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        entry: Any = self.get_object(request, unquote(object_id))
        problem = deletion_problem(entry.public_id) if entry else None
        if problem and self.has_view_permission(request, entry):
            self.message_user(request, problem, messages.ERROR)
            return HttpResponseRedirect(self.change_url(entry))
        with attributed(by=request.user, reason=""):  # type: ignore[arg-type]
            return super().delete_view(request, object_id, *args, **kwargs)

    def change_url(self, entry: Any) -> str:
        opts = self.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[entry.pk])


def _refusals(request: HttpRequest) -> Refusals:
    refusals: Refusals = getattr(request, "refusals", None) or Refusals()
    return refusals
