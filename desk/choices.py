"""Choosing other entries in forms: what all rows of a form name is looked up together."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery

from desk.bases import Entry, Part
from desk.models import WorkingCopy

LONGEST_ID = 18  # digits


class EntryChoiceField(forms.ModelChoiceField):
    """A choice of one entry. ``known`` holds, by primary key, what `look_up` has found;
    ``present`` the keys of what the entry in the form has already, retired or not."""

    known: Mapping[str, Any] = {}
    present: Collection[str] = ()

    def label_from_instance(self, obj: Any) -> str:
        return called(obj)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        found = self.known.get(str(getattr(value, "pk", value)))
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        if went_to := getattr(found, "went_to", None):
            merged = getattr(found, "entry", found).public_id
            raise ValidationError(f"{merged} was merged into {went_to}; choose from that.")
        refuse_retired([found], self.present)
        return found


class EntriesChoiceField(forms.ModelMultipleChoiceField):
    """A choice of several entries."""

    def label_from_instance(self, obj: Any) -> str:
        return called(obj)


class EntrySelect(AutocompleteSelect):
    """An autocomplete that names what is chosen, without a query: what the field knows."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        field = self.choices.field
        chosen = [str(item) for item in value if str(item) in field.known]
        empty = [] if self.is_required else [("", "", False)]
        named = [(item, field.label_from_instance(field.known[item]), True) for item in chosen]
        options = [
            self.create_option(name, item, label, selected, index)
            for index, (item, label, selected) in enumerate(empty + named)
        ]
        return [(None, options, 0)]


def called(chosen: Any) -> str:
    """What lists of choices call an entry, since two of them can have one name."""
    name = str(chosen)
    if not isinstance(chosen, Entry) or name == chosen.public_id:
        return name  # what parts are called says their key
    return f"{name} ({chosen.public_id})"


def refuse_retired(chosen: Iterable[Any], present: Collection[str]) -> None:
    """``ValidationError`` for what is retired and is not ``present`` in the entry already."""
    retired = [
        f"{called(each)} is retired: it is kept for the entries that have it, and not for others. "
        "Choose another."
        for each in chosen
        if getattr(each, "retired", False) and str(each.pk) not in present
    ]
    if retired:
        raise ValidationError(retired)


def look_up(field: EntryChoiceField, chosen: Iterable[Any]) -> dict[str, Any]:
    """The entries that a form names in this field, by primary key as text. One query or none.

    ``went_to`` is the id of the entry that it, or the entry it is a part of, was merged into.
    """
    keys = {str(item) for item in chosen if is_key(item)}
    if not keys:
        return {}
    queryset: Any = field.queryset
    model = queryset.model
    of = "public_id"
    if issubclass(model, Part):
        queryset = queryset.select_related(*model.named_by)
        of = "entry__public_id"
    else:
        queryset = model.named(queryset)
    copies = WorkingCopy.objects.filter(public_id=OuterRef(of))
    queryset = queryset.annotate(went_to=Subquery(copies.values("merged_into")[:1]))
    limits = field.get_limit_choices_to()
    if limits:
        queryset = queryset.complex_filter(limits)
    return {str(found.pk): found for found in queryset.filter(pk__in=keys)}


def is_key(value: Any) -> bool:
    """Whether this can be a primary key, rather than what somebody put into an address."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID


def fields_choosing_entries(opts: Any) -> list[str]:
    """Names of a model's fields that refer to entries or to parts of them."""
    return [
        field.name
        for field in [*opts.fields, *opts.many_to_many]
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Entry | Part)
    ]
