"""The desk's terms."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from desk.admin import NOTES, EntryAdmin, IdentifierInline, PartInline
from vocabulary.models import Label, Term, TermIdentifier


class LabelInline(PartInline):
    model = Label
    fields = ("part_key", "language", "label", "definition", "position")


class TermIdentifierInline(IdentifierInline):
    model = TermIdentifier


@admin.register(Term)
class TermAdmin(EntryAdmin):
    list_display = ("public_id", "label", "vocabulary", "order", "retired", "standing")
    list_filter = ["vocabulary", "retired", *EntryAdmin.list_filter[:1]]
    search_fields = [*EntryAdmin.search_fields, "labels__label"]
    ordering = ("vocabulary", "order", "slug")
    fieldsets = (
        (None, {"fields": ("vocabulary", "slug", "order", "retired")}),
        NOTES,
    )
    inlines = (LabelInline, TermIdentifierInline)

    @admin.display(ordering="called")
    def label(self, term: Any) -> str:
        return term.called or ""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Where a term is chosen for an entry, retired ones are not offered."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            found = found.filter(retired=False)
        return found, may_repeat
