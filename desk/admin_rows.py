"""The rows of an entry in its form: parts, identifiers, waivers; and finding others' parts."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from chronicle.fields import PartialDateField
from desk.admin_paging import PagedByKeys
from desk.admin_search import BoundedSearch
from desk.bases import Part
from desk.choices import EntriesChoiceField, EntryChoiceField, EntrySelect, fields_choosing_entries
from desk.forms import LinesField, PartForm, RowForm, WaiverForm
from desk.formsets import RowFormSet
from desk.models import WorkingCopy

STACKED = "admin/edit_inline/stacked.html"


class ChoosesEntries:
    """Fields that refer to entries are autocompletes, and are looked up together."""

    # A partial date has a form field of its own, which is no text area.
    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"form_class": LinesField},
        PartialDateField: {},
        models.URLField: {"assume_scheme": "https"},
    }

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return fields_choosing_entries(self.opts)  # type: ignore[attr-defined]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Beside a field, what it names is added and changed; nothing is deleted from there."""
        field: Any = super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
            field.widget.can_view_related = not field.widget.can_change_related
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("form_class", EntryChoiceField)
            options.setdefault("widget", EntrySelect(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **options)  # type: ignore[misc]

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            model: Any = db_field.related_model
            options.setdefault("queryset", model.named(model.objects.all()))
            options.setdefault("form_class", EntriesChoiceField)
        return super().formfield_for_manytomany(db_field, request, **options)  # type: ignore[misc]


class RowInline(ChoosesEntries, admin.TabularInline):
    """Rows of an entry. Whoever may change the entry may change them."""

    form = RowForm
    formset = RowFormSet
    extra = 1

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.editable = self.has_change_permission(request, obj)
        formset.in_table = self.template != STACKED
        # Django asks before anything is saved; rows deleted together may refer to one another.
        formset.form.hand_clean_DELETE = lambda form: None
        return formset

    def _may(self, request: HttpRequest, *verbs: str) -> bool:
        opts = self.parent_model._meta
        return any(
            request.user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}") for verb in verbs
        )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view", "change")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", "add")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", "add")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", "add")


class PartInline(RowInline):
    """Parts, each with its key: given, or provisional until it is saved."""

    form: type[RowForm] = PartForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        names = self.model.named_by if issubclass(self.model, Part) else ()
        own = [name for name, field in self.form.base_fields.items() if hasattr(field, "of")]
        return super().get_queryset(request).select_related(*names, *own)


class StackedPartInline(PartInline):
    """Parts with too many fields for one line of a table."""

    template = STACKED


class IdentifierInline(RowInline):
    fields = ("scheme", "value")
    verbose_name = "external identifier"


class WaiverInline(RowInline):
    """Leave to publish without evidence: for those who may grant it, for others to read."""

    form = WaiverForm
    fields = ("claim", "reason")
    verbose_name = "waiver"

    def _may(self, request: HttpRequest, *verbs: str) -> bool:
        if "view" in verbs:
            return super()._may(request, *verbs)
        return bool(request.user.has_perm("desk.waive_evidence")) and super()._may(request, *verbs)


class PartLookupAdmin(PagedByKeys, BoundedSearch, admin.ModelAdmin):
    """Parts that other entries refer to: to be found by name, and edited with their entry."""

    search_fields: ClassVar[Any] = ["=entry__public_id", "entry__slug", "=key"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.model.named_by)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> Any:
        """Parts of merged entries are not offered: they stand in the others by now."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        merged = WorkingCopy.objects.filter(merged_into__gt="").values("public_id")
        return found.exclude(entry__public_id__in=merged), may_repeat

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_change"
        view = self.admin_site.admin_view(self.entry_of)
        return [path("<path:object_id>/change/", view, name=name)]

    def entry_of(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """To the form of the entry, which checks whether it may be seen."""
        part: Any = self.get_object(request, unquote(object_id))
        if part is None:
            return HttpResponseRedirect(reverse("admin:index"))
        entry = part.entry._meta
        query = request.META["QUERY_STRING"]
        address = reverse(
            f"admin:{entry.app_label}_{entry.model_name}_change", args=[part.entry.pk]
        )
        return HttpResponseRedirect(f"{address}?{query}" if query else address)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        entry: Any = self.opts.get_field("entry").related_model
        label = f"{entry._meta.app_label}.view_{entry._meta.model_name}"
        return bool(request.user.has_perm(label))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asked of a part when its entry is deleted with it; nothing here deletes one alone."""
        if obj is None:
            return False
        entry: Any = self.opts.get_field("entry").related_model
        label = f"{entry._meta.app_label}.delete_{entry._meta.model_name}"
        return bool(request.user.has_perm(label))
