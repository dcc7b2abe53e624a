"""The queue of selectors to look at, in the admin: a list, and a page to work through it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from desk import drafts
from desk.admin_actions import page_context
from desk.admin_review import OfVisibleTypes
from desk.forms import TypedForm
from desk.models import WorkingCopy
from desk.naming import document_of, name_in
from desk.refusals import Refused
from desk.types import desk_type_for, entry_with_id
from sources.models import SelectorChange, SourceText
from sources.queue import mark_seen

INLINE = "citations"  # prefix of an entry's citations in its form


class SeenForm(TypedForm):
    reason = forms.CharField(
        label="Why it can stay as it is",
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Kept at the desk.",
    )


class StandingFilter(admin.SimpleListFilter):
    """What waits is shown unless something else is asked for."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("seen", "Marked as seen"), ("settled", "Found again"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": "To look at"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "seen":
                return queryset.filter(seen_at__isnull=False, settled_at=None)
            case "settled":
                return queryset.filter(settled_at__isnull=False)
            case "all":
                return queryset
        return queryset.filter(settled_at=None, seen_at=None)


@admin.register(SelectorChange)
class SelectorChangeAdmin(OfVisibleTypes):
    list_display = ["citation_of", "was", "now", "is_public", "found_at", "source"]
    list_filter = [StandingFilter]
    list_select_related = ["source"]
    search_fields = ["=public_id", "=source__public_id"]
    actions = None
    list_per_page = 50

    @admin.display(description="citation")
    def citation_of(self, change: SelectorChange) -> str:
        return str(change)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = {"title": "Selectors to look at"}
        return super().changelist_view(request, title | (extra_context or {}))

    def change_view(self, request: HttpRequest, object_id: Any, *args: Any, **kw: Any) -> Any:
        """What has changed, where to mend it, and the ones before and after it that wait.

        Eight queries of its own. Posting says why it can stay.
        """
        change = self.get_visible(request, str(object_id))
        may_mark = request.user.has_perm("sources.change_selectorchange")
        if request.method == "POST" and not may_mark:
            raise PermissionDenied
        form = SeenForm(drafts.typed(request))
        others = self.get_queryset(request).filter(settled_at=None, seen_at=None)
        following = others.filter(pk__gt=change.pk).order_by("pk").first()
        if form.is_valid():
            try:
                mark_seen(change, by=request.user, reason=form.cleaned_data["reason"])
            except Refused as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, f"{change} is marked as seen.")
                return HttpResponseRedirect(_address(following))
        context = page_context(self, request, str(change)) | {
            "change": change,
            "form": form,
            "may_mark": may_mark and change.settled_at is None and change.seen_at is None,
            "following": following,
            "preceding": others.filter(pk__lt=change.pk).order_by("-pk").first(),
            **_where(change),
        }
        return TemplateResponse(request, "desk/selector_change.html", context)


def _address(change: SelectorChange | None) -> str:
    """Of the next one; of the list where it was the last."""
    if change is None:
        return reverse("admin:sources_selectorchange_changelist")
    return reverse("admin:sources_selectorchange_change", args=[change.pk])


def _where(change: SelectorChange) -> dict[str, Any]:
    """The citation as the working copy has it, and the addresses of both texts."""
    text = SourceText.objects.filter(source=change.source).defer("text").first()
    copies = WorkingCopy.objects.filter(public_id=change.public_id).select_related("revision")
    copy = copies.first()
    found: dict[str, Any] = {"citation": None, "name": change.public_id, "entry_url": ""}
    if copy is not None:
        document = document_of(copy.revision)
        keys = [citation["key"] for citation in document.get("citations", ())]
        entry: Any = entry_with_id(change.public_id)
        opts = desk_type_for(change.public_id).model._meta
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[entry.pk])
        if change.citation in keys:
            number = keys.index(change.citation)
            found["citation"] = document["citations"][number]
            url = f"{url}#{INLINE}-{number}"
        found |= {"name": name_in(document), "entry_url": url}
    return found | {
        "text_url": reverse("admin:sources_sourcetext_change", args=[text.pk]) if text else ""
    }
