"""The passages that citations name, as reviewers see them: from whichever room holds texts.

The room announces its reader when Django starts, as rooms announce their types of entries.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from record.types import Document


@dataclass(frozen=True)
class Run:
    """Some words of a block; ``marked``: part of the passage."""

    text: str
    marked: bool


@dataclass(frozen=True)
class PassageBlock:
    """A block, or as much of it as is shown: ``cut_before`` and ``cut_after`` say what is not.

    ``around``: beside the passage, not of it. ``gap``: blocks before it are left out.
    """

    number: int
    section: str
    runs: Sequence[Run]
    cut_before: bool = False
    cut_after: bool = False
    around: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Passage:
    """What the source's newest text has of a citation.

    ``state``: of ``record.models.CheckState``, "unchecked" where no text is held or no words are
    given. ``excerpt``: the passage with some words around; ``blocks``: whole, with the blocks
    beside it. ``misplaced``: the blocks it stands in, where its locator says others.
    """

    state: str = "unchecked"
    sha256: str = ""
    held_on: datetime.date | None = None
    excerpt: Sequence[PassageBlock] = ()
    blocks: Sequence[PassageBlock] = ()
    misplaced: str = ""


@dataclass(frozen=True)
class Reader:
    """``passages(citations, texts=…)``: one for each, with blocks only where ``texts`` is true.
    ``permission``: what it takes to see them."""

    passages: Callable[..., list[Passage]]
    permission: str


_readers: list[Reader] = []


def register(passages: Callable[..., list[Passage]], *, permission: str) -> None:
    _readers[:] = [Reader(passages, permission)]


def passages_of(citations: Sequence[Document], *, texts: bool) -> list[Passage]:
    """A passage for each citation (of documents). One query, whatever their number."""
    return _readers[0].passages(citations, texts=texts)


def may_read_texts(user: Any) -> bool:
    """Whether the user may see what stands around a passage."""
    return bool(user.has_perm(_readers[0].permission))
