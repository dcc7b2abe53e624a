"""Keyset paging: a page is found by where the last one ended, never by counting rows.

Cursors are opaque to whoever holds them. Entries published between two pages neither repeat
nor hide others.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Q, QuerySet

from record.models import Edition, Version
from record.walking import ORDER, is_walk

DEFAULT_LIMIT = 50
MOST = 200
LONGEST_CURSOR = 1200
LONGEST_SORT_KEY = 160
PUBLIC_ID = re.compile(r"[A-Z][1-9][0-9]{0,14}")
# Where a page begins or ends: beyond an item, or (after an empty page) at it.
FORWARD = {"after": "gt", "from": "gte"}
BACKWARD = {"before": "lt", "until": "lte"}

Key = tuple[Any, ...]


class BadCursor(ValueError):
    """The cursor is none that a page has given."""


@dataclass(frozen=True)
class Page:
    """Part of a list, and the cursors of its neighbours."""

    items: list[Any]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Order:
    """What a list is sorted by; ``takes`` says whether a key can be one of it."""

    names: tuple[str, ...]
    takes: Callable[[Key], bool]
    descending: bool = False

    def key(self, item: Any) -> Key:
        return tuple(getattr(item, name) for name in self.names)

    def sorting(self, *, backward: bool) -> list[str]:
        return [f"-{name}" if backward != self.descending else name for name in self.names]

    def beyond(self, key: Key, lookup: str) -> Q:
        """Items on one side of ``key``. The first bound is redundant, and lets an index serve."""
        if self.descending:
            lookup = lookup.translate(str.maketrans("gl", "lg"))
        strict = lookup[:2]
        condition = Q(**{f"{self.names[-1]}__{lookup}": key[-1]})
        for name, value in zip(self.names[-2::-1], key[-2::-1], strict=True):
            condition = Q(**{f"{name}__{strict}e": value}) & (
                Q(**{f"{name}__{strict}": value}) | condition
            )
        return condition


def _takes_version(key: Key) -> bool:
    match key:
        case (str(sort_key), str(public_id)):
            fits = len(sort_key) <= LONGEST_SORT_KEY and "\0" not in sort_key
            return fits and PUBLIC_ID.fullmatch(public_id) is not None
    return False


def _takes_edition(key: Key) -> bool:
    match key:
        case (int(number),):
            return not isinstance(number, bool) and 0 < number < 2**31
    return False


VERSIONS = Order(("sort_key", "public_id"), _takes_version)
# The same order and keys, of the links that lead to the versions.
WALKED = Order(tuple(ORDER.values()), _takes_version)
EDITIONS = Order(("number",), _takes_edition, descending=True)


def page(queryset: QuerySet[Version, Version], *, cursor: str | None, limit: int) -> Page:
    """Versions at ``cursor`` (the first ones without), by sort key and id. One query.

    ``BadCursor`` where the cursor is not one of ours.
    """
    return _page(queryset, WALKED if is_walk(queryset) else VERSIONS, cursor, limit)


def edition_page(queryset: QuerySet[Edition, Edition], *, cursor: str | None, limit: int) -> Page:
    """The same of editions, newest first."""
    return _page(queryset, EDITIONS, cursor, limit)


def _page(queryset: QuerySet[Any, Any], order: Order, cursor: str | None, limit: int) -> Page:
    way, key = decode(cursor, order) if cursor else ("", ())
    backward = way in BACKWARD
    if cursor:
        queryset = queryset.filter(order.beyond(key, (FORWARD | BACKWARD)[way]))
    rows = list(queryset.order_by(*order.sorting(backward=backward))[: limit + 1])
    more = len(rows) > limit
    items = rows[:limit][:: -1 if backward else 1]
    if not items:
        back = _encode("from" if backward else "until", key) if cursor else None
        return Page([], *((back, None) if backward else (None, back)))
    return Page(
        items,
        next=_encode("after", order.key(items[-1])) if backward or more else None,
        previous=_encode("before", order.key(items[0])) if (more if backward else cursor) else None,
    )


def _encode(way: str, key: Key) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([way, *key])).rstrip(b"=").decode()


def decode(cursor: str, order: Order) -> tuple[str, Key]:
    """Where a page of that order begins or ends. ``BadCursor`` unless we encoded it."""
    if len(cursor) > LONGEST_CURSOR:
        raise BadCursor("This cursor is too long.")
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        way, *rest = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, ValueError, TypeError) as error:
        raise BadCursor("This is not a cursor.") from error
    key = tuple(rest)
    known = isinstance(way, str) and way in FORWARD | BACKWARD and order.takes(key)
    if not known or _encode(way, key) != cursor:
        raise BadCursor("This is not a cursor of this list.")
    return way, key
