"""Choosing other entries in forms: what all rows of a form name is looked up together."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from desk.bases import Entry, Part
from desk.models import WorkingCopy
from desk.retirement import KEPT_FOR_OTHERS

LONGEST_ID = 18  # digits
TYPED = re.compile(r"[A-Z][0-9]{1,15}(/p[0-9]{1,6})?")


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
    """An autocomplete that names what is chosen, without a query: what the field knows.

    Without JavaScript it has nothing to choose from, so a public id is typed beside it then
    (``A9``, or ``A9/p2`` of a part), which goes before what is chosen.
    """

    takes_id = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = str(data.get(f"{name}-typed", "")).strip() if self.takes_id else ""
        return typed or super().value_from_datadict(data, files, name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        select = super().render(name, value, attrs, renderer)
        if not self.takes_id:
            return select
        is_known = value in (None, "") or str(value) in self.choices.field.known
        context = {"select": select, "name": f"{name}-typed", "typed": "" if is_known else value}
        return render_to_string("desk/widgets/entry_select.html", context, using="django")

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
        f"{called(each)} {KEPT_FOR_OTHERS} Choose another."
        for each in chosen
        if getattr(each, "retired", False) and str(each.pk) not in present
    ]
    if retired:
        raise ValidationError(retired)


def look_up(field: EntryChoiceField, chosen: Iterable[Any]) -> dict[str, Any]:
    """The entries that a form names in this field, by primary key as text or as typed.

    One query or none. ``went_to`` is the id of the entry that it, or the entry it is a part of,
    was merged into.
    """
    items = {str(item) for item in chosen}
    keys = {item for item in items if is_key(item)}
    typed = {item for item in items if TYPED.fullmatch(item)}
    if not (keys or typed):
        return {}
    queryset: Any = field.queryset
    model = queryset.model
    of = "public_id"
    wanted = Q(pk__in=keys)
    if issubclass(model, Part):
        for entry, _, key in (item.partition("/") for item in typed):
            wanted |= Q(entry__public_id=entry, key=key)
        queryset = queryset.select_related(*model.named_by)
        of = "entry__public_id"
    else:
        wanted |= Q(public_id__in=typed)
        queryset = model.named(queryset)
    copies = WorkingCopy.objects.filter(public_id=OuterRef(of))
    queryset = queryset.annotate(went_to=Subquery(copies.values("merged_into")[:1]))
    limits = field.get_limit_choices_to()
    if limits:
        queryset = queryset.complex_filter(limits)
    known: dict[str, Any] = {}
    for found in queryset.filter(wanted):
        is_part = isinstance(found, Part)
        public = f"{found.entry.public_id}/{found.key}" if is_part else found.public_id
        known |= {str(found.pk): found} | ({public: found} if public in typed else {})
    return known


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
