"""What is done otherwise while many rows are written, and afterwards as before."""

import gc

from django.db import connection

from desk.management.large import for_many_rows


def ways() -> tuple[object, object]:
    """How rarely Python collects, and how much of the database SQLite holds."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size" if connection.vendor == "sqlite" else "SELECT 1")
        return gc.get_threshold(), cursor.fetchone()


def test_all_is_as_before_once_many_rows_are_written(db):
    before = ways()

    with for_many_rows():
        meanwhile = ways()

    assert meanwhile != before
    assert ways() == before
