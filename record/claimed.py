"""Which claims a document makes, by what citations, letters and addresses call them."""

from collections.abc import Mapping

from rest_framework import serializers

from record.differences import EMPTY, declared
from record.types import Document, type_named

EXISTENCE = "entry"  # the claim that the entry itself makes
# Of a document, what makes no claim about the world, and what claims stand on.
BESIDE = frozenset({"id", "type", "slug", "language", "identifiers", "waivers", "citations"})


def claims_in(document: Document) -> Mapping[str, Document]:
    """The entry's existence first, then its fields that say anything, and its parts, as they are
    declared. With each part what it says, to claim its fields by (``p2.role``); else nothing."""
    claims: dict[str, Document] = {EXISTENCE: {}}
    for name, field in declared(type_named(document["type"]).declaration).fields.items():
        if name in BESIDE:
            continue
        value = document[name]
        if isinstance(field, serializers.ListSerializer):
            claims |= {row["key"]: row for row in value if "key" in row}
        elif value not in EMPTY:
            claims[str(name)] = {}
    return claims


def makes_claim(document: Document, claim: str) -> bool:
    """Whether it can be spoken to: ``date``, ``p2`` or ``p2.role``."""
    own, dot, field = claim.partition(".")
    part = claims_in(document).get(own)
    return part is not None and (not dot or (field in part and field != "key"))
