"""Saving what the admin's form of an entry holds: rows, their keys, and the claims they name.

What only shows while saving (an unknown claim, a part that others use) is collected in
`Refusals`; the admin rolls back and shows the form again with them.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from desk.bases import Entry, Part
from desk.forms import ClaimingForm, PartForm
from desk.formsets import RowFormSet
from desk.refusals import Refused
from desk.rows import delete_rows, save_rows
from desk.types import desk_type_of


class Refusals:
    """What stands against saving: of the whole entry, and by formset and row (or None)."""

    def __init__(self, general: list[str] | None = None) -> None:
        self.general = general or []
        self.rows: dict[str, list[tuple[int | None, str | None, str]]] = {}

    def add(self, formset: Any, form: Any, field: str | None, message: str) -> None:
        number = None if form is None else formset.forms.index(form)
        self.rows.setdefault(formset.prefix, []).append((number, field, message))

    def __bool__(self) -> bool:
        return bool(self.general or self.rows)


class SaveRefused(Exception):
    """The entry cannot be saved as typed; nothing has been kept once this is rolled back."""

    def __init__(self, refusals: Refusals) -> None:
        super().__init__()
        self.refusals = refusals


def save_rows_of(entry: Entry, formsets: list[RowFormSet]) -> None:
    """Save the rows of a saved entry: parts, which get their keys, then what speaks to claims.

    ``SaveRefused`` with everything that stands against it. Some two statements a changed row,
    and one build of the document.
    """
    saving = _Saving(entry)
    claiming = [formset for formset in formsets if issubclass(formset.form, ClaimingForm)]
    held = []
    for formset in formsets:
        formset.save(commit=False)  # notes what was added, changed and deleted, for the log
        held.append((formset, delete_rows(formset.deleted_objects)))
    for formset in formsets:
        if formset not in claiming:
            saving.save(formset)
    for formset, rows in reversed(held):
        saving.delete_held(formset, rows)
    saving.settle_claims(claiming)
    if saving.refusals:
        raise SaveRefused(saving.refusals)


class _Saving:
    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.refusals = Refusals()
        self.new_parts: dict[str, Part] = {}  # by provisional name

    def save(self, formset: RowFormSet) -> None:
        """Save the changed rows of one list, in the order of the form."""
        changed = []
        for form in _staying(formset):
            if isinstance(form, PartForm):
                self._note_name(formset, form)
                self._resolve(formset, form)
            if form.has_changed():
                changed.append(form.instance)
        if not self.refusals:
            self._save(formset, changed)

    def _save(self, formset: RowFormSet, rows: list[Any]) -> None:
        last = max((getattr(row, "position", 0) or 0 for row in _rows(formset)), default=0)
        for row in rows:
            if getattr(row, "position", 0) is None:
                row.position = last = last + 1
        try:
            save_rows(rows)
        except Refused as refused:
            for message in refused.messages:
                self.refusals.add(formset, None, None, message)

    def _note_name(self, formset: RowFormSet, form: PartForm) -> None:
        name = form.cleaned_data.get("part_key")
        if not name or form.instance.key:
            return
        if name in self.new_parts:
            self.refusals.add(formset, form, "part_key", f"Another new row is called {name} too.")
        self.new_parts[name] = form.instance

    def _resolve(self, formset: RowFormSet, form: PartForm) -> None:
        """Fill in the parts of this entry that the row names by their provisional names."""
        for field, name in form.pending.items():
            part = self.new_parts.get(name)
            model = form.instance._meta.get_field(field).related_model
            if part is None or not isinstance(part, model) or part.pk is None:
                of = form.own_parts[field]
                self.refusals.add(formset, form, field, f"There is no {name} among the {of} here.")
                return
            setattr(form.instance, field, part)
        if form.pending:
            try:
                form.instance.validate_constraints(exclude={"key", "position"})
            except ValidationError as error:
                for message in error.messages:
                    self.refusals.add(formset, form, None, message)

    def delete_held(self, formset: RowFormSet, rows: list[Any]) -> None:
        for row in delete_rows(rows):
            users = ", ".join(sorted({str(user) for user in _users_of(row)}))
            self.refusals.add(formset, None, None, f"{row.key} cannot go: {users} names it.")

    def settle_claims(self, formsets: list[RowFormSet]) -> None:
        """Write the permanent keys into what rows speak to, and check it against the entry.

        Rows that stay as they are are checked too: a claim may have gone with this save.
        """
        if self.refusals:
            return
        desk_type = desk_type_of(self.entry)
        claims = desk_type.claims(desk_type.build(type(self.entry).objects.get(pk=self.entry.pk)))
        keys = {name: part.key for name, part in self.new_parts.items()}
        for formset in formsets:
            changed = []
            for form in _staying(formset):
                wanted = [_renamed(claim, keys) for claim in form.named()]
                unknown = [claim for claim in wanted if claim not in claims]
                for claim in unknown:
                    message = _unknown(_renamed(claim, _inverse(keys)), claims, keys)
                    if formset.editable:
                        self.refusals.add(formset, form, form.claims_field, message)
                    else:
                        self.refusals.add(formset, None, None, message)
                if not unknown and form.has_changed():
                    form.name(wanted or [claim for claim, needed in claims.items() if needed])
                    changed.append(form.instance)
            if not self.refusals:
                self._save(formset, changed)


def _staying(formset: RowFormSet) -> Iterator[Any]:
    return (form for form in formset.forms if formset.stays(form))


def _rows(formset: RowFormSet) -> Iterator[Any]:
    return (form.instance for form in _staying(formset))


def _users_of(row: Any) -> Iterator[Any]:
    """Rows that refer to this one. One query a table that can."""
    for relation in row._meta.related_objects:
        found = relation.related_model._default_manager.filter(**{relation.field.name: row})
        if issubclass(relation.related_model, Part):
            found = found.select_related(*relation.related_model.named_by)
        yield from found


def _renamed(claim: str, keys: dict[str, str]) -> str:
    part, dot, field = claim.partition(".")
    return f"{keys.get(part, part)}{dot}{field}"


def _inverse(keys: dict[str, str]) -> dict[str, str]:
    return {key: name for name, key in keys.items()}


def _unknown(claim: str, claims: dict[str, bool], keys: dict[str, str]) -> str:
    """Parts that are new are called as in the form, since no key has been given for good."""
    whole = [_renamed(name, _inverse(keys)) for name in claims if "." not in name]
    here = ", ".join(whole)
    return f"There is no claim {claim} here. Claims: {here}; and fields of parts, like p1.role."
