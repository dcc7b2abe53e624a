"""Letting the public read of a source's text what its rights allow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from desk.types import Evidence, Problem
from record.canonical import selector_digest
from record.models import ShownPassage, ShownText
from record.reading import Record, document_of
from record.types import Document
from record.verbatim import bare
from sources.excerpts import NEAR, beginning_of, end_of, in_letters, shortened
from sources.models import SourceText, TextShown
from sources.selectors import FoldedText
from sources.shown import text_let
from sources.verification import citing_versions

BATCH = 2000  # ids and rows a statement
LONGEST_PASSAGE = 600  # letters, of which otherwise beginning and end are shown


def texts_held(documents: Sequence[Document]) -> Evidence:
    """That the desk holds each text that is to be shown. One query, or none."""
    let = {document["id"]: text_let(document) for document in documents}
    if not any(let.values()):
        return Evidence()
    held = set(
        SourceText.objects.filter(
            source__public_id__in=let, sha256__in=set(let.values()) - {""}
        ).values_list("source__public_id", "sha256")
    )
    found = Evidence()
    for public_id, text in let.items():
        if text and (public_id, text) not in held:
            message = f"{public_id}: the text that the public would read of is not at the desk."
            found.problems.append(Problem(public_id, "text_sha256", message))
    return found


def let_read(*, documents: Mapping[str, Document], **_: Any) -> None:
    """Write beside the record what it lets the public read since these were published.

    The texts of sources that show all; of sources that show anything, the passages that are cited,
    with the words nearest to them. In the transaction of ``desk.publishing``, which sends the
    ``documents`` of an edition some at a time: a source that comes later finds what cites it in the
    record, and what cites it later finds the source. At most two queries where no source shows
    anything; else one more a source, and one for what cites it where it is among them: each time.
    """
    concerned: set[str] = set()
    sources: dict[str, Document] = {}
    cited: set[str] = set()
    for document in _published(documents):
        if document["type"] == "source":
            concerned.add(document["id"])
            if text_let(document):
                sources[document["id"]] = document
        cited |= _cited_in(document)
    sources |= _showing(cited - concerned)
    if not sources:
        return
    for public_id, source in sources.items():
        held = (
            SourceText.objects.to_read()
            .filter(source__public_id=public_id, sha256=text_let(source))
            .first()
        )
        if held is None:  # gone from the desk since the source was published: what is there stays
            continue
        if source["text_shown"] == TextShown.ALL:
            _show_whole(public_id, held)
        citing = _published(documents)
        if public_id in concerned:
            citing = map(document_of, citing_versions(public_id))
        rows = _passages(public_id, held.sha256, held.folded(), citing)
        ShownPassage.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _published(documents: Mapping[str, Document]) -> Iterable[Document]:
    """Those that say something."""
    return (document for document in documents.values() if "state" not in document)


def _cited_in(document: Document) -> set[str]:
    """The sources of which it cites a passage."""
    citations = document.get("citations", ())
    return {citation["source"] for citation in citations if citation["selector"]}


def _showing(public_ids: Iterable[str]) -> dict[str, Document]:
    """Those of the sources, as they stand, that let the public read of a text."""
    found: dict[str, Document] = {}
    if not (ids := sorted(public_ids)):
        return found
    record = Record.current()
    for start in range(0, len(ids), BATCH):
        batch = record.versions("source").filter(public_id__in=ids[start : start + BATCH])
        for version in batch:
            document = document_of(version)
            if text_let(document):
                found[version.public_id] = document
    return found


def _show_whole(public_id: str, held: SourceText) -> None:
    """Once by its digest; which blocks are headings is no part of that, and may be mended."""
    same = {"source": public_id, "sha256": held.sha256}
    if not ShownText.objects.filter(**same).mark(headings=held.headings):
        ShownText(**same, headings=held.headings, text=held.text, bare=bare(held.text)).save()


def _passages(
    source: str, sha256: str, text: FoldedText, citing: Iterable[Document]
) -> Iterator[ShownPassage]:
    """Of citations whose selector fits one passage of the text."""
    for document in citing:
        for citation in document.get("citations", ()):
            selector = citation["selector"]
            if citation["source"] != source or not selector:
                continue
            spans = text.passages(selector)
            if len(spans) != 1:
                continue
            blocks = [text.blocks[number - 1] for number in text.blocks_of(spans[0])]
            places = [next(iter(in_letters(block, spans)), (0, 0)) for block in blocks]
            pieces = [
                block.text[start:end] for block, (start, end) in zip(blocks, places, strict=True)
            ]
            before, after = (
                _before(blocks[0].text[: places[0][0]]),
                _after(blocks[-1].text[places[-1][1] :]),
            )
            passage = shortened("\n\n".join(pieces), LONGEST_PASSAGE)
            yield ShownPassage(
                public_id=document["id"],
                citation=citation["key"],
                selector=selector_digest(selector),
                source=source,
                text=sha256,
                block=blocks[0].number,
                before=before,
                passage=passage,
                after=after,
                bare=bare(before + passage + after),
            )


def _before(text: str) -> str:
    return text if len(text) <= NEAR else f"… {end_of(text, NEAR)}"


def _after(text: str) -> str:
    return text if len(text) <= NEAR else f"{beginning_of(text, NEAR)} …"
