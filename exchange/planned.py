"""One entry of a file, and all of them: what would be written, before anything is."""

from dataclasses import dataclass, field

from desk.models import Revision
from desk.types import DeskType
from record.canonical import canonical, digest
from record.types import Document

Place = tuple[str, int]  # a table, and the number of a row in it


@dataclass(eq=False)
class Planned:
    """``before`` is ``None`` of a new entry, whose id is provisional.

    ``places``: where each row of it stands, by ``(list, identity)``; its own row by ``("", "")``.
    ``keys``: the last key given out in it, by letter. ``named``: keys by the names that the file
    gives new rows.
    """

    desk_type: DeskType
    public_id: str
    revision: Revision | None
    before: Document | None
    after: Document
    keys: dict[str, int]
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.before is None


@dataclass
class Plan:
    """``changed``: what would be written, in the order of the rooms; ``unchanged``: how many."""

    changed: list[Planned]
    unchanged: int

    @property
    def digest(self) -> str:
        """Of everything that would be written, and what it would be written over."""
        told = [
            [each.revision.checksum if each.revision else "", each.after] for each in self.changed
        ]
        return digest(canonical(told))
