"""PDF with a text layer: its lines put together to paragraphs."""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from sources.formats.shapes import Block, LoadedText, Unreadable, check_length, gathered

MOST_PAGES = 3000
MOST_OF_A_HEADING = 20  # words
LONGEST_NUMBER = 40  # characters of a line that has but the number of a page
LONGEST_WORD = 80
LIGATURES = str.maketrans(
    {
        0xFB00: "ff",
        0xFB01: "fi",
        0xFB02: "fl",
        0xFB03: "ffi",
        0xFB04: "ffl",
        0xFB05: "st",
        0xFB06: "st",
    }
)
AT_EDGE = 3  # lines at either end of a page, among which running heads and numbers are
OFTEN = 3  # pages that a running head stands on at least, where there are so many
SAME_HEIGHT = 6.0  # points
SAME_LINE = 0.4  # of a line's height, by which its pieces may stand higher or lower
NEXT_LINE = 1.35  # times the usual distance, beyond which a paragraph has ended
LARGER = 1.12  # times the usual size, from which a short line is a heading
NOT_FULL = 0.85  # of the usual width, below which a line that ends a sentence ends its paragraph
INDENT = 0.8  # of a line's height
NUMBER = re.compile(
    r"[\W_]*(?:page|p\.)?[\W_]*(?:\d{1,5}|[ivxlcdm]{1,8})(?:\s*(?:/|of)\s*\d{1,5})?[\W_]*", re.I
)
DIGITS = re.compile(r"\d+")
BROKEN_WORD = re.compile(r"(\w*[^\W\d_])[-\u2010\u00ad]$")
WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")
ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*$")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Line:
    """One line of a page; measures in points, ``y`` from the bottom."""

    text: str
    left: float
    right: float
    y: float
    size: float


def blocks_of_pdf(data: bytes) -> LoadedText:
    """Running heads and page numbers are dropped where they repeat, and words put together again
    that the end of a line has parted."""
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("It is locked by a password. Load a copy that is not.")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(
                f"It has {len(reader.pages):,} pages; at most {MOST_PAGES:,} are read."
            )
        pages = _pages(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Unreadable("It is a damaged PDF, which cannot be read.") from error
    if not any(pages):
        raise Unreadable(
            "It has no text layer: its pages are pictures. Have the text recognised (OCR) first."
        )
    kept, dropped = _without_running(pages)
    blocks = gathered(_paragraphs(kept))
    notes = [f"{dropped:,} running heads and page numbers were left out."] if dropped else []
    empty = sum(not page for page in pages)
    if empty:
        notes.append(f"{empty:,} of its {len(pages):,} pages have no text.")
    return LoadedText(blocks, "PDF", notes)


def _pages(pages: Iterable[PageObject]) -> list[list[Line]]:
    read, length = [], 0
    for page in pages:
        lines = _lines(page)
        length += sum(len(line.text) for line in lines)
        check_length(length)
        read.append(lines)
    return read


def _lines(page: PageObject) -> list[Line]:
    """In the order of the page's own text, which is that of reading in most files."""
    lines: list[Line] = []
    pieces: list[tuple[float, str, float]] = []
    at: list[float] = []

    def end() -> None:
        text = " ".join("".join(text for _, text, _ in pieces).translate(LIGATURES).split())
        if text:
            size = max(size for *_, size in pieces)
            left = min(x for x, said, _ in pieces if said.strip())
            right = left + len(text) * size / 2  # near enough to tell short lines from full ones
            lines.append(Line(text, left, right, at[0], size))
        pieces.clear()
        at.clear()

    def visit(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = abs(size * tm[3] * cm[3]) or abs(size) or 1.0
        for number, said in enumerate(text.split("\n")):
            if not said.strip():
                if said and pieces:
                    pieces.append((x, " ", height))
                continue
            if at and (number or abs(at[0] - y) > SAME_LINE * height):
                end()
            if not at:
                at.append(y)
            pieces.append((x, said, height))

    page.extract_text(visitor_text=visit)
    end()
    return lines


def _without_running(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], int]:
    """Without what repeats at the same height of pages' edges, whatever number stands in it; how
    many lines that were."""
    often = max(2, min(OFTEN, len(pages)))
    seen = Counter(
        form for page in pages for form in {_form(page[place]) for place in _edges(page)}
    )
    kept, dropped = [], 0
    for page in pages:
        repeated = {place for place in _edges(page) if seen[_form(page[place])] >= often}
        # Only from the very edge inwards: what stands within the text stays.
        running = {place for place in repeated if _reaches_edge(place, repeated, len(page))}
        kept.append([line for place, line in enumerate(page) if place not in running])
        dropped += len(running)
    return kept, dropped


def _edges(page: Sequence[Line]) -> list[int]:
    places = range(len(page))
    return sorted({*places[:AT_EDGE], *places[-AT_EDGE:]})


def _reaches_edge(place: int, running: set[int], length: int) -> bool:
    return set(range(place)) <= running or set(range(place, length)) <= running


def _form(line: Line) -> tuple[str, int]:
    short = line.text[:LONGEST_NUMBER]
    is_number = short == line.text and NUMBER.fullmatch(short)
    text = "#" if is_number else DIGITS.sub("#", line.text.lower())
    return text, round(line.y / SAME_HEIGHT)


def _paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    lines = [line for page in pages for line in page]
    if not lines:
        return
    usual = median(line.size for line in lines for _ in range(1 + len(line.text) // 20))
    widths = sorted(line.right - line.left for line in lines)
    full = widths[int(len(widths) * 0.75)]
    gaps = [one.y - other.y for page in pages for one, other in pairwise(page) if one.y > other.y]
    gap = median(gaps) if gaps else usual * 1.2
    words = {word for line in lines for word in WORD.findall(line.text)}
    open_block: list[Line] = []
    for line in lines:
        if open_block and _begins_anew(open_block, line, usual=usual, gap=gap, full=full):
            yield _block(open_block, usual, words)
            open_block = []
        open_block.append(line)
    if open_block:
        yield _block(open_block, usual, words)


def _begins_anew(
    before: Sequence[Line], line: Line, *, usual: float, gap: float, full: float
) -> bool:
    last = before[-1]
    if (last.size > usual * LARGER) != (line.size > usual * LARGER):
        return True
    down = last.y - line.y
    over_page = down < 0
    if not over_page and down > NEXT_LINE * max(gap, line.size):
        return True
    if not ENDS.search(last.text):
        return False
    if last.right - last.left < NOT_FULL * full:
        return True
    return line.left - min(each.left for each in before) > INDENT * line.size and not over_page


def _block(lines: Sequence[Line], usual: float, words: Set[str]) -> Block:
    said: list[str] = []
    for line in lines:
        said[-1:] = _joined(said[-1], line.text, words) if said else [line.text]
    text = "".join(said)
    short = len(text.split()) <= MOST_OF_A_HEADING
    return Block(text, is_heading=short and lines[0].size > usual * LARGER)


def _joined(before: str, line: str, words: Set[str]) -> list[str]:
    """A line and the one after it. A hyphen goes where a small letter follows it, unless the
    document writes that word with one within a line."""
    broken, rest = BROKEN_WORD.search(before[-LONGEST_WORD:]), WORD.match(line)
    if broken and rest and line[0].islower():
        has_hyphen = f"{broken[1]}-{rest[0]}" in words and f"{broken[1]}{rest[0]}" not in words
        return [before if has_hyphen else before[:-1], line]
    return [f"{before} ", line]
