"""The desk's sources and their texts, and the citations in the forms of other entries."""

import hashlib
import json
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from desk.admin import (
    NOTES,
    STACKED,
    EntryAdmin,
    IdentifierInline,
    PartInline,
    RowInline,
    date_column,
    decade_of,
)
from desk.admin_search import BoundedSearch
from desk.forms import ClaimingForm, LinesField
from sources.admin_queue import SelectorChangeAdmin
from sources.fields import BlocksField, ClaimsField
from sources.models import SetAside, Source, SourceAuthor, SourceIdentifier, SourceText
from sources.queue import waiting
from sources.rechecking import recheck
from sources.selectors import FoldedText

__all__ = [
    "CitationInline",
    "SelectorChangeAdmin",
    "SourceAdmin",
    "SourceTextAdmin",
]


class ModestDecoder(json.JSONDecoder):
    """Takes what is nested or numbered beyond Python's limits for what it is: no JSON."""

    def decode(self, text: str, *args: Any) -> Any:
        try:
            found = super().decode(text, *args)
            json.dumps(found, ensure_ascii=False).encode()  # no halves of characters
        except (RecursionError, ValueError) as error:
            raise json.JSONDecodeError("Beyond all measure", text, 0) from error
        return found


class OptionalJSONField(forms.JSONField):
    """JSON, or nothing: which is shown as nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"decoder": ModestDecoder})

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else super().prepare_value(value)


class CitationForm(ClaimingForm):
    claims_field = "claims"


class CitationInline(RowInline):
    """Citations of an entry. ``claims`` names its claims; new parts by provisional names."""

    template = STACKED
    form = CitationForm
    fk_name = "entry"
    verbose_name = "citation"
    formfield_overrides = RowInline.formfield_overrides | {
        models.JSONField: {
            "form_class": OptionalJSONField,
            "widget": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        },
        BlocksField: {},
        ClaimsField: {"widget": forms.TextInput(attrs={"class": "vLargeTextField"})},
    }
    fieldsets = (
        (None, {"fields": (("source", "stance"), "claims", "asserts")}),
        ("Where to look", {"fields": (("section", "blocks"), ("page", "timecode", "record"))}),
        ("The passage", {"fields": (("start", "end"), ("prefix", "suffix"))}),
        (
            "More",
            {
                "fields": (("accessed_on", "cited_via"), ("note", "position")),
                "classes": ("collapse",),
            },
        ),
    )


class SourceAuthorInline(PartInline):
    model = SourceAuthor
    fields = ("part_key", "role", "family", "given", "literal", "position")
    verbose_name = "author"


class SourceIdentifierInline(IdentifierInline):
    model = SourceIdentifier


class SetAsideInline(RowInline):
    model = SetAside
    fields = ("block", "start", "end", "reason")
    verbose_name = "block or passage set aside"
    verbose_name_plural = "blocks and passages set aside"


@admin.register(Source)
class SourceAdmin(EntryAdmin):
    list_display = ("public_id", "title", "kind", date_column("published"), "standing")
    list_filter = ["kind", decade_of("published", "published"), *EntryAdmin.list_filter[:1]]
    search_fields = [*EntryAdmin.search_fields, "title", "authors__family", "authors__literal"]
    prepopulated_fields = {"slug": ("title",)}
    change_form_template = "desk/source_form.html"
    fieldsets = (
        (None, {"fields": ("kind", "title", "slug", "publisher", "container", "published")}),
        ("Where it is", {"fields": ("url", "archived_url", "archived_on")}),
        ("How to weigh it", {"fields": ("point_of_view", "rights", "text_shown")}),
        NOTES,
    )
    inlines = (SourceAuthorInline, SourceIdentifierInline, SetAsideInline)


class SourceTextForm(forms.ModelForm):
    """The text is written once; headings can be named when its blocks have numbers."""

    text = LinesField(
        widget=forms.Textarea(attrs={"rows": 20, "class": "vLargeTextField"}),
        help_text=(
            "Private. Blocks are the pieces between blank lines. It cannot be changed later; "
            "load a newer one beside it."
        ),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if {"source", "text"} <= set(cleaned):
            digest = hashlib.sha256(cleaned["text"].encode()).hexdigest()
            if cleaned["source"].texts.filter(sha256=digest).exists():
                self.add_error("text", "The desk holds this very text of this source already.")
        return cleaned


@admin.register(SourceText)
class SourceTextAdmin(BoundedSearch, admin.ModelAdmin):
    """Copies of sources' texts, for the staff alone."""

    form = SourceTextForm
    change_form_template = "desk/source_text_form.html"
    list_display = ("source", "short_digest", "loaded_at", "loaded_by")
    list_select_related = ("source", "loaded_by")
    search_fields = ("=source__public_id", "source__title", "sha256")
    autocomplete_fields = ("source",)

    @admin.display(description="SHA-256")
    def short_digest(self, text: SourceText) -> str:
        return text.sha256[:12]

    @admin.display(description="SHA-256")
    def digest(self, text: SourceText) -> str:
        return text.sha256

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("text")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("source", "text", "headings")
        return ("source", "digest", "loaded_at", "loaded_by", "headings")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else ("source", "digest", "loaded_at", "loaded_by")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is not None:
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.loaded_by = request.user
        super().save_model(request, obj, form, change)
        if not change:
            self.message_user(request, str(recheck(obj)))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        text: SourceText | None = kwargs.get("obj")
        headings = text.headings if text else []
        context["to_look_at"] = waiting().filter(source=text.source).count() if text else 0
        context["blocks"] = [
            {"number": block.number, "text": block.text, "is_heading": block.number in headings}
            for block in (FoldedText(text.text, headings).blocks if text else [])
        ]
        return super().render_change_form(request, context, *args, **kwargs)
