"""What is done otherwise while many rows are written, and afterwards as before."""

import gc

from django.db import connection

from desk.management.large import PRAGMAS, for_many_rows


def ways() -> list[object]:
    """How rarely Python collects, and what SQLite holds and writes when."""
    found: list[object] = [gc.get_threshold()]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found += [cursor.execute(f"PRAGMA {name}").fetchone() for name in PRAGMAS]
    return found


def test_all_is_as_before_once_many_rows_are_written(db):
    before = ways()

    with for_many_rows():
        meanwhile = ways()

    assert [each for each in meanwhile if each in before] == []
    assert ways() == before
