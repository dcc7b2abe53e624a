"""What an address of the API may ask for, beside the filters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from record.as_of import PARAMETERS
from record.filter_fields import values_in, written
from record.filters import RecordFilter
from record.paging import DEFAULT_LIMIT, MOST, BadCursor, decode
from record.problems import InvalidParameters, ParameterError
from record.sorting import PUBLIC_ID, Order
from record.types import EntryType

COUNTS = ("count", "facets")
SHOWN = 60  # characters of what cannot be read, in the error that says so


@dataclass(frozen=True)
class PageAsked:
    """The part of a list that is asked for."""

    limit: int
    cursor: str | None


@dataclass(frozen=True)
class CountsAsked:
    """Whether the exact total is asked for, and which facets."""

    total: bool
    facets: list[str]


def read_counts(
    query: Mapping[str, Any], known: Iterable[str], errors: list[ParameterError]
) -> CountsAsked:
    """What is to be counted; what is wrong with that is added to ``errors``. ``known``: facets."""
    total = read_total(query, errors)
    facets = values_in(query, "facets")
    allowed = list(known)
    if unknown := [name for name in facets if name not in allowed]:
        detail = f"“{unknown[0][:SHOWN]}” is none of: {', '.join(allowed)}."
        errors.append(ParameterError("facets", detail, allowed))
    if facets and written(query, "ids"):
        errors.append(ParameterError("facets", "Facets are not counted beside “ids”."))
    return CountsAsked(total, facets)


def read_total(query: Mapping[str, Any], errors: list[ParameterError]) -> bool:
    """Whether the exact total is asked for; what is wrong with that is added to ``errors``."""
    total = once(query, "count", errors)
    if total not in (None, "exact"):
        errors.append(ParameterError("count", "This is “exact”, or left out.", ["exact"]))
    return total is not None


def read_sort(query: Mapping[str, Any], orders: Iterable[str], errors: list[ParameterError]) -> str:
    """The name of the order asked for, the first of ``orders`` unless another is; what is wrong
    with it is added to ``errors``."""
    allowed = list(orders)
    name = once(query, "sort", errors)
    if name in allowed:
        return name
    if name is not None:
        detail = f"“{name[:SHOWN]}” is none of: {', '.join(allowed)}."
        errors.append(ParameterError("sort", detail, allowed))
    return allowed[0]


def read_page(query: Mapping[str, Any], order: Order, errors: list[ParameterError]) -> PageAsked:
    """Paging parameters; what is wrong with them is added to ``errors``."""
    limit = read_limit(query, errors)
    cursor = once(query, "cursor", errors)
    if cursor is not None:
        try:
            decode(cursor, order)
        except BadCursor as error:
            detail = f"{error} Take it from “next” or “previous”, or leave it out."
            errors.append(ParameterError("cursor", detail))
    return PageAsked(limit, cursor)


def read_limit(query: Mapping[str, Any], errors: list[ParameterError]) -> int:
    """How many results a page may have; what is wrong with it is added to ``errors``."""
    text = once(query, "limit", errors)
    if text is None:
        return DEFAULT_LIMIT
    # Not as int() reads: no signs, no other scripts' digits, no text of any length.
    if text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= MOST:
        return int(text)
    errors.append(ParameterError("limit", f"This is a whole number from 1 to {MOST}."))
    return DEFAULT_LIMIT


def read_ids(
    query: Mapping[str, Any], entry_type: EntryType, errors: list[ParameterError]
) -> list[str] | None:
    """The public ids asked for, or ``None`` where any will do."""
    letter = entry_type.letter
    return read_names(
        query, f"the id of {entry_type.plural}, like {letter}1", of_type(letter), errors
    )


def read_names(
    query: Mapping[str, Any],
    what: str,
    fits: Callable[[str], object],
    errors: list[ParameterError],
) -> list[str] | None:
    """What ``ids`` names, or ``None`` without it; ``what``: in words, one that ``fits``."""
    if not written(query, "ids"):
        return None
    ids = values_in(query, "ids")
    if wrong := next((text for text in ids[:MOST] if not fits(text)), None):
        errors.append(ParameterError("ids", f"“{wrong[:SHOWN]}” is not {what}."))
    if len(ids) > MOST:
        errors.append(ParameterError("ids", f"At most {MOST} ids can be asked for at once."))
    return ids


def of_type(letter: str) -> Callable[[str], bool]:
    return lambda text: text[:1] == letter and PUBLIC_ID.fullmatch(text) is not None


def check_filters(filters: RecordFilter, errors: list[ParameterError]) -> None:
    """Add what is wrong with the filters to ``errors``."""
    for name, found in filters.errors.as_data().items():
        for error in found:
            allowed = (error.params or {}).get("allowed", ())
            errors += [ParameterError(name, message, allowed) for message in error.messages]


def check_known(
    query: Mapping[str, Any], known: Iterable[str], errors: list[ParameterError]
) -> None:
    """Add parameters that the address does not have to ``errors``."""
    known = [*known, *PARAMETERS]
    errors += [
        ParameterError(name, "This address has no such parameter.", known)
        for name in sorted(set(query) - set(known))
    ]


def require_none_wrong(errors: list[ParameterError]) -> None:
    if errors:
        raise InvalidParameters(errors)


def once(query: Mapping[str, Any], name: str, errors: list[ParameterError]) -> str | None:
    """The value of a parameter that can be given once, ``None`` where it is not."""
    values = written(query, name)
    if len(values) > 1:
        errors.append(ParameterError(name, "Give this once."))
    return values[0] if values else None
