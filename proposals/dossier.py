"""A comparison or a matrix as a dossier: what it says, with numbered citations, to be taken away.

Neither Markdown nor DOCX is known here: a dossier is sections of paragraphs and tables, whose
addresses are absolute and name the edition, so that they show the same for good.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from chronicle.dates import display
from chronicle.localised import capfirst, day_in_words, quoted
from proposals import comparing, responses
from proposals.cited import NumberedCitation
from record.days import in_words
from record.field_words import labelled
from record.models import Edition
from record.rows import Value
from record.text_differences import Stretch
from sources.marks import ClaimMarks, stance_words

Look = Literal["", "strong", "removed", "added"]


@dataclass(frozen=True)
class Piece:
    """A run of words. ``url`` is absolute, or empty."""

    text: str
    look: Look = ""
    url: str = ""


Paragraph = Sequence[Piece]


@dataclass(frozen=True)
class Line:
    """A row of a table: its heading, and of each column some paragraphs."""

    heading: Paragraph
    cells: Sequence[Sequence[Paragraph]]


@dataclass(frozen=True)
class Table:
    """``long``: cells hold texts rather than a word or two."""

    corner: str
    headings: Sequence[Paragraph]
    lines: Sequence[Line]
    long: bool


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: Sequence[Paragraph] = ()
    table: Table | None = None
    of_changes: bool = False  # what each look of the words means has to be said


@dataclass(frozen=True)
class Cited:
    """A reference: its number, and what is said of it."""

    number: str
    said: Paragraph


@dataclass(frozen=True)
class Dossier:
    title: str
    edition: int
    published_on: datetime.date
    address: str
    sections: Sequence[Section]
    cited: Sequence[Cited]

    @property
    def of_edition(self) -> str:
        # Translators: %(site)s is what the site is called, %(day)s a day as it stands by itself:
        # “edition 7 (12 May 2024)”.
        said = gettext("%(site)s, edition %(edition)d of %(day)s")
        day = day_in_words(self.published_on)
        return said % {"site": settings.SITE_NAME, "edition": self.edition, "day": day}


@dataclass(frozen=True)
class Frame:
    """What every dossier says of itself. ``origin`` makes addresses absolute."""

    edition: Edition
    origin: str
    address: str
    title: str

    def dossier(self, sections: Sequence[Section], cited: Sequence[NumberedCitation]) -> Dossier:
        return Dossier(
            self.title,
            self.edition.number,
            self.edition.published_at.date(),
            f"{self.origin}{self.address}",
            sections,
            [Cited(each.number, self._reference(each)) for each in cited],
        )

    def link(self, value: Value) -> Piece:
        return Piece(value.name, url=f"{self.origin}{value.url}" if value.url else "")

    def _reference(self, cited: NumberedCitation) -> Paragraph:
        stance = "" if cited.stance == "supports" else f" ({stance_words(cited.stance)})"
        ends = " […] ".join(filter(None, (cited.opening, cited.closing)))
        words = f" {quoted(ends)}" if ends else ""
        where = f" {capfirst(cited.locator.name)}." if cited.locator.name else ""
        return [
            Piece(f"{cited.reference}{where}{words}{stance} "),
            Piece(cited.there, url=f"{self.origin}{cited.page}"),
        ]


def of_comparison(comparison: comparing.Comparison, frame: Frame) -> Dossier:
    sections = [
        Section(gettext("The proposals"), table=_proposals(comparison, frame)),
        Section(gettext("Topic by topic"), _key_of_comparison(), _topics(comparison, frame)),
    ]
    if comparison.reworded:
        sections.append(
            Section(gettext("Word by word"), list(_words(comparison, frame)), of_changes=True)
        )
    if comparison.descent:
        lines = [
            [
                Piece(labelled(row.topic, ""), "strong"),
                *_sentence(row.sentence, frame.link(row.later), frame.link(row.earlier)),
                Piece(numbers(row.marks)),
            ]
            for row in comparison.descent.rows
        ]
        sections.append(Section(gettext("Lineage"), lines))
    return frame.dossier(sections, comparison.cited.listed)


def _key_of_comparison() -> Sequence[Paragraph]:
    return [
        [
            Piece(
                gettext(
                    "“Does not address”: somebody looked and says so. “Not researched”: the record "
                    "has neither a provision on it nor that there is none."
                )
            )
        ]
    ]


def _proposals(comparison: comparing.Comparison, frame: Frame) -> Table:
    def of_each(say: Callable[[comparing.Column], Sequence[Paragraph]]) -> list[list[Paragraph]]:
        return [list(say(column)) for column in comparison.columns]

    lines = [
        Line(
            [Piece(gettext("Presented"))],
            of_each(lambda column: [[Piece(date_words(column.date))]]),
        ),
        Line([Piece(gettext("Kind"))], of_each(lambda column: [[Piece(column.kind.name)]])),
        Line(
            [Piece(pgettext("fact: authors", "By"))],
            of_each(
                lambda column: [
                    [Piece(f"{author.value.name}{numbers(author.marks)}")]
                    for author in column.authors
                ]
            ),
        ),
        Line(
            [Piece(gettext("Goes back to"))],
            of_each(lambda column: [_step(step, frame) for step in column.wholes]),
        ),
    ]
    kept = [line for line in lines if any(line.cells)]
    return Table("", _headings(comparison, frame), kept, long=True)


def _headings(comparison: comparing.Comparison, frame: Frame) -> Sequence[Paragraph]:
    return [[frame.link(column.proposal)] for column in comparison.columns]


def _topics(comparison: comparing.Comparison, frame: Frame) -> Table:
    lines = [
        Line([Piece(row.topic.name)], [list(_cell(cell, frame)) for cell in row.cells])
        for row in comparison.rows
    ]
    return Table(gettext("Topic"), _headings(comparison, frame), lines, long=True)


def _cell(cell: comparing.Cell, frame: Frame) -> Iterator[Paragraph]:
    for provision in cell.provisions:
        yield [Piece(f"{provision.summary}{numbers(provision.marks)}")]
        for step in provision.steps:
            yield _step(step, frame)
    for step in cell.dropped:
        yield _step(step, frame)
    if cell.silent is not None:
        yield [Piece(gettext("Does not address"), "strong"), Piece(numbers(cell.silent))]
    if not cell.researched:
        yield [Piece(gettext("Not researched"))]


def _step(step: comparing.Step, frame: Frame) -> Paragraph:
    words = labelled("", quoted(step.words)) if step.words else ""
    return [
        Piece(f"{step.kind} ", "strong"),
        frame.link(step.earlier),
        Piece(f"{words}{numbers(step.marks)}"),
    ]


def _sentence(sentence: str, later: Piece, earlier: Piece) -> Paragraph:
    """One of ``SENTENCES`` with links where it names the two."""
    named = {"%(later)s": later, "%(earlier)s": earlier}
    pieces = re.split(r"(%\(\w+\)s)", gettext(sentence))
    return [named.get(piece) or Piece(piece) for piece in pieces if piece]


def _words(comparison: comparing.Comparison, frame: Frame) -> Iterator[Paragraph]:
    for each in comparison.reworded:
        yield [
            Piece(labelled(each.topic, ""), "strong"),
            *_sentence(each.sentence, frame.link(each.later), frame.link(each.earlier)),
        ]
        yield list(_stretches(each.text.stretches))
    if more := comparison.more_reworded:
        message = ngettext(
            "%(count)d more would take too long to compare at once: choose fewer proposals.",
            "%(count)d more would take too long to compare at once: choose fewer proposals.",
            more,
        )
        yield [Piece(message % {"count": more})]


def _stretches(stretches: Sequence[Stretch]) -> Iterator[Piece]:
    looks: dict[str, Look] = {"same": "", "removed": "removed", "added": "added"}
    before = ""
    for stretch in stretches:
        if before == "removed" and stretch.kind == "added":
            yield Piece(" ")  # what both begin with stands before them
        yield Piece(stretch.text, looks[stretch.kind])
        before = stretch.kind


def of_matrix(matrix: responses.Matrix, frame: Frame, *, corner: str) -> Dossier:
    lines = [
        Line(
            [
                *([Piece(labelled(row.topic, ""), "strong")] if row.topic else []),
                frame.link(row.of),
            ],
            [list(_answers(cell)) for cell in row.cells],
        )
        for row in matrix.rows
    ]
    table = Table(corner, [[frame.link(actor)] for actor in matrix.actors], lines, long=False)
    sections = [Section(gettext("Who answered how"), [[Piece(str(KEY_OF_MATRIX))]], table)]
    if matrix.moved:
        moved = [
            [
                frame.link(each.actor),
                Piece(" – "),
                frame.link(each.of),
                Piece(f": {each.before} → {each.after}"),
            ]
            for each in matrix.moved
        ]
        # Translators: %(day)s is a day as it stands by itself: “12 May 1994”.
        title = gettext("Who moved since %(day)s") % {"day": in_words(matrix.before)}
        sections.append(Section(title, moved))
    return frame.dossier(sections, matrix.cited.listed)


KEY_OF_MATRIX = gettext_lazy(
    "“None found”: somebody looked, where and until when is said. “Not researched”: nobody has. "
    "“Possibly”: the answer’s date leaves open whether it was given by then."
)


def _answers(cell: responses.Cell) -> Iterator[Paragraph]:
    for stood in cell.stood:
        said, when = stood.words, f", {date_words(stood.date)}"
        if not stood.certain:
            said = gettext("possibly %(stance)s") % {"stance": said}
        if stood.none_found:
            # Translators: behind “none found”; %(date)s is a date as it stands by itself.
            message = gettext("as of %(date)s, looked in %(where)s")
            when = f" {message % {'date': date_words(stood.date), 'where': stood.looked_in}}"
        yield [Piece(said, "strong"), Piece(f"{when}{numbers(stood.marks)}")]
    if not cell.stood:
        yield [Piece(cell.empty)]
    if cell.also:
        # Translators: answers that were given to single provisions of a proposal.
        message = ngettext(
            "and %(number)d to single provisions", "and %(number)d to single provisions", cell.also
        )
        yield [Piece(message % {"number": cell.also})]


def numbers(claims: Sequence[ClaimMarks]) -> str:
    """The numbers of citations as they stand behind what they are for; and what is waived."""
    said = ""
    contested = pgettext("of a claim", "contested")
    # Translators: of a claim that stands without evidence.
    waived = gettext("evidence waived")
    for claim in claims:
        marks = "".join(f"[{mark.number}]" for mark in claim.marks)
        said += f" {claim.words}: {marks}" if claim.words and marks else f" {marks}" * bool(marks)
        if claim.contested:
            said += f" ({contested})"
        if claim.waiver:
            said += f" ({waived})"
    return said


def date_words(date: dict[str, object] | None) -> str:
    if date is None:
        return pgettext("of an entry", "undated")
    said = display(str(date["edtf"]))
    # Translators: of a date that the editors have worked out.
    inferred = pgettext("of a date", "inferred")
    return f"{said} ({inferred})" if date["inferred"] else said
