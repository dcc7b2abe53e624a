"""Passages with what stands around them, from the desk's copies of the sources' texts."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.db.models import OuterRef, Subquery

from desk.passages import Passage, PassageBlock, Run
from record.models import CheckState
from record.types import Document
from sources.models import SourceText
from sources.passage import blocks_words
from sources.selectors import Block, FoldedText, Span, fold

MOST_BLOCKS = 6  # of a passage
AROUND = 1  # blocks before it, and after it
LONGEST = 1500  # letters of a block, of which otherwise beginning and end are shown
NEAR = 120  # letters of an excerpt before the passage, and after it
LONGEST_EXCERPT = 600  # letters of a block of it


def passages_of(citations: Sequence[Document], *, texts: bool) -> list[Passage]:
    """For each citation what the newest text of its source has. One query."""
    held = _newest({citation["source"] for citation in citations})
    return [_passage(citation, held.get(citation["source"]), texts) for citation in citations]


def _newest(sources: set[str]) -> dict[str, SourceText]:
    newest = SourceText.objects.filter(source=OuterRef("source")).order_by("-loaded_at", "-pk")
    found = (
        SourceText.objects.to_read()
        .filter(source__public_id__in=sources, pk=Subquery(newest.values("pk")[:1]))
        .select_related("source")
    )
    return {text.source.public_id: text for text in found}


def _passage(citation: Document, held: SourceText | None, texts: bool) -> Passage:
    if held is None:
        return Passage()
    text = held.folded()
    selector, named = citation["selector"], citation["locator"]["blocks"]
    spans = text.passages(selector) if selector else []
    state = str(text.state(selector)) if selector else "unchecked"
    stands_in = sorted({number for span in spans for number in text.blocks_of(span)})
    shown = [number for number in stands_in or named if number <= len(text.blocks)]
    exact = state == CheckState.EXACT
    return Passage(
        state=state,
        sha256=held.sha256,
        held_on=held.loaded_at.date(),
        excerpt=_excerpt(text, _first_and_last(shown), spans) if texts else (),
        blocks=_with_around(text, _first_and_last(shown), spans) if texts else (),
        misplaced=blocks_words(stands_in) if exact and named not in ([], stands_in) else "",
    )


def _first_and_last(numbers: list[int]) -> list[int]:
    if len(numbers) <= MOST_BLOCKS:
        return numbers
    return [*numbers[: MOST_BLOCKS // 2], *numbers[-(MOST_BLOCKS // 2) :]]


def _excerpt(text: FoldedText, numbers: list[int], spans: Sequence[Span]) -> list[PassageBlock]:
    """The passage, with the words nearest to it; of blocks without words, their beginnings."""
    gaps = _gaps(numbers)
    return [_near(text.blocks[number - 1], spans, gap=number in gaps) for number in numbers]


def _near(block: Block, spans: Sequence[Span], *, gap: bool) -> PassageBlock:
    pieces = [piece for piece in _marked(block, spans) if piece[1] > piece[0]]
    marks = [number for number, (_, _, marked) in enumerate(pieces) if marked]
    runs, before, after = [], False, False
    for number, (start, end, marked) in enumerate(pieces):
        plain = block.text[start:end]
        if marked or (marks and marks[0] < number < marks[-1]):
            runs.append(Run(shortened(plain, LONGEST_EXCERPT), marked))
        elif marks and number < marks[0]:
            before = len(plain) > NEAR
            runs.append(Run(end_of(plain, NEAR), marked=False))
        else:
            most = NEAR if marks else 2 * NEAR
            after = len(plain) > most
            runs.append(Run(beginning_of(plain, most), marked=False))
    return PassageBlock(block.number, block.section, runs, before, after, gap=gap)


def _with_around(text: FoldedText, numbers: list[int], spans: Sequence[Span]) -> list[PassageBlock]:
    """The blocks of the passage and those beside them, whole unless they are very long."""
    beside = {near for number in numbers for near in range(number - AROUND, number + AROUND + 1)}
    wanted = sorted(number for number in beside if 1 <= number <= len(text.blocks))
    gaps = _gaps(wanted)
    return [
        PassageBlock(
            number,
            text.blocks[number - 1].section,
            [
                Run(shortened(text.blocks[number - 1].text[start:end], LONGEST), marked)
                for start, end, marked in _marked(text.blocks[number - 1], spans)
                if end > start
            ],
            around=number not in numbers,
            gap=number in gaps,
        )
        for number in wanted
    ]


def _gaps(numbers: Sequence[int]) -> set[int]:
    """Those that do not follow the one before."""
    return {after for before, after in pairwise(numbers) if after != before + 1}


def shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{beginning_of(text, most // 2)} […] {end_of(text, most // 2)}"


def beginning_of(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] or text[:most]


def end_of(text: str, most: int) -> str:
    return text if len(text) <= most else text[-most:].partition(" ")[2] or text[-most:]


def _marked(block: Block, spans: Sequence[Span]) -> Iterable[tuple[int, int, bool]]:
    """Where in the block's own letters the passages stand: (start, end, of a passage) in turn."""
    position = 0
    for start, end in in_letters(block, spans):
        if start > position:
            yield position, start, False
        yield max(start, position), end, True
        position = max(end, position)
    yield position, len(block.text), False


def in_letters(block: Block, spans: Sequence[Span]) -> Iterable[tuple[int, int]]:
    """Spans of the folded text, as places in the block as it is written; of those it has words of.

    Folding leaves the words in their order: they are gone through one by one. Within a word the
    place is exact where folding changes no lengths, else the whole word is taken.
    """
    words = list(_words(block))
    for span in spans:
        within = [
            (at, word, folded)
            for at, word, folded in words
            if folded.start < span.end and span.start < folded.end
        ]
        if within:
            (first_at, first_word, first), (last_at, last_word, last) = within[0], within[-1]
            before = max(span.start - first.start, 0)
            beyond = max(last.end - span.end, 0)
            if len(first_word) != first.end - first.start:
                before = 0
            if len(last_word) != last.end - last.start:
                beyond = 0
            yield first_at + before, last_at + len(last_word) - beyond


def _words(block: Block) -> Iterable[tuple[int, str, Span]]:
    """Each word with where it stands, in the block and in the folded text."""
    at, folded_at = 0, block.span.start
    for word in block.text.split():
        at = block.text.index(word, at)
        folded = fold(word)
        if folded:
            yield at, word, Span(folded_at, folded_at + len(folded))
            folded_at += len(folded) + 1
        at += len(word)
