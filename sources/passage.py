"""Where a citation points, for people and for browsers."""

import re
from collections.abc import Collection, Iterable
from itertools import groupby, pairwise
from typing import Any
from urllib.parse import quote, urlsplit

from chronicle import localised
from chronicle.kept_words import gettext
from record.phrases import in_a_row, phrase
from record.rows import Value
from record.types import Document

# Signs that a page may write otherwise: we compare them folded, browsers as they are. A hyphen
# within a word is the same nearly everywhere.
TYPESET = re.compile(r"[\"'\u00ab\u00bb\u2012-\u201f\u2039\u203a\u2026]+")


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


def is_pdf(url: str | None) -> bool:
    """Whether the address is of a PDF, by its name: viewers of those know no text directives."""
    return bool(url) and urlsplit(url or "").path.lower().endswith(".pdf")


def findable(selector: dict[str, Any] | None, *, pdf: bool) -> str:
    """Words to search the source for by hand, where a browser may not arrive at the passage.

    That is in a PDF, and where a sign in the words may stand otherwise on the page: a browser
    looks for the very signs. The longest run of opening words without any; else empty.
    """
    if not selector:
        return ""
    given = [selector[name] or "" for name in ("prefix", "start", "end", "suffix")]
    if not (pdf or TYPESET.search(" ".join(given))):
        return ""
    runs = groupby(selector["start"].split(), key=lambda word: bool(TYPESET.search(word)))
    stretches = (" ".join(run) for typeset, run in runs if not typeset)
    return max(stretches, key=len, default="").rstrip(",;:")


def locator_words(locator: Document) -> str:
    """As ``located``, as text."""
    return located(locator).name


def located(locator: Document, language: str = "") -> Value:
    """Section, blocks, page, time and record in words; without a name where none is given.

    ``language``: of the source, whose words the section's title is, where that is not the page's.
    """
    said = []
    if locator["section"]:
        title = Value(locator["section"], language=language)
        # Translators: where in a source to look.
        said.append(phrase(gettext("section “%(title)s”"), title=title))
    if locator["blocks"]:
        said.append(Value(blocks_words(locator["blocks"])))
    if locator["page"]:
        said.append(Value(gettext("page %(page)s") % {"page": locator["page"]}))
    if locator["timecode"]:
        # Translators: the time in a recording: “at 01:12:30”.
        said.append(Value(gettext("at %(time)s") % {"time": locator["timecode"]}))
    if locator["record"]:
        # Translators: the id of a row in a data set.
        said.append(Value(gettext("record %(id)s") % {"id": locator["record"]}))
    return in_a_row(said)


def blocks_words(numbers: Collection[int]) -> str:
    """``block 3`` or ``blocks 3–5, 7``; empty for none."""
    if not numbers:
        return ""
    # Translators: pieces of a source’s text, counted from 1: “block 3”, “blocks 3–5, 7”.
    one, several = gettext("block %(numbers)s"), gettext("blocks %(numbers)s")
    return (one if len(set(numbers)) == 1 else several) % {"numbers": _ranges(numbers)}


def selector_words(selector: Document) -> str:
    """Opening and closing words, and those around that make them unique."""
    ends = filter(None, (selector["start"], selector["end"]))
    words = localised.quoted(" […] ".join(ends))
    if selector["prefix"]:
        # Translators: which words stand before a passage: “the opening words”, after “…”.
        words = gettext("%(passage)s, after “%(words)s”") % {
            "passage": words,
            "words": selector["prefix"],
        }
    if selector["suffix"]:
        words = gettext("%(passage)s, before “%(words)s”") % {
            "passage": words,
            "words": selector["suffix"],
        }
    return words


def briefly_located(locator: Document, language: str = "") -> Value:
    """As ``located``, without the section where there is anything more exact."""
    brief = located(locator | {"section": None})
    return brief if brief.name else located(locator, language)


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
