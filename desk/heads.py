"""What the page of a submission says about it as a whole, and what its reader can do with it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from desk.gathering import takes_entries
from desk.models import Submission
from desk.moves import moves_for
from desk.notes import Thread, Threads, notes_of, open_in
from desk.queue import due_in_words


@dataclass(frozen=True)
class Head:
    """``moves``: names in ``desk.moves``; ``elsewhere``: threads about entries not shown.

    ``notes`` has all threads, by what they are about.
    """

    moves: set[str]
    due: str
    notes: Threads
    open_notes: int
    elsewhere: list[Thread]
    can_gather: bool

    @property
    def may_note(self) -> bool:
        return "note" in self.moves

    @property
    def own_notes(self) -> list[Thread]:
        """Those about the submission as a whole."""
        return self.notes.get(("", ""), [])


def head_of(submission: Submission, *, by: Any, shown: Collection[str]) -> Head:
    """One query. ``shown``: the entries beside which the notes on them stand."""
    notes = notes_of(submission)
    moves = moves_for(submission, by)
    return Head(
        moves=moves,
        due=due_in_words(submission),
        notes=notes,
        open_notes=open_in(notes),
        elsewhere=[
            thread
            for (public_id, _), group in notes.items()
            if public_id and public_id not in shown
            for thread in group
        ],
        can_gather="gather" in moves and takes_entries(submission),
    )
