"""What a process does otherwise while it makes or reads millions of objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

RARELY = (200_000, 20, 50)
# Of SQLite: how much of the database it holds, in KiB (else 2 MB); and how many pages of commits
# wait before they are moved into the database (else 1,000). A batch touches more pages of the
# indexes than that, and most of them again in the next.
PRAGMAS = {"cache_size": -65_536, "wal_autocheckpoint": 32_768}


@contextmanager
def for_many_rows() -> Iterator[None]:
    """For commands that write hundreds of thousands of rows.

    To look for circles of objects that nobody uses took a third of the time of an import. Of a
    large transaction SQLite writes pages several times over where they do not fit into its memory.
    The log beside the database can come to 130 MB.
    """
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        with _fewer_writes():
            yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _fewer_writes() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    database: Any = connection.connection  # itself: it takes this in a transaction that failed too
    before = {name: database.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    _set(database, PRAGMAS)
    try:
        yield
    finally:
        _set(database, before)


def _set(database: Any, pragmas: dict[str, int]) -> None:
    for name, value in pragmas.items():
        database.execute(f"PRAGMA {name} = {value}")
