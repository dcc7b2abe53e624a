"""A source with the text that is read, and places in it, as addresses name them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from desk.refusals import Refused
from sources.models import Source, SourceText
from sources.selecting import widened
from sources.selectors import FoldedText, Span

PAGE = 50  # blocks
DIGITS = 9
SHORT_DIGEST = 12
LONGEST_PASSAGE = 20_000  # letters


@dataclass(frozen=True)
class Held:
    """The newest text that the desk holds of a source."""

    source: Source
    text: SourceText

    @cached_property
    def folded(self) -> FoldedText:
        return self.text.folded()

    @property
    def digest(self) -> str:
        """How addresses and forms name the text that they speak of."""
        return self.text.sha256[:SHORT_DIGEST]

    @property
    def pages(self) -> int:
        return -(-len(self.folded.blocks) // PAGE)

    def url(self, name: str, **asked: Any) -> str:
        """Of a page of the reading room about this source."""
        address = reverse(f"reading:{name}", args=[self.source.public_id])
        query = urlencode({key: value for key, value in asked.items() if value not in ("", None)})
        return f"{address}?{query}" if query else address

    def block_url(self, number: int, **asked: Any) -> str:
        page = (number - 1) // PAGE + 1
        return f"{self.url('room', page=page if page > 1 else '', **asked)}#block-{number}"

    def place(self, span: Span) -> dict[str, Any]:
        """How addresses name a passage: in this very text, from one letter up to another."""
        return {"text": self.digest, "from": span.start, "to": span.end}

    def passage_url(self, span: Span, name: str = "passage", **asked: Any) -> str:
        return self.url(name, **self.place(span), **asked)

    def span_in(self, address: QueryDict) -> Span | None:
        """The passage that an address names, in whole words; none where it names none.

        ``Refused`` where it is none of this text.
        """
        if {"from", "text"} & set(address) and address.get("text") != self.digest:
            raise Refused(
                "A newer text of this source has been loaded since. Find the words in that one."
            )
        if "from" not in address:
            return None
        start, end = _number(address.get("from", "")), _number(address.get("to", ""))
        if start is None or end is None or not start < end <= len(self.folded.text):
            raise Refused("There is no such passage in the text. Choose or paste its words.")
        if end - start > LONGEST_PASSAGE:
            raise Refused(f"A passage has {LONGEST_PASSAGE:,} letters at most. Choose fewer words.")
        span = widened(self.folded, Span(start, end))
        if span.start >= span.end:
            raise Refused("There are no words in that passage. Choose or paste some.")
        return span


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None


def held_text(source: Source) -> Held | None:
    """The newest text of the source, with what is found in it, if the desk holds one. One query."""
    texts = SourceText.objects.filter(source=source).select_related("kept_offers").to_read()
    text = texts.order_by("-loaded_at", "-pk").first()
    return Held(source, text) if text else None
