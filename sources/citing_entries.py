"""Citing an entry, or one claim of it, as it stands in an edition."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
from rest_framework import serializers

from record.differences import EMPTY, declared
from record.models import Edition, Version
from record.pages import pages_of
from record.reading import PARAMETER, Moved, Record, document_of
from record.referred import Referred
from record.types import Document, type_named
from sources.choices import SourceKind
from sources.citing import Cited, slugs_of, source_items, stands_on
from sources.reference import reference_of

EXISTENCE = "entry"  # the claim that the entry itself makes
# Of a document, what makes no claim about the world.
BESIDE = frozenset({"id", "type", "slug", "language", "identifiers", "waivers", "citations"})


class NoSuchClaim(LookupError):
    """The entry makes no such claim in that edition: one sentence."""


def cited_entry(
    record: Record, edition: Edition, version: Version, claim: str, *, origin: str
) -> Cited:
    """The entry, or what it claims there. Two to four queries. ``NoSuchClaim``."""
    document = document_of(version)
    referred = Referred(record, [document])
    public_id, one = version.public_id, pages_of(version.type).one
    address = f"{origin}{pinned(type_named(version.type).url(public_id), edition.number)}"
    name, title, what = public_id, version.label, f"{one} {public_id}"
    citations = document.get("citations", [])
    if claim:
        said = _claim_words(document, claim, referred)
        if said is None:
            raise NoSuchClaim(
                f"{public_id} makes no claim “{claim[:40]}” in edition {edition.number} that could "
                "be cited by itself, so here is the whole entry."
            )
        name, title = f"{public_id}/{claim}", f"{title}: {said}"
        what = f"claim {claim} of {what}"
        address += f"#{claim.partition('.')[0]}"
        citations = [each for each in citations if claim in each["claims"]]
    sentences = stands_on(citations, referred)
    ids = [each[part] for each in citations for part in ("source", "cited_via") if each[part]]
    sources = [referred.documents[source] for source in ids]
    if version.type == "source":
        sentences, sources = [f"Describes: {reference_of(document)}"], [document]
    elif not citations and _waived(document, claim or EXISTENCE):
        sentences = ["No source is cited for it: its evidence was waived."]
    return Cited(
        label=f"{name.replace('/', '-').replace('.', '-')}-edition-{edition.number}",
        name=name,
        title=title,
        what=what,
        kind=SourceKind.WEB_PAGE.value,
        edition=edition,
        address=address,
        language=document["language"],
        stands_on=sentences,
        sources=source_items(sources, slugs_of(referred)),
    )


def pinned(url: str, number: int) -> str:
    """The address of a page as it stands in that edition."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode({PARAMETER: number})}"


def claim_there(moved: Moved, claim: str) -> str:
    """What a claim of a merged entry is called in the other one; empty where it went nowhere."""
    if moved.tombstone is None:
        return claim
    own, _, field = claim.partition(".")
    keys: dict[str, str] = orjson.loads(moved.tombstone.document)["keys"]
    there, _, key = keys.get(f"{moved.tombstone.public_id}/{own}", "").partition("/")
    if there != moved.version.public_id:
        return ""
    return f"{key}.{field}" if field else key


def _claim_words(document: Document, claim: str, referred: Referred) -> str | None:
    """``None`` of what the document does not claim."""
    pages = pages_of(document["type"])
    if pages.words is None or not _is_claim(document, claim):
        return None
    return pages.words(document, referred)(claim)


def _is_claim(document: Document, claim: str) -> bool:
    if claim == EXISTENCE:
        return True
    own, dot, field = claim.partition(".")
    fields: Mapping[str, Any] = declared(type_named(document["type"]).declaration).fields
    if own in fields and own not in BESIDE:
        is_list = isinstance(fields[own], serializers.ListSerializer)
        return not dot and not is_list and document[own] not in EMPTY
    rows = [row for name in fields if name not in BESIDE for row in _rows_of(document[name])]
    part = next((row for row in rows if row.get("key") == own), None)
    return part is not None and (not dot or (field in part and field != "key"))


def _rows_of(value: Any) -> list[Document]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _waived(document: Document, claim: str) -> bool:
    return any(waiver["claim"] == claim for waiver in document.get("waivers", ()))
