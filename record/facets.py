"""What there is to filter a list by: counts over the links, once an edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count

from record.reading import Record

MOST_OPTIONS = 100  # in one list of choices; beyond that, people type
Predicates = tuple[str, ...]


@dataclass(frozen=True)
class Option:
    """An entry to filter by. ``total``: how many entries of the list link to it."""

    slug: str
    label: str
    total: int


@dataclass(frozen=True)
class Facet:
    """The options of one filter, by name; none where there are too many to list."""

    options: tuple[Option, ...]
    whole: bool


def facets(record: Record, type_name: str, wanted: Iterable[Predicates]) -> dict[Predicates, Facet]:
    """The entries that the current ones of a type link to, by each group of predicates.

    One query for the edition; the first time in it also one a group and one for the names.
    """
    edition = record.edition
    if edition is None:
        return dict.fromkeys(wanted, Facet((), whole=True))
    # The number alone would do, were there but one record a process; tests have many.
    return _facets(edition.checksum, edition.number, type_name, tuple(wanted))


@lru_cache(maxsize=64)
def _facets(
    checksum: str, number: int, type_name: str, wanted: tuple[Predicates, ...]
) -> dict[Predicates, Facet]:
    record = Record(number)
    totals = {group: _totals(record, type_name, group) for group in wanted}
    listed = {group for group in wanted if len(totals[group]) <= MOST_OPTIONS}
    names = record.references({target for group in listed for target in totals[group]})

    def options(group: Predicates) -> tuple[Option, ...]:
        found = [
            Option(names[target].slug, names[target].name, total)
            for target, total in totals[group].items()
        ]
        return tuple(sorted(found, key=lambda option: option.label.casefold()))

    return {
        group: Facet(options(group) if group in listed else (), whole=group in listed)
        for group in wanted
    }


def _totals(record: Record, type_name: str, predicates: Predicates) -> dict[str, int]:
    links = record.links().filter(type=type_name, predicate__in=predicates).order_by()
    return dict(links.values_list("target").annotate(total=Count("version", distinct=True)))
