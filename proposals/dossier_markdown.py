"""Dossiers as Markdown (CommonMark, with the tables of GitHub's)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext

from proposals.dossier import Dossier, Paragraph, Piece, Section, Table
from record.field_words import labelled

MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>|~#&])")
BEGINS_SOMETHING = re.compile(r"^((?=[-+=])|[0-9]+(?=[.)]))")
LOOKS = {"": "", "strong": "**", "removed": "~~", "added": "**"}


def as_markdown(dossier: Dossier) -> str:
    return "\n\n".join(_blocks(dossier)) + "\n"


def _blocks(dossier: Dossier) -> Iterator[str]:
    yield f"# {escaped(dossier.title)}"
    yield labelled(dossier.of_edition, f"<{dossier.address}>")
    for section in dossier.sections:
        yield f"## {escaped(section.title)}"
        yield from _section(section)
    if dossier.cited:
        title = gettext("Citations")
        yield f"## {title}"
        yield "\n".join(f"- \\[{each.number}\\] {_line(each.said)}" for each in dossier.cited)


def _section(section: Section) -> Iterator[str]:
    if section.of_changes:
        yield gettext("Struck through: taken out. Bold: put in.")
    yield from (_line(paragraph) for paragraph in section.paragraphs)
    if section.table:
        yield from _as_lists(section.table) if section.table.long else [_as_table(section.table)]


def _as_lists(table: Table) -> Iterator[str]:
    """A table of texts is not legible as Markdown: a list for each of its rows."""
    for line in table.lines:
        yield f"### {_line(line.heading)}"
        yield "\n".join(
            f"- {_line(heading)}: {'; '.join(map(_line, cell)) or '–'}"
            for heading, cell in zip(table.headings, line.cells, strict=True)
        )


def _as_table(table: Table) -> str:
    rows = [[escaped(table.corner), *(_line(heading) for heading in table.headings)]]
    rows.append(["---"] * len(rows[0]))
    rows += [
        [_line(line.heading), *("<br>".join(map(_line, cell)) for cell in line.cells)]
        for line in table.lines
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _line(paragraph: Paragraph) -> str:
    return "".join(map(_piece, paragraph)).strip()


def _piece(piece: Piece) -> str:
    text = piece.text
    inner = text.strip()
    if not inner:
        return " " if text else ""
    mark = LOOKS[piece.look]
    said = f"{mark}{escaped(inner)}{mark}"
    if piece.url:
        said = f"[{said}](<{piece.url}>)"
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{' ' * bool(before)}{said}{' ' * bool(after)}"


def escaped(text: str) -> str:
    """On one line, with nothing that Markdown would take for its own."""
    line = " ".join(text.split())
    return BEGINS_SOMETHING.sub(r"\1\\", MEANS_SOMETHING.sub(r"\\\1", line))
