"""What the public reads of sources' texts: a passage with the words around it, or all of it.

Of the record alone; `sources.letting` writes it there.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from django.urls import reverse

from record.called import called
from record.canonical import selector_digest
from record.models import ShownPassage, ShownText
from record.reading import Record, document_of
from record.referred import Referred
from record.types import Document, type_named
from sources.keeping import IN_PUBLIC
from sources.marks import number_of

PAGE = 50  # blocks
MOST_CITED = 20  # citations named below a block
BATCH = 200  # documents at a time
ALL, SHORT, NOTHING = "all", "short context", "nothing"


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
    """``cited``: the first of what rests on it; ``more``: how many others do."""

    number: int
    is_heading: bool
    text: str
    cited: Sequence[CitedHere]
    more: int


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


def text_url(record: Record, source: Document, block: int = 0) -> str:
    """The address of the source's text, or of a block of it; empty where it is not read whole."""
    if not text_read(source):
        return ""
    url = reverse("sources:source_text", args=[source["slug"]])
    page = ceil(block / PAGE)
    if page > 1:
        url += f"?page={page}"
    return record.page(f"{url}#b{block}" if block else url)


def with_rights_of_now(record: Record, sources: Mapping[str, Document]) -> Mapping[str, Document]:
    """The documents of sources by id, which let no more be read than they do now.

    An edition that is asked for may have let more be read. One query, none of the newest.
    """
    if not record.is_asked:
        return sources
    now = record.now.documents(sources)
    return {
        public_id: document | {"text_shown": _least(document, now.get(public_id))}
        for public_id, document in sources.items()
    }


def _least(*documents: Document | None) -> str:
    let = {NOTHING if document is None else document["text_shown"] for document in documents}
    return next(shown for shown in (NOTHING, SHORT, ALL) if shown in let)


def contexts(document: Document, referred: Referred) -> dict[str, Context]:
    """Of the document's citations, by key: the passages that may be read, by the
    rights of now. One query, or none; one more of an edition that is asked for."""
    record = referred.record
    sources = {
        citation["source"]: referred.documents[citation["source"]]
        for citation in document["citations"]
        if citation["selector"] and text_let(referred.documents[citation["source"]])
    }
    if not sources:
        return {}
    shown = with_rights_of_now(record, sources)
    let = {
        (citation["key"], citation["source"], text): selector_digest(citation["selector"])
        for citation in document["citations"]
        if citation["selector"]
        and citation["source"] in shown
        and (text := text_let(shown[citation["source"]]))
    }
    if not let:
        return {}
    rows = ShownPassage.objects.filter(
        public_id=document["id"], text__in={text for _, _, text in let}
    )
    return {
        row.citation: Context(
            row.before, row.passage, row.after, text_url(record, shown[row.source], row.block)
        )
        for row in rows
        if let.get((row.citation, row.source, row.text)) == row.selector
    }


def read_text(record: Record, source: Document, page: int) -> ReadText | None:
    """A page of the text, the last one at most; ``None`` where it is not read, by rights of now.

    Three queries; one more of an edition that is asked for.
    """
    sha256 = text_read(with_rights_of_now(record, {source["id"]: source})[source["id"]])
    row = ShownText.objects.filter(source=source["id"], sha256=sha256).first() if sha256 else None
    if row is None:
        return None
    blocks = IN_PUBLIC.folded(
        row.sha256, tuple(row.headings), row.text, standing=record.newest
    ).blocks
    pages = max(ceil(len(blocks) / PAGE), 1)
    page = min(max(page, 1), pages)
    shown = blocks[(page - 1) * PAGE : page * PAGE]
    cited, more = _cited_here(record, row, shown[0].number, shown[-1].number)
    return ReadText(
        [
            ReadBlock(
                block.number,
                block.number in row.headings,
                block.text,
                cited[block.number],
                more[block.number],
            )
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
) -> tuple[dict[int, list[CitedHere]], Counter[int]]:
    """By block, the first citations of the text there in this edition, in the order of lists, and
    the number of all others. Two queries; two hundred documents at a time are held."""
    shown = ShownPassage.objects.filter(
        source=text.source, text=text.sha256, block__range=(first, last)
    )
    passages = shown.values_list("public_id", "citation", "selector", "block")
    begins = {tuple(passage): block for *passage, block in passages.iterator()}
    found: dict[int, list[CitedHere]] = defaultdict(list)
    more: Counter[int] = Counter()
    versions = record.versions().filter(public_id__in=shown.values("public_id"))
    for version in versions.iterator(chunk_size=BATCH):
        document = document_of(version)
        for citation in document["citations"]:
            if citation["source"] != text.source or not citation["selector"]:
                continue
            passage = version.public_id, citation["key"], selector_digest(citation["selector"])
            block = begins.get(passage)
            if block is None:
                continue
            if len(found[block]) == MOST_CITED:
                more[block] += 1
                continue
            title = called(document)
            found[block].append(
                CitedHere(
                    title.name,
                    title.language,
                    number_of(citation),
                    citation["stance"],
                    record.page(
                        type_named(version.type).citation_url(version.slug, citation["key"])
                    ),
                )
            )
    return found, more


def text_let(document: Document) -> str:
    """SHA-256 of the text that a source's document lets the public read of; else empty.

    Submissions may hold documents of schema 1, which name no text.
    """
    return "" if document["text_shown"] == NOTHING else document.get("text_sha256") or ""
