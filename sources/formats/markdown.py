"""Markdown (CommonMark, with tables): its words without its signs."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sources.formats.html_page import blocks_of_html
from sources.formats.shapes import Block, LoadedText, Unreadable, gathered

DEEPEST = 100  # quotations and lists within one another; what is deeper is left out
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:[^\n]*\n){1,200}?---[ \t]*\n")


def blocks_of_markdown(text: str) -> LoadedText:
    """Pictures and what stands in HTML comments are left out, and so is front matter."""
    notes = []
    if found := FRONT_MATTER.match(text):
        text = text[found.end() :]
        notes.append("What stands between --- at its beginning was left out.")
    tokens = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table").parse(text)
    return LoadedText(gathered(_blocks(tokens)), "Markdown", notes)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    heading = False
    row: list[str] | None = None
    for token in tokens:
        match token.type:
            case "heading_open":
                heading = True
            case "heading_close":
                heading = False
            case "tr_open":
                row = []
            case "tr_close":
                yield from _block(" | ".join(filter(None, row or [])))
                row = None
            case "inline":
                said = _words(token.children or [])
                if row is None:
                    yield from _block(said, is_heading=heading)
                else:
                    row.append(said.strip())
            case "fence" | "code_block":
                yield from _block(token.content)
            case "html_block":
                try:
                    yield from blocks_of_html(token.content).blocks
                except Unreadable:
                    continue  # a comment


def _block(text: str, *, is_heading: bool = False) -> Iterator[Block]:
    lines = (line.rstrip() for line in text.strip().split("\n"))
    if said := "\n".join(line for line in lines if line.strip()):
        yield Block(said, is_heading)


def _words(inline: Sequence[Token]) -> str:
    said = []
    for token in inline:
        if token.type in ("text", "code_inline"):
            said.append(token.content)
        elif token.type == "softbreak":
            said.append(" ")
        elif token.type == "hardbreak":
            said.append("\n")
    return "".join(said)
