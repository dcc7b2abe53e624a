"""What the database was last told that the record's tables hold, by which it plans."""

from django.db import connection

from record.models import Link, NameKey, Version
from record.statements import ask

TABLES = [model._meta.db_table for model in (Version, Link, NameKey)]
COUNTED = {
    "sqlite": "SELECT name, 0 FROM sqlite_master WHERE name = 'sqlite_stat1'",
    "postgresql": "SELECT relname, reltuples::int FROM pg_class WHERE relname = ANY(%s)",
}


def rows_counted() -> dict[str, int]:
    """Rows by table, as PostgreSQL counted them; of SQLite none, until somebody has it count."""
    values = [TABLES] if connection.vendor == "postgresql" else []
    return dict(ask(COUNTED[connection.vendor], values))


def rows_to_count() -> dict[str, int]:
    """What that is once the tables have been looked at. SQLite never does: it plans by its indexes,
    which are made for that."""
    if connection.vendor == "sqlite":
        return {}
    return {name: ask(f"SELECT count(*) FROM {name}", [])[0][0] for name in TABLES}  # noqa: S608
