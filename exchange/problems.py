"""What is wrong with a file: where it stands, and what is expected there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from record.folding import fold

MOST_SHOWN = 200  # problems; whoever has more has made one mistake many times
NEAR = 3


@dataclass(frozen=True)
class Problem:
    """``row`` as the spreadsheet counts (the header is 1), 0 of a whole table; ``column`` may be
    empty: it is of the whole row."""

    message: str
    table: str = ""
    row: int = 0
    column: str = ""


class NotTaken(Exception):
    """The file, or a value in it, cannot be taken: one sentence, and the column it is of."""

    def __init__(self, message: str, column: str = "") -> None:
        super().__init__(message)
        self.message, self.column = message, column


class Faulty(Exception):
    """The file holds what cannot be taken; nothing of it has been."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = list(problems)


def quoted(text: str) -> str:
    """``text`` as a sentence shows it: short, and on one line."""
    line = " ".join(text.split())
    return f"“{line[:60]}…”" if len(line) > 60 else f"“{line}”"


def nearest(text: str, known: Iterable[str]) -> list[str]:
    """The names most like ``text``, compared without accents and case."""
    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(fold(name), name)
    wanted = fold(text)
    near = get_close_matches(wanted, folded, n=NEAR, cutoff=0.6)
    # A part of a name is as good as a name with slips.
    within = [key for key in folded if wanted and wanted in key][:NEAR]
    return [folded[key] for key in dict.fromkeys([*near, *within])][:NEAR]


def offer(names: Sequence[str]) -> str:
    """``Did you mean …?``, or nothing."""
    if not names:
        return ""
    return " Did you mean " + " or ".join(map(quoted, names)) + "?"
