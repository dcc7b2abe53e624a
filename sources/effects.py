"""What a text of a source does to the citations of it, beside another text or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from record.canonical import selector_digest
from record.models import CheckState
from sources.models import Source
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
    """One citation that is found otherwise; ``before`` is ``None`` where there was no text."""

    name: str
    public_id: str
    opening: str
    is_public: bool
    before: Found | None
    after: Found

    @property
    def is_lost(self) -> bool:
        """Whether it is not found exactly once, which stands against publishing."""
        return self.after.state != CheckState.EXACT


@dataclass(frozen=True)
class Effects:
    """``cited`` passages were looked up; those in ``others`` are not found as they were before,
    the lost ones first. ``anew``: there is no text before it."""

    cited: int
    others: Sequence[Effect]
    anew: bool

    def __str__(self) -> str:
        if not self.cited:
            return "No citation names words of this source."
        one = self.cited == 1
        how = "found in it once" if self.anew else "found as before"
        if not self.others:
            all_of = "The one citation is" if one else f"All {self.cited:,} citations are"
            return f"{all_of} {how}."
        if one:
            return f"The one citation is not {how}:"
        same = self.cited - len(self.others)
        others = "this one is" if len(self.others) == 1 else f"these {len(self.others):,} are"
        found = f"{same:,} of {self.cited:,} citations {'is' if same == 1 else 'are'} {how}"
        return f"{found}; {others} not:"


def effects_of(source: Source, before: FoldedText | None, after: FoldedText) -> Effects:
    """Looks every citation up in both. A query a batch of citations and table of them."""
    others, seen = [], set()
    for cited in cited_selectors(source):
        each = (cited.public_id, cited.key, selector_digest(cited.selector))
        if each in seen:
            continue  # the working copy's is the one that is published
        seen.add(each)
        was = _found(before, cited) if before else None
        now = _found(after, cited)
        if now != was if before else now.state != CheckState.EXACT:
            others.append(_effect(cited, was, now))
    others.sort(key=lambda effect: (not effect.is_lost, len(effect.public_id), effect.name))
    return Effects(len(seen), others, anew=before is None)


def _found(text: FoldedText, cited: Cited) -> Found:
    state = text.state(cited.selector)
    exact = state == CheckState.EXACT
    blocks = text.blocks_of(text.passages(cited.selector)[0]) if exact else []
    return Found(state, tuple(blocks))


def _effect(cited: Cited, before: Found | None, after: Found) -> Effect:
    return Effect(
        name=f"{cited.public_id}/{cited.key}",
        public_id=cited.public_id,
        opening=cited.selector["start"],
        is_public=cited.is_public,
        before=before,
        after=after,
    )
