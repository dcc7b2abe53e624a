"""Setting a block or a passage of a text aside, with the reason why nothing is claimed from it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from desk.bases import normalised
from desk.history import attributed
from desk.refusals import Refused
from desk.texts import checked_text
from reading.access import require
from sources.asides import where_set_aside, words_of
from sources.models import SetAside, Source
from sources.selecting import selector_for
from sources.selectors import FoldedText, Span

PERMISSION = "sources.change_source"


def set_aside(
    source: Source, text: FoldedText, *, block: int, span: Span | None, reason: str, by: Any
) -> SetAside:
    """The whole block, or the passage at ``span`` of it. ``Refused`` without a reason."""
    require(by, PERMISSION)
    reason = checked_text(normalised(reason))
    if not reason:
        raise Refused("Say why nothing is claimed from it.")
    if not 1 <= block <= len(text.blocks):
        raise Refused(f"The text has {len(text.blocks)} blocks; there is no {block} among them.")
    if not text.blocks_of(text.blocks[block - 1].span):
        raise Refused("There are no words in that block that could be claimed.")
    row = SetAside(entry=source, block=block, reason=reason, **_words(text, block, span))
    here = span or text.blocks[block - 1].span
    if any([here] == spans for _, spans in where_set_aside(source.set_aside.all(), text)):
        raise Refused("It has been set aside already.")
    try:
        with transaction.atomic(), attributed(by=by, reason=reason):
            row.full_clean(validate_unique=False, validate_constraints=False)
            row.save()
    except IntegrityError as error:
        raise Refused("It has been set aside already.") from error
    except ValidationError as error:
        raise Refused(error.messages) from error
    return row


def take_back(row: SetAside, *, by: Any) -> None:
    """It is to be read again."""
    require(by, PERMISSION)
    with transaction.atomic(), attributed(by=by, reason="Taken back."):
        row.delete()


def block_of(row: SetAside, text: FoldedText) -> int:
    """The number of the block in this text; of what is no longer found, the one that it had."""
    [(_, spans)] = where_set_aside([row], text)
    return next(iter(text.blocks_of(spans[0])), row.block) if len(spans) == 1 else row.block


def _words(text: FoldedText, block: int, span: Span | None) -> dict[str, str]:
    """The opening and closing words of the passage; of the whole block, what tells its words."""
    if span is None or span == text.blocks[block - 1].span:
        return {"start": "", "end": "", "words": words_of(text, block)}
    if text.blocks_of(span) != [block]:
        raise Refused("A passage that is set aside stands in one block. Choose words of one.")
    selector = selector_for(text, span)
    if selector["prefix"] or selector["suffix"]:
        raise Refused(
            "The same words stand elsewhere in the text. Set aside a longer passage, or the block."
        )
    return {"start": selector["start"], "end": selector["end"]}
