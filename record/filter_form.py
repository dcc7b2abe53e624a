"""Filters as a form on a page: what was typed stays, what is wrong stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from record.facets import Facet, facets
from record.filter_fields import (
    ChoiceField,
    ChoicesField,
    DateLimitField,
    EntriesField,
    values_in,
    written,
)
from record.filters import LinkFilter, RecordFilter
from record.reading import Record

ANY = "Any"
DATE_HINT = "A year, month or day, such as 1997, 1997-07 or 1997-07-20."
TYPED_HINT = "The last part of its address, or its id; several with commas between them."
DEFAULTS = {"within": "possibly"}  # what a parameter means when it is left out


@dataclass(frozen=True)
class SelectOption:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True, kw_only=True)
class FormField:
    """One control. Without ``options`` it is a text input."""

    name: str
    label: str
    value: str
    type: str = "text"
    hint: str = ""
    options: Sequence[SelectOption] = ()
    errors: Sequence[str] = field(default=())

    @property
    def id(self) -> str:
        return f"filter-{self.name}"

    @property
    def described_by(self) -> str:
        """Ids of what is wrong and of the hint, as ``aria-describedby`` takes them."""
        parts = [f"{self.id}-error"] * bool(self.errors) + [f"{self.id}-hint"] * bool(self.hint)
        return " ".join(parts)


def without_noise(data: QueryDict) -> str | None:
    """The query without empty parameters and defaults, or ``None`` where there are none.

    A form sends all its fields; addresses to share should hold what was asked for alone.
    """
    query = QueryDict(mutable=True)
    for name, values in data.lists():
        kept = [value for value in values if value.strip() and value != DEFAULTS.get(name)]
        if kept:
            query.setlist(name, kept)
    if query == data:
        return None
    return query.urlencode(safe=",/:")


def form_fields(filters: RecordFilter, record: Record) -> list[FormField]:
    """The controls of the filters, in their order. Queries as ``facets``."""
    links = {
        name: filter_.predicates
        for name, filter_ in filters.filters.items()
        if isinstance(filter_, LinkFilter)
    }
    known = facets(record, filters.type_name, dict.fromkeys(links.values()))
    return [
        _field(filters, name, known.get(links[name]) if name in links else None)
        for name in filters.form.fields
    ]


def _field(filters: RecordFilter, name: str, facet: Facet | None) -> FormField:
    type_, hint, options = _control(filters, name, facet)
    return FormField(
        name=name,
        label=str(filters.form.fields[name].label),
        value=_typed(filters, name),
        type=type_,
        hint=hint,
        options=options,
        errors=[str(error) for error in filters.errors.get(name, ())],
    )


def _control(
    filters: RecordFilter, name: str, facet: Facet | None
) -> tuple[str, str, list[SelectOption]]:
    """Type of input, hint and options of a filter."""
    of_form = filters.form.fields[name]
    if isinstance(of_form, ChoiceField):
        return "", "", _choices(filters, name, of_form)
    if isinstance(of_form, EntriesField) and facet is not None and facet.whole:
        choices = [(option.slug, f"{option.label} ({option.total})") for option in facet.options]
        chosen = [found.slug for found in filters.form.cleaned_data.get(name) or ()]
        chosen = chosen or values_in(filters.data, name)
        return "", "", _options([("", ANY), *choices], chosen)
    if isinstance(of_form, EntriesField):
        return "text", TYPED_HINT, []
    if isinstance(of_form, DateLimitField):
        return "text", DATE_HINT, []
    return "search", "", []


def _choices(filters: RecordFilter, name: str, of_form: ChoiceField) -> list[SelectOption]:
    """The words to choose from; what leaving it out means comes first."""
    labels = {value: _sentence(str(label)) for value, label in of_form.get_choices()}
    first = labels.pop(DEFAULTS.get(name, ""), ANY)
    several = isinstance(of_form, ChoicesField)
    typed = _typed(filters, name)
    chosen = values_in(filters.data, name) if several else [typed] * bool(typed)
    return _options([("", first), *labels.items()], chosen)


def _typed(filters: RecordFilter, name: str) -> str:
    return ", ".join(text for text in written(filters.data, name) if text)


def _options(choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> list[SelectOption]:
    """The choices; what was chosen but is none of them, or is several, as one more."""
    value = ",".join(chosen)
    options = [SelectOption(choice, label, choice == value) for choice, label in choices]
    if not any(option.selected for option in options):
        names = dict(choices)
        label = " or ".join(names.get(one, one) for one in chosen)
        options.append(SelectOption(value, label, selected=True))
    return options


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
