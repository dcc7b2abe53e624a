"""Facets: what a list can be narrowed to, value by value, with the number of entries under each.

Each facet is counted under all filters but its own, so that a number says how many entries one
more value brings. Without filters that is all that there is, counted once an edition.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, ClassVar

from chronicle import localised
from chronicle.languages import of_now
from record.addresses import FIND
from record.collation import collation_key
from record.filter_fields import NONE, NONE_RECORDED
from record.filter_kinds import LinkFilter
from record.filters import RecordFilter
from record.folding import fold
from record.kept_values import count_values
from record.questions import Question, question
from record.reading import Reference

MOST_SHOWN = 8  # values of one facet
MOST_FOUND = 20  # of those that are looked for
MOST_TOLD = 1000  # values of one facet in an answer of the API
MOST_NUMBERS = 10_000  # of entries under filters that a process keeps, at some 500 bytes each

_numbers: dict[Question, int] = {}


@dataclass(frozen=True)
class Option:
    """One value. ``total``: entries under it, all filters but this facet's considered."""

    value: str
    label: str
    language: str  # of the label, where it is not the page's
    total: int
    chosen: bool

    @property
    def anchor(self) -> str:
        """The value as it stands in the id of its box."""
        return self.value.replace(" ", "-")

    @property
    def number(self) -> str:
        """``total`` as it is shown: made text here, as templates take far longer for it."""
        return localised.number(self.total)


@dataclass(frozen=True, kw_only=True)
class Facet:
    """``hidden`` more values fit. ``find``: what was typed to find some, where there are many."""

    name: str
    label: str
    options: Sequence[Option]
    hidden: int = 0
    find: str | None = None
    errors: Sequence[str] = field(default=())

    is_facet: ClassVar[bool] = True

    @property
    def id(self) -> str:
        return f"facet-{self.name}"

    @property
    def find_name(self) -> str:
        return FIND + self.name


@dataclass(frozen=True)
class Name:
    """How a value is written in an address, and shown."""

    value: str
    label: str
    folded: str
    order: str  # in which it comes among others
    language: str = ""


Totals = Mapping[str, Mapping[str, int]]  # entries by facet and value


def facets(filters: RecordFilter) -> list[Facet]:
    """The facets of a list that have values, in the order of its filters.

    Queries: one for the edition, and two the first time in it, with those of ``KeptValues.read``.
    Under filters, the first time that this is asked of it: those of ``count_values`` for all facets
    of which nothing is chosen, and for each other, unless it is the only filter.
    """
    nothing_asked = _nothing_asked(filters)
    if nothing_asked is None:
        return []
    everything, names = _of_all(nothing_asked), _names(nothing_asked, of_now())
    totals = _totals(filters, everything, filters.facets)
    found = [
        _facet(filters, name, totals[name], names[name])
        for name in filters.facets
        if name in filters.errors
        or name in filters.asked
        or any(total for value, total in everything[name].items() if value != NONE)
        or filters.filters[name].besides
    ]
    return [facet for facet in found if facet.options or facet.errors or facet.find]


def totals_of(filters: RecordFilter, names: Collection[str]) -> dict[str, dict[str, int]]:
    """Entries by value of the facets named, all values that have any, the most frequent first.

    Values are ids of entries, or words; ``NONE`` among them. Queries as ``facets``, but for one.
    """
    nothing_asked = _nothing_asked(filters) if names else None
    if nothing_asked is None:
        return {name: {} for name in names}
    totals = _totals(filters, _of_all(nothing_asked), names)
    return {
        name: dict(
            sorted(
                ((value, total) for value, total in totals[name].items() if total),
                key=lambda item: (-item[1], item[0]),
            )
        )
        for name in names
    }


def facets_as_json(totals: Totals) -> dict[str, dict[str, Any]]:
    """Of ``totals_of`` what an answer of the API has: the first ``MOST_TOLD`` values of each facet,
    as ``facets``, and as ``facets_more`` how many more there are, where there are any."""
    first = {name: dict(islice(values.items(), MOST_TOLD)) for name, values in totals.items()}
    more = {name: len(totals[name]) - MOST_TOLD for name in totals if len(totals[name]) > MOST_TOLD}
    return {name: said for name, said in (("facets", first), ("facets_more", more)) if said}


def entries_in(filters: RecordFilter, totals: Totals) -> dict[str, Reference]:
    """The entries among these values. Queries as ``Record.references``."""
    facets = filters.facets
    linking = [name for name in totals if isinstance(facets[name], LinkFilter)]
    return filters.record.references({value for name in linking for value in totals[name]} - {NONE})


def number_of(filters: RecordFilter) -> int:
    """How many entries the filters leave.

    One query the first time that this is asked, unless facets have been counted under them all.
    """
    asked = question(filters)
    return _number(asked) if asked else 0


def _number(asked: Question) -> int:
    found = _numbers.get(asked)
    return _keep_number(asked, asked.filters().qs.count()) if found is None else found


