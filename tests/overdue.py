"""Integrity checks of what the factories make: done once somebody asks what they found.

A third of what a save costs, and few tests ask. Where other connections could ask, or a test counts
queries, nothing is put off.
"""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.findings import refresh_findings

_overdue: set[str] = set()
_begin_counting = CaptureQueriesContext.__enter__


def can_wait() -> bool:
    """Whether all that reads what is written now is this connection: in a test's transaction."""
    return connection.in_atomic_block


def put_off(public_id: str) -> None:
    if _look_first not in connection.execute_wrappers:
        # Not at the end, whence whoever watches for a while takes theirs.
        connection.execute_wrappers.insert(0, _look_first)
    _overdue.add(public_id)


def catch_up() -> None:
    if _overdue:
        public_ids = set(_overdue)
        _overdue.clear()  # first: looking asks for findings itself
        refresh_findings(public_ids)


def forget() -> None:
    """At the end of a test, with all that it made."""
    _overdue.clear()


def _look_first(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if _overdue and "desk_finding" in sql:
        catch_up()
    return execute(sql, params, many, context)


def _look_and_count(self: CaptureQueriesContext) -> CaptureQueriesContext:
    catch_up()
    return _begin_counting(self)


CaptureQueriesContext.__enter__ = _look_and_count  # type: ignore[method-assign]
