"""Keyset paging: a page is found by where the last one ended, never by counting rows.

Cursors are opaque to whoever holds them, and each is of one order. Entries published between two
pages neither repeat nor hide others.
"""

import base64
import binascii
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import QuerySet

from record.models import Edition, Version
from record.sorting import EDITIONS, VERSIONS, Key, Order, in_order

Rows = Callable[[QuerySet[Version, Version], Sequence[str]], QuerySet[Version, Any]]

DEFAULT_LIMIT = 50
MOST = 200
LONGEST_CURSOR = 2000
STEP = 1_000  # rows of a query where all are read
# Where a page begins or ends: beyond an item, or (after an empty page) at it.
FORWARD = {"after": "gt", "from": "gte"}
BACKWARD = {"before": "lt", "until": "lte"}


class BadCursor(ValueError):
    """The cursor is none that a page has given."""


@dataclass(frozen=True)
class Page:
    """Part of a list, and the cursors of its neighbours."""

    items: list[Any]
    next: str | None
    previous: str | None


def page(
    queryset: QuerySet[Version, Version],
    *,
    cursor: str | None,
    limit: int,
    order: Order = VERSIONS,
    rows: Rows | None = None,
) -> Page:
    """Versions at ``cursor`` (the first ones without), in an order. One query for each part.

    ``rows`` makes of them rows instead, that have the columns that it is given, too. ``BadCursor``
    where the cursor is not one of ours, or of another order.
    """
    versions: QuerySet[Version, Any]
    versions, order = in_order(queryset, order)
    if rows:
        versions = rows(versions, [column.removeprefix("-") for column in order.columns])
    return _page(versions, order, cursor, limit)


def edition_page(
    queryset: QuerySet[Edition, Edition],
    *,
    cursor: str | None,
    limit: int,
    order: Order = EDITIONS,
) -> Page:
    """The same of editions."""
    return _page(queryset, order, cursor, limit)


def read_all(
    queryset: QuerySet[Version, Version], *, order: Order, fields: Sequence[str]
) -> Iterator[list[tuple[Any, ...]]]:
    """All versions in an order, up to ``STEP`` at a time: one query for each, read before they are
    used. Of a version the values of ``fields``, and after them of what else the order needs.
    Each list is the caller's: what it takes out is let go before the next is asked for.

    Short queries, since who reads a file may take hours: what is published or redacted meanwhile
    neither waits for them nor is passed on by them.
    """
    versions: QuerySet[Version, Any]
    versions, order = in_order(queryset, order)
    columns = [column.removeprefix("-") for column in order.columns]
    names = list(dict.fromkeys([*fields, *columns]))
    places = [names.index(column) for column in columns]
    versions = versions.values_list(*names)
    way, key = "", ()
    while True:
        found: list[tuple[Any, ...]] = []
        for part in _parts(versions, order, way, key):
            if len(found) < STEP:
                found += part.order_by(*order.sorting(backward=False))[: STEP - len(found)]
        whole = len(found) == STEP
        if found:
            way, key = "after", tuple(found[-1][place] for place in places)
            yield found
        if not whole:
            return


def _page(queryset: QuerySet[Any, Any], order: Order, cursor: str | None, limit: int) -> Page:
    way, key = decode(cursor, order) if cursor else ("", ())
    backward = way in BACKWARD
    rows: list[Any] = []
    for part in _parts(queryset, order, way, key):
        wanted = limit + 1 - (0 if order.merged else len(rows))
        rows += part.order_by(*order.sorting(backward=backward))[:wanted]
        if len(rows) > limit and not order.merged:
            break
    if order.merged:
        rows.sort(key=order.key, reverse=backward)
    more = len(rows) > limit
    items = rows[:limit][:: -1 if backward else 1]
    if not items:
        back = _encode("from" if backward else "until", order, key) if cursor else None
        return Page([], *((back, None) if backward else (None, back)))
    last, first = order.key(items[-1]), order.key(items[0])
    return Page(
        items,
        next=_encode("after", order, last) if backward or more else None,
        previous=_encode("before", order, first) if (more if backward else cursor) else None,
    )


def _parts(
    queryset: QuerySet[Any, Any], order: Order, way: str, key: Key
) -> Iterator[QuerySet[Any, Any]]:
    """The parts of the list from the cursor on, whichever way; the first one from its key on."""
    parts = list(enumerate(order.parts))
    if not way:
        yield from (queryset.filter(part) for _, part in parts)
        return
    beyond = order.beyond(key, (FORWARD | BACKWARD)[way])
    if order.merged:
        yield from (queryset.filter(part, beyond) for _, part in parts)
        return
    at = order.part_of(key)
    for number, part in parts[: at + 1][::-1] if way in BACKWARD else parts[at:]:
        found = queryset.filter(part)
        yield found.filter(beyond) if number == at else found


def _encode(way: str, order: Order, key: Key) -> str:
    said = f"{way} {order.name}".strip()
    return base64.urlsafe_b64encode(orjson.dumps([said, *key])).rstrip(b"=").decode()


def decode(cursor: str, order: Order) -> tuple[str, Key]:
    """Where a page of that order begins or ends. ``BadCursor`` unless we encoded it."""
    if len(cursor) > LONGEST_CURSOR:
        raise BadCursor("This cursor is too long.")
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        said, *rest = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, ValueError, TypeError) as error:
        raise BadCursor("This is not a cursor.") from error
    key = tuple(rest)
    way = said.partition(" ")[0] if isinstance(said, str) else ""
    known = way in FORWARD | BACKWARD and order.takes(key)
    if not known or _encode(way, order, key) != cursor:
        raise BadCursor("This is not a cursor of this list.")
    return way, key
