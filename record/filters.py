"""Filters over the record, the same for pages and API and for every edition.

A parameter that is wrong says so and what would do; the others filter all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from chronicle.dates import OPEN_END, OPEN_START, certainly_within, possibly_within
from record import search
from record.filter_fields import (
    MOST_VALUES,
    ChoiceField,
    ChoicesField,
    DateLimitField,
    EntriesField,
    NamedEntry,
    TextField,
    values_in,
    written,
)
from record.models import Version
from record.naming import find_entries, refuse_unknown
from record.reading import Record
from record.types import type_named
from record.walking import is_walk, walk

Versions = QuerySet[Version, Version]

PAGING = ("cursor", "limit")
WITHIN = (("possibly", "possibly within"), ("certainly", "certainly within"))
CONTESTED = (("true", "contested"), ("false", "not contested"))


@dataclass(frozen=True)
class ActiveFilter:
    """One value that is being filtered by.

    ``shown`` is ``value`` in a reader's words; ``query`` is the query string without it.
    """

    name: str
    label: str
    value: str
    shown: str
    query: str


class TextFilter(django_filters.Filter):
    """Entries that hold all the words, or name an entry that does."""

    field_class = TextField

    def filter(self, qs: Versions, value: str) -> Versions:
        return search.matching(qs, value, record=self.parent.record) if value else qs


class ChoiceFilter(django_filters.Filter):
    """One of a few words, which the range of dates and others ask for themselves."""

    field_class = ChoiceField

    def filter(self, qs: Versions, value: str) -> Versions:
        return qs


class ContestedFilter(ChoiceFilter):
    def __init__(self) -> None:
        super().__init__(label="Contested", choices=lambda: CONTESTED)

    def filter(self, qs: Versions, value: str) -> Versions:
        return qs.filter(contested=value == "true") if value else qs


class DateLimitFilter(django_filters.Filter):
    """One end of the range; ``DatedFilter`` asks for both together."""

    field_class = DateLimitField

    def filter(self, qs: Versions, value: Any) -> Versions:
        return qs


class ChoicesFilter(django_filters.Filter):
    """Any of a few words."""

    field_class = ChoicesField


class DeclaredKindFilter(ChoicesFilter):
    """Entries whose kind is one of the words that their type's declaration allows."""

    def __init__(self, type_name: str, field: str, *, label: str) -> None:
        super().__init__(label=label, choices=lambda: declared_choices(type_name, field))

    def filter(self, qs: Versions, value: list[str]) -> Versions:
        return qs.filter(kind__in=value) if value else qs


class LinkFilter(django_filters.Filter):
    """Entries that link to any of the entries named, by one of ``predicates``.

    ``to``: the type that is named; ``vocabulary``: of terms, the vocabulary that they are from;
    ``parts``: the links are to parts of those entries.
    """

    field_class = EntriesField

    def __init__(
        self,
        to: str,
        *predicates: str,
        label: str,
        vocabulary: str = "",
        parts: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label=label, **options)
        self.to, self.predicates = to, predicates
        self.vocabulary, self.parts = vocabulary, parts

    @property
    def field(self) -> Any:
        self.extra["find"] = self.find
        return super().field

    def find(self, text: str) -> NamedEntry:
        filters: RecordFilter = self.parent
        found = filters.named.get((self.to, text))
        if found is None or (self.vocabulary and found.kind != self.vocabulary):
            refuse_unknown(filters.record, self.to, text, vocabulary=self.vocabulary)
        return found.entry

    def filter(self, qs: Versions, value: list[NamedEntry]) -> Versions:
        return self.parent.linked(qs, self.predicates, value, parts=self.parts) if value else qs


class TermKindFilter(LinkFilter):
    """Entries whose kind is one of the terms named."""

    def __init__(self, vocabulary: str) -> None:
        super().__init__("term", "kind", label="Kind", vocabulary=vocabulary)

    def filter(self, qs: Versions, value: list[NamedEntry]) -> Versions:
        # The version has it as a column, in the index that serves dates too.
        return qs.filter(kind__in=[term.id for term in value]) if value else qs


class FilterForm(forms.Form):
    """Refuses what would otherwise be dropped: a second value where only one can be."""

    def clean(self) -> None:
        for name, field in self.fields.items():
            if not getattr(field, "several", False) and len(written(self.data, name)) > 1:
                self.add_error(name, "Give this once.")
        start, end = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if start and end and start.bounds.first_day > end.bounds.last_day:
            self.add_error("to", f"{end.edtf} ends before {start.edtf} begins.")


