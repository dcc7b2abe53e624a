"""Several people at one instant: each in a thread, with a connection of their own."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

from desk.models import Submission
from desk.refusals import Refused
from desk.submissions import approve, submission_checksum
from record.models import Edition
from tests import world

Call = Callable[[], Any]


@contextmanager
def database_for_threads(folder: Path) -> Iterator[None]:
    """On SQLite, a copy in a file: threads that share one in memory lock one another out at once.

    PostgreSQL's test database serves threads as it is.
    """
    if connection.vendor != "sqlite":
        yield
        return
    file = str(folder / "threads.sqlite3")
    held = connections["default"]
    held.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        held.connection.backup(copy)
    settings = connections.settings["default"]
    name, settings["NAME"] = settings["NAME"], file
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = held


def at_once(*calls: Call) -> list[Any]:
    """What each call returned or raised, all having started together."""
    barrier = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(number: int, call: Call) -> None:
        try:
            connections["default"].ensure_connection()
            barrier.wait(timeout=30)
            results[number] = call()
        except Exception as error:  # noqa: BLE001 - the test judges it
            results[number] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(number, call), daemon=True)
        for number, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "They wait for one another."
    return results


def outcome(results: list[Any]) -> list[type]:
    """The kinds of what came of it; anything but a refusal is an error of ours."""
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Refused):
            raise result
    return sorted((type(result) for result in results), key=lambda kind: kind.__name__)


def approved(*entries: Any, by: Any, approved_by: Any) -> Submission:
    """A submission of exactly these entries, ready to be published."""
    submission = world.submitted(*entries, by=by)
    return approve(submission, by=approved_by, checksum=submission_checksum(submission))


def editions() -> list[int]:
    """The numbers of all editions, in order."""
    return list(Edition.objects.order_by("number").values_list("number", flat=True))
