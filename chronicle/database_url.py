from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# PostgreSQL plans for a disk that turns, and for few large queries. Ours are many small ones of
# indexes: other plans for search took three times as long, and two processors. An address with
# `options` of its own replaces these; PgBouncer needs `ignore_startup_parameters = options`.
PLANNING = "-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c jit=off"


def database_from_url(url: str) -> dict[str, Any]:
    """Django's settings for one database.

    sqlite:///relative/path, sqlite:////absolute/path, sqlite://:memory:, or
    postgres://user:password@host:port/name, where `?host=/folder` means a socket and other
    query parameters go to libpq. Parts may be percent-encoded. Raises ValueError.
    """
    if url == "sqlite://:memory:":
        return _sqlite(":memory:")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        if parts.netloc or len(parts.path) < 2:
            raise ValueError("a SQLite address looks like sqlite:///folder/file.sqlite3")
        return _sqlite(unquote(parts.path[1:]))
    if parts.scheme in {"postgres", "postgresql"}:
        name = unquote(parts.path[1:])
        if not name:
            raise ValueError("a PostgreSQL address ends in the name of a database")
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
            "PORT": options.pop("port", None) or str(parts.port or ""),
            # The pool keeps connections, so Django must hand each back after its request.
            "CONN_MAX_AGE": 0,
            "OPTIONS": {
                "options": PLANNING,
                **options,
                "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
            },
        }
    raise ValueError("a database address starts with sqlite:// or postgres://")


def _sqlite(name: str) -> dict[str, Any]:
    if name != ":memory:":
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        # Opening a connection takes longer than most pages' queries.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # With any of the first three left out, concurrent writers lose transactions to
            # "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
