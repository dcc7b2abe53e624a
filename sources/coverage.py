"""How much of a source's text the desk has read: what is claimed from it, what is set aside."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from sources.models import SetAside, Source
from sources.selectors import Block, FoldedText, Span
from sources.working import working_citations

# A sentence ends where a capital letter or a quotation follows its mark, but not after an
# initial, as in "U.S.", nor after "No." and the like.
SENTENCE_ENDS = re.compile(
    r"(?<!\b[^\W\d_])(?<!\bNo)(?<!\bNr)(?<!\bDr)(?<!\bMr)(?<!\bSt)(?<!\bMrs)(?<!\bvs)"
    r"[.!?…]['\")\]]*\s+(?=['\"(\[]*[^\W\d_a-z]|['\"(\[]*\d)"
)


class Cited(NamedTuple):
    """What one citation claims from a block, and where its passage stands in the whole text."""

    citation: str  # E14/c2
    claims: list[str]
    stance: str
    span: Span


@dataclass
class BlockCoverage:
    """One block: what is claimed from it, why it is set aside, and the sentences left over.

    ``taken``: passages that are cited or set aside, of which headings need none.
    """

    whole: FoldedText
    block: Block
    is_heading: bool
    cited: list[Cited] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    taken: list[Span] = field(default_factory=list)

    @cached_property
    def open_at(self) -> list[Span]:
        """Where the sentences of ``open`` stand in the whole text; looked for when asked."""
        if self.is_heading:
            return []
        return [
            sentence
            for sentence in sentences_of(self.whole, self.block)
            if not any(
                span.start < sentence.end and sentence.start < span.end for span in self.taken
            )
        ]

    @property
    def open(self) -> list[str]:
        return [self.whole.text[start:end] for start, end in self.open_at]


@dataclass
class Coverage:
    """All blocks in order, and a sentence for each passage that cannot be found in the text."""

    blocks: list[BlockCoverage]
    failures: list[str]

    @property
    def is_whole(self) -> bool:
        """Whether every sentence is cited or set aside, and every passage found."""
        return not self.failures and not any(each.open for each in self.blocks)


def coverage_of(source: Source, text: FoldedText, *, headings: Iterable[int]) -> Coverage:
    """What the working copies at the desk claim from each block of ``text``.

    A sentence is accounted for where a passage that is cited or set aside touches it; headings
    need not be. A query a type of entry that cites, and two more.
    """
    titles = set(headings)
    blocks = [BlockCoverage(text, block, block.number in titles) for block in text.blocks]
    failures: list[str] = []
    for row in working_citations(source):
        spans = text.passages(row.selector)
        if len(spans) != 1:
            failures.append(f"{row.name} “{row.selector['start']} …”: {_found(spans)}.")
            continue
        for number in text.blocks_of(spans[0]):
            blocks[number - 1].cited.append(Cited(row.name, row.claims, row.stance, spans[0]))
            blocks[number - 1].taken.append(spans[0])
    for aside in source.set_aside.all():
        spans = _passages_of(aside, text)
        if len(spans) != 1:
            failures.append(f"Set aside, {aside}: {_found(spans)}.")
            continue
        blocks[aside.block - 1].set_aside.append(aside)
        blocks[aside.block - 1].taken.append(spans[0])
    return Coverage(blocks, failures)


def sentences(text: str) -> list[Span]:
    """Where each sentence stands in ``text``: a reader's aid, not a grammar."""
    ends = [match.end() for match in SENTENCE_ENDS.finditer(text)]
    return [
        Span(start, end)
        for start, end in zip([0, *ends], [*ends, len(text)], strict=True)
        if text[start:end].strip()
    ]


def sentences_of(text: FoldedText, block: Block) -> list[Span]:
    """Where each sentence of a block stands in the whole text, without the space after it."""
    start, end = block.span
    whole = text.text[start:end]
    return [
        Span(start + first, start + first + len(words))
        for first, last in sentences(whole)
        if (words := whole[first:last].strip())
    ]


def _passages_of(row: SetAside, text: FoldedText) -> list[Span]:
    """The passages that fit, of which there should be one, in the block that the row names."""
    if row.block > len(text.blocks):
        return []
    block = text.blocks[row.block - 1].span
    if not row.start:
        return [block]
    selector: dict[str, Any] = {"start": row.start, "end": row.end, "prefix": "", "suffix": ""}
    spans = text.passages(selector)
    return [span for span in spans if block.start <= span.start and span.end <= block.end]


def _found(spans: list[Span]) -> str:
    return "fits more than one passage of the text" if spans else "not in the text"
