"""Sources as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import pgettext

from chronicle.localised import language_name
from record.called import foreign
from record.choices import choice_label
from record.pages import Reading
from record.reading import Record
from record.referred import Referred
from record.rows import EntryRow, Value, fact
from record.types import Document
from sources.passages import Passages, passages
from sources.reference import FormattedReference, person_name, reference_of
from sources.shown import NOTHING, text_url, with_rights_of_now


@dataclass(frozen=True)
class Author:
    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class SourceDetail:
    kind: str
    is_dataset: bool
    reference: FormattedReference
    authors: Sequence[Author]
    publisher: str
    container: str
    published: dict[str, Any] | None
    url: str
    archived_url: str
    archived_on: str
    rights: str
    text_shown: str
    text_url: str
    point_of_view: str
    language_name: str
    language_tag: str
    passages: Passages
    before_url: str
    after_url: str


def row(document: Document, referred: Referred) -> EntryRow:
    authors = [Value(person_name(author)) for author in document["authors"]]
    language = foreign(document["language"])
    return EntryRow(
        id=document["id"],
        type="source",
        url=referred.entry_page(document),
        title=document["title"],
        language=language,
        kind=choice_label("source", "kind", document["kind"]),
        date=document["published"],
        undated=pgettext("of an entry", "undated"),
        summary=document["point_of_view"] or "",
        facts=[
            *fact(pgettext("fact: authors", "By"), authors),
            *fact(
                pgettext("fact: what it stands in", "In"),
                [Value(document["container"], language=language)] if document["container"] else [],
            ),
            *fact(
                pgettext("fact", "Publisher"),
                [Value(document["publisher"], language=language)] if document["publisher"] else [],
            ),
        ],
    )


def detail(reading: Reading) -> dict[str, Any]:
    document, record = reading.document, reading.record
    # Of what an edition let be read, no more than is let now.
    document = with_rights_of_now(record, {document["id"]: document})[document["id"]]
    resting = passages(record, document["id"], reading.parameters)
    source = SourceDetail(
        kind=choice_label("source", "kind", document["kind"]),
        is_dataset=document["kind"] == "dataset",
        reference=reference_of(document),
        authors=[
            Author(person_name(author), choice_label("source", "authors.role", author["role"]))
            for author in document["authors"]
        ],
        publisher=document["publisher"] or "",
        container=document["container"] or "",
        published=document["published"],
        url=_of_the_web(document["url"]),
        archived_url=_of_the_web(document["archived_url"]),
        archived_on=document["archived_on"] or "",
        rights=document["rights"] or "",
        text_shown=document["text_shown"] if document["text_sha256"] else NOTHING,
        text_url=text_url(record, document),
        point_of_view=document["point_of_view"] or "",
        language_name=language_name(document["language"]),
        language_tag=foreign(document["language"]),
        passages=resting,
        before_url=_page_url(record, resting.before),
        after_url=_page_url(record, resting.after),
    )
    return {"entry": source}


def _page_url(record: Record, number: int) -> str:
    return record.page(f"?passages={number}#passages") if number else ""


def _of_the_web(url: str | None) -> str:
    return url if url and urlsplit(url).scheme in ("http", "https") else ""
