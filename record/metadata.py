"""What pages tell programs of themselves: search engines, reference managers, whoever shares them.

A canonical address; Open Graph; ``citation_*``, which Zotero and Google Scholar read; the same as
bibliographies; and schema.org as JSON-LD.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from chronicle.languages import without_language
from chronicle.named_addresses import url_of
from record.addresses import origin_of
from record.entry_page import EntryPage, EntryTold
from record.linked_data import (
    CONTEXT,
    Data,
    Undisputed,
    absolute,
    coverage,
    filled,
    thing_id,
)
from record.models import Edition
from record.reading import Record
from record.types import Document, type_named

if TYPE_CHECKING:
    from record.pages import Reading

# Of the files that an entry is cited by: their endings and types.
BIBLIOGRAPHIES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}
ABOUT = gettext_lazy(
    "A public chronicle in which every claim leads to the passage that supports it, and every "
    "state of the record can be asked for again."
)


@dataclass(frozen=True)
class Alternate:
    type: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """``url``: canonical, empty of a page of an earlier edition; ``pinned``: with its edition.

    ``cite_url`` and ``embed_url``: of an entry, where pages say how to cite it, and to embed it;
    ``oembed_url``: the latter for programs.
    """

    title: str
    description: str
    type: str
    url: str
    pinned: str
    published: str = ""
    language: str = ""
    cite_url: str = ""
    embed_url: str = ""
    oembed_url: str = ""
    alternates: Sequence[Alternate] = ()
    data: Mapping[str, Any]

    site_name = property(lambda self: settings.SITE_NAME)
    publisher = property(lambda self: settings.SITE_PUBLISHER)


def entry_metadata(
    request: HttpRequest,
    reading: "Reading",
    page: EntryPage,
    thing: Data,
    works: Mapping[str, Data],
    mentions: Sequence[Data | None],
    dated_by: str,
) -> Metadata:
    """Of the page of an entry. ``thing``: what it is of; ``works``: the sources it cites, by id.

    ``mentions``: other entries that it names; ``dated_by``: the field whose date it is told by, or
    empty.
    """
    record, document = reading.record, reading.document
    entry_type, origin = type_named(page.type), origin_of(request)
    url = entry_type.url(document["slug"])
    edition = record.edition
    said = entry_data(page, document, edition, thing, works, mentions, dated_by)
    cite_url = url_of("cite:entry", page.id)
    return Metadata(
        title=page.title,
        description=page.description,
        type="article",
        url="" if record.is_asked else f"{origin}{url}",
        pinned=f"{origin}{record.pinned(without_language(entry_type.url(page.id)))}",
        published=edition.published_at.strftime("%Y/%m/%d") if edition else "",
        language=document["language"],
        cite_url=record.page(cite_url),
        embed_url=record.address("embeds:embed_entry", page.id),
        oembed_url=oembed_address(request, record, url),
        alternates=[
            Alternate(
                content_type,
                record.address("files:cite_entry", page.id, ending),
            )
            for ending, content_type in BIBLIOGRAPHIES.items()
        ],
        data=absolute({"@context": CONTEXT} | said, origin),
    )


def entry_data(
    page: EntryTold,
    document: Document,
    edition: Edition | None,
    thing: Data,
    works: Mapping[str, Data],
    mentions: Sequence[Data | None],
    dated_by: str,
) -> Data:
    """An entry in schema.org's words, without a context. As ``entry_metadata``; ``edition``: the
    one that is read."""
    entry_type, undisputed = type_named(page.type), Undisputed(document)
    said = {
        "@type": "WebPage",
        "@id": entry_type.url(page.id),
        "url": entry_type.url(document["slug"]),
        "identifier": page.id,
        "name": page.title,
        "description": page.description if _description_stands(undisputed) else None,
        "inLanguage": document["language"],
        "version": str(page.edition),
        "datePublished": page.published_at.date().isoformat() if page.published_at else None,
        "creativeWorkStatus": "contested" if page.contested else None,
        "temporalCoverage": coverage(undisputed.get(dated_by)) if dated_by else None,
        "keywords": [subject.name for subject in page.subjects],
        "isPartOf": dataset(edition),
        "publisher": _publisher(),
        "isBasedOn": [{"@id": works[each]["@id"]} for each in _supporting(document)],
        "citation": list(works.values()),
        "mentions": mentions,
        "mainEntity": _main_entity(page, thing, undisputed),
    }
    return filled(said)


def list_metadata(
    request: HttpRequest, record: Record, *, title: str, lead: str, url: str, total: int
) -> Metadata:
    """Of a list. ``url``: of its page that is shown, filters and all."""
    said = {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": title,
        "description": lead,
        "isPartOf": dataset(record.edition),
        "publisher": _publisher(),
        "mainEntity": {"@type": "ItemList", "numberOfItems": total},
    }
    return _of_site(request, record, title, lead, url, said)


def home_metadata(request: HttpRequest, record: Record, lists: Mapping[str, str]) -> Metadata:
    """Of the home page, which stands for all of it. ``lists``: their titles, by plural."""
    files = {"csv": "text/csv", "jsonl": "application/x-ndjson"}
    said = dataset(record.edition) | {
        "@context": CONTEXT,
        "description": str(ABOUT),
        "isAccessibleForFree": True,
        "publisher": _publisher(),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": title,
                "encodingFormat": content_type,
                "contentUrl": f"{origin_of(request)}{url_of('files:download', plural, form)}",
            }
            for plural, title in lists.items()
            for form, content_type in files.items()
        ],
    }
    return _of_site(request, record, settings.SITE_NAME, str(ABOUT), url_of("home"), said)


def oembed_address(request: HttpRequest, record: Record, url: str) -> str:
    """Where other sites ask how to embed the page of an address of ours."""
    whole = f"{origin_of(request)}{url}"
    return record.address("files:oembed", url=whole, format="json")


def dataset(edition: Edition | None) -> Data:
    """The record as a whole, in the edition that is read."""
    home = url_of("home")
    said = {"@type": "Dataset", "@id": f"{home}#record", "name": settings.SITE_NAME, "url": home}
    if edition is None:
        return said
    day = edition.published_at.date().isoformat()
    return said | {"version": str(edition.number), "dateModified": day}


def _of_site(
    request: HttpRequest, record: Record, title: str, lead: str, url: str, said: Data
) -> Metadata:
    whole = f"{origin_of(request)}{url}"
    return Metadata(
        title=title,
        description=lead,
        type="website",
        url="" if record.is_asked else whole,
        pinned=record.pinned(whole),
        data=absolute(filled(said), origin_of(request)),
    )


def _publisher() -> Data | None:
    if not settings.SITE_PUBLISHER:
        return None
    return {"@type": "Organization", "name": settings.SITE_PUBLISHER}


def _description_stands(undisputed: Undisputed) -> bool:
    return not undisputed.disputed & {"summary", "description"}


def _supporting(document: Document) -> list[str]:
    """Ids of the sources that support what the entry says."""
    citations = document.get("citations", ())
    return list(dict.fromkeys(each["source"] for each in citations if each["stance"] == "supports"))


def _main_entity(page: EntryTold, thing: Data, undisputed: Undisputed) -> Data:
    """What the entry is of. Where a source disputes that at all, no more than a name."""
    identity = {"@id": thing_id(page.type, page.id)}
    if "entry" in undisputed.disputed:
        return {"@type": "Thing", **identity, "name": page.title}
    same = [value.url for _, value in page.identifiers if value.url]
    return filled(identity | thing | {"sameAs": same})
