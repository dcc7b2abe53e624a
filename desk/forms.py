"""Forms of entries and of their rows: parts, citations, identifiers, waivers."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, QuerySet

from desk import drafts
from desk.bases import normalised
from desk.choices import EntriesChoiceField, EntryChoiceField, look_up, refuse_retired
from desk.texts import check_text

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


class TypedForm(forms.Form):
    """The form of a page of the desk that one writes in, filled in from ``drafts.typed``."""

    def clean(self) -> dict[str, Any] | None:
        if isinstance(self.data, drafts.Draft):
            self.add_error(None, drafts.NOT_SAVED_YET)
        return super().clean()


class CheckedForm(forms.ModelForm):
    """A form that asks its model's checks, those that need a field it does not show among them."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        for constraint in self.instance._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                try:
                    constraint.validate(
                        type(self.instance), self.instance, exclude=self.unsettled()
                    )
                except ValidationError as error:
                    self.add_error(None, error)

    def unsettled(self) -> set[str]:
        """Fields that hold nothing yet that could be compared."""
        return set()


class EntryForm(CheckedForm):
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
        validators=[check_text],
        label="Reason for this change",
        help_text="Kept in the history at the desk.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, EntryChoiceField):
                prefixed = self.add_prefix(name)
                typed = field.widget.value_from_datadict(self.data, self.files, prefixed)
                stored = self.initial.get(name)
                field.known = look_up(field, [typed, stored])
                field.present = {str(stored)}
        if "desk_note" in self.fields:
            # No document holds it, so the form says itself what it was.
            self.fields["desk_note"].show_hidden_initial = True
        self.fields["seen"].initial = self.revision
        self.fields["reason"].required = self.reason_needed
        self.fields["reason"].error_messages["required"] = (
            "This entry has been published: say why you change it."
        )

    def clean(self) -> dict[str, Any] | None:
        seen = self.cleaned_data.get("seen")
        if self.revision is not None and seen != str(self.revision):
            self.add_error(
                None,
                f"Somebody has saved revision {self.revision} since you opened this form, which "
                "would undo it. Open the entry again and enter your changes there.",
            )
        for message in self.refusals:
            self.add_error(None, message)
        for name in [name for name, value in self.cleaned_data.items() if self._is_itself(value)]:
            self.add_error(name, "This is the entry itself. Choose another.")
        self._refuse_retired()
        return super().clean()

    def _refuse_retired(self) -> None:
        """Among several that are chosen; where one is, its field does it."""
        for name, field in self.fields.items():
            if isinstance(field, EntriesChoiceField) and name in self.cleaned_data:
                present = {str(each.pk) for each in self.initial.get(name) or []}
                try:
                    refuse_retired(self.cleaned_data[name], present)
                except ValidationError as error:
                    self.add_error(name, error)

    def _is_itself(self, value: Any) -> bool:
        named = value if isinstance(value, QuerySet) else [value]
        return self.instance.pk is not None and self.instance in named


class RowForm(CheckedForm):
    """A row of an entry. Whether it is unique is asked of all rows together (`desk.formsets`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields.get("position")
        if position is not None:
            position.required = False
            if self.instance._state.adding:
                self.initial["position"] = None  # after the last one


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

    def unsettled(self) -> set[str]:
        return set(self.pending)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | self.unsettled()  # type: ignore[misc]


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
