"""What nearly every answer says of others, kept in memory: names of entries, and editions.

The same actors, places and terms are named again and again. What they are called follows from the
edition, so they are kept until the next one is published, and no name outlives its redaction here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
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


def kept_names(newest: str, number: int, *, asked: bool = False) -> KeptNames:
    """Those of edition ``number`` while the newest has the checksum ``newest``; without it, none.

    ``asked``: that edition was asked for, and so addresses name it.
    """
    if not newest:
        return KeptNames()
    found = _kept(newest)(number, asked)
    if len(found.entries) > MOST:
        found.entries.clear()
    return found


@lru_cache(maxsize=1)
def _kept(newest: str) -> Callable[[int, bool], KeptNames]:
    """Those of a few editions, by number and whether it was asked for, as they are read while one
    is the newest. Threads that know different ones share nothing."""

    @lru_cache(maxsize=MOST_EDITIONS)
    def of(number: int, asked: bool) -> KeptNames:
        return KeptNames()

    return of
