"""The desk's copies of source texts: reading them from files, guessing headings, keeping them."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils import timezone

from desk.bases import normalised
from desk.refusals import Refused
from record.canonical import digest
from sources.models import Source, SourceText
from sources.selectors import FoldedText

MOST_WORDS = 12  # of a heading
ENDS_A_SENTENCE = re.compile(r"[.!?:;,…][\"'”’»)\]]*$")
NO_HEADING = re.compile(r"[/©@|]|\b(photo|image|share)\w*", re.IGNORECASE)


def read_text(file: Path) -> str:
    """The file's text as the desk keeps texts. ``Refused`` unless it is UTF-8 and not empty."""
    try:
        text = normalised(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{file} is not text in UTF-8.") from error
    if not text:
        raise Refused(f"{file} is empty.")
    return text


def guess_headings(text: str) -> list[int]:
    """Numbers of the blocks that look like section headings.

    Those are short single lines between longer blocks that do not end as sentences do; neither
    the first block, which is the title, nor the last.
    """
    blocks = FoldedText(text, []).blocks
    return [
        block.number
        for block, following in pairwise(blocks[1:])
        if _looks_like_a_heading(block.text) and not _looks_like_a_heading(following.text)
    ]


def store_text(source: Source, text: str, *, headings: list[int], by: Any) -> SourceText:
    """Keep ``text`` (from ``read_text``) as the newest text of the source.

    A text that the desk holds already is kept once, with the headings given now. ``Refused``
    where a heading is no block of the text.
    """
    count = len(FoldedText(text, []).blocks)
    wrong = [number for number in headings if not 1 <= number <= count]
    if wrong:
        raise Refused(
            f"The text has {count} blocks; there is no {', '.join(map(str, wrong))} among them."
        )
    held, _ = SourceText.objects.update_or_create(
        source=source,
        sha256=digest(text),
        defaults={
            "text": text,
            "headings": sorted(set(headings)),
            "loaded_by": by,
            "loaded_at": timezone.now(),
        },
    )
    return held


def _looks_like_a_heading(text: str) -> bool:
    return (
        "\n" not in text
        and len(text.split()) <= MOST_WORDS
        and not ENDS_A_SENTENCE.search(text)
        and not NO_HEADING.search(text)
    )
