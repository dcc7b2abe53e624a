"""Offices and tenures in words: the capacity in which somebody acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from record.referred import Referred
from record.rows import Value, value_of


@dataclass(frozen=True)
class Capacity:
    """What a tenure is of, and when it was held."""

    title: str
    organisation: Value | None
    held: dict[str, Any] | None

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation.name}" if self.organisation else self.title


def capacity_of(tenure: Mapping[str, Any], referred: Referred) -> Capacity:
    """Of a tenure in an actor's document."""
    office = referred.part(tenure["office"], "offices")
    if office is None:
        title = tenure["role"]
        organisation = referred.name(tenure["organisation"])
    else:
        title = office["title"]
        organisation = referred.name(tenure["organisation"] or tenure["office"].partition("/")[0])
    return Capacity(title, value_of(organisation) if organisation else None, tenure["held"])


def capacity(reference: str | None, referred: Referred) -> Capacity | None:
    """Of a tenure named as ``A7/p4``."""
    tenure = referred.part(reference, "tenures")
    return None if tenure is None else capacity_of(tenure, referred)
