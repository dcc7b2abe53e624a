"""Filters that are typed, or are one of a few words, as controls of a page.

What was typed stays, what is wrong stands beside it. Filters by several values are facets.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.utils.translation import gettext_lazy, pgettext_lazy

from chronicle import localised
from record.addresses import DEFAULTS
from record.filter_fields import ChoiceField, DateLimitField, written
from record.filter_kinds import ChangedSinceFilter
from record.filters import RecordFilter

# Translators: the choice of a filter that leaves nothing out.
ANY = pgettext_lazy("choice of a filter", "Any")
# Translators: how a date can be typed.
DATE_HINT = gettext_lazy("1997, 1997-07 or 1997-07-20")
CHANGED_HINT = gettext_lazy("A day, month or year: what was published then or later.")


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True, kw_only=True)
class Control:
    """One control. Without ``choices`` it is a text input."""

    name: str
    label: str
    value: str
    type: str = "text"
    short: bool = False
    hint: str = ""
    choices: Sequence[Choice] = ()
    errors: Sequence[str] = field(default=())

    is_facet: ClassVar[bool] = False

    @property
    def id(self) -> str:
        return f"filter-{self.name}"

    @property
    def described_by(self) -> str:
        """Ids of what is wrong and of the hint, as ``aria-describedby`` takes them."""
        parts = [f"{self.id}-error"] * bool(self.errors) + [f"{self.id}-hint"] * bool(self.hint)
        return " ".join(parts)


def controls(filters: RecordFilter) -> list[Control]:
    """The controls of the filters that are no facets, in their order."""
    names = [name for name in filters.fields if name not in {*filters.facets, "sort"}]
    return [_control(filters, name) for name in names]


def _control(filters: RecordFilter, name: str) -> Control:
    of_form = filters.fields[name]
    typed = ", ".join(text for text in written(filters.data, name) if text)
    kind, choices, short = "search", list[Choice](), False
    hint: object = ""
    if isinstance(of_form, ChoiceField):
        kind, choices = "", _choices(name, of_form, typed)
    elif isinstance(of_form, DateLimitField):
        changed = isinstance(filters.filters[name], ChangedSinceFilter)
        kind, hint, short = "text", CHANGED_HINT if changed else DATE_HINT, not changed
    errors = [str(error) for error in filters.errors.get(name, ())]
    return Control(
        name=name,
        label=str(of_form.label),
        value=typed,
        type=kind,
        short=short,
        hint="" if errors and hint is DATE_HINT else str(hint),  # the error says it
        choices=choices,
        errors=errors,
    )


def _choices(name: str, of_form: ChoiceField, typed: str) -> list[Choice]:
    """The words to choose from, what leaving it out means first; what was typed beside them."""
    labels = {value: localised.capfirst(label) for value, label in of_form.get_choices()}
    first = labels.pop(DEFAULTS.get(name, ""), str(ANY))
    labels = {"": first, **labels}
    labels.setdefault(typed, typed)
    return [Choice(value, label, value == typed) for value, label in labels.items()]