class RecordFilter(django_filters.FilterSet):
    """The current entries of one type, filtered.

    ``.qs`` never raises; what is wrong stands in ``.errors``, by parameter. Reading ``.qs`` costs
    no query but one for all entries that parameters name, and more for each unknown one.
    """

    type_name: ClassVar[str]

    class Meta:
        form = FilterForm

    def __init__(self, data: Mapping[str, Any] | None, *, record: Record) -> None:
        self.record = record
        super().__init__(data or QueryDict(), record.versions(self.type_name))

    @cached_property
    def named(self) -> dict[tuple[str, str], Any]:
        """The entries that parameters name, by type and what was written. At most one query."""
        wanted: dict[str, set[str]] = {}
        for name, filter_ in self.filters.items():
            if isinstance(filter_, LinkFilter):
                # More are refused, so they need not be looked for.
                values = values_in(self.data, name)[:MOST_VALUES]
                wanted.setdefault(filter_.to, set()).update(values)
        return find_entries(self.record, wanted)

    def linked(
        self,
        versions: Versions,
        predicates: Iterable[str],
        targets: Iterable[NamedEntry] | None = None,
        *,
        parts: bool = False,
    ) -> Versions:
        """Those of ``versions`` with a link of one of ``predicates`` (to one of ``targets``).

        The first link filter with but one target leads: the target's links are walked in the
        order of the list, whether it has few or many. Not so to ``parts``: they may be several.
        """
        kinds = list(predicates)
        ids = None if targets is None else [entry.id for entry in targets]
        if ids and len(kinds) == len(ids) == 1 and not parts and not is_walk(versions):
            return walk(versions, self.type_name, kinds[0], ids[0])
        links = self.record.links().filter(
            version=OuterRef("pk"), type=self.type_name, predicate__in=kinds
        )
        if ids is not None:
            links = links.filter(target__in=ids)
        return versions.filter(Exists(links))

    def active(self) -> list[ActiveFilter]:
        """What is being filtered by, one item for each value that can be taken away."""
        self.errors  # noqa: B018 - fills cleaned_data
        found = []
        for name, field in self.form.fields.items():
            values = field.shown(self.form.cleaned_data.get(name))
            for value in values:
                rest = [other.value for other in values if other is not value]
                query = self._query_with(name, rest)
                label = str(field.label)
                found.append(ActiveFilter(name, label, value.value, value.text, query))
        return found

    def unknown(self, *, known: Iterable[str] = PAGING) -> list[str]:
        """Parameters that are neither filters nor among ``known``."""
        return sorted(set(self.data) - set(self.filters) - set(known))

    def _query_with(self, name: str, values: list[str]) -> str:
        """The query string with these values of one parameter, on the first page."""
        query = QueryDict(mutable=True)
        for other in self.data:
            kept = [text for text in written(self.data, other) if text]
            if other == name:
                kept = [",".join(values)] if values else []
            if kept and other != "cursor":
                query.setlist(encodable(other), [encodable(text) for text in kept])
        return query.urlencode(safe=",/:")


class DatedFilter(RecordFilter):
    """Entries by their dates: ``from`` and ``to`` are years, months, days or any other EDTF."""

    within = ChoiceFilter(label="Dates", choices=lambda: WITHIN)

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        # `from` is a word of Python's, so it cannot be declared as the others are.
        limits = {"from": DateLimitFilter(label="From"), "to": DateLimitFilter(label="To")}
        return limits | super().get_filters()

    def active(self) -> list[ActiveFilter]:
        """How dates are compared is no filter without one of them."""
        found = super().active()
        dated = {"from", "to"} & {active.name for active in found}
        return [active for active in found if dated or active.name != "within"]

    def filter_queryset(self, queryset: Versions) -> Versions:
        start, end = (self.form.cleaned_data.get(name) for name in ("from", "to"))
        if start or end:
            certainly = self.form.cleaned_data.get("within") == "certainly"
            first = start.bounds.first_day if start else OPEN_START
            last = end.bounds.last_day if end else OPEN_END
            within = certainly_within if certainly else possibly_within
            queryset = queryset.filter(within(first, last))
        return super().filter_queryset(queryset)


def declared_choices(type_name: str, path: str) -> list[tuple[str, str]]:
    """The choices of a field of a type's declaration; ``path`` like ``responses.stance``."""
    serializer: Any = type_named(type_name).declaration()
    *lists, name = path.split(".")
    for part in lists:
        inner = serializer.fields[part]
        serializer = getattr(inner, "child", inner)
    return list(serializer.fields[name].choices.items())


def encodable(text: str) -> str:
    """``text`` as an address can hold it: without halves of characters."""
    return text.encode("utf-8", "replace").decode()


def subject_filter() -> LinkFilter:
    return LinkFilter("term", "subject", label="Subject")


def source_filter() -> LinkFilter:
    return LinkFilter("source", "cites", "cites via", label="Source")


def text_filter() -> TextFilter:
    return TextFilter(label="Text")
