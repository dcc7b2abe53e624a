"""What a text of a source does to the citations of it, beside another text or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from record.canonical import selector_digest
from record.models import CheckState
from sources.asides import where_set_aside
from sources.models import SetAside, Source
from sources.passage import blocks_words
from sources.rechecking import Cited, cited_selectors
from sources.selectors import FoldedText

OUTCOMES = {
    CheckState.EXACT: "found once",
    CheckState.AMBIGUOUS: "found more than once",
    CheckState.MISSING: "not found",
}


@dataclass(frozen=True)
class Found:
    """Whether a text has a passage, and in which blocks if it has it once."""

    state: CheckState
    blocks: Sequence[int]

    def __str__(self) -> str:
        words = OUTCOMES[self.state]
        return f"{words}, in {blocks_words(self.blocks)}" if self.blocks else words


@dataclass(frozen=True)
class Effect:
    """How one citation is found; ``before`` is ``None`` where there was no text."""

    name: str
    public_id: str
    number: int
    opening: str
    is_public: bool
    before: Found | None
    after: Found


@dataclass(frozen=True)
class Effects:
    """``cited`` passages were looked up. ``lost`` are not found exactly once, which stands against
    publishing; ``moved`` stand in other blocks than before; ``regained`` were not found before.
    ``asides``: what was set aside and is no longer found.
    """

    cited: int
    lost: Sequence[Effect]
    moved: Sequence[Effect]
    regained: Sequence[Effect]
    asides: Sequence[SetAside]

    def __str__(self) -> str:
        if not self.cited:
            return "No citation names words of this source."
        lost, found = len(self.lost), self.cited - len(self.lost)
        if self.cited == 1:
            return f"The one citation is {'not ' if lost else ''}found in it once{_end(lost)}"
        if not lost:
            return f"All {self.cited:,} citations are found in it, each once."
        these = "this one is" if lost == 1 else f"these {lost:,} are"
        are = "is" if found == 1 else "are"
        return f"{found:,} of {self.cited:,} citations {are} found in it once; {these} not:"

    @property
    def kinds(self) -> Sequence[tuple[str, Sequence[Effect]]]:
        """What else there is to tell, each with a heading."""
        moved, regained = len(self.moved), len(self.regained)
        stand = "stands in another block" if moved == 1 else "stand in other blocks"
        are = "is found that was" if regained == 1 else "are found that were"
        kinds = (
            (f"{moved:,} {stand} than before, which locators have to name", self.moved),
            (f"{regained:,} {are} not before", self.regained),
        )
        return [(heading, effects) for heading, effects in kinds if effects]


def _end(lost: int) -> str:
    return ":" if lost else "."


def effects_of(source: Source, before: FoldedText | None, after: FoldedText) -> Effects:
    """Looks every citation up in both. A query a batch of citations and table of them, and one
    for what is set aside."""
    lost, moved, regained, seen = [], [], [], set()
    for cited in cited_selectors(source):
        each = (cited.public_id, cited.key, selector_digest(cited.selector))
        if each in seen:
            continue  # the working copy's is the one that is published
        seen.add(each)
        was = _found(before, cited) if before else None
        effect = _effect(cited, was, _found(after, cited))
        if effect.after.state != CheckState.EXACT:
            lost.append(effect)
        elif was and was.state != CheckState.EXACT:
            regained.append(effect)
        elif was and was != effect.after:
            moved.append(effect)
    asides = [
        row for row, spans in where_set_aside(source.set_aside.all(), after) if len(spans) != 1
    ]
    return Effects(len(seen), _in_order(lost), _in_order(moved), _in_order(regained), asides)


def _in_order(effects: list[Effect]) -> list[Effect]:
    return sorted(effects, key=lambda effect: (effect.public_id[0], effect.number, effect.name))


def _found(text: FoldedText, cited: Cited) -> Found:
    state = text.state(cited.selector)
    exact = state == CheckState.EXACT
    blocks = text.blocks_of(text.passages(cited.selector)[0]) if exact else []
    return Found(state, tuple(blocks))


def _effect(cited: Cited, before: Found | None, after: Found) -> Effect:
    return Effect(
        name=f"{cited.public_id}/{cited.key}",
        public_id=cited.public_id,
        number=int(cited.public_id[1:]),
        opening=cited.selector["start"],
        is_public=cited.is_public,
        before=before,
        after=after,
    )
