"""Where in a text stands what was set aside: it follows its words, whatever their number is now."""

from collections.abc import Iterable, Iterator
from typing import Any

from record.canonical import digest
from sources.models import SetAside, Source, SourceText
from sources.selectors import Block, FoldedText, Span


def where_set_aside(
    rows: Iterable[SetAside], text: FoldedText
) -> Iterator[tuple[SetAside, list[Span]]]:
    """Each with the passages that fit, of which there should be one.

    Of blocks with the same words it is the one whose number is nearest. A block that no text was
    there for when it was set aside is the one of that number.
    """
    numbers: dict[str, list[int]] = {}
    for row in rows:
        if row.start:
            yield row, _passages(row, text)
        elif not row.words or words_of(text, row.block) == row.words:
            yield row, [text.blocks[row.block - 1].span] if row.block <= len(text.blocks) else []
        else:
            numbers = numbers or _by_words(text)
            alike = numbers.get(row.words, [])
            nearest = sorted(alike, key=lambda number: abs(number - row.block))[:1]
            yield row, [text.blocks[number - 1].span for number in nearest]


def words_of(text: FoldedText, number: int) -> str:
    """SHA-256 of a block's words as they are compared; empty where there is no such block."""
    return _digest(text, text.blocks[number - 1]) if 1 <= number <= len(text.blocks) else ""


def bind(source: Source, text: FoldedText) -> None:
    """To their words, blocks that were set aside before there was a text."""
    for row in source.set_aside.filter(start="", words=""):
        row.words = words_of(text, row.block)
        row.save()


def bind_to_newest(instance: SetAside, **_: Any) -> None:
    """Sent before one is saved: a whole block is that of the newest text. One query at most."""
    if instance.start:
        instance.words = ""
    elif not instance.words:
        instance.words = words_in_newest(instance.entry_id, instance.block)


def words_in_newest(source: int | None, number: int) -> str:
    """`words_of` the newest text of the source with this primary key. One query."""
    held = SourceText.objects.to_read().filter(source=source).first()
    return words_of(held.folded(), number) if held else ""


def _digest(text: FoldedText, block: Block) -> str:
    return digest(text.text[block.span.start : block.span.end])


def _by_words(text: FoldedText) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for block in text.blocks:
        found.setdefault(_digest(text, block), []).append(block.number)
    return found


def _passages(row: SetAside, text: FoldedText) -> list[Span]:
    """Wherever its words are; where they are more than once, in the block that it names."""
    selector: dict[str, Any] = {"start": row.start, "end": row.end, "prefix": "", "suffix": ""}
    spans = text.passages(selector)
    if len(spans) == 1 or row.block > len(text.blocks):
        return spans
    block = text.blocks[row.block - 1].span
    return [span for span in spans if block.start <= span.start and span.end <= block.end] or spans
