"""What nearly every answer says of others, kept in memory: names of entries, and editions.

The same actors, places and terms are named again and again. What they are called follows from the
edition, so they are kept until the next one is published, and no name outlives its redaction here.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from record.models import Edition

if TYPE_CHECKING:
    from record.reading import Reference

MOST = 20_000  # names of one edition, at some 500 bytes each
MOST_EDITIONS = 4  # whose names are kept: that of now, and a few that are asked for


@dataclass
class KeptNames:
    """Of entries by id, and editions by number, of the record at one edition."""

    entries: "dict[str, Reference]" = field(default_factory=dict)
    editions: dict[int, Edition] = field(default_factory=dict)


class KeptEditions:
    """The names of a few editions, as they are read while one of them is the newest."""

    def __init__(self) -> None:
        self.newest = ""
        self.names: dict[tuple[int, bool], KeptNames] = {}

    def of(self, newest: str, number: int, *, asked: bool) -> KeptNames:
        if newest != self.newest:
            self.newest, self.names = newest, {}
        # Taken out and put back, so that those that were not asked for longest come first.
        found = self.names.pop((number, asked), None) or KeptNames()
        if len(found.entries) > MOST:
            found.entries.clear()
        self.names[number, asked] = found
        if len(self.names) > MOST_EDITIONS:
            self.names.pop(next(iter(self.names)), None)
        return found


_kept = KeptEditions()


def kept_names(newest: str, number: int, *, asked: bool = False) -> KeptNames:
    """Those of edition ``number`` while the newest has the checksum ``newest``; without it, none.

    ``asked``: that edition was asked for, and so addresses name it.
    """
    return _kept.of(newest, number, asked=asked) if newest else KeptNames()
