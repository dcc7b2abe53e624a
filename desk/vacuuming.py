"""After a redaction: no word of what was deleted stays in the database's own files.

Deleting leaves bytes in pages that are free now, and in the write-ahead log.
"""

from collections.abc import Iterable
from pathlib import Path

from django.db import connection

from desk.refusals import Refused

PIECE = 1 << 20  # bytes read at a time


def vacuum() -> list[str]:
    """Rewrite the whole database; what can be said of its files afterwards, in sentences.

    Outside of transactions. Everybody else waits meanwhile: 20 s for 400 MB on a busy machine.
    ``Refused`` where somebody else's transaction is in the way, or SQLite left something behind.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (FULL)")
        return [
            "Every table has been written anew.",
            "What PostgreSQL's archived log, replicas and backups hold is not reached.",
        ]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
        cursor.execute("PRAGMA freelist_count")
        (free,) = cursor.fetchone()
    if busy or free or any(_size(file) for file in files()[1:]):
        raise Refused(
            "Somebody is reading or writing, so the write-ahead log still holds what was there. "
            "Try again, or stop the server for a moment."
        )
    return [
        "The file has been written anew: it has no free page, and the write-ahead log is empty."
    ]


def found_in_files(words: Iterable[str]) -> list[str]:
    """Those of ``words`` that SQLite's files hold, in any case of letters that is given."""
    wanted = {word: word.encode() for word in words}
    overlap = max(map(len, wanted.values()), default=0)
    found = set()
    for file in files():
        if not file.exists():
            continue
        tail = b""
        with file.open("rb") as pieces:
            while piece := pieces.read(PIECE):
                held = tail + piece
                found |= {word for word, sought in wanted.items() if sought in held}
                tail = held[-overlap:] if overlap else b""
    return [word for word in wanted if word in found]


def files() -> list[Path]:
    """SQLite's file, then its write-ahead log; none for a database in memory or elsewhere."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return []
    return [Path(name), Path(f"{name}-wal")]


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
