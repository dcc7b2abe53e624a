"""HTML: what a reader of the page reads. Nothing that it names is fetched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from sources.formats.shapes import Block, LoadedText, Unreadable, gathered

DEEPEST = 250  # elements within one another; libxml2 stops a little later
LEFT_OUT = frozenset(
    (
        *("script", "style", "noscript", "template", "nav", "head", "title", "svg", "math", "map"),
        *("iframe", "object", "embed", "video", "audio", "canvas", "button", "select", "input"),
        *("textarea", "datalist", "dialog"),
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | frozenset(
    (
        *("html", "body", "article", "main", "section", "div", "p", "blockquote", "pre", "ul"),
        *("ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "caption"),
        *("figure", "figcaption", "header", "footer", "aside", "address", "form", "fieldset"),
        *("details", "summary", "hr", "center"),
    )
)
CELLS = frozenset(("td", "th"))
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MOSTLY = 0.5  # of the words of the page's main part, for one article in it to be the text


def blocks_of_html(text: str) -> LoadedText:
    """Of the article, or else the main part, where there is one; otherwise of the whole page."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    page = etree.fromstring(text.encode(), parser) if text.strip() else None
    if page is None:
        raise Unreadable("It holds no text.")
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise Unreadable(f"Its tags are nested more than {DEEPEST} deep.")
    root, notes = _what_is_read(page)
    return LoadedText(gathered(_Reader().read(root)), "HTML", notes)


def _what_is_read(page: Any) -> tuple[Any, list[str]]:
    mains = [each for each in page.xpath("//main | //*[@role='main']") if not _is_unseen(each)]
    root = mains[0] if len(mains) == 1 else page
    articles = root.xpath(".//article[not(ancestor::article)]")
    if len(articles) == 1 and _length(articles[0]) > MOSTLY * _length(root):
        root = articles[0]
    if root is page:
        return page, []
    return root, [f"Only what stands in its <{root.tag}> was taken."]


def _length(element: Any) -> int:
    return sum(len(text) for text in element.itertext())


def _is_unseen(element: Any) -> bool:
    return (
        element.tag in LEFT_OUT
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(UNSEEN.search(element.get("style", "")))
    )


@dataclass
class _Reader:
    """Gathers the text that stands between the edges of blocks."""

    gathered: list[str] = field(default_factory=list)
    has_words: bool = False
    heading: int = 0  # how many headings we are in
    verbatim: int = 0
    in_row: int = 0

    def read(self, root: Any) -> Iterator[Block]:
        # Not by recursion, and closing each element, so that nothing depends on the depth.
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start" and _is_unseen(element):
                walk.skip_subtree()
            elif event == "start":
                yield from self._enter(element.tag)
                self._say(element.text)
            else:
                if not _is_unseen(element):
                    yield from self._leave(element.tag)
                if element is not root:
                    self._say(element.tail)
        yield from self._end_of_block()

    def _enter(self, tag: str) -> Iterator[Block]:
        if tag == "br":
            self.gathered.append("\n")
        if tag in BLOCKS and not (self.in_row and tag != "table"):
            yield from self._end_of_block()
        elif tag in BLOCKS and not "".join(self.gathered[-2:]).endswith((" | ", " |  ")):
            self.gathered.append("\n")
        self.heading += tag in HEADINGS
        self.verbatim += tag == "pre"
        self.in_row += tag == "tr"
        if tag in CELLS and self.has_words:
            self.gathered.append(" | ")

    def _leave(self, tag: str) -> Iterator[Block]:
        self.in_row -= tag == "tr"
        if tag in BLOCKS and not self.in_row:
            yield from self._end_of_block()
        elif tag in BLOCKS:
            self.gathered.append("\n")
        self.heading -= tag in HEADINGS
        self.verbatim -= tag == "pre"

    def _say(self, text: str | None) -> None:
        if text:
            self.has_words = self.has_words or not text.isspace()
            self.gathered.append(text if self.verbatim else re.sub(r"\s+", " ", text))

    def _end_of_block(self) -> Iterator[Block]:
        text = "".join(self.gathered)
        self.gathered.clear()
        self.has_words = False
        lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
        if said := "\n".join(line for line in lines if line.strip(" |")):
            yield Block(said, self.heading > 0)
