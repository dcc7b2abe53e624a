"""Reading what somebody else wrote: a site's answer, a package, a row that was changed by hand."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from chronicle_client.errors import ChronicleError

# What Python raises where data is not as it should be: a member is missing, of another type, too
# large a number, no text; or where SQLite does not take it.
UNREADABLE = (
    AttributeError,
    LookupError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    httpx.InvalidURL,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
)
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


@contextmanager
def reading(what: str, error: type[ChronicleError]) -> Iterator[None]:
    """Raises ``error`` where ``what`` is not as it should be."""
    try:
        yield
    except UNREADABLE as wrong:
        raise error(f"{what} cannot be read: {type(wrong).__name__}: {wrong}.") from wrong


def parsed(text: str) -> Any:
    """JSON. ``ValueError`` also where it has half of a pair of surrogates, which no file takes."""
    found = json.loads(text)
    if SURROGATE.search(text):
        json.dumps(found, ensure_ascii=False).encode()
    return found
