"""Actors in schema.org's words: persons, states and organisations of all kinds."""

from record.called import called
from record.linked_data import Data, Undisputed, exact_span, others
from record.referred import Referred
from record.types import Document

KINDS = {
    "person": "Person",
    "state": "Country",
    "organisation": "Organization",
    "body": "Organization",
    "group": "Organization",
}
# What the beginning and the end of their existence are called.
LIVED = {"Person": ("birthDate", "deathDate"), "Organization": ("foundingDate", "dissolutionDate")}


def thing(document: Document, referred: Referred) -> Data:
    said, name = Undisputed(document), called(document).name
    kind = KINDS.get(said.get("kind") or "", "Thing")
    names = [row["text"] for row in said.rows("names")]
    lived = dict(zip(LIVED.get(kind, ()), exact_span(said.get("existed")), strict=False))
    return {
        "@type": kind,
        "name": name if name in names else None,
        "alternateName": others(names, name),
        "description": said.get("description"),
        **lived,
    }
