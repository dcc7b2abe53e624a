"""Where a citation points, for people and for browsers."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any
from urllib.parse import quote, urlsplit

from record.types import Document


def passage_url(url: str | None, selector: dict[str, Any] | None) -> str:
    """The address that opens the source at the passage, or at its beginning without a selector.

    A text directive as WICG's URL Fragment Text Directives has it:
    ``#:~:text=[prefix-,]start[,end][,-suffix]``. Empty unless the address is one of the web.
    """
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return ""
    if not selector:
        return url
    directive = [_term(selector["start"])]
    if selector["prefix"]:
        directive.insert(0, _term(selector["prefix"]) + "-")
    if selector["end"]:
        directive.append(_term(selector["end"]))
    if selector["suffix"]:
        directive.append("-" + _term(selector["suffix"]))
    before = url if "#" in url else f"{url}#"
    return f"{before}:~:text={','.join(directive)}"


def locator_words(locator: Document) -> str:
    """Section, blocks, page, time and record in words; empty where none is given."""
    words = []
    if locator["section"]:
        words.append(f"section “{locator['section']}”")
    if locator["blocks"]:
        several = len(locator["blocks"]) > 1
        words.append(f"{'blocks' if several else 'block'} {_ranges(locator['blocks'])}")
    if locator["page"]:
        words.append(f"page {locator['page']}")
    if locator["timecode"]:
        words.append(f"at {locator['timecode']}")
    if locator["record"]:
        words.append(f"record {locator['record']}")
    return ", ".join(words)


def brief_locator(locator: Document) -> str:
    """The same without the section, where there is anything more exact."""
    brief = locator_words(locator | {"section": None})
    return brief or locator_words(locator)


def _term(words: str) -> str:
    """Percent-encoded, and "-" too, which text directives give a meaning of its own."""
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")


def _ranges(numbers: Iterable[int]) -> str:
    """``15, 17–19``."""
    ordered = sorted(set(numbers))
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after != before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after != before + 1), ordered[-1]]
    return ", ".join(
        f"{start}" if start == end else f"{start}–{end}"
        for start, end in zip(starts, ends, strict=True)
    )
