"""Forms of entries and of their rows: parts, citations, identifiers, waivers."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.forms.models import BaseInlineFormSet

from desk.bases import normalised
from desk.choices import EntryChoiceField, look_up

# What a part that is not saved yet is called within its form.
PROVISIONAL = re.compile(r"new-[1-9][0-9]{0,3}")


class LinesField(forms.CharField):
    """Text as the desk keeps it, so that a browser's line ends are no change."""

    def to_python(self, value: Any) -> str:
        return normalised(super().to_python(value) or "")


class AsideField(forms.CharField):
    """Text beside what is stored: to fill it in changes nothing by itself."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class EntryForm(forms.ModelForm):
    """An entry's own fields, and the reason for changing them.

    The admin sets ``revision``, the number of the newest; ``reason_needed`` where the entry is
    published; and ``refusals`` where saving it was tried and refused: what was typed is then
    shown again beside them.
    """

    revision: ClassVar[int | None] = None
    reason_needed: ClassVar[bool] = False
    refusals: ClassVar[list[str]] = []

    seen = AsideField(required=False, widget=forms.HiddenInput)

    reason = AsideField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        label="Reason for this change",
        help_text="Kept in the history at the desk.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, EntryChoiceField):
                typed = self.data.get(self.add_prefix(name))
                field.known = look_up(field, [typed, self.initial.get(name)])
        self.fields["seen"].initial = self.revision
        self.fields["reason"].required = self.reason_needed
        self.fields["reason"].error_messages["required"] = (
            "This entry has been published: say why you change it."
        )

    def clean(self) -> dict[str, Any] | None:
        seen = self.cleaned_data.get("seen")
        if seen and seen != str(self.revision):
            self.add_error(
                None,
                f"Somebody has saved revision {self.revision} since you opened this form, which "
                "would undo it. Open the entry again and enter your changes there.",
            )
        for message in self.refusals:
            self.add_error(None, message)
        return super().clean()


class RowForm(forms.ModelForm):
    """A row of an entry."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields.get("position")
        if position is not None:
            position.required = False
            if self.instance._state.adding:
                self.initial["position"] = None  # after the last one

    def validate_constraints(self) -> None:
        """All but uniqueness, which the whole form has to be looked at for (`RowFormSet`)."""
        exclude = self._get_validation_exclusions()  # type: ignore[attr-defined]
        for constraint in self.instance._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                try:
                    constraint.validate(type(self.instance), self.instance, exclude=exclude)
                except ValidationError as error:
                    self.add_error(None, error)


class OwnPartField(forms.CharField):
    """Another part of the same entry, by its key or, unsaved, by its provisional name.

    ``of``: the name of its list on the entry.
    """

    def __init__(self, *, of: str, **options: Any) -> None:
        self.of = of
        options.setdefault("widget", forms.TextInput(attrs={"size": 6, "autocomplete": "off"}))
        super().__init__(**options)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "").strip()


