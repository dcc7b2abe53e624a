"""What is counted by entry, in the order in which readers are shown it.

Which few of many are shown is another matter: that is decided by number and id, so that it is the
same in every language.
"""

from collections.abc import Mapping

from record.collation import collation_key
from record.reading import Reference


def ranked(totals: Mapping[str, int], names: Mapping[str, Reference]) -> list[str]:
    """Ids, those with most first; of as many, by the names that readers know."""
    return sorted(totals, key=lambda each: (-totals[each], *place_of(names[each])))


def place_of(name: Reference) -> tuple[str, str]:
    """By which names come among others in the reader's order."""
    return collation_key(name.name), name.id
