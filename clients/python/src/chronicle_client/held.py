"""What a mirror holds, to be verified."""

import sqlite3

from chronicle_client.entries import Data
from chronicle_client.errors import Damaged
from chronicle_client.tables import document_in


class Held:
    """The mirror as `verify` reads a copy of the record."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def newest(self) -> int:
        found = self.database.execute("SELECT max(number) FROM editions").fetchone()[0]
        return int(found or 0)

    def edition(self, number: int) -> Data | None:
        row = self.database.execute("SELECT * FROM editions WHERE number = ?", [number]).fetchone()
        if row is None:
            return None
        versions = self.database.execute(
            "SELECT id, change, checksum FROM versions WHERE edition = ?", [number]
        )
        return dict(row) | {
            "four_eyes": bool(row["four_eyes"]),
            "versions": [dict(version) for version in versions],
        }

    def version(self, public_id: str, number: int) -> Data | None:
        """One that was changed so that nobody can read it fits no checksum and has no id."""
        query = "SELECT * FROM versions WHERE id = ? AND edition = ?"
        row = self.database.execute(query, [public_id, number]).fetchone()
        if row is None:
            return None
        try:
            document = document_in(row)
        except Damaged:
            document = {}
        if document is not None:
            document = {"id": ""} | document
        return dict(row) | {"document": document, "salt": str(row["salt"] or "")}
