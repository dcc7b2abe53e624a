"""Offices and tenures in words: the capacity in which somebody acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from record.called import foreign
from record.phrases import phrase
from record.referred import Referred
from record.rows import Value, value_of
from record.types import Document


@dataclass(frozen=True)
class Capacity:
    """What a tenure is of, and when it was held."""

    title: Value
    organisation: Value | None
    held: dict[str, Any] | None

    @property
    def in_words(self) -> Value:
        if self.organisation is None:
            return self.title
        return phrase("%(title)s, %(where)s", title=self.title, where=self.organisation)


def capacity_of(tenure: Mapping[str, Any], document: Document, referred: Referred) -> Capacity:
    """Of a tenure in an actor's document."""
    office = referred.part(tenure["office"], "offices")
    if office is None:
        title = tenure["role"] or tenure["office"]
        organisation = referred.name(tenure["organisation"])
    else:
        title, own = office["title"], tenure["office"].partition("/")[0]
        document = referred.documents[own]  # whose words an office's title is in
        organisation = referred.name(tenure["organisation"] or own)
    return Capacity(
        Value(title, language=foreign(document["language"])),
        value_of(organisation) if organisation else None,
        tenure["held"],
    )


def capacity(reference: str | None, referred: Referred) -> Capacity | None:
    """Of a tenure named as ``A7/p4``."""
    tenure = referred.part(reference, "tenures")
    if reference is None or tenure is None:
        return None
    return capacity_of(tenure, referred.documents[reference.partition("/")[0]], referred)
