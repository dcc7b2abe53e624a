"""What the pages of all entries say: what it is, its versions, how to check it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from record.models import Change, Edition, Version
from record.referred import Referred
from record.rows import Value, foreign, value_of
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
# The editions that have versions of an entry, newest first, with what each says of its version.
VERSIONS = (
    "SELECT edition.*, change, version.checksum AS of_version, redacted_in_id,"
    " redaction.reason AS redacted_for FROM record_version version"
    " JOIN record_edition edition ON edition.number = version.edition_id"
    " LEFT JOIN record_edition redaction ON redaction.number = redacted_in_id"
    " WHERE public_id = %s AND edition_id <= %s ORDER BY edition_id DESC"
)


@dataclass(frozen=True)
class Crumb:
    name: str
    url: str = ""


@dataclass(frozen=True)
class VersionRow:
    """One of the versions that the entry has had.

    ``redacted_in``: the edition that took what it said, and ``redacted_for`` why.
    """

    edition: int
    published_at: datetime.date
    change: str
    reason: str
    checksum: str
    redacted_in: int | None = None
    redacted_for: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    id: str
    type: str
    title: str
    description: str
    language: str
    contested: bool
    subjects: Sequence[Value]
    identifiers: Sequence[tuple[str, Value]]
    editor_note: str
    api_url: str
    schema: int
    salt: str
    versions: Sequence[VersionRow]

    @property
    def version(self) -> VersionRow:
        return self.versions[0]


def entry_page(version: Version, document: Document, referred: Referred) -> EntryPage:
    """One query, for the versions up to this edition."""
    return EntryPage(
        id=document["id"],
        type=document["type"],
        title=version.label,
        description=document.get("summary") or document.get("description") or "",
        language=foreign(document["language"]),
        contested=version.contested,
        subjects=[value_of(referred.names[subject]) for subject in document["subjects"]],
        identifiers=[_identifier(row) for row in document["identifiers"]],
        editor_note=document["editor_note"] or "",
        api_url=api_address(version),
        schema=version.schema,
        salt=version.salt,
        versions=_versions(version, referred.record.number),
    )


def api_address(version: Version) -> str:
    """Of the version's document in the API."""
    return reverse(f"api:{version.type}_detail", args=[version.public_id])


def _identifier(row: Document) -> tuple[str, Value]:
    name, pattern = SCHEMES.get(row["scheme"].lower(), (row["scheme"], ""))
    return name, Value(
        row["value"], pattern.format(quote(row["value"], safe="/")) if pattern else ""
    )


def _versions(version: Version, number: int) -> list[VersionRow]:
    """Newest first. One query."""
    editions: Any = Edition.objects.raw(VERSIONS, [version.public_id, number])
    return [
        VersionRow(
            edition.number,
            edition.published_at,
            str(Change(edition.change).label),
            edition.reason,
            edition.of_version,
            edition.redacted_in_id,
            edition.redacted_for or "",
        )
        for edition in editions
    ]
