"""The empty database as the migrations leave it, kept in ``var/tests/`` from one run to the next.

Running them takes 25 s of each process. Only on SQLite: a PostgreSQL cluster is thrown away.
"""

import hashlib
import inspect
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FOLDER = settings.BASE_DIR / "var" / "tests"


@contextmanager
def kept_schema() -> Iterator[None]:
    """A test database made meanwhile gets its tables from the file, where there is one.

    Then ``migrate`` runs as ever: for what follows it, such as roles and permissions.
    """

    def call(name: str, **options: Any) -> Any:
        if name == "migrate" and connection.vendor == "sqlite":
            fill()
        return call_command(name, **options)

    with mock.patch("django.core.management.call_command", call):
        yield


def fill() -> None:
    """Give the new database its tables: out of the file, or by the migrations, into the file."""
    executor = MigrationExecutor(connection)
    file = FOLDER / f"{digest(executor)}.sqlite3"
    connection.ensure_connection()
    if file.exists():
        with closing(sqlite3.connect(file)) as kept:
            kept.backup(connection.connection)
        return
    executor.migrate(executor.loader.graph.leaf_nodes())
    FOLDER.mkdir(parents=True, exist_ok=True)
    own = file.with_suffix(f".{os.getpid()}")  # several processes may be at it
    with closing(sqlite3.connect(own)) as kept:
        connection.connection.backup(kept)
    for other in FOLDER.glob("*.sqlite3"):
        other.unlink(missing_ok=True)
    own.replace(file)


def digest(executor: MigrationExecutor) -> str:
    """Of all that the empty tables depend on: the migrations, the fields, Django and SQLite."""
    migrations = executor.loader.disk_migrations.values()
    files = {Path(inspect.getfile(type(migration))) for migration in migrations}
    files |= set(settings.BASE_DIR.glob("*/fields.py"))
    of = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for file in sorted(files):
        of.update(file.read_bytes())
    return of.hexdigest()
