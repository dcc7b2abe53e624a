"""What the pages of all entries say: what it is, its versions, how to check it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.conf import settings

from record.called import called, foreign
from record.models import Change, Edition, Version
from record.reading import Record
from record.referred import Referred
from record.rows import Value, is_contested, value_of
from record.statements import ask
from record.types import Document

# Schemes whose values have an address of their own.
SCHEMES = {
    "doi": ("DOI", "https://doi.org/{}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{}"),
    "isbn": ("ISBN", ""),
    "issn": ("ISSN", "https://portal.issn.org/resource/ISSN/{}"),
    "isni": ("ISNI", "https://isni.org/isni/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
}
# How many versions an entry has had up to an edition.
VERSIONS = "SELECT count(*) FROM record_version WHERE public_id = %s AND edition_id <= %s"


@dataclass(frozen=True)
class Crumb:
    name: str
    url: str = ""
    language: str = ""  # where it is not the page's


@dataclass(frozen=True, kw_only=True)
class EntryTold:
    """What is told of any entry; ``edition`` is that of its version."""

    id: str
    type: str
    title: str
    description: str
    contested: bool
    subjects: Sequence[Value]
    identifiers: Sequence[tuple[str, Value]]
    edition: int
    published_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class EntryPage(EntryTold):
    """``change`` to ``salt`` are of its version; ``versions``: how many there have been."""

    language: str
    title_language: str
    editor_note: str
    api_url: str
    change: str
    reason: str
    schema: int
    checksum: str
    salt: str
    versions: int
    history_url: str
    feed_url: str


def entry_page(
    version: Version, document: Document, referred: Referred, edition: Edition | None
) -> EntryPage:
    """One query, which counts the versions."""
    record, title = referred.record, called(document)
    return EntryPage(
        **vars(entry_told(document, title.name, referred, version.edition_id, edition)),
        language=foreign(document["language"]),
        title_language=title.language,
        editor_note=document["editor_note"] or "",
        api_url=api_address(record, version),
        change=str(Change(version.change).label),
        reason=edition.reason if edition else "",
        schema=version.schema,
        checksum=version.checksum,
        salt=version.salt,
        versions=_versions(version, record.number),
        history_url=record.address("record:entry_history", version.public_id),
        feed_url=record.address("files:entry_feed", version.public_id),
    )


def entry_told(
    document: Document, title: str, referred: Referred, number: int, edition: Edition | None
) -> EntryTold:
    """``number``: of the edition that says it, ``edition`` itself. No query."""
    return EntryTold(
        id=document["id"],
        type=document["type"],
        title=title,
        description=document.get("summary") or document.get("description") or "",
        contested=is_contested(document),
        subjects=[value_of(referred.names[subject]) for subject in document["subjects"]],
        identifiers=[_identifier(row) for row in document["identifiers"]],
        edition=number,
        published_at=edition.published_at if edition else None,
    )


def home_crumb(record: Record) -> Crumb:
    """Where every trail begins."""
    return Crumb(settings.SITE_NAME, record.address("home"))


def api_address(record: Record, version: Version) -> str:
    """Of the version's document in the API."""
    return record.address(f"api:{version.type}_detail", version.public_id)


def _identifier(row: Document) -> tuple[str, Value]:
    name, pattern = SCHEMES.get(row["scheme"].lower(), (row["scheme"], ""))
    return name, Value(
        row["value"], pattern.format(quote(row["value"], safe="/")) if pattern else ""
    )


def _versions(version: Version, number: int) -> int:
    """How many the entry has had up to this edition. One query."""
    ((count,),) = ask(VERSIONS, [version.public_id, number])
    return int(count)
