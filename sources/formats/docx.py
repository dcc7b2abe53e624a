"""Word's documents (DOCX, ECMA-376): their words, read from the parts that hold them."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from sources.formats.shapes import Block, LoadedText, Unreadable, gathered

MOST_PARTS = 10_000
MOST_OF_A_PART = 64 * 1024 * 1024  # bytes, unpacked
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MAIN = "word/document.xml"
STYLES = "word/styles.xml"
RELATIONS = "_rels/.rels"
OF_DOCUMENT = "/relationships/officeDocument"
STRICT = "http://purl.oclc.org/ooxml/"
SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
OTHERS = {
    "xl/workbook.xml": "a workbook of Excel",
    "ppt/presentation.xml": "a presentation",
    "META-INF/container.xml": "an e-book (EPUB)",
    "content.xml": "a document of LibreOffice",
}
HEADING = re.compile(r"(heading \d|title)", re.IGNORECASE)


def blocks_of_docx(data: bytes) -> LoadedText:
    """Deleted and hidden words, codes of fields, headers and footers are left out; footnotes stand
    at the end."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            names = set(parts.namelist())
            main = _check(parts, names)
            styles = _styles(_part(parts, STYLES)) if STYLES in names else set()
            root = _part(parts, main)
            if root.tag.startswith(f"{{{STRICT}"):
                raise Unreadable("It is saved as Strict Open XML. Save it as a Word document.")
            blocks = gathered(_blocks(root, styles))
            notes = []
            if "word/footnotes.xml" in names:
                footnotes = list(_footnotes(parts))
                if footnotes:
                    notes.append("Its footnotes stand at the end.")
                blocks = gathered([*blocks, *footnotes])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise Unreadable("It is damaged, or has a password.") from error
    return LoadedText(blocks, "DOCX", notes)


def _check(parts: zipfile.ZipFile, names: set[str]) -> str:
    """The name of the part that holds the text."""
    if len(names) > MOST_PARTS:
        raise Unreadable(f"It holds more than {MOST_PARTS:,} files, which no Word document does.")
    main = MAIN
    if RELATIONS in names:
        for relation in _part(parts, RELATIONS):
            if relation.get("Type", "").endswith(OF_DOCUMENT):
                main = relation.get("Target", "").lstrip("/")
    if main not in names or not main.startswith("word/"):
        other = next((words for name, words in OTHERS.items() if name in names), "a ZIP archive")
        raise Unreadable(f"It is {other}, no document of Word.")
    return main


def _part(parts: zipfile.ZipFile, name: str) -> Any:
    """The XML of a part. What its length is said to be counts for nothing."""
    with parts.open(name) as packed:
        data = packed.read(MOST_OF_A_PART + 1)
    if len(data) > MOST_OF_A_PART:
        raise Unreadable(f"Its text unpacks to more than {MOST_OF_A_PART // 1024**2} MB.")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise Unreadable(f"Its {name} is no XML that can be read: {error.msg}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(f"Its {name} declares entities, which no Word document does.")
    return root


def _styles(root: Any) -> set[str]:
    """Ids of the styles that are headings, or build on one."""
    based: dict[str, str] = {}
    found = set()
    for style in root.iter(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        name, base = style.find(f"{W}name"), style.find(f"{W}basedOn")
        is_named = name is not None and HEADING.fullmatch(name.get(f"{W}val", ""))
        if is_named or style.find(f"{W}pPr/{W}outlineLvl") is not None:
            found.add(key)
        if base is not None:
            based[key] = base.get(f"{W}val", "")
    for key in based:
        at, seen = key, set()
        while at in based and at not in seen and at not in found:
            seen.add(at)
            at = based[at]
        if at in found:
            found |= seen
    return found


def _blocks(root: Any, styles: set[str]) -> Iterator[Block]:
    walk = etree.iterwalk(root, events=("start",), tag=(f"{W}p", f"{W}tr", FALLBACK, f"{W}del"))
    for _, element in walk:
        if element.tag == f"{W}tr":
            walk.skip_subtree()
            yield from _row(element, styles)
        elif element.tag == f"{W}p":
            yield from _paragraph(element, styles)
        else:
            walk.skip_subtree()


def _row(row: Any, styles: set[str]) -> Iterator[Block]:
    """A row is a block; where it has one cell with words, that cell's paragraphs are."""
    cells = []
    for cell in row.iterchildren(f"{W}tc"):
        blocks = list(_blocks(cell, styles))
        if blocks:
            cells.append(blocks)
    if len(cells) == 1:
        yield from cells[0]
    elif cells:
        yield Block(" | ".join("\n".join(block.text for block in blocks) for blocks in cells))


def _paragraph(paragraph: Any, styles: set[str]) -> Iterator[Block]:
    lines = [" ".join(line.split()) for line in "".join(_words(paragraph)).split("\n")]
    text = "\n".join(line for line in lines if line)
    if text:
        yield Block(text, _is_heading(paragraph, styles))


def _words(paragraph: Any) -> Iterator[str]:
    """Not those of text boxes within it, which are paragraphs of their own."""
    skipped = (f"{W}txbxContent", FALLBACK, f"{W}del", f"{W}moveFrom")
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element.tag in skipped or (element.tag == f"{W}r" and _is_hidden(element)):
            walk.skip_subtree()
        elif element.tag == f"{W}t":
            yield element.text or ""
        elif element.tag in SIGNS:
            yield SIGNS[element.tag]


def _is_hidden(run: Any) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val") not in ("0", "false", "off")


def _is_heading(paragraph: Any, styles: set[str]) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    level = paragraph.find(f"{W}pPr/{W}outlineLvl")
    return (style is not None and style.get(f"{W}val") in styles) or (
        level is not None and level.get(f"{W}val") != "9"
    )


def _footnotes(parts: zipfile.ZipFile) -> Iterator[Block]:
    for note in _part(parts, "word/footnotes.xml").iterchildren(f"{W}footnote"):
        if note.get(f"{W}type") in (None, "normal"):
            yield from _blocks(note, set())
