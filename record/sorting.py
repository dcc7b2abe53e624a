"""The orders that lists can be read in. Each is total: the last column tells all entries apart."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import F, Func, IntegerField, Q, QuerySet
from django.utils.translation import pgettext_lazy

from chronicle.languages import of_now
from record.called import is_translated
from record.models import LONGEST_SORT_KEY, Version
from record.types import UNDATED, type_named
from record.walking import NAMED, ORDER, is_walk, is_walk_of_names, walk_names

PUBLIC_ID = re.compile(r"[A-Z][1-9][0-9]{0,14}")
# Newest first. As its index has it to the letter: SQLite takes none for what has a parameter in it.
RECENCY = Func(F("edition"), template="(%(expressions)s * -1)", output_field=IntegerField())
MOST_EDITIONS = 2**31

Key = tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Order:
    """What a list is sorted by: columns, with ``-`` before those that descend.

    ``takes`` says whether a key can be one of it. ``parts``, where there are any, come one after
    the other, each in that order; ``part_of`` says in which a key is. ``merged``: they are one
    list, of which each has its own index; no column descends. ``name`` goes into cursors.
    ``named``: the type and the language, where versions are in the order of its names for them.
    """

    columns: tuple[str, ...]
    takes: Callable[[Key], bool]
    name: str = ""
    parts: tuple[Q, ...] = (Q(),)
    part_of: Callable[[Key], int] = lambda key: 0
    merged: bool = False
    named: tuple[str, str] | None = None

    def key(self, item: Any) -> Key:
        return tuple(getattr(item, column.removeprefix("-")) for column in self.columns)

    def sorting(self, *, backward: bool) -> list[str]:
        return [_turned(column) if backward else column for column in self.columns]

    def beyond(self, key: Key, lookup: str) -> Q:
        """Items on one side of ``key``. The first bound is redundant, and lets an index serve."""
        condition = Q(**{_compared(self.columns[-1], lookup): key[-1]})
        strict = lookup[:2]
        for column, value in zip(self.columns[-2::-1], key[-2::-1], strict=True):
            condition = Q(**{_compared(column, f"{strict}e"): value}) & (
                Q(**{_compared(column, strict): value}) | condition
            )
        return condition


def _turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"


def _compared(column: str, lookup: str) -> str:
    if column.startswith("-"):
        lookup = lookup.translate(str.maketrans("gl", "lg"))
    return f"{column.removeprefix('-')}__{lookup}"


def _takes_version(key: Key) -> bool:
    match key:
        case (str(sort_key), str(public_id)):
            fits = len(sort_key) <= LONGEST_SORT_KEY and "\0" not in sort_key
            return fits and PUBLIC_ID.fullmatch(public_id) is not None
    return False


def _takes_edition(key: Key) -> bool:
    match key:
        case (int(number),):
            return not isinstance(number, bool) and 0 < number < MOST_EDITIONS
    return False


def _takes_change(key: Key) -> bool:
    match key:
        case (int(recency), *rest):
            return _takes_edition((-recency,)) and _takes_version(tuple(rest))
    return False


def _undated_last(column: str) -> tuple[Q, Q]:
    return Q(**{f"{column}__lt": UNDATED}) | Q(**{f"{column}__gt": UNDATED}), Q(**{column: UNDATED})


VERSIONS = Order(("sort_key", "public_id"), _takes_version)
NAMES = Order(("sort_key", "public_id"), _takes_version)  # of types whose sort keys are of names
LATEST_FIRST = Order(
    ("-sort_key", "-public_id"),
    _takes_version,
    name="-date",
    parts=_undated_last("sort_key"),
    part_of=lambda key: int(key[0] == UNDATED),
)
CHANGED = Order(("recency", "sort_key", "public_id"), _takes_change, name="changed")
TITLE = Order(tuple(NAMED.values()), _takes_version, name="title")  # ``as_read`` has its keys
EDITIONS = Order(("-number",), _takes_edition)
OLDEST_EDITION = Order(("number",), _takes_edition, name="number")
OF_ENTRY = Order(("-edition_id",), _takes_edition, name="-edition")  # the versions of one
OLDEST_OF_ENTRY = Order(("edition_id",), _takes_edition, name="edition")
CHECKS = Order(("-pk",), _takes_edition, name="check")  # the newest first

# Orders by their names in addresses, the list's own first.
BY_DATE = {"date": VERSIONS, "-date": LATEST_FIRST, "title": TITLE, "changed": CHANGED}
EDITION_ORDERS = {"-number": EDITIONS, "number": OLDEST_EDITION}
VERSION_ORDERS = {"-edition": OF_ENTRY, "edition": OLDEST_OF_ENTRY}

# Translators: orders of a list, to choose from.
LABELS = {
    "date": pgettext_lazy("order of a list", "Earliest first"),
    "-date": pgettext_lazy("order of a list", "Latest first"),
    "title": pgettext_lazy("order of a list", "Title"),
    "name": pgettext_lazy("order of a list", "Name"),
    "vocabulary": pgettext_lazy("order of a list", "Vocabulary"),
    "changed": pgettext_lazy("order of a list", "Recently changed"),
}


def as_read(order: Order, type_name: str) -> Order:
    """The order in the list of one type, as readers of the language of now know it: of names and
    titles, by its own."""
    by_keys = order is TITLE or (order is NAMES and is_translated())
    return _of_type(_by_names(type_name, of_now()) if by_keys else order, type_name)


@cache
def _by_names(type_name: str, language: str) -> Order:
    return Order(
        tuple(NAMED.values()), _takes_version, name=f"name {language}", named=(type_name, language)
    )


@cache
def _of_type(order: Order, type_name: str) -> Order:
    """Keys of other types are none of it, so that a cursor is of one list."""
    letter = type_named(type_name).letter
    return replace(order, takes=lambda key: order.takes(key) and key[-1][0] == letter)


def walks(order: Order) -> bool:
    """Whether links can be walked in this order: they have their versions' sort keys."""
    return order.columns in (VERSIONS.columns, LATEST_FIRST.columns)


def in_order(
    versions: QuerySet[Version, Version], order: Order
) -> tuple[QuerySet[Version, Version], Order]:
    """Versions with the columns that the order needs, and the order in the columns they have."""
    if order.columns == CHANGED.columns:
        return versions.annotate(recency=RECENCY), order
    if order.named:
        return versions if is_walk_of_names(versions) else walk_names(versions, *order.named), order
    if not is_walk(versions):
        return versions, order
    # The same order and keys, of the links that lead to the versions.
    own = {column: ORDER[column] for column in ("sort_key", "public_id")}
    columns = tuple(
        f"-{own[name[1:]]}" if name.startswith("-") else own[name] for name in order.columns
    )
    latest_first = order.columns == LATEST_FIRST.columns
    parts = _undated_last(own["sort_key"]) if latest_first else order.parts
    return versions, replace(order, columns=columns, parts=parts)
