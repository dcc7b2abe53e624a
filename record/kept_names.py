"""What nearly every answer says of others, kept in memory: names of entries, editions, checks.

The same actors, places and terms are named again and again. What they are called follows from the
edition, so they are kept until the next one is published, and no name outlives its redaction here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from chronicle.languages import of_now
from record.filter_fields import NamedEntry
from record.models import Check, Edition

if TYPE_CHECKING:
    from record.reading import Reference

MOST = 20_000  # names of one edition, at some 500 bytes each
MOST_EDITIONS = 4  # whose names are kept: that of now, and a few that are asked for


Name = tuple[str, str]  # type, and id or slug
State = tuple[str, int]  # as ``Record.state``
Checks = dict[str, dict[tuple[str, str], Check]]  # by entry; citation as ``E14/c1``, and selector


class Found(NamedTuple):
    """An entry that an address names, and its kind."""

    entry: NamedEntry
    kind: str


@dataclass
class KeptNames:
    """Of entries by id, and by what addresses call them; editions by number; the entries that
    versions name, by primary key; and all entries that any name, by that of their own versions. Of
    the record at one edition."""

    entries: "dict[str, Reference]" = field(default_factory=dict)
    called: dict[Name, Found] = field(default_factory=dict)
    editions: dict[int, Edition] = field(default_factory=dict)
    targets: dict[int, list[str]] = field(default_factory=dict)
    linked: dict[int, str] = field(default_factory=dict)


def kept_names(newest: str, number: int, *, asked: bool = False) -> KeptNames:
    """Those of edition ``number`` while the newest has the checksum ``newest``; without it, none.

    ``asked``: that edition was asked for, and so addresses name it.
    """
    if not newest:
        return KeptNames()
    found = _kept(newest)(number, asked, of_now())
    for names in (found.entries, found.called, found.targets):
        if len(names) > MOST:
            names.clear()
    return found


def kept_checks(state: State) -> Checks:
    """The newest checks of entries, while that is the record's state; without one, none."""
    if not state[0]:
        return {}
    found = _kept_checks(state)
    if len(found) > MOST:
        found.clear()
    return found


@lru_cache(maxsize=1)
def _kept_checks(state: State) -> Checks:
    return {}


@lru_cache(maxsize=1)
def _kept(newest: str) -> Callable[[int, bool, str], KeptNames]:
    """Those of a few editions, by number, whether it was asked for, and language, as they are read
    while one is the newest. Threads that know different ones share nothing."""

    @lru_cache(maxsize=MOST_EDITIONS + len(settings.LANGUAGES))
    def of(number: int, asked: bool, language: str) -> KeptNames:
        return KeptNames()

    return of