def _keep_number(asked: Question, number: int) -> int:
    if len(_numbers) >= MOST_NUMBERS:
        _numbers.clear()
    _numbers[asked] = number
    return number


def number_of_all(filters: RecordFilter) -> int:
    """How many entries there are without filters. Queries as ``number_of``."""
    asked = question(filters, without=filters.filters)
    return _number(asked) if asked else 0


def _nothing_asked(filters: RecordFilter) -> Question | None:
    return question(filters, without=filters.filters)


@lru_cache(maxsize=64)
def _of_all(nothing_asked: Question) -> Totals:
    """Without any filter. One query, and one where the edition's links have not been read."""
    return _count(nothing_asked, tuple(nothing_asked.filters().facets))


@lru_cache(maxsize=64)
def _names(nothing_asked: Question, language: str) -> Mapping[str, Mapping[str, Name]]:
    """Of all values that there are, by facet; ``language`` is that of now. One query."""
    filters, totals = nothing_asked.filters(), _of_all(nothing_asked)
    linking = [name for name, kind in filters.facets.items() if isinstance(kind, LinkFilter)]
    ids = {value for name in linking for value in totals[name]} - {NONE}
    known = _called(filters, ids)
    known[NONE] = Name(NONE, localised.capfirst(str(NONE_RECORDED.label)), "", "")
    return {
        name: {value: known[value] for value in totals[name]} | {NONE: known[NONE]}
        if name in linking
        else _words(filters, name) | {NONE: known[NONE]}
        for name in filters.facets
    }


def _name(value: str, label: str, language: str = "") -> Name:
    return Name(value, label, fold(label), collation_key(label), language)


def _words(filters: RecordFilter, name: str) -> dict[str, Name]:
    choices = filters.filters[name].extra["choices"]()
    return {word: _name(word, localised.capfirst(label)) for word, label in choices}


def _totals(filters: RecordFilter, everything: Totals, names: Collection[str]) -> Totals:
    if not filters.narrowing:
        return everything
    own = {name: {name} | filters.facets[name].besides for name in names}
    idle = tuple(name for name in names if not own[name] & filters.narrowing)
    found = dict(_counted(question(filters), idle)) if idle else {}
    for name in own.keys() - set(idle):
        if filters.narrowing <= own[name]:
            found[name] = everything[name]
        else:
            found |= _counted(question(filters, without=own[name]), (name,))
    return found


def _count(asked: Question, names: tuple[str, ...]) -> Totals:
    """Entries by value of each facet. Queries as ``count_values``; none then for ``number_of``."""
    filters = asked.filters()
    counted = count_values(filters, names, newest=asked.checksum)
    _keep_number(asked, counted.total)
    return {name: filters.facets[name].totals(counted.values[name]) for name in names}


_counted = lru_cache(maxsize=64)(_count)


def _facet(
    filters: RecordFilter, name: str, totals: Mapping[str, int], names: Mapping[str, Name]
) -> Facet:
    chosen = _chosen(filters, name)
    # None of the list may have what is filtered by.
    names = {**_called(filters, set(chosen) - names.keys()), **names}
    sought = " ".join(filters.data.get(FIND + name, "").split())
    words = fold(sought).split()
    fitting = [
        value
        for value, total in totals.items()
        if total and value not in chosen and (not words or _holds(names[value].folded, words))
    ]
    most = MOST_FOUND if sought else MOST_SHOWN
    fitting.sort(key=lambda value: (value == NONE, -totals[value], names[value].order))
    shown = [*chosen, *fitting[:most], *([NONE] if NONE in fitting[most:] else [])]
    shown.sort(key=lambda value: (value == NONE, -totals.get(value, 0), names[value].order))
    options = [
        Option(
            names[value].value,
            names[value].label,
            names[value].language,
            totals.get(value, 0),
            value in chosen,
        )
        for value in shown
    ]
    return Facet(
        name=name,
        label=str(filters.fields[name].label),
        options=options,
        hidden=len(fitting) + len(chosen) - len(shown),
        find=sought if sought or len(names) - 1 > MOST_SHOWN else None,
        errors=[str(error) for error in filters.errors.get(name, ())],
    )


def _chosen(filters: RecordFilter, name: str) -> Collection[str]:
    """The values that are filtered by, as they are counted."""
    values: Any = filters.asked.get(name, ())
    if isinstance(filters.filters[name], LinkFilter):
        return [entry.id or NONE for entry in values]
    return list(values)


def _called(filters: RecordFilter, ids: Collection[str]) -> dict[str, Name]:
    """Entries by id. Queries as ``Record.references``."""
    found = filters.record.references(ids).values()
    return {each.id: _name(each.slug, each.name, each.language) for each in found}


def _holds(label: str, words: Sequence[str]) -> bool:
    """Whether words of the label begin with each of ``words``."""
    return all(f" {word}" in f" {label}" for word in words)
