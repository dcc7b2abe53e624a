"""What a process does otherwise while it makes or reads millions of objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

RARELY = (200_000, 20, 50)
PAGES = -65_536  # of the database in memory, in KiB; SQLite holds 2 MB of them otherwise


@contextmanager
def for_many_rows() -> Iterator[None]:
    """For commands that write hundreds of thousands of rows.

    To look for circles of objects that nobody uses took a third of the time of an import. Of a
    large transaction SQLite writes pages several times over where they do not fit into its memory.
    """
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        with _more_pages():
            yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _more_pages() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    database: Any = connection.connection  # itself: it takes this in a transaction that failed too
    ((before,),) = database.execute("PRAGMA cache_size")
    database.execute(f"PRAGMA cache_size = {PAGES}")
    try:
        yield
    finally:
        database.execute(f"PRAGMA cache_size = {before}")
