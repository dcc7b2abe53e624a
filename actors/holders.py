"""Who held an office, and on which day: read from the tenures of all actors that name it.

A tenure is dated as exactly as somebody could tell. On a day an office was certainly held if the
day lies within the tenure whichever days its beginning and its end mean; possibly if it lies within
for some of them. A date that is no from–to says that the office was held then, not since or until
when, so of other days it tells nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from chronicle.dates import PartialDate
from record.models import Version
from record.reading import Gone, Moved, NotInRecord, Record, document_of
from record.types import Document, days_of

MOST = 200  # actors who held one office

Holds = Literal["certainly", "possibly", "unknown", "no"]


@dataclass(frozen=True)
class Holder:
    """One tenure of the office; ``row`` is the part of the actor's ``document``."""

    version: Version
    document: Document
    row: Document

    @property
    def held(self) -> dict[str, Any] | None:
        held: dict[str, Any] | None = self.row["held"]
        return held

    @property
    def reference(self) -> str:
        return f"{self.document['id']}/{self.row['key']}"

    @property
    def citations(self) -> list[Document]:
        """Those that speak to the tenure, or to a field of it."""
        key = self.row["key"]
        return [
            citation
            for citation in self.document["citations"]
            if any(claim.partition(".")[0] == key for claim in citation["claims"])
        ]

    def on(self, day: int | None) -> Holds:
        """Whether the office was held on that day; ``unknown`` without a day or a date."""
        if day is None or self.held is None:
            return "unknown"
        first, last = days_of(self.held)
        if first is None or last is None:
            return "unknown"
        if not first <= day <= last:
            return "no" if "/" in self.held["edtf"] else "unknown"
        lasting = PartialDate(self.held["edtf"]).lasting
        sure = lasting is not None and lasting.first_day <= day <= lasting.last_day
        return "certainly" if sure or first == last else "possibly"


@dataclass(frozen=True)
class Holders:
    """In the order of time, undated ones last; ``more``: whether there are more than were read."""

    tenures: Sequence[Holder]
    more: bool

    def on(self, day: int | None, *holds: Holds) -> list[Holder]:
        return [each for each in self.tenures if each.on(day) in holds]


def held_office(record: Record, key: str, office: str) -> tuple[Version, Document] | None:
    """The organisation of that id or slug, and the part that its office is; one to three queries.

    ``None`` where there is no such one now: what was merged or renamed has to be asked for as it
    is called today.
    """
    try:
        organisation = record.get("actor", key)
    except (NotInRecord, Moved, Gone):
        return None
    row = office_in(organisation, office)
    return None if row is None else (organisation, row)


def office_in(organisation: Version, key: str) -> Document | None:
    """The part that its office of that key is. No query."""
    offices = document_of(organisation)["offices"]
    return next((row for row in offices if row["key"] == key), None)


def holders_of(record: Record, organisation: str, office: str) -> Holders:
    """Of the office ``office`` (``p2``) of an organisation (its public id). One query."""
    links = record.links().filter(
        target=organisation, part=office, predicate="office", type="actor"
    )
    versions = record.versions("actor").select_related(None)
    found = list(versions.filter(pk__in=links.order_by().values("version"))[: MOST + 1])
    reference = f"{organisation}/{office}"
    tenures = [
        Holder(version, document, row)
        for version in found[:MOST]
        for document in [document_of(version)]
        for row in document["tenures"]
        if row["office"] == reference
    ]
    return Holders(sorted(tenures, key=_in_time), more=len(found) > MOST)


def _in_time(holder: Holder) -> tuple[bool, int, int, str]:
    first, last = days_of(holder.held)
    return first is None, first or 0, last or 0, holder.reference
