"""Claims that other entries make about the one on the page, with their own citations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from record.backlinks import Cut, LinkedBack, Linking
from record.rows import Value
from record.types import Document
from sources.marks import Claims


@dataclass(frozen=True)
class LinkedClaim:
    """A claim of another entry: ``entry`` names it, ``claim`` is marked by ``claims`` there."""

    entry: Value
    claims: Claims
    claim: str
    date: dict[str, Any] | None = None
    notes: Sequence[Value] = ()


@dataclass(frozen=True)
class LinkedClaims:
    """A list of them; ``cut`` says where it is not all."""

    claims: Sequence[LinkedClaim]
    cut: Cut | None


def linked_claim(
    linking: Linking,
    claim: str,
    *,
    date: dict[str, Any] | None = None,
    notes: Sequence[Value] = (),
) -> LinkedClaim:
    """Leads to the claim's own place on the other entry's page."""
    name = Value(
        linking.label,
        f"{linking.url}#{claim}",
        linking.language,
    )
    return LinkedClaim(name, Claims(linking.document, linking.url), claim, date, notes)


def parts_about(
    linked: LinkedBack, rows: str, field: str, *values: str
) -> Iterator[tuple[Linking, Document]]:
    """Parts of the entries that refer to this one: those whose ``field`` is one of ``values``."""
    for linking in linked.entries:
        for row in linking.document[rows]:
            if row[field] in values:
                yield linking, row
