"""What the public reads of sources' texts: a passage with the words around it, or all of it.

Of the record alone; `sources.letting` writes it there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.urls import reverse

from record.canonical import selector_digest
from record.models import ShownPassage, ShownText
from record.reading import Record, document_of
from record.referred import Referred
from record.rows import foreign
from record.types import Document, type_named
from sources.keeping import IN_PUBLIC
from sources.marks import number_of

PAGE = 50  # blocks
ALL, NOTHING = "all", "nothing"


@dataclass(frozen=True)
class Context:
    """A passage as the source has it, and the words around; ``url``: where the text has it."""

    before: str
    passage: str
    after: str
    url: str


@dataclass(frozen=True)
class CitedHere:
    """A citation of a passage that begins in a block; ``url`` is of the citation's page."""

    entry: str
    language: str
    number: str
    stance: str
    url: str


@dataclass(frozen=True)
class ReadBlock:
    number: int
    is_heading: bool
    text: str
    cited: Sequence[CitedHere]


@dataclass(frozen=True)
class ReadText:
    """One page of a text; ``before`` and ``after`` are numbers of its neighbours, 0 for none."""

    blocks: Sequence[ReadBlock]
    total: int
    page: int
    pages: int
    before: int
    after: int


def text_read(source: Document) -> str:
    """SHA-256 of the text that is read whole; else empty."""
    return (source["text_sha256"] or "") if source["text_shown"] == ALL else ""


def text_url(source: Document, block: int = 0) -> str:
    """The address of the source's text, or of a block of it; empty where it is not read whole."""
    if not text_read(source):
        return ""
    url = reverse("sources:source_text", args=[source["slug"]])
    if not block:
        return url
    page = ceil(block / PAGE)
    return f"{url}{f'?page={page}' if page > 1 else ''}#b{block}"


def contexts(document: Document, referred: Referred) -> dict[str, Context]:
    """Of the document's citations, by key: the passages that may be read. One query, or none."""
    sources = referred.documents
    let = {
        (citation["key"], citation["source"], text): selector_digest(citation["selector"])
        for citation in document["citations"]
        if citation["selector"] and (text := text_let(sources[citation["source"]]))
    }
    if not let:
        return {}
    rows = ShownPassage.objects.filter(
        public_id=document["id"], text__in={text for _, _, text in let}
    )
    return {
        row.citation: Context(
            row.before, row.passage, row.after, text_url(sources[row.source], row.block)
        )
        for row in rows
        if let.get((row.citation, row.source, row.text)) == row.selector
    }


def read_text(record: Record, source: Document, page: int) -> ReadText | None:
    """A page of the text, the last one at most; ``None`` where it is not read. Three queries."""
    sha256 = text_read(source)
    row = ShownText.objects.filter(source=source["id"], sha256=sha256).first() if sha256 else None
    if row is None:
        return None
    blocks = IN_PUBLIC.folded(
        row.sha256, tuple(row.headings), row.text, standing=record.number
    ).blocks
    pages = max(ceil(len(blocks) / PAGE), 1)
    page = min(max(page, 1), pages)
    shown = blocks[(page - 1) * PAGE : page * PAGE]
    cited = _cited_here(record, row, shown[0].number, shown[-1].number)
    return ReadText(
        [
            ReadBlock(block.number, block.number in row.headings, block.text, cited[block.number])
            for block in shown
        ],
        len(blocks),
        page,
        pages,
        page - 1,
        page + 1 if page < pages else 0,
    )


def _cited_here(
    record: Record, text: ShownText, first: int, last: int
) -> dict[int, list[CitedHere]]:
    """By block, what cites the text there in this edition, in the order of lists. Two queries."""
    rows: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for public_id, key, selector, begins in ShownPassage.objects.filter(
        source=text.source, text=text.sha256, block__range=(first, last)
    ).values_list("public_id", "citation", "selector", "block"):
        rows[public_id][key, selector] = begins
    found: dict[int, list[CitedHere]] = defaultdict(list)
    for version in record.versions().filter(public_id__in=rows):
        document = document_of(version)
        for citation in document["citations"]:
            if citation["source"] != text.source or not citation["selector"]:
                continue
            passage = citation["key"], selector_digest(citation["selector"])
            block = rows[version.public_id].get(passage)
            if block is not None:
                found[block].append(
                    CitedHere(
                        version.label,
                        foreign(document["language"]),
                        number_of(citation),
                        citation["stance"],
                        type_named(version.type).citation_url(version.slug, citation["key"]),
                    )
                )
    return found


def text_let(document: Document) -> str:
    """SHA-256 of the text that a source's document lets the public read of; else empty.

    Submissions may hold documents of schema 1, which name no text.
    """
    return "" if document["text_shown"] == NOTHING else document.get("text_sha256") or ""
