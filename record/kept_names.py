"""What nearly every answer says of others, kept in memory: names of entries, and editions.

The same actors, places and terms are named again and again. What they are called follows from the
edition, so they are kept until the next one, and no name outlives its redaction here.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from record.models import Edition

if TYPE_CHECKING:
    from record.reading import Reference

MOST = 20_000  # names, at some 500 bytes each


@dataclass
class KeptNames:
    """Of entries by id, and editions by number, of one record at its newest edition."""

    entries: "dict[str, Reference]" = field(default_factory=dict)
    editions: dict[int, Edition] = field(default_factory=dict)


def kept_names(checksum: str) -> KeptNames:
    """Those of the record whose newest edition has this checksum; without one, none."""
    kept = _kept(checksum) if checksum else KeptNames()
    if len(kept.entries) > MOST:
        kept.entries.clear()
    return kept


@lru_cache(maxsize=1)
def _kept(checksum: str) -> KeptNames:
    return KeptNames()