class PartForm(RowForm):
    """A part. Until it has a key, the rest of the form can call it by a provisional name."""

    part_key = AsideField(
        label="Key",
        required=False,
        widget=forms.TextInput(attrs={"size": 6, "class": "part-key", "autocomplete": "off"}),
        help_text="Name the part by it in citations. A new row gets its key when it is saved.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pending: dict[str, str] = {}
        self.parts_here: Mapping[str, Mapping[str, Any]] = {}
        if self.instance.key:
            self.fields["part_key"].initial = self.instance.key
            self.fields["part_key"].disabled = True
        for name in self.own_parts:
            part = getattr(self.instance, name)
            self.initial[name] = part.key if part else ""

    @cached_property
    def own_parts(self) -> dict[str, str]:
        """Fields that name another part of the entry → the name of its list."""
        return {
            name: field.of
            for name, field in self.base_fields.items()
            if isinstance(field, OwnPartField)
        }

    def clean_part_key(self) -> str:
        key: str = self.cleaned_data["part_key"]
        if key and not self.instance.key and not PROVISIONAL.fullmatch(key):
            raise ValidationError(
                "A new row is called new-1, new-2, … until it gets its key, when it is saved."
            )
        return key

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for name, of in self.own_parts.items():
            key = cleaned.get(name) or ""
            cleaned[name] = None
            if PROVISIONAL.fullmatch(key):
                self.pending[name] = key
            elif key:
                cleaned[name] = self.parts_here.get(of, {}).get(key)
                if cleaned[name] is None:
                    self.add_error(name, f"There is no {key} among the {of} here.")
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | set(self.pending)  # type: ignore[misc]


class ClaimingForm(RowForm):
    """A row that names claims of its entry, which are looked at once the parts have keys."""

    claims_field: ClassVar[str]

    def named(self) -> list[str]:
        """The claims as they were typed; empty for all that need evidence."""
        return list(getattr(self.instance, self.claims_field))

    def name(self, claims: list[str]) -> None:
        """Make the row speak to these claims."""
        setattr(self.instance, self.claims_field, claims)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {self.claims_field}  # type: ignore[misc]


class WaiverForm(ClaimingForm):
    claims_field = "claim"

    def named(self) -> list[str]:
        return [self.instance.claim]

    def name(self, claims: list[str]) -> None:
        (self.instance.claim,) = claims


class RowFormSet(BaseInlineFormSet):
    """The rows of one list of an entry.

    ``editable``: whether the user may change them; ``in_table``: whether labels stand above
    columns alone. ``refusals``, as of `EntryForm`: (number of the row, or None; field, or None;
    message).
    """

    model: Any
    editable: ClassVar[bool] = True
    in_table: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.refusals: list[tuple[int | None, str | None, str]] = []
        super().__init__(*args, **kwargs)

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        for row in rows:
            row.entry = self.instance
        return rows

    @cached_property
    def known(self) -> dict[str, dict[str, Any]]:
        """What the rows name of other entries, by field. One query a field."""
        return {
            name: look_up(field, self._chosen(name))
            for name, field in self.form.base_fields.items()
            if isinstance(field, EntryChoiceField)
        }

    def _chosen(self, name: str) -> set[Any]:
        stored = {getattr(row, f"{name}_id") for row in self.get_queryset()}
        if not self.is_bound:
            return stored
        typed = {
            self.data.get(f"{self.prefix}-{number}-{name}")
            for number in range(self.total_form_count())
        }
        return stored | typed

    @cached_property
    def parts_here(self) -> dict[str, dict[str, Any]]:
        """Saved parts of this entry that rows can name, by list and key. One query a list."""
        lists = {
            field.of for field in self.form.base_fields.values() if isinstance(field, OwnPartField)
        }
        if self.instance.pk is None:
            return {}
        return {of: {part.key: part for part in getattr(self.instance, of).all()} for of in lists}

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        row = form.fields[self.model._meta.pk.name]
        # Django's own asks the database for each row.
        form.fields[self.model._meta.pk.name] = EntryChoiceField(
            row.queryset, required=False, initial=row.initial, widget=forms.HiddenInput
        )
        form.fields[self.model._meta.pk.name].known = {
            str(saved.pk): saved for saved in self.get_queryset()
        }
        for name, known in self.known.items():
            form.fields[name].known = known
        if isinstance(form, PartForm):
            form.parts_here = self.parts_here
        if self.in_table:
            for name, field in form.fields.items():
                # A group of inputs has labels of its own.
                if not isinstance(field.widget, forms.MultiWidget):
                    inner = getattr(field.widget, "widget", field.widget)
                    inner.attrs.setdefault("aria-label", form[name].label)

    def clean(self) -> None:
        super().clean()
        self._refuse_duplicates()
        general = []
        for number, field, message in self.refusals:
            if number is None:
                general.append(message)
            else:
                self.forms[number].add_error(field, message)
        if general:
            raise ValidationError(general)

    def _refuse_duplicates(self) -> None:
        """What Django leaves out: uniqueness under a condition, such as one preferred name."""
        for constraint in self.model._meta.constraints:
            if not isinstance(constraint, UniqueConstraint) or constraint.condition is None:
                continue
            seen = set()
            for form in self.forms:
                if form.errors or not self.stays(form):
                    continue
                row = form.instance
                values = tuple(getattr(row, field) for field in constraint.fields)
                if not Q(constraint.condition).check(row._get_field_expression_map(row._meta)):
                    continue
                if values in seen:
                    form.add_error(None, _only_one(constraint, row))
                seen.add(values)

    def stays(self, form: Any) -> bool:
        """Whether there will be a row for this form: neither left blank nor to be deleted."""
        if self.can_delete and self._should_delete_form(form):  # type: ignore[attr-defined]
            return False
        return not form.instance._state.adding or form.has_changed()


def _only_one(constraint: UniqueConstraint, row: Any) -> str:
    fields = [row._meta.get_field(name) for name in constraint.fields if name != "entry"]
    same = " and ".join(str(field.verbose_name) for field in fields)
    return f"There is another row like this with the same {same}."
