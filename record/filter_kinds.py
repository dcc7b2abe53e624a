"""The filters that types of entries choose from. Each narrows a list; most are facets, too."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import django_filters
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy, pgettext_lazy

from chronicle import localised
from record import search
from record.choices import declared_choices
from record.filter_fields import (
    NONE,
    NONE_RECORDED,
    ChoiceField,
    ChoicesField,
    DateLimit,
    DateLimitField,
    EntriesField,
    NamedEntry,
    TextField,
)
from record.models import Version
from record.naming import refuse_unknown
from record.sorting import LABELS
from record.tallies import ColumnTally, LinkTally, Tally
from record.types import type_named

if TYPE_CHECKING:
    from record.filters import RecordFilter

Copied = TypeVar("Copied")
Versions = QuerySet[Version, Version]
Asked = Mapping[str, Any]  # cleaned values by the names of their filters
Narrow = Callable[[Versions, list[Any], Asked], Versions]

WITHIN = (
    # Translators: how dates are compared with a range: any day that they can mean lies in it.
    ("possibly", pgettext_lazy("dates", "possibly within")),
    # Translators: how dates are compared with a range: all days that they can mean lie in it.
    ("certainly", pgettext_lazy("dates", "certainly within")),
)
CONTESTED = (
    # Translators: of an entry: a source disputes what it says.
    ("true", pgettext_lazy("entries", "contested")),
    ("false", pgettext_lazy("entries", "not contested")),
)
SINGLE = (
    # Translators: of an entry: all of its citations are of one source.
    ("true", pgettext_lazy("entries", "of a single source")),
    ("false", pgettext_lazy("entries", "of several, or none")),
)
# As an expression, or SQLite would walk all kinds' index for the sake of its order.
KIND = ColumnTally(Coalesce("kind", Value("")))
SINGLE_SOURCE = "single source"  # predicate of the link to the one source that is cited


def _copied(thing: Copied) -> Copied:
    """As ``copy.copy``, in a fifth of its time."""
    own = object.__new__(type(thing))
    own.__dict__ |= thing.__dict__
    return own


class RecordFilterKind(django_filters.Filter):
    """``parent`` is the FilterSet; ``narrowed_by`` is a method of it, where that is not simple."""

    parent: "RecordFilter"
    model = Version

    def __init__(self, *, label: Any, narrowed_by: str = "", **options: Any) -> None:
        super().__init__(label=label, **options)
        self.narrowed_by = narrowed_by

    def of(self, parent: "RecordFilter") -> Self:
        """The same for one FilterSet; what it reads values with is shared."""
        self.field  # noqa: B018 - made once, and kept
        own = _copied(self)
        own.parent = parent
        return own

    def narrow(self, versions: Versions, value: Any, asked: Asked) -> Versions:
        """Those of ``versions`` that fit. ``asked``: what all filters ask for, this one's too."""
        if self.narrowed_by:
            narrow: Narrow = getattr(self.parent, self.narrowed_by)
            return narrow(versions, value, asked)
        return self.fitting(versions, value)

    def fitting(self, versions: Versions, value: Any) -> Versions:
        """The simple case. As it stands: for what others ask for themselves."""
        return versions


class FacetFilter(RecordFilterKind):
    """A filter by any of several values, each with the number of entries under it.

    ``besides``: names of the filters that are of one facet with it.
    """

    besides: ClassVar[frozenset[str]] = frozenset()

    def tally(self) -> Tally:
        """How its values are counted, while no other filter changes that."""
        raise NotImplementedError

    def totals(self, counted: Mapping[str, int]) -> Mapping[str, int]:
        """Entries by value, from what its tally has counted."""
        return counted

    def known_as(self, text: str) -> str:
        """The label of a value that is written so; empty where it is none. No query."""
        raise NotImplementedError


class TextFilter(RecordFilterKind):
    """Entries that hold all the words, or name an entry that does."""

    field_class = TextField

    def fitting(self, versions: Versions, value: str) -> Versions:
        return search.matching(versions, value, record=self.parent.record)


class ChoiceFilter(RecordFilterKind):
    """One of a few words."""

    field_class = ChoiceField


class SortFilter(ChoiceFilter):
    """What the list is sorted by: it leaves nothing out."""

    def __init__(self, orders: Iterable[str]) -> None:
        names = list(orders)
        super().__init__(
            label=gettext_lazy("Sorted by"),
            choices=lambda: [(name, LABELS[name]) for name in names],
        )


class DateLimitFilter(RecordFilterKind):
    """One end of the range; ``DatedFilter`` asks for both together."""

    field_class = DateLimitField


class ChangedSinceFilter(RecordFilterKind):
    """Entries whose version was published on that day (UTC) or later.

    A day, not a number of editions or of days before now: an address goes on meaning the same.
    """

    field_class = DateLimitField

    def fitting(self, versions: Versions, value: DateLimit) -> Versions:
        day = date.fromordinal(min(max(value.bounds.first_day, 1), date.max.toordinal()))
        since = datetime.combine(day, time.min, tzinfo=UTC)
        return versions.filter(edition__published_at__gte=since)


class ChoicesFilter(FacetFilter):
    """Any of a few words, which are predicates of links."""

    field_class = ChoicesField

    def tally(self) -> Tally:
        return LinkTally(tuple(word for word, _ in self.extra["choices"]()), by="predicate")

    def known_as(self, text: str) -> str:
        labels = {NONE: NONE_RECORDED.label, **dict(self.extra["choices"]())}
        return str(labels.get(text, ""))


