"""Filters over the record, the same for pages and API and for every edition.

A parameter that is wrong says so and what would do; the others filter all the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from chronicle.dates import OPEN_END, OPEN_START, certainly_within, possibly_within
from record import search
from record.addresses import query_with
from record.filter_fields import MOST_VALUES, NONE, NamedEntry, values_in
from record.filter_form import FilterForm
from record.filter_kinds import (
    WITHIN,
    Asked,
    ChoiceFilter,
    DateLimitFilter,
    FacetFilter,
    LinkFilter,
    SortFilter,
    UndatedFilter,
    Versions,
    entries_named,
)
from record.models import Link
from record.naming import find_entries
from record.paging import BACKWARD, Page, Rows, decode, page, read_all
from record.reading import Record
from record.sorting import CHANGED, NAMES, Order, as_read, walks
from record.tallies import Tally
from record.walking import is_walk, is_walk_of_names, walk, walk_names

PAGING = ("cursor", "limit")
DATES = ("from", "to", "within", "date")
ENOUGH = 2  # times as many as a page has; superseded, or left out by other filters, are some
DAY = re.compile(r"[0-9]{7}")  # at the beginning of a sort key


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


class RecordFilter(django_filters.FilterSet):
    """The current entries of one type, filtered.

    ``.qs`` never raises; what is wrong stands in ``.errors``, by parameter. Reading ``.qs`` costs
    no query but one for all entries that parameters name, and more for each unknown one.
    """

    type_name: ClassVar[str]
    orders: ClassVar[Mapping[str, Order]] = {"name": NAMES, "changed": CHANGED}

    def __init__(self, data: Mapping[str, Any] | None, *, record: Record) -> None:
        # Not as FilterSet does: its deep copies of filters and fields take longer than a query.
        self.record = record
        self.data = data or QueryDict()
        self.is_bound = True
        self.queryset = record.versions(self.type_name)
        self.filters = {name: kind.of(self) for name, kind in self.base_filters.items()}

    @cached_property
    def fields(self) -> dict[str, Any]:
        """What reads each parameter."""
        return {name: kind.field for name, kind in self.filters.items()}

    @cached_property
    def form(self) -> FilterForm:
        """Of the parameters that there are."""
        return FilterForm(
            self.data, {n: field for n, field in self.fields.items() if n in self.data}
        )

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        return super().get_filters() | {"sort": SortFilter(cls.orders)}

    @property
    def order(self) -> Order:
        """What the list is sorted by; the first of ``orders`` unless another is asked for."""
        asked = self.orders[self.asked.get("sort") or next(iter(self.orders))]
        return as_read(asked, self.type_name)

    @classmethod
    def several(cls) -> list[str]:
        """Names of the filters that take more than one value."""
        return [name for name, kind in cls.base_filters.items() if isinstance(kind, FacetFilter)]

    @cached_property
    def named(self) -> dict[tuple[str, str], Any]:
        """The entries that parameters name, by type and what was written. At most one query."""
        wanted: dict[str, set[str]] = {}
        for name, kind in self.filters.items():
            if isinstance(kind, LinkFilter) and name in self.data:
                # More are refused, so they need not be looked for.
                values = values_in(self.data, name)[:MOST_VALUES]
                wanted.setdefault(kind.to, set()).update({*values} - {NONE})
        return find_entries(self.record, wanted)

    @cached_property
    def asked(self) -> Asked:
        """What is filtered by: cleaned values by name, without the empty ones."""
        self.errors  # noqa: B018 - fills cleaned_data
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def narrowing(self) -> frozenset[str]:
        """Names of the filters that leave entries out."""
        return frozenset(self.asked) - {"sort"}

    @property
    def facets(self) -> dict[str, FacetFilter]:
        """The filters whose values are counted, by name."""
        return {name: kind for name, kind in self.filters.items() if isinstance(kind, FacetFilter)}

    def filter_queryset(self, queryset: Versions) -> Versions:
        return self.narrowed(self.asked)

    def without(self, names: Iterable[str]) -> Versions:
        """The entries that all filters but these leave."""
        left_out = set(names)
        return self.narrowed(
            {name: value for name, value in self.asked.items() if name not in left_out}
        )

    def only(self, ids: Iterable[str]) -> None:
        """Leave out all entries but these."""
        self.queryset = self.queryset.filter(public_id__in=ids)

    def page(self, *, cursor: str | None, limit: int, rows: Rows | None = None) -> Page:
        """A page of them, in the order that is asked for; as ``paging.page``.

        In the order of dates, words are looked for in some days at first: as a rule there are
        enough for a page. One query; where words are looked for, up to four, and as ``search.near``
        one for what is linked to, unless that is kept.
        """
        read = partial(page, cursor=cursor, limit=limit, order=self.order, rows=rows)
        if (some := self._in_some_days(cursor, limit)) is not None:
            found = read(some)
            if found.next:  # there are more in those days than the page has
                return found
        return read(self.qs)

    def read_all(self, fields: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """All of them, as ``paging.read_all``."""
        return read_all(self.qs, order=self.order, fields=fields)

    def _in_some_days(self, cursor: str | None, limit: int) -> Versions | None:
        """The first of those that hold what is looked for, up to some day; from the cursor on."""
        text = self.asked.get("q")
        if not text or "date" not in self.orders or self.asked.get("sort", "date") != "date":
            return None
        way, key = decode(cursor, self.order) if cursor else ("", ())
        if way in BACKWARD:
            return None
        first = str(key[0])[:7] if key else ""
        day = int(first) if DAY.fullmatch(first) else 0
        enough = ENOUGH * limit
        return search.near(self.without({"q"}), text, record=self.record, day=day, enough=enough)

    def narrowed(self, asked: Asked) -> Versions:
        versions: Versions = self.queryset
        for name, kind in self.filters.items():
            if name in asked:
                versions = kind.narrow(versions, asked[name], asked)
        return versions

    def tallies(self) -> dict[str, Tally]:
        """How the values of each facet are counted under what is asked for."""
        return {name: facet.tally() for name, facet in self.facets.items()}

    def linked(
        self,
        versions: Versions,
        predicates: Iterable[str],
        targets: Iterable[NamedEntry] | None = None,
        *,
        parts: bool = False,
        of: Iterable[str] = (),
    ) -> Versions:
        """Those of ``versions`` with a link of one of ``predicates`` (to one of ``targets``).

        Where having none is among ``targets``: also those with no link of ``predicates``, or,
        where these are but some, of all that there can be.

        The first link filter with but one target leads: the target's links are walked in the
        order of the list, whether it has few or many. Not so to ``parts``: they may be several.
        In the order of names in a language, its keys are walked, and looked for among the links.
        """
        kinds = list(predicates)
        if targets is None:
            return versions.filter(self.has_link(kinds))
        targets = list(targets)
        ids = [entry.id for entry in entries_named(targets)]
        without = len(ids) < len(targets)
        one = len(kinds) == len(ids) == 1 and not without and not parts
        if one and walks(self.order) and not is_walk(versions):
            return walk(versions, self.type_name, kinds[0], ids[0])
        if one and self.order.named and not is_walk_of_names(versions):
            links = self._links(kinds, ids)
            return walk_names(versions, *self.order.named, version__in=links.values("version"))
        found = Q(self.has_link(kinds, ids)) if ids else Q()
        if without:
            found |= ~Q(self.has_link(of or kinds))
        return versions.filter(found)

    def has_link(self, predicates: Iterable[str], ids: Iterable[str] | None = None) -> Exists:
        """Whether a version has a link of one of ``predicates`` (to one of ``ids``)."""
        return Exists(self._links(predicates, ids).filter(version=OuterRef("pk")))

    def _links(
        self, predicates: Iterable[str], ids: Iterable[str] | None = None
    ) -> QuerySet[Link, Link]:
        links = self.record.links().filter(type=self.type_name, predicate__in=list(predicates))
        return links if ids is None else links.filter(target__in=list(ids))

    def active(self) -> list[ActiveFilter]:
        """What is being filtered by, one item for each value that can be taken away."""
        found = []
        for name, value in self.asked.items():
            if name not in self.narrowing:
                continue
            field = self.fields[name]
            values = field.shown(value)
            for one in values:
                rest = [other.value for other in values if other is not one]
                query = query_with(self.data, {name: rest})
                found.append(ActiveFilter(name, str(field.label), one.value, one.text, query))
        return found

    def unknown(self, *, known: Iterable[str] = PAGING) -> list[str]:
        """Parameters that are neither filters nor among ``known``."""
        return sorted(set(self.data) - set(self.filters) - set(known))


class DatedFilter(RecordFilter):
    """Entries by their dates: ``from`` and ``to`` are years, months, days or any other EDTF."""

    within = ChoiceFilter(label=pgettext_lazy("filter", "Dates"), choices=lambda: WITHIN)
    date = UndatedFilter()

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        # `from` is a word of Python's, so it cannot be declared as the others are.
        limits = {
            # Translators: the beginning of a range of dates.
            "from": DateLimitFilter(label=pgettext_lazy("filter", "From")),
            # Translators: the end of a range of dates.
            "to": DateLimitFilter(label=pgettext_lazy("filter", "To")),
        }
        return limits | super().get_filters()

    @property
    def narrowing(self) -> frozenset[str]:
        """How dates are compared leaves nothing out without one of them."""
        names = super().narrowing
        return names if names & {"from", "to"} else names - {"within"}

    def narrowed(self, asked: Asked) -> Versions:
        versions = super().narrowed(asked)
        start, end = asked.get("from"), asked.get("to")
        undated = Q(earliest=None) if asked.get("date") else Q()
        if not (start or end):
            return versions.filter(undated)
        first = start.bounds.first_day if start else OPEN_START
        last = end.bounds.last_day if end else OPEN_END
        within = certainly_within if asked.get("within") == "certainly" else possibly_within
        return versions.filter(within(first, last) | undated)
