"""Addresses and query strings of lists: as they are shared, and with something changed in them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from record.filter_fields import values_in, written

DEFAULTS = {"within": "possibly"}  # what a parameter means when it is left out
FIND = "find_"  # what is typed to find a value of a facet: ``find_actor``


def origin_of(request: HttpRequest) -> str:
    """Scheme and host, which make addresses absolute."""
    return f"{request.scheme}://{request.get_host()}"


def address(url: str, query: str) -> str:
    """With a query string, where there is any."""
    return f"{url}?{query}" if query else url


def without_noise(data: QueryDict, *, several: Collection[str] = ()) -> str | None:
    """The query without empty parameters and defaults, or ``None`` where there are none.

    A form sends all its fields; addresses to share should hold what was asked for alone. Those
    of ``several`` values have them in one, with commas.
    """
    query = QueryDict(mutable=True)
    for name, values in data.lists():
        kept = [value for value in values if value.strip() and value != DEFAULTS.get(name)]
        if name in several and len(kept) > 1:
            kept = [",".join(values_in(data, name))]
        if kept:
            query.setlist(name, kept)
    if query == data:
        return None
    return query.urlencode(safe=",/:")


def query_with(data: Mapping[str, Any], changes: Mapping[str, Iterable[str]]) -> str:
    """The query string with these values of some parameters, on the first page."""
    query = QueryDict(mutable=True)
    for name in [*data, *(name for name in changes if name not in data)]:
        kept = [text for text in written(data, name) if text]
        if name in changes:
            values = list(changes[name])
            kept = [",".join(values)] if values else []
        if kept and name != "cursor" and not name.startswith(FIND):
            query.setlist(_encodable(name), [_encodable(text) for text in kept])
    return query.urlencode(safe=",/:")


def _encodable(text: str) -> str:
    """``text`` as an address can hold it: without halves of characters."""
    return text.encode("utf-8", "replace").decode()
