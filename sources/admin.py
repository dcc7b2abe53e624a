"""The desk's sources, and the citations in the forms of other entries."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models

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
from desk.forms import ClaimingForm, EntryForm, RowForm
from sources.admin_queue import SelectorChangeAdmin
from sources.admin_texts import ShowsTexts, SourceTextAdmin
from sources.asides import words_in_newest
from sources.fields import BlocksField, ClaimsField
from sources.models import SetAside, Source, SourceAuthor, SourceIdentifier

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


class SourceForm(EntryForm):
    """Which text the public reads is chosen among those that the desk holds of the source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "text_sha256" not in self.fields:
            return
        texts = self.instance.texts.defer("text") if self.instance.pk else ()
        held = {
            text.sha256: f"That of {text.loaded_at:%-d %B %Y} ({text.sha256[:12]})"
            for text in texts
        }
        chosen = self.instance.text_sha256
        if chosen and chosen not in held:
            held[chosen] = f"One that is not at the desk ({chosen[:12]})"
        none = "None" if held else "None: the desk holds no text of it yet"
        self.fields["text_sha256"].widget = forms.Select(choices=[("", none), *held.items()])


class SourceAuthorInline(PartInline):
    model = SourceAuthor
    fields = ("part_key", "role", "family", "given", "literal", "position")
    verbose_name = "author"


class SourceIdentifierInline(IdentifierInline):
    model = SourceIdentifier


class SetAsideForm(RowForm):
    """Another number is that of another block of the newest text."""

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] | None = super().clean()
        if {"block", "start"} & set(self.changed_data):
            number = self.cleaned_data.get("block") or 0
            whole = not self.cleaned_data.get("start")
            self.instance.words = words_in_newest(self.instance.entry_id, number) if whole else ""
        return cleaned


class SetAsideInline(RowInline):
    model = SetAside
    form = SetAsideForm
    fields = ("block", "start", "end", "reason")
    verbose_name = "block or passage set aside"
    verbose_name_plural = "blocks and passages set aside"


@admin.register(Source)
class SourceAdmin(ShowsTexts, EntryAdmin):
    form = SourceForm
    change_form_template = "desk/source_form.html"
    list_display = ("public_id", "title", "kind", date_column("published"), "standing")
    list_filter = ["kind", decade_of("published", "published"), *EntryAdmin.list_filter[:1]]
    search_fields = [*EntryAdmin.search_fields, "title", "authors__family", "authors__literal"]
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("kind", "title", "slug", "publisher", "container", "published")}),
        ("Where it is", {"fields": ("url", "archived_url", "archived_on")}),
        ("How to weigh it", {"fields": ("point_of_view", "rights", ("text_shown", "text_sha256"))}),
        NOTES,
    )
    inlines = (SourceAuthorInline, SourceIdentifierInline, SetAsideInline)