class DeclaredKindFilter(ChoicesFilter):
    """Entries whose kind is one of the words that their type's declaration allows."""

    def __init__(self, type_name: str, field: str, *, label: Any) -> None:
        super().__init__(label=label, choices=lambda: declared_choices(type_name, field))

    def tally(self) -> Tally:
        return KIND

    def fitting(self, versions: Versions, value: list[str]) -> Versions:
        return versions.filter(kind__in=["" if kind == NONE else kind for kind in value])


class ContestedFilter(ChoicesFilter):
    def __init__(self) -> None:
        super().__init__(label=pgettext_lazy("filter", "Contested"), choices=lambda: CONTESTED)

    def tally(self) -> Tally:
        return ColumnTally(Case(When(contested=True, then=Value("true")), default=Value("false")))

    def fitting(self, versions: Versions, value: list[str]) -> Versions:
        return versions.filter(contested__in=[word == "true" for word in value])


class SingleSourceFilter(ChoicesFilter):
    """Entries all of whose citations cite one and the same source, whatever it was read in."""

    def __init__(self) -> None:
        super().__init__(label=pgettext_lazy("filter", "Sources cited"), choices=lambda: SINGLE)

    def tally(self) -> Tally:
        return LinkTally((SINGLE_SOURCE,), by="predicate")

    def totals(self, counted: Mapping[str, int]) -> Mapping[str, int]:
        return {"true": counted.get(SINGLE_SOURCE, 0), "false": counted.get(NONE, 0)}

    def fitting(self, versions: Versions, value: list[str]) -> Versions:
        wanted = {word == "true" for word in value}
        if len(wanted) != 1:
            return versions
        links = self.parent.has_link([SINGLE_SOURCE])
        return versions.filter(links if True in wanted else ~links)


class UndatedFilter(ChoicesFilter):
    """Entries without a date: beside a range of dates those, too. ``DatedFilter`` asks for both."""

    besides = frozenset(("from", "to", "within"))

    def __init__(self) -> None:
        super().__init__(
            label=pgettext_lazy("filter", "Date"), choices=lambda: ((NONE, NONE_RECORDED.label),)
        )

    def tally(self) -> Tally:
        return ColumnTally(Case(When(earliest=None, then=Value(NONE)), default=Value("")))


class LinkFilter(FacetFilter):
    """Entries that link to any of the entries named, by one of ``predicates``.

    ``to``: the type that is named; ``vocabulary``: of terms, the vocabulary that they are from;
    ``parts``: the links are to parts of those entries.
    """

    field_class = EntriesField

    def __init__(
        self,
        to: str,
        *predicates: str,
        label: Any,
        vocabulary: str = "",
        parts: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label=label, **options)
        self.to, self.predicates = to, predicates
        self.vocabulary, self.parts = vocabulary, parts

    def of(self, parent: "RecordFilter") -> Self:
        own = super().of(parent)
        own._field = _copied(self.field)
        own._field.find = own.find
        return own

    def find(self, text: str) -> NamedEntry:
        entry = self._named(text)
        if entry is None:
            record, vocabulary = self.parent.record, self.vocabulary
            refuse_unknown(record, self.to, text, vocabulary=vocabulary, called=self._called())
        return entry

    def _called(self) -> str:
        """What one of those is called that it names."""
        if self.vocabulary:
            return localised.lower(dict(declared_choices("term", "vocabulary"))[self.vocabulary])
        return str(type_named(self.to).one)

    def known_as(self, text: str) -> str:
        entry = NONE_RECORDED if text == NONE else self._named(text)
        return str(entry.label) if entry else ""

    def _named(self, text: str) -> NamedEntry | None:
        found = self.parent.named.get((self.to, text))
        if found is None or (self.vocabulary and found.kind != self.vocabulary):
            return None
        entry: NamedEntry = found.entry
        return entry

    def tally(self) -> Tally:
        return LinkTally(self.predicates)

    def fitting(self, versions: Versions, value: list[NamedEntry]) -> Versions:
        return self.parent.linked(versions, self.predicates, value, parts=self.parts)


class TermKindFilter(LinkFilter):
    """Entries whose kind is one of the terms named."""

    def __init__(self, vocabulary: str) -> None:
        super().__init__(
            "term", "kind", label=pgettext_lazy("filter", "Kind"), vocabulary=vocabulary
        )

    def tally(self) -> Tally:
        return KIND

    def fitting(self, versions: Versions, value: list[NamedEntry]) -> Versions:
        # The version has it as a column, in the index that serves dates too.
        return versions.filter(kind__in=[term.id for term in value])


def entries_named(value: Iterable[NamedEntry] | None) -> list[NamedEntry]:
    """The entries among the values of a ``LinkFilter``: not that there is none."""
    return [entry for entry in value or () if entry != NONE_RECORDED]


def subject_filter() -> LinkFilter:
    return LinkFilter("term", "subject", label=pgettext_lazy("filter", "Subject"))


def source_filter() -> LinkFilter:
    return LinkFilter("source", "cites", "cites via", label=pgettext_lazy("filter", "Source"))


def text_filter() -> TextFilter:
    return TextFilter(label=pgettext_lazy("filter", "Text"))


def changed_filter() -> ChangedSinceFilter:
    return ChangedSinceFilter(label=pgettext_lazy("filter", "Changed since"))
