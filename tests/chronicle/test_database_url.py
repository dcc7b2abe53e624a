from pathlib import Path

import pytest

from chronicle.database_url import database_from_url


def test_sqlite_is_safe_under_concurrent_writers(tmp_path: Path):
    database = database_from_url(f"sqlite:///{tmp_path}/new/chronicle.sqlite3")

    assert database["NAME"] == f"{tmp_path}/new/chronicle.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert (tmp_path / "new").is_dir()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://ada:p%40ss@db.example:5433/chronicle?sslmode=require",
            ("chronicle", "ada", "p@ss", "db.example", "5433"),
        ),
        ("postgresql://ada@/chronicle?host=/run/db", ("chronicle", "ada", "", "/run/db", "")),
        ("postgres://%2Frun%2Fdb/chronicle", ("chronicle", "", "", "/run/db", "")),
    ],
)
def test_postgres_addresses_are_read(url: str, expected: tuple[str, ...]):
    database = database_from_url(url)

    assert tuple(database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected
    assert database["CONN_MAX_AGE"] == 0
    assert "pool" in database["OPTIONS"]
    assert ("sslmode" in database["OPTIONS"]) == ("sslmode" in url)
    assert "random_page_cost" in database["OPTIONS"]["options"]


def test_postgres_is_planned_for_as_its_address_says():
    database = database_from_url("postgres://ada@/chronicle?options=-c%20jit=on")

    assert database["OPTIONS"]["options"] == "-c jit=on"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "chronicle.sqlite3",
        "mysql://localhost/chronicle",
        "sqlite://chronicle.sqlite3",
        "sqlite:///",
        "postgres://localhost",
        "postgres://localhost:many/chronicle",
    ],
)
def test_wrong_addresses_are_refused(url: str):
    with pytest.raises(ValueError, match=r"\w"):
        database_from_url(url)
