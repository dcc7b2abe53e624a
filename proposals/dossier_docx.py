"""Dossiers as Word documents, written by python-docx."""

import io
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from proposals.dossier import Dossier, Paragraph, Piece, Section, Table
from record.field_words import labelled

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARGIN = Cm(2)
LONGEST_PROPERTY = 255  # characters, by the standard


def as_docx(dossier: Dossier) -> bytes:
    """The file. Some 50 ms, and 1 ms for each cell."""
    document = Document()
    _set_page(document, dossier)
    document.add_heading(dossier.title, level=0)
    told = document.add_paragraph(f"{labelled(dossier.of_edition, '').rstrip()} ")
    _add(told, [Piece(dossier.address, url=dossier.address)])
    for section in dossier.sections:
        document.add_heading(section.title, level=1)
        _section(document, section)
    if dossier.cited:
        document.add_heading(gettext("Citations"), level=1)
    for each in dossier.cited:
        paragraph = document.add_paragraph(f"[{each.number}] ")
        paragraph.paragraph_format.left_indent = Cm(1)
        paragraph.paragraph_format.first_line_indent = Cm(-1)
        _add(paragraph, each.said)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(document: Any, dossier: Dossier) -> None:
    """Landscape A4, since tables are wide; and what the file says of itself."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    properties = document.core_properties
    properties.title, properties.author = dossier.title[:LONGEST_PROPERTY], settings.SITE_NAME
    properties.comments = labelled(dossier.of_edition, dossier.address)[:LONGEST_PROPERTY]
    document.styles["Normal"].font.size = Pt(10)


def _section(document: Any, section: Section) -> None:
    if section.of_changes:
        document.add_paragraph(gettext("Struck through: taken out. Underlined: put in."))
    for said in section.paragraphs:
        _add(document.add_paragraph(), said)
    if section.table:
        _table(document, section.table)


def _table(document: Any, table: Table) -> None:
    grid = document.add_table(rows=1, cols=1 + len(table.headings), style="Table Grid")
    _repeat(grid.rows[0])
    _fill(
        grid.rows[0].cells,
        [[[Piece(table.corner, "strong")]], *([said] for said in table.headings)],
    )
    for line in table.lines:
        _fill(grid.add_row().cells, [[line.heading], *line.cells])


def _fill(cells: Any, said: Sequence[Sequence[Paragraph]]) -> None:
    for cell, paragraphs in zip(cells, said, strict=True):
        for place, paragraph in enumerate(paragraphs):
            _add(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), paragraph)


def _repeat(row: Any) -> None:
    """The headings again at the top of each page."""
    again = OxmlElement("w:tblHeader")
    again.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(again)


def _add(paragraph: Any, pieces: Paragraph) -> None:
    for piece in pieces:
        run = paragraph.add_run(piece.text)
        run.bold = piece.look == "strong" or None
        run.font.strike = piece.look == "removed" or None
        run.font.underline = piece.look == "added" or bool(piece.url) or None
        if piece.url:
            _link(paragraph, run, piece.url)


def _link(paragraph: Any, run: Any, url: str) -> None:
    """python-docx reads links and writes none: the run is put into one."""
    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    )
    run._r.addprevious(link)
    link.append(run._r)
