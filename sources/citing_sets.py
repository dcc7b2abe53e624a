"""Citing a set of entries: what filters find in an edition, with its count and checksum."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from chronicle import localised
from record.as_read import PARAMETER
from record.facets import totals_of
from record.filter_fields import NONE
from record.filters import RecordFilter
from record.following import ListAsked
from record.models import Edition
from record.reading import Record
from record.sets import EntrySet, asked_in_ids, redacted_since
from record.types import Document
from sources.choices import SourceKind
from sources.citing import STANDS_ON, Cited, source_items
from sources.reference import reference_of

COUNT, CHECKSUM = "count", "sha256"  # parameters of the address of a cited set
MOST_SOURCES = 20  # those cited by most of its entries


def cited_set(asked: ListAsked, edition: Edition, found: EntrySet, *, origin: str) -> Cited:
    """Its address holds edition, count and checksum. Two to six queries, for its sources."""
    record, pages, plural = asked.record, asked.pages, asked.pages.entry_type.plural
    checksum = found.checksum
    sources, total = _sources(asked.filters)
    rests_on = STANDS_ON["supports"]
    sentences = [
        str(rests_on % {"source": reference_of(document)}) for document in sources.values()
    ]
    if total > len(sources):
        message = gettext(
            "These are the %(number)d most cited sources of its entries, of %(total)s."
        )
        sentences.append(message % {"number": len(sources), "total": localised.number(total)})
    return Cited(
        label=f"{plural}-edition-{edition.number}-{checksum[:8]}",
        name=f"SHA-256 {checksum}",
        title=asked.title,
        what=pages.number(found.count),
        kind=SourceKind.DATASET.value,
        edition=edition,
        address=f"{origin}{set_address(asked, edition.number, found)}",
        stands_on=sentences,
        sources=source_items(sources.values(), _slugs(sources, record)),
    )


def set_address(asked: ListAsked, number: int, found: EntrySet | None) -> str:
    """``found``: what its count and checksum are of; without it, they are left out."""
    query = asked_in_ids(asked.filters) | {PARAMETER: str(number)}
    if found is not None:
        query |= {COUNT: str(found.count), CHECKSUM: found.checksum}
    url = reverse("cite:set", args=[asked.pages.entry_type.plural])
    return f"{url}?{urlencode(query, safe=',/:')}"


def misfits(asked: ListAsked, found: EntrySet, count: str, checksum: str) -> list[str]:
    """What of the address does not fit the set that the filters find, in sentences. One query where
    anything does not. An address with neither count nor checksum says nothing of the set."""
    if not (count or checksum):
        return []
    wrong = []
    if not count or not checksum:
        wrong.append(
            gettext(
                "This address names no count or no checksum, so it cannot be told whether this is "
                "the set that was cited."
            )
        )
    if count and count != str(found.count):
        message = gettext(
            "The address says that the set has %(said)s entries; in this edition these filters "
            "find %(found)s."
        )
        wrong.append(message % {"said": count[:20], "found": localised.number(found.count)})
    if checksum and checksum.lower() != found.checksum:
        wrong.append(
            gettext(
                "The checksum of the address is not that of the entries which these filters find "
                "in this edition. The address was changed, or is of another record."
            )
        )
    if wrong and (gone := redacted_since(asked.pages.type_name, asked.record)):
        # Translators: %(entries)s is “1 event”, “3 events” …
        message = ngettext(
            "%(entries)s of this edition has been redacted since, so a set that "
            "had it cannot be told any more.",
            "%(entries)s of this edition have been redacted since, so a set that "
            "had one of them cannot be told any more.",
            gone,
        )
        wrong.append(message % {"entries": asked.pages.number(gone)})
    return wrong


def _sources(filters: RecordFilter) -> tuple[Mapping[str, Document], int]:
    """The sources that most of the entries cite, and how many there are."""
    if "source" not in filters.facets:
        return {}, 0
    totals = totals_of(filters, ["source"])["source"]
    ids = [public_id for public_id in totals if public_id != NONE]
    documents = filters.record.documents(ids[:MOST_SOURCES])
    return {public_id: documents[public_id] for public_id in ids[:MOST_SOURCES]}, len(ids)


def _slugs(sources: Mapping[str, Document], record: Record) -> dict[str, str]:
    ids = {subject for document in sources.values() for subject in document["subjects"]}
    return {public_id: name.slug for public_id, name in record.references(ids).items()}
