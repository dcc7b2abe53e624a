"""The rows of one list of an entry in its form, looked up and looked at together."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, UniqueConstraint
from django.forms.models import BaseInlineFormSet

from desk.bases import Identifier, Keyed, Waiver
from desk.choices import EntryChoiceField, look_up
from desk.forms import OwnPartField, PartForm


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
        self.extra = max(self.extra, len(self.initial_extra or ()))

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        for row in rows:
            row.entry = self.instance
        return rows

    def total_form_count(self) -> int:
        """No more than were sent, whatever the number beside them says: each row costs."""
        total: int = super().total_form_count()
        return min(total, self._sent) if self.is_bound else total

    @cached_property
    def _sent(self) -> int:
        """How many fields of rows, each of which has one at least."""
        return sum(name.startswith(f"{self.prefix}-") for name in self.data)

    # Forms tell rows apart by what documents call them. Their primary keys need not be the same
    # when the form comes back: the rows may have been made anew meanwhile, as they were.

    @cached_property
    def _named(self) -> dict[str, Any]:
        return {name_of(row): row for row in self.get_queryset()}

    def _get_to_python(self, field: Any) -> Callable[[Any], str]:
        return str

    def _existing_object(self, name: str) -> Any:
        return self._named.get(name)

    @cached_property
    def known(self) -> dict[str, dict[str, Any]]:
        """What the rows name of other entries, by field. One query a field."""
        return {
            name: look_up(field, self._chosen(name))
            for name, field in self.form.base_fields.items()
            if isinstance(field, EntryChoiceField)
        }

    def _stored(self, name: str) -> set[Any]:
        return {getattr(row, f"{name}_id") for row in self.get_queryset()}

    def _chosen(self, name: str) -> set[Any]:
        stored = self._stored(name)
        if not self.is_bound:
            return stored | {row.get(name) for row in self.initial_extra or ()}
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
            row.queryset,
            required=False,
            initial=None if form.instance._state.adding else name_of(form.instance),
            widget=forms.HiddenInput,
        )
        form.fields[self.model._meta.pk.name].known = self._named
        for name, known in self.known.items():
            form.fields[name].known = known
            form.fields[name].present = set(map(str, self._stored(name)))
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
                values = tuple(getattr(row, name) for name in constraint.fields if name != "entry")
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


def name_of(row: Any) -> str:
    """What tells the saved row apart from the others of its list."""
    match row:
        case Keyed():
            return row.key
        case Identifier():
            return f"{row.scheme} {row.value}"
        case Waiver():
            return row.claim
    return str(row.pk)


def _only_one(constraint: UniqueConstraint, row: Any) -> str:
    fields = [row._meta.get_field(name) for name in constraint.fields if name != "entry"]
    same = " and ".join(str(field.verbose_name) for field in fields)
    return f"There is another row like this with the same {same}."
